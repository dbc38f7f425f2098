"""A table with a row for each answer → a row for each sitting.

The rows of a sitting stand together, or the table is small enough to gather them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.choosing import without_others
from moodcheck.batch.embedded.rows import (
    FAULT,
    FAULT_COLUMN,
    FAULT_VALUE,
    RECORD,
    Broken,
    Rows,
)
from moodcheck.batch.embedded.table import NO_TYPES, Piece, Table, Wanted
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.plan import CELL_SEPARATOR, ID_SEPARATOR
from moodcheck.errors import BadData, did_you_mean

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import Long
    from moodcheck.batch.tables.source import Source

GATHERED = 8 * 1024 * 1024
"""Bytes of texts in which the rows of a sitting may stand in any order."""

_AFTERWARDS = 2 * 1024 * 1024
"""Bytes of texts of which sittings are made at a time, in a table that is no longer small."""

_ITEM, _VALUE = "__item", "__value"


class LongTable:
    """Answers, one a row, as a table with a column for each item."""

    labels: Sequence[Sequence[str]] = ()
    about: Sequence[str] = ()
    types = NO_TYPES

    def __init__(
        self, rows: Table, long: Long, items: Collection[str], needed: Collection[str]
    ) -> None:
        """Read the table in `rows`.

        Args:
            rows: has a row for each answer.
            long: which columns hold an item and the answer to it.
            items: what the item's column calls each item that is wanted.
            needed: those of them that have to be somewhere.

        Raises:
            BadData: when one of the two columns is not there, or twice.
        """
        self.source: Source = rows.source
        self._rows, self._long, self._items, self._needed = rows, long, items, needed
        for name in (long.item, long.value):
            if rows.names.count(name) != 1:
                raise BadData(
                    f"{self.source.shown} has no column '{name}' for 'long', or several",
                    mend=f"{did_you_mean(name, rows.names)}Correct 'long' in the map",
                )
        others = [name for name in rows.names if name not in {long.item, long.value}]
        self.names = (*others, *items)

    @property
    def size(self) -> int | None:
        """How many bytes there are, as `Table` has it."""
        return self._rows.size

    def pieces(self, wanted: Wanted) -> Iterator[Piece]:
        """Yield its sittings, as `Table` has it; a record is a row of the file.

        Raises:
            BadData: when an item is nowhere, or the rows of a sitting are too far apart.
        """
        gathering = _Gathering(wanted, self._items, absent={*self._needed})
        read = Wanted(
            {called: name for called, name in wanted.columns.items() if name not in self._items}
            | {_ITEM: self._long.item, _VALUE: self._long.value},
            wanted.size,
        )
        most = GATHERED
        for piece in self._rows.pieces(read):
            gathering.add(piece.read())
            if gathering.size > most:
                yield gathering.piece(is_last=False)
                self._refuse_endless(gathering.size)
                most = min(most, _AFTERWARDS)
        yield gathering.piece(is_last=True)
        self._refuse_absent(gathering.absent)
        if gathering.is_torn():
            raise BadData(
                f"The answers of one sitting stand far apart in {self.source.shown}, and nothing "
                "was scored",
                mend="Sort its rows by the columns under 'id' in the map, and score it again",
            )

    def _refuse_endless(self, size: int) -> None:
        if size > GATHERED:
            raise BadData(
                f"{self.source.shown} has a sitting of over {GATHERED:,} bytes, and nothing was "
                "scored",
                mend="Name all columns that tell sittings apart under 'id' in the map",
            )

    def _refuse_absent(self, absent: set[str]) -> None:
        if absent:
            named = ", ".join(f"'{one}'" for one in sorted(absent))
            raise BadData(
                f"No row of {self.source.shown} answers {named}, and nothing was scored",
                mend="Say under 'items' in the map what the file calls it, or list it under "
                "'not_asked'",
            )


@dataclass(slots=True)
class _Gathering:
    """Rows of the file of which no sitting was made yet."""

    wanted: Wanted
    items: Collection[str]
    absent: set[str]
    """The items that have to be somewhere, and were in no row so far."""
    size: int = 0
    _frames: list[pl.DataFrame] = field(default_factory=list)
    _broken: list[Broken] = field(default_factory=list)
    _blank_lines: int = 0
    _left_out: int = 0
    _read: int = 0
    """Records since the last piece began."""
    _sittings: list[pl.Series] = field(default_factory=list)
    """A number for every sitting, equal where the ids are."""

    @property
    def reader(self) -> _SittingsReader:
        """What makes sittings of rows."""
        return _SittingsReader(self.wanted, self.items)

    def add(self, rows: Rows) -> None:
        """Take some more rows, their numbers counted on from those before."""
        before = self._read
        self._read += rows.records
        rows = without_others(rows, self.wanted.choices)
        frame = rows.frame.filter(pl.col(_ITEM).is_in([*self.items]))
        self._left_out += rows.left_out + rows.frame.height - frame.height
        self._blank_lines += rows.blank_lines
        self._broken += (Broken(before + b.record, b.reason, b.raw) for b in rows.broken)
        if self.absent:
            self.absent -= {*frame.get_column(_ITEM).unique()}
        self._frames.append(frame.with_columns(pl.col(RECORD) + pl.lit(before, pl.UInt32)))
        self.size += int(frame.estimated_size())

    def piece(self, *, is_last: bool) -> Piece:
        """Return the sittings so far, but for the last one, which may go on."""
        frame = pl.concat(self._frames)
        ids = [*self.wanted.ids]
        carried, spanned = frame.clear(), self._read
        if not is_last and frame.height:
            last = frame.select(ids).tail(1)
            carried = frame.join(last, on=ids, how="semi", maintain_order="left")
            frame = frame.join(last, on=ids, how="anti", maintain_order="left")
            spanned = carried.item(0, RECORD) - 1
        self._sittings.append(frame.select(pl.struct(ids).hash()).to_series().unique())
        others = Rows(
            pl.DataFrame(),
            _no_content,
            tuple(self._broken),
            self._blank_lines,
            left_out=self._left_out,
            spanned=spanned,
        )
        size = int(frame.estimated_size())
        # Anew: some rows of a table hold on to the texts of all the others.
        carried = pl.DataFrame(carried.to_dict(as_series=False), schema=carried.schema)
        self._frames = [carried.with_columns(pl.col(RECORD) - pl.lit(spanned, pl.UInt32))]
        self._broken, self._blank_lines, self._left_out = [], 0, 0
        self._read -= spanned
        self.size = int(carried.estimated_size())
        return Piece(self.reader, (frame, others), size)

    def is_torn(self) -> bool:
        """Return whether a sitting is in more than one piece."""
        # Sorted, they take no more than they do; to count those that differ takes ten times that.
        every = pl.concat(self._sittings).sort()
        return bool((every == every.shift()).any())


def _no_content(_asked: Sequence[int]) -> Sequence[bytes]:
    return ()


@dataclass(frozen=True, slots=True)
class _SittingsReader:
    """Makes a row for each sitting."""

    wanted: Wanted
    items: Collection[str]

    def read(self, content: tuple[pl.DataFrame, Rows]) -> Rows:
        """Return a row for each sitting; of an item that is answered twice, both: no answer.

        Rows without an id are nobody's sitting, or several people's: they are no row to score.

        Args:
            content: the rows of some sittings, and what else stands between those.
        """
        (frame, others), columns = content, self.wanted.columns
        answers = [
            pl.col(_VALUE).filter(pl.col(_ITEM) == name).str.join(ID_SEPARATOR).alias(called)
            for called, name in columns.items()
            if name in self.items
        ]
        carried = [
            pl.col(called).first()
            for called, name in columns.items()
            if name not in self.items and called not in self.wanted.ids
        ]
        sittings = frame.group_by(self.wanted.ids, maintain_order=True).agg(
            pl.col(RECORD).first(), *carried, *answers
        )
        rows = self._with_faults(sittings.select(RECORD, *columns))

        def records(asked: Sequence[int]) -> Sequence[bytes]:
            cells = pl.concat_str(pl.col(*columns), separator=CELL_SEPARATOR)
            chosen = rows.filter(pl.col(RECORD).is_in([*asked])).select(RECORD, cells)
            held = dict(chosen.iter_rows())
            return [held[number].encode() for number in asked]

        return Rows(
            rows,
            records,
            others.broken,
            others.blank_lines,
            left_out=others.left_out,
            spanned=others.spanned,
        )

    def _with_faults(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows with a fault, as `Rows.frame` has it, where no id says whose they are."""
        is_nobodys = pl.concat_str(self.wanted.ids) == ""
        if not rows.select(is_nobodys.any()).item():
            return rows
        said = {
            FAULT: RejectReason.NO_ID.value,
            FAULT_COLUMN: self.wanted.columns[self.wanted.ids[0]],
            FAULT_VALUE: "",
        }
        return rows.with_columns(
            pl.when(is_nobodys).then(pl.lit(text)).otherwise(pl.lit("")).alias(name)
            for name, text in said.items()
        )
