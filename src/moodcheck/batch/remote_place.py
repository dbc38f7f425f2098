"""Places that only a Spark session reaches: URIs of its file systems, and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from moodcheck.errors import UsageError
from moodcheck.files.paths import refuse_url

_TABLE = "table:"
_PART = r"(?:\w+|`[^`]+`)"
_TABLE_NAME = re.compile(rf"{_PART}(?:\.{_PART})*", re.ASCII)
_URI = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/")
_SCHEMES = frozenset({"abfs", "abfss", "file", "gs", "hdfs", "s3", "s3a", "viewfs", "wasbs"})


@dataclass(frozen=True, slots=True)
class Remote:
    """A file or folder that a URI names, or a table: `table:catalog.schema.name`."""

    name: str
    """As the person wrote it."""

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def table(self) -> str | None:
        """What Spark calls the table, if it is one."""
        return self.name.removeprefix(_TABLE) if self.name.startswith(_TABLE) else None

    @property
    def stem(self) -> str:
        """The last part of the name, without its ending."""
        return PurePosixPath(self.name).stem if self.table is None else self._words

    @property
    def _words(self) -> str:
        return self.name.rpartition(".")[2].removeprefix(_TABLE).strip("`")

    def sibling(self, word: str, ending: str = "") -> Remote:
        """Return the place beside it for something of that kind, and of its ending or another."""
        if self.table is not None:
            mark = "`" if self.name.endswith("`") else ""
            return Remote(f"{self.name.removesuffix('`')}_{word}{mark}")
        folder, slash, last = self.name.rstrip("/").rpartition("/")
        return Remote(f"{folder}{slash}{Path(last).stem}.{word}{ending or Path(last).suffix}")

    def refuse_for(self, engine: str) -> None:
        """Raise UsageError where an engine cannot reach it, and where Spark cannot either."""
        if self.table is not None:
            if engine != "spark":
                raise UsageError(
                    f"'{self.name}' is a table of Spark", mend="Add --engine spark, or name a file"
                )
            if not _TABLE_NAME.fullmatch(self.table):
                raise UsageError(
                    f"'{self.name}' names no table", mend="Write table:catalog.schema.name"
                )
            return
        if engine != "spark":
            refuse_url(self.name)
        scheme = self.name.partition(":")[0].lower()
        if scheme not in _SCHEMES:
            known = ", ".join(f"{one}://" for one in sorted(_SCHEMES))
            raise UsageError(
                f"'{self.name}' is in no file system that Spark reads",
                mend=f"Use a local path, a table:, or one of: {known}",
            )


Place = Path | Remote
"""Where an output goes."""


def place_of(name: str) -> Place:
    """Return the place of that name; it may be one that nothing can reach."""
    return Remote(name) if name.startswith(_TABLE) or _URI.match(name) else Path(name)


def sibling(place: Place, word: str) -> Place:
    """Return the place of a CSV file beside another, or where Spark writes the like of it."""
    if isinstance(place, Remote):
        return place.sibling(word, ".csv")
    return place.with_name(f"{place.stem}.{word}.csv")


def local(place: Place) -> Path:
    """Return a place that is a local file. Raises TypeError for one that is refused by then."""
    if isinstance(place, Remote):
        raise TypeError(place.name)
    return place
