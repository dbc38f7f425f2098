"""`moodcheck session` alone: the counselor's desk; and `session today`, the same for one look."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.checkin import sitting
from moodcheck.cli import session
from moodcheck.cli.history_files import export_client
from moodcheck.cli.options import (
    EnterOption,
    PlainOption,
    PlainOrJson,
    PlainOrJsonOption,
    RegionOption,
    StoreOptions,
    find_region,
    wants_plain,
    with_store_options,
)
from moodcheck.cli.report import write_sheet
from moodcheck.cli.show import show_document
from moodcheck.cli.store import unlocked
from moodcheck.errors import UsageError
from moodcheck.history.record import AuditAction, SittingMode
from moodcheck.history.session.desk import Desk, DeskServices
from moodcheck.history.views import history_json
from moodcheck.history.views.clients_view import today_document
from moodcheck.history.waiting import who_waits
from moodcheck.loading.context import Context
from moodcheck.terminal.console import write_out


@with_store_options
def desk(
    context: Context,
    invocation: typer.Context,
    questionnaire: Annotated[
        str,
        typer.Option(help="What to ask in sessions that begin at the desk: an id, or a YAML file."),
    ] = "symptoms",
    and_then: session.WithOption = None,
    lock_after: session.LockOption = 5,
    region: RegionOption = None,
    plain: PlainOption = False,
    enter: EnterOption = False,
    *,
    store: StoreOptions,
) -> int:
    """A counselor's desk, and sessions with clients. Without a command it opens the desk.

    Unlocked once, it shows who is waiting: answers that nobody has acknowledged, sittings that are
    not closed, clients who are due, answers that are higher than last time. Everything else is one
    key away. What is shown is not a diagnosis.

    Example: moodcheck session
    """
    if invocation.invoked_subcommand is not None:
        _refuse_options_of_the_desk(invocation)
        return 0

    session.refuse_unfit_terminal(SittingMode.READ_ALOUD)
    where = find_region(context, region)
    asked = session.asked_of(context, [questionnaire, *(and_then or ())])
    with unlocked(context, store, may_be_made=True) as history:
        own = DeskServices(
            questionnaires=tuple(asked),
            export=lambda code, name: export_client(
                context, history, code, Path(name).expanduser()
            ),
            write_sheet=partial(write_sheet, context, history),
        )
        services = session.services_of(context, history, store, lock_after)
        setting = session.setting(context, asked[0], enter=enter)
        with sitting.opened(setting, where, is_plain=wants_plain(plain=plain)) as person:
            Desk(person, services, own).run()
    return 0


@with_store_options
def today(
    context: Context,
    region: RegionOption = None,
    format: PlainOrJsonOption = PlainOrJson.PLAIN,
    *,
    store: StoreOptions,
) -> int:
    """Show once who is waiting: the first page of the desk. It is not a diagnosis.

    Example: moodcheck session today --format json
    """
    where, now = find_region(context, region), context.now()
    panel = context.help_panel(where)
    with unlocked(context, store) as history:
        history.log_access(AuditAction.LISTED, now)
        shown = who_waits(history, context.language, panel, now)
    if format is PlainOrJson.JSON:
        write_out(history_json.today(shown))
    else:
        show_document(today_document(shown))
    return 0


def _refuse_options_of_the_desk(invocation: typer.Context) -> None:
    sources = {name: invocation.get_parameter_source(name) for name in invocation.params}
    given = [name for name, source in sources.items() if source and source.name == "COMMANDLINE"]
    if given:
        raise UsageError(
            f"--{given[0].replace('_', '-')} stands before the command",
            mend="Write options after it: moodcheck session start CODE --store FILE",
        )
