"""A folder for what may lie on the disk while a job runs, and must not be left or seen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from moodcheck.errors import CannotCreate
from moodcheck.files.leftovers import remove, sweep, working_name
from moodcheck.files.paths import refuse_url
from moodcheck.safe_text import safe_text

_MARK = "moodcheck-spool-"


@contextmanager
def spool(within: Path | None) -> Iterator[Path]:
    """Make a folder that only this user can open, and remove it with everything in it.

    What runs that are no longer there left behind is removed first.

    Args:
        within: where it is made; where the system keeps temporary files when None.

    Raises:
        UsageError: when `within` looks like a URL.
        CannotCreate: when it cannot be made there.
    """
    place = within if within is not None else Path(tempfile.gettempdir())
    refuse_url(str(place))
    sweep(place, _MARK, folders=True)
    try:
        folder = place / working_name(_MARK)
        folder.mkdir(mode=0o700)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no folder can be called that"
        raise CannotCreate(
            f"No temporary copy can be made in {safe_text(str(place))}: {reason}",
            mend="Name another folder with --spool",
        ) from None
    try:
        yield folder
    finally:
        remove(folder)
