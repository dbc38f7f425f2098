"""Names of files: Spark goes by them where moodcheck goes by what a file begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.batch.tables.kinds import GZIP
from moodcheck.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_COMPRESSED = (".gz", ".bz2", ".deflate", ".lz4", ".snappy", ".zst")


def refuse_misleading(path: Path, shown: str) -> None:
    """Raise UsageError for a file that Spark would pass over, or unpack wrongly, by its name."""
    if why := _misled(path):
        raise UsageError(
            f"Because of its name, Spark would not read {shown} as it is: {why}",
            mend="Rename it, or use a link to it with another name",
        )


def _misled(path: Path) -> str:
    if ":" in str(path):
        return "its path has a colon"
    if path.name.startswith(("_", ".")):
        return f"a file whose name begins with '{path.name[0]}' counts as hidden"
    if path.is_dir():
        return ""
    with path.open("rb") as file:
        is_gzip = file.read(len(GZIP)) == GZIP
    if is_gzip and path.suffix != ".gz":
        return "it is compressed, and its name does not end in .gz"
    if not is_gzip and path.suffix in _COMPRESSED:
        return f"it is not compressed with gzip, and its name ends in {path.suffix}"
    return ""
