"""`moodcheck history delete`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli.history_options import (
    AllOption,
    is_confirmed,
    unlocked,
)
from moodcheck.cli.store_options import StoreWishes, at_a_history
from moodcheck.errors import ExitCode, UsageError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.history.record import Record


@at_a_history
def delete(
    sitting: Annotated[
        str | None,
        typer.Argument(metavar="SITTING", help="One sitting: its id, or the beginning of it."),
    ] = None,
    client: Annotated[
        str | None, typer.Option("--client", metavar="CODE", help="Every sitting of this client.")
    ] = None,
    everything: AllOption = False,
    *,
    store: StoreWishes,
) -> int:
    """Delete one sitting, a client's sittings, or the whole history. It cannot be undone.

    You type a word to confirm it. --all removes the history's file and needs no passphrase.

    Example: moodcheck history delete --client C-014
    """
    if [sitting, client, everything or None].count(None) != 2:  # noqa: PLR2004 - all but one
        raise UsageError(
            "It is not clear what to delete",
            mend="Name one sitting, or use --client CODE, or --all",
        )
    if everything:
        return _delete_all(store)
    from moodcheck import api
    from moodcheck.history.keeping import records_of
    from moodcheck.history.keeping import sitting as found_sitting

    with unlocked(store, client=client) as history:
        records = (found_sitting(history, sitting),) if sitting else records_of(history, client)
        if not is_confirmed(_what_goes(records), records[0].client if client else _("delete")):
            return _nothing_deleted()
        history.delete([one.id for one in records], api.now())
    count = len(records)
    said = ngettext("Deleted {count} sitting.", "Deleted {count} sittings.", count)
    tell(f"{said.format(count=count)} {_beyond_reach()}")
    return 0


def _what_goes(records: tuple[Record, ...]) -> str:
    count, unseen = len(records), sum(bool(one.unacknowledged) for one in records)
    said = ngettext(
        "This deletes {count} sitting of {client} for good.",
        "This deletes {count} sittings of {client} for good.",
        count,
    ).format(count=count, client=safe_text(records[0].client))
    if unseen:
        more = _("In {count} of them something is NOT ACKNOWLEDGED.")
        said = f"{said} {more.format(count=unseen)}"
    return said


def _delete_all(store: StoreWishes) -> int:
    from moodcheck.wiring.history import delete_history, refuse_unusable_history

    refuse_unusable_history(store.path)
    question = _("This deletes the whole history in {name} for good.")
    word = _("delete everything")
    if not is_confirmed(question.format(name=safe_text(str(store.path))), word):
        return _nothing_deleted()
    delete_history(store.path)
    tell(f"{_('Deleted the history.')} {_beyond_reach()}")
    return 0


def _nothing_deleted() -> int:
    tell(_("Nothing was deleted."))
    return ExitCode.USAGE


def _beyond_reach() -> str:
    return _("Exports and backups that you made are still where you put them.")
