"""One table, whatever its format: the names of its columns, and its records in pieces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import polars as pl

    from moodcheck.batch.embedded.rows import Rows
    from moodcheck.batch.tables.source import Source


NO_TYPES: Mapping[str, pl.DataType] = MappingProxyType({})
"""Of a table whose cells are texts, or are put together anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read of a table."""

    columns: Mapping[str, str]
    """What each column is called → its name in the table."""
    size: int
    """About how many bytes a piece has."""
    ids: Sequence[str] = ()
    """Those of the columns that name a row."""
    choices: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The columns by which rows are chosen, as `Plan.choices` has it."""
    numbers: Mapping[str, Collection[int]] = field(default_factory=dict)
    """The columns that may be given as whole numbers, as `Plan.numbers` has it."""
    typed: Collection[str] = ()
    """The columns that are given in their own type as well (`typed_column`)."""


class Reader(Protocol):
    """Reads the pieces of a table, in any thread and process."""

    def read(self, content: Any) -> Rows:  # noqa: ANN401 - what its table makes pieces of
        """Return the rows of a piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some records of a table, one after the other."""

    reader: Reader
    """Equal for pieces that are read alike."""
    content: object
    """What the reader takes."""
    size: int
    """About how many bytes it has."""

    def read(self) -> Rows:
        """Return its rows."""
        return self.reader.read(self.content)


class Table(Protocol):
    """A table that can be read."""

    @property
    def source(self) -> Source:
        """Where it lies."""

    @property
    def size(self) -> int | None:
        """About how many bytes its pieces have all together, where that is known beforehand."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns; two may be equal."""

    @property
    def types(self) -> Mapping[str, pl.DataType]:
        """The types of its columns, where they have any and it is not text."""

    @property
    def labels(self) -> Sequence[Sequence[str]]:
        """The cells of rows that stand between the names and the first record."""

    @property
    def about(self) -> Sequence[str]:
        """Those of the names that every table of its format has, and that answer nothing."""

    def pieces(self, wanted: Wanted) -> Iterator[Piece]:
        """Yield its records, in order.

        Raises:
            BadData: when it is damaged, or breaks off.
            IOFailed: when it cannot be read to its end.
        """
