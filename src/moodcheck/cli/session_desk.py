"""`moodcheck session` alone: the counselor's desk; and `session today`, the same for one look."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.cli import session
from moodcheck.cli.history_files import export_client
from moodcheck.cli.options import EnterOption, PlainOption, RegionOption, wants_plain
from moodcheck.cli.region import find_region, panel_for
from moodcheck.cli.store_options import StoreWishes, at_a_history, opened_history
from moodcheck.errors import UsageError
from moodcheck.terminal.console import size_of, write_out


@at_a_history
def desk(
    context: typer.Context,
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
    store: StoreWishes,
) -> int:
    """A counselor's desk, and sessions with clients. Without a command it opens the desk.

    Unlocked once, it shows who is waiting: answers that nobody has acknowledged, sittings that are
    not closed, clients who are due, answers that are higher than last time. Everything else is one
    key away. What is shown is not a diagnosis.

    Example: moodcheck session
    """
    if context.invoked_subcommand is not None:
        _refuse_options_of_the_desk(context)
        return 0
    from moodcheck.checkin import sitting
    from moodcheck.history.record import SittingMode
    from moodcheck.history.session.desk import Desk, DeskMeans

    session.refuse_unfit_terminal(SittingMode.READ_ALOUD)
    where = find_region(region)
    asked = session.asked_of([questionnaire, *(and_then or ())])
    with opened_history(store, may_be_made=True) as history:
        own = DeskMeans(
            questionnaires=tuple(asked),
            export=lambda code, name: export_client(history, code, Path(name).expanduser()),
        )
        means = session.means_of(history, store, lock_after)
        setting = session.setting(asked[0], enter=enter)
        with sitting.opened(setting, where, is_plain=wants_plain(plain=plain)) as person:
            Desk(person, means, own).run()
    return 0


@at_a_history
def today(
    region: RegionOption = None,
    format: Annotated[session.Format, typer.Option(help="The format.")] = session.Format.PLAIN,
    *,
    store: StoreWishes,
) -> int:
    """Show once who is waiting: the first page of the desk. It is not a diagnosis.

    Example: moodcheck session today --format json
    """
    from moodcheck import api
    from moodcheck.history.record import AuditAction
    from moodcheck.history.waiting import who_waits

    where, now = find_region(region), api.now()
    panel = panel_for(where)
    with opened_history(store) as history:
        history.log_access(AuditAction.LISTED, now)
        shown = who_waits(history, api.language(), panel, now)
    if format is session.Format.JSON:
        from moodcheck.history.views import clients_json

        write_out(clients_json.today(shown))
    else:
        from moodcheck.history.views.clients_view import today_document
        from moodcheck.report.render_plain import render

        width, _rows = size_of(sys.stdout)
        write_out(render(today_document(shown), width=width))
    return 0


def _refuse_options_of_the_desk(context: typer.Context) -> None:
    sources = {name: context.get_parameter_source(name) for name in context.params}
    given = [name for name, source in sources.items() if source and source.name == "COMMANDLINE"]
    if given:
        raise UsageError(
            f"--{given[0].replace('_', '-')} stands before the command",
            mend="Write options after it: moodcheck session start CODE --store FILE",
        )
