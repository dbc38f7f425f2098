"""Where the data files are: inside the installed package, or beside the source in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


CRISIS_LINES, OTHER_COUNTRIES = "crisis_lines.yaml", "other_countries.yaml"
"""Beside the questionnaires: where help lines are known, and all other countries."""


def data_folder() -> Path:
    """Return the folder that holds the data files of this version."""
    # A wheel carries data/ inside the package; an editable install does not see it there.
    packaged = _PACKAGE / "data"
    return packaged if packaged.is_dir() else _PACKAGE.parent.parent / "data"
