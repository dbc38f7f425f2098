"""`moodcheck history verify|backup|change-passphrase|recovery-code`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.cli.history_options import unlocked_with_reminder
from moodcheck.cli.options import StoreOptions, with_store_options
from moodcheck.cli.store import chosen_passphrase
from moodcheck.errors import BadData
from moodcheck.history.record import Head
from moodcheck.history.store.os_keyring import keep_in_keyring
from moodcheck.loading.context import Context
from moodcheck.report.times import moment
from moodcheck.terminal.console import is_terminal, tell, write_out
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext


@with_store_options
def verify(context: Context, *, store: StoreOptions) -> int:
    """Read every page, every sitting and the whole audit, and say whether anything is damaged.

    It ends with the number, time and hash of the last audit entry. If you write them down, you can
    tell later whether this history was replaced by an older copy.

    Example: moodcheck history verify
    """
    with unlocked_with_reminder(context, store) as history:
        found = history.verify()
        count = len(history.records()) if not found.problems else 0
    if found.problems:
        raise BadData(
            "The history is damaged",
            mend="Rescue what can be read now: moodcheck history export --all --output FILE",
            problems=found.problems,
        )
    read = ngettext("{count} sitting was read.", "{count} sittings were read.", count)
    lines = [_("No damage found."), read.format(count=count)]
    if found.head is not None:
        lines.append(_last_entry(found.head))
    write_out("\n".join(lines) + "\n")
    return 0


@with_store_options
def backup(
    context: Context,
    file: Annotated[Path, typer.Argument(help="The new file, which only you can open.")],
    *,
    store: StoreOptions,
) -> int:
    """Write an encrypted copy of the history to a new file, and check that it can be read.

    The copy opens with the same passphrase. It still holds what you delete from the history later.

    Example: moodcheck history backup /media/usb/history.db
    """
    with unlocked_with_reminder(context, store) as history:
        history.backup(file.expanduser(), context.now())
    said = _(
        "The copy is {name}. It was read once, and no damage was found. It opens with the "
        "passphrase that you have now: moodcheck history list --all --store {name}"
    )
    tell(said.format(name=str(file)))
    return 0


@with_store_options
def change_passphrase(
    context: Context,
    new_passphrase_fd: Annotated[
        int | None,
        typer.Option(metavar="N", help="Read the new passphrase from this open file descriptor."),
    ] = None,
    *,
    store: StoreOptions,
) -> int:
    """Give the history another passphrase. Recovery codes stop working with the old one.

    The history is encrypted anew. Copies that were made before still open with the old passphrase.

    Example: moodcheck history change-passphrase
    """
    with unlocked_with_reminder(context, store) as history:
        chosen = chosen_passphrase(context, new_passphrase_fd)
        history.change_passphrase(chosen, context.now())
    if store.keyring:
        keep_in_keyring(store.path, chosen)
    tell(
        _("The history opens with the new passphrase. Copies made before keep the old one."),
        _("A recovery code that you wrote down no longer opens it."),
    )
    return 0


@with_store_options
def recovery_code(context: Context, *, store: StoreOptions) -> int:
    """Show a code that opens the history without its passphrase, to print or write down.

    It works until the passphrase is changed. Whoever has it can read everything, so keep it on
    paper, locked away, and not beside this computer.

    Example: moodcheck history recovery-code
    """
    with unlocked_with_reminder(context, store) as history:
        code = history.recovery_code(context.now())
    tell(_("Whoever has this code can read the whole history, without the passphrase."))
    write_out(f"{code}\n")
    how = _(
        "Type it where the passphrase is asked for, or give it with --recovery-code-fd. The last "
        "digit of each group finds slips. It works until the passphrase is changed."
    )
    stays = _("It stays on this screen and in its scrollback until you clear them.")
    tell(how, *([stays] if is_terminal(sys.stdout) else []))
    return 0


def _last_entry(head: Head) -> str:
    said = _("The last audit entry is number {number}, of {when}. Its hash is {hash}.")
    return said.format(number=head.sequence, when=moment(head.at), hash=head.chained)
