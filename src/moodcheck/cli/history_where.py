"""`moodcheck history where`: what moodcheck keeps on this computer, where, and how to remove it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from moodcheck.cli.options import PlainOrJson, PlainOrJsonOption
from moodcheck.cli.store_options import StoreOption, StoreWishes
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import write_out
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext


def where(
    format: PlainOrJsonOption = PlainOrJson.PLAIN,
    store: StoreOption = None,
) -> int:
    """Show what moodcheck keeps on this computer, where it is, and how to remove it.

    Nothing is opened, and no passphrase is asked for.

    Example: moodcheck history where
    """
    from moodcheck.history.store.os_keyring import SERVICE
    from moodcheck.loading.own_questionnaires import own_questionnaires_folder

    history = StoreWishes(store).path.absolute()
    folder = own_questionnaires_folder().absolute()
    count = len(list(folder.glob("*.yaml")))
    if format is PlainOrJson.JSON:
        document = {
            "history": safe_text(str(history)),
            "history_is_there": os.path.lexists(history),
            "questionnaires": safe_text(str(folder)),
            "own_questionnaires": count,
            "keyring": {"service": SERVICE, "account": safe_text(str(history))},
        }
        write_out(json.dumps(document, indent=2) + "\n")
    else:
        write_out("\n".join(_lines(history, folder, count, SERVICE)) + "\n")
    return 0


def _lines(history: Path, folder: Path, count: int, service: str) -> list[str]:
    from moodcheck.installation import uninstall_line

    # A path is one line, whatever its length: it is there to be copied.
    shown, own = safe_text(str(history)), safe_text(str(folder))
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
        f"  {safe_text(uninstall_line())}",
    ]
