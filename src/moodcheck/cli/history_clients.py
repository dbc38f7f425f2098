"""`moodcheck history move|rename-client|interval`: whose sittings they are, and how often."""

from __future__ import annotations

from typing import Annotated

import typer

from moodcheck.cli.history_options import (
    SittingArgument,
    YesOption,
    is_confirmed,
    sitting_opened,
    unlocked_with_reminder,
)
from moodcheck.cli.options import StoreOptions, with_store_options
from moodcheck.errors import ExitCode
from moodcheck.history import keeping
from moodcheck.history.client_code import client_code, counselors_code
from moodcheck.loading.context import Context
from moodcheck.report.times import day
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext


@with_store_options
def move(
    context: Context,
    sitting: SittingArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The client to whom it belongs.")],
    yes: YesOption = False,
    *,
    store: StoreOptions,
) -> int:
    """File a sitting under another client code. The audit shows both.

    You type the code to confirm it.

    Example: moodcheck history move k3v9x0 C-014
    """
    code = client_code(code)
    with sitting_opened(context, store, sitting, is_shown=False) as (history, found):
        asked, taken_at = found.administration.questionnaire, found.administration.taken_at
        what = _("the sitting of {day} ({questionnaire})").format(
            day=day(taken_at, context.now()), questionnaire=asked.id
        )
        before = found.client

        def may(target: str, is_known: bool) -> bool:
            question = _("This moves {what} from {before} to {target}.").format(
                what=what, before=before, target=target
            )
            if not is_known:
                question += " " + _("There is no client {target} yet.").format(target=target)
            return yes or is_confirmed(question, target)

        moved = keeping.move(history, found, code, may=may, at=context.now())
    if moved is None:
        tell(_("Nothing was moved."))
        return ExitCode.USAGE
    if moved.lower() == found.client.lower():
        tell(_("It is already filed under {client}.").format(client=before))
    else:
        said = _("Moved {what} from {before} to {target}.")
        tell(said.format(what=what, before=before, target=moved))
    return ExitCode.OK


@with_store_options
def rename_client(
    context: Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The code the client has now.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="A code that no other client has.")],
    yes: YesOption = False,
    *,
    store: StoreOptions,
) -> int:
    """Give a client another code, with all their sittings. The audit shows both.

    You type the new code to confirm it. Two clients are never merged: to move single sittings, use
    'history move'.

    Example: moodcheck history rename-client C-014 C-114
    """
    old, new = counselors_code(old), counselors_code(new)

    def may(known: str, count: int) -> bool:
        question = ngettext(
            "This renames {old} to {new}, with {count} sitting.",
            "This renames {old} to {new}, with {count} sittings.",
            count,
        )
        said = question.format(old=known, new=new, count=count)
        return yes or is_confirmed(said, new)

    with unlocked_with_reminder(context, store, client=old) as history:
        count = keeping.rename_client(history, old, new, may=may, at=context.now())
    if not count:
        tell(_("Nothing was renamed."))
        return ExitCode.USAGE
    said = ngettext(
        "{old} is now {new}, with {count} sitting.",
        "{old} is now {new}, with {count} sittings.",
        count,
    )
    tell(said.format(old=old, new=new, count=count))
    return ExitCode.OK


@with_store_options
def interval(
    context: Context,
    client: Annotated[str, typer.Argument(metavar="CODE", help="The client's code.")],
    days: Annotated[
        int, typer.Argument(metavar="DAYS", min=0, max=3_650, help="1 to 3650; 0 for no interval.")
    ],
    *,
    store: StoreOptions,
) -> int:
    """Set how many days there should be between the sittings of a client.

    'moodcheck session' then lists the client when the next one is due.

    Example: moodcheck history interval C-014 14
    """
    code = counselors_code(client)
    with unlocked_with_reminder(context, store, client=code) as history:
        history.set_interval(code, days or None, context.now())
    if days:
        said = ngettext(
            "{client} should have a sitting every day.",
            "{client} should have a sitting every {count} days.",
            days,
        )
        tell(said.format(count=days, client=code))
    else:
        tell(_("{client} has no interval any more.").format(client=code))
    return ExitCode.OK
