"""`moodcheck history delete|where`: what is kept on this computer, and how to remove it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.cli.history_options import (
    AllOption,
    is_confirmed,
    unlocked_with_reminder,
)
from moodcheck.cli.options import (
    PlainOrJson,
    PlainOrJsonOption,
    StoreOption,
    StoreOptions,
    with_store_options,
)
from moodcheck.errors import ExitCode, UsageError
from moodcheck.history import keeping
from moodcheck.history.opening import delete_history
from moodcheck.history.record import Record
from moodcheck.history.store.os_keyring import SERVICE
from moodcheck.history.store.store_file import refuse_unusable
from moodcheck.installation import uninstall_line
from moodcheck.loading.context import Context
from moodcheck.loading.own_questionnaires import own_questionnaires_folder
from moodcheck.report.json import as_text
from moodcheck.terminal.console import tell, write_lines, write_out
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext


@with_store_options
def delete(
    context: Context,
    sitting: Annotated[
        str | None,
        typer.Argument(metavar="SITTING", help="One sitting: its id, or the beginning of it."),
    ] = None,
    client: Annotated[
        str | None, typer.Option("--client", metavar="CODE", help="Every sitting of this client.")
    ] = None,
    everything: AllOption = False,
    *,
    store: StoreOptions,
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

    with unlocked_with_reminder(context, store, client=client) as history:
        records = (
            (keeping.sitting(history, sitting),) if sitting else keeping.records_of(history, client)
        )
        if not is_confirmed(_what_goes(records), records[0].client if client else _("delete")):
            return _nothing_deleted()
        history.delete([one.id for one in records], context.now())
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
    ).format(count=count, client=records[0].client)
    if unseen:
        more = _("In {count} of them something is NOT ACKNOWLEDGED.")
        said = f"{said} {more.format(count=unseen)}"
    return said


def _delete_all(store: StoreOptions) -> int:
    refuse_unusable(store.path)
    question = _("This deletes the whole history in {name} for good.")
    word = _("delete everything")
    if not is_confirmed(question.format(name=str(store.path)), word):
        return _nothing_deleted()
    delete_history(store.path)
    tell(f"{_('Deleted the history.')} {_beyond_reach()}")
    return 0


def _nothing_deleted() -> int:
    tell(_("Nothing was deleted."))
    return ExitCode.USAGE


def _beyond_reach() -> str:
    return _("Exports and backups that you made are still where you put them.")


def where(
    format: PlainOrJsonOption = PlainOrJson.PLAIN,
    store: StoreOption = None,
) -> int:
    """Show what moodcheck keeps on this computer, where it is, and how to remove it.

    Nothing is opened, and no passphrase is asked for.

    Example: moodcheck history where
    """
    history = StoreOptions(store).path.absolute()
    folder = own_questionnaires_folder().absolute()
    count = len(list(folder.glob("*.yaml")))
    if format is PlainOrJson.JSON:
        document = {
            "history": str(history),
            "history_is_there": os.path.lexists(history),
            "questionnaires": str(folder),
            "own_questionnaires": count,
            "keyring": {"service": SERVICE, "account": str(history)},
        }
        write_out(as_text(document))
    else:
        write_lines(_places(history, folder, count, SERVICE))
    return 0


def _places(history: Path, folder: Path, count: int, service: str) -> list[str]:

    # A path is one line, whatever its length: it is there to be copied.
    shown, own = str(history), str(folder)
    is_there = os.path.lexists(history)
    size = history.lstat().st_size // 1024 if is_there else 0
    files = ngettext("{count} file", "{count} files", count).format(count=count)
    lines = [
        _("Saved sittings, encrypted ({what}):").format(
            what=_("{size} KB").format(size=size) if is_there else _("nothing is saved yet")
        ),
        f"  {shown}",
        _("Your own questionnaires ({what}):").format(what=files if count else _("none yet")),
        f"  {own}",
        _("Your passphrase, in this system's keyring, only if you ever used --keyring:"),
        _("  service '{service}', account '{account}'").format(service=service, account=shown),
        _("Nothing else is kept, except files you asked for. They are where you put them."),
        "",
        _("To remove everything:"),
    ]
    if is_there:
        lines.append("  moodcheck history delete --all")
    if count:
        lines.append(_("  Delete the folder of your own questionnaires."))
    return [
        *lines,
        _("  Delete the entry in the keyring, if there is one."),
        f"  {uninstall_line()}",
    ]
