"""Where the data files are: inside the installed package, or beside the source in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def data_folder() -> Path:
    """Return the folder that holds the data files of this version."""
    # A wheel carries data/ inside the package; an editable install does not see it there.
    packaged = _PACKAGE / "data"
    return packaged if packaged.is_dir() else _PACKAGE.parent.parent / "data"
