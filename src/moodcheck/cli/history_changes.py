"""`moodcheck history delete|verify|change-passphrase`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli.history_options import (
    AllOption,
    is_confirmed,
    tell,
    unlocked,
)
from moodcheck.cli.store_options import StoreWishes, at_a_history
from moodcheck.errors import BadData, ExitCode, UsageError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import write_out
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.domain.history import Record


@at_a_history
def delete(
    sitting: Annotated[
        str | None,
        typer.Argument(metavar="[SITTING]", help="One sitting: its id, or the beginning of it."),
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
    from moodcheck.application.history import records_of
    from moodcheck.application.history import sitting as found_sitting

    with unlocked(store, client=client) as history:
        records = (found_sitting(history, sitting),) if sitting else records_of(history, client)
        if not is_confirmed(_what_goes(records), records[0].client if client else _("delete")):
            return _nothing_deleted()
        history.delete([one.id for one in records], api.now())
    count = len(records)
    said = ngettext("Deleted {count} sitting.", "Deleted {count} sittings.", count)
    tell(f"{said.format(count=count)} {_beyond_reach()}")
    return 0


@at_a_history
def verify(*, store: StoreWishes) -> int:
    """Read every page and every sitting of the history, and say whether all is as it was written.

    Example: moodcheck history verify
    """
    with unlocked(store) as history:
        found = history.verify()
        problems = found.problems
        count = len(history.records()) if not problems else 0
    if problems:
        raise BadData(
            "The history is damaged", mend="Export what can be read, now", problems=problems
        )
    said = ngettext(
        "{count} sitting was read, and all is as it was written.",
        "{count} sittings were read, and all is as it was written.",
        count,
    )
    write_out(said.format(count=count) + "\n")
    return 0


@at_a_history
def change_passphrase(
    new_passphrase_fd: Annotated[
        int | None,
        typer.Option(metavar="N", help="Read the new passphrase from this open descriptor."),
    ] = None,
    *,
    store: StoreWishes,
) -> int:
    """Encrypt the history anew, with another passphrase.

    Copies that were made before still open with the old one.

    Example: moodcheck history change-passphrase
    """
    from moodcheck import api
    from moodcheck.terminal.passphrase import new_passphrase, passphrase_from
    from moodcheck.wiring.history import keep_in_keyring

    with unlocked(store) as history:
        if new_passphrase_fd is not None:
            chosen = passphrase_from(new_passphrase_fd)
        else:
            chosen = new_passphrase(api.language().forgotten_passphrase)
        history.change_passphrase(chosen, api.now())
    if store.keyring:
        keep_in_keyring(store.path, chosen)
    tell(_("The history opens with the new passphrase. Copies made before keep the old one."))
    return 0


def _what_goes(records: tuple[Record, ...]) -> str:
    count, unseen = len(records), sum(bool(one.unacknowledged) for one in records)
    said = ngettext(
        "This deletes {count} sitting of {client} for good.",
        "This deletes {count} sittings of {client} for good.",
        count,
    ).format(count=count, client=safe_text(records[0].client))
    if unseen:
        more = ngettext(
            "In {count} of them something is NOT ACKNOWLEDGED.",
            "In {count} of them something is NOT ACKNOWLEDGED.",
            unseen,
        )
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
