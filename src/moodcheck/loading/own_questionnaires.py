"""The user's own questionnaires: one file each, in a folder that no other user may change."""

from __future__ import annotations

import os
from pathlib import Path

from moodcheck.core.data_model import is_id
from moodcheck.errors import BadData, CannotCreate, IOFailed
from moodcheck.files.atomic_output import atomic_output
from moodcheck.files.paths import user_folder
from moodcheck.files.private_file import write_private

_ENDING = ".yaml"
_WRITABLE_BY_OTHERS = 0o022
_ANOTHER = "Name another folder with MOODCHECK_QUESTIONNAIRES"


def own_questionnaires_folder() -> Path:
    """Return where a user's own questionnaires are, or will be."""
    setting = os.environ.get("MOODCHECK_QUESTIONNAIRES")
    return Path(setting) if setting else user_folder() / "questionnaires"


def own_questionnaire_files() -> dict[str, Path]:
    """Return the user's own questionnaires, by the id that the name of each file says.

    Raises:
        BadData: when others may write in their folder.
    """
    folder = own_questionnaires_folder()
    found = {path.stem: path for path in folder.glob(f"*{_ENDING}") if is_id(path.stem)}
    if found:
        _refuse_what_others_write(folder)
    return found


def own_questionnaire_file(name: str) -> Path | None:
    """Return the user's own questionnaire of that id; None where there is none.

    Raises:
        BadData: when others may write in its folder.
    """
    if not is_id(name):
        return None
    folder = own_questionnaires_folder()
    path = folder / f"{name}{_ENDING}"
    if not os.path.lexists(path):
        return None
    _refuse_what_others_write(folder)
    return path


def keep_questionnaire(name: str, content: bytes, *, may_replace: bool) -> Path:
    """Put a questionnaire among the user's own, and return its file, 0600 in a folder 0700.

    Args:
        name: its id.
        content: of its file.
        may_replace: whether it may take the place of one that is there.

    Raises:
        CannotCreate: when it is there already and may not be replaced, or cannot be written.
        BadData: when others may write in the folder.
        IOFailed: when writing breaks off.
    """
    folder = own_questionnaires_folder()
    path = folder / f"{name}{_ENDING}"
    _make(folder)
    _refuse_what_others_write(folder)
    if not os.path.lexists(path):
        write_private(path, content)
        return path
    if not may_replace:
        raise CannotCreate(
            f"You already have a questionnaire '{name}'",
            mend="Use --replace to put this one in its place, or give it another id",
        )
    with atomic_output(path) as new:
        new.write_bytes(content)
    return path


def remove_questionnaire(path: Path) -> None:
    """Take one of the user's own questionnaires away, by its file.

    Raises:
        IOFailed: when that cannot be done.
    """
    try:
        path.unlink()
    except OSError as error:
        raise IOFailed(
            f"{path} cannot be removed: {error.strerror}",
            mend="Check the permissions of its folder",
        ) from None


def _make(folder: Path) -> None:
    try:
        for one in (folder.parent, folder):
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotCreate(
            f"The folder {folder} cannot be made: {error.strerror}", mend=_ANOTHER
        ) from None


def _refuse_what_others_write(folder: Path) -> None:
    """Refuse a folder in which another user could take a critical item out of a questionnaire."""
    found = folder.stat()
    is_another_users = hasattr(os, "getuid") and found.st_uid not in {os.getuid(), 0}
    if os.name == "posix" and (is_another_users or found.st_mode & _WRITABLE_BY_OTHERS):
        raise BadData(
            f"Other users can change files in {folder}, so what is asked there "
            "may not be what you put there",
            mend=f"Make it yours alone (chmod 700), or {_ANOTHER[0].lower()}{_ANOTHER[1:]}",
        )
