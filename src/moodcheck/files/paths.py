"""Paths: of what a person names, which is never on a network, and of what belongs to moodcheck."""

from __future__ import annotations

import os
import re
from pathlib import Path

from moodcheck.errors import UsageError

_PACKAGE = Path(__file__).parent.parent
_URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:/")

CRISIS_LINES, OTHER_COUNTRIES = "crisis_lines.yaml", "other_countries.yaml"
"""Beside the questionnaires: where help lines are known, and all other countries."""


def refuse_url(name: str) -> None:
    """Raise UsageError when `name` looks like an address on a network."""
    if _URL.match(name) or name.startswith("\\\\"):
        raise UsageError(
            f"'{name}' looks like a network address, and moodcheck never goes online",
            mend="Use the path of a local file",
        )


def whole_path(name: str) -> Path:
    """Return the absolute path of a file that a person names; `~` is their home folder.

    Raises:
        UsageError: when `name` looks like an address on a network, or names nobody's home folder.
    """
    refuse_url(name)
    try:
        home_filled_in = Path(name).expanduser()
    except (RuntimeError, ValueError):
        raise UsageError(
            f"'{name}' begins with the home folder of a user who does not exist here",
            mend="Use ~/ for your own, or give the whole path",
        ) from None
    # Path.resolve would follow links, which the person did not name.
    return Path(os.path.abspath(home_filled_in))  # noqa: PTH100


def data_folder() -> Path:
    """Return the folder that holds the data files of this version."""
    # A wheel carries data/ inside the package; an editable install does not see it there.
    packaged = _PACKAGE / "data"
    return packaged if packaged.is_dir() else _PACKAGE.parent.parent / "data"


def questionnaire_files() -> dict[str, Path]:
    """Return the files of the questionnaires that come with moodcheck, by id."""
    no_questionnaires = {CRISIS_LINES, OTHER_COUNTRIES}
    folders = (data_folder(), data_folder() / "instruments")
    found = [path for folder in folders for path in folder.glob("*.yaml")]
    return {path.stem: path for path in found if path.name not in no_questionnaires}


def map_files() -> dict[str, Path]:
    """Return the files of the maps that come with moodcheck, by name."""
    return {path.stem: path for path in (data_folder() / "maps").glob("*.yaml")}


def user_folder() -> Path:
    """Return the folder in which this platform keeps this user's data of moodcheck."""
    # Imported here: nobody waits for it who only answers questions.
    from platformdirs import user_data_path

    return user_data_path("moodcheck", appauthor=False)
