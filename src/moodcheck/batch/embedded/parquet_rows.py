"""A Parquet file → rows of text, some at a time, however large a cell says that it is.

Read by pyarrow: it refuses a damaged file with an exception, and gives texts that are repeated
once, so that a small file is small in memory as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from moodcheck.batch.embedded.cell_texts import texts_of
from moodcheck.batch.embedded.rows import Rows, numbered
from moodcheck.batch.known_alerts import OBJECT
from moodcheck.batch.plan import CELL_SEPARATOR, MOST_HASHED, MOST_HASHED_OF_A_TEXT, typed_column
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.errors import BadData, IOFailed

if TYPE_CHECKING:
    from moodcheck.batch.embedded.table import Wanted

_MOST_ROWS = 125_000
_MOST_BYTES = 4 * 1024 * 1024
"""What the cells of a column come to, at most, that are read at a time."""

_MOST_DENSE, _LARGE = 500, 128 * 1024 * 1024
"""How many times as large as the file a group of rows may be, unless it is small anyway."""

CELL = 3
"""Bytes that a short cell takes in CSV, by which Parquet is cut into pieces alike."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows, as they lie in the file."""

    batch: pa.RecordBatch
    size: int
    """Bytes that they come to once repeated texts are written out, at most."""


@dataclass(frozen=True, slots=True)
class SliceReader:
    """Reads parts of a file."""

    wanted: Wanted

    def read(self, content: Slice) -> Rows:
        """Return the rows of a part."""
        wanted, batch = self.wanted, content.batch
        names = [*dict.fromkeys(wanted.columns.values())]
        frame = cast("pl.DataFrame", pl.from_arrow(batch.select(names)))
        typed = [
            pl.col(wanted.columns[called]).alias(typed_column(called)) for called in wanted.typed
        ]
        texts = frame.select(*texts_of(frame, wanted.columns, wanted.numbers), *typed)

        def records(asked: Sequence[int]) -> Sequence[bytes]:
            # Not by pyarrow: it would load pandas to look at a list.
            places = pl.Series([number - 1 for number in asked], dtype=pl.Int64).to_arrow()
            own = cast("pl.DataFrame", pl.from_arrow(batch.take(places)))
            cells = texts_of(own, {name: name for name in own.columns})
            written = own.select(pl.concat_str(*cells, separator=CELL_SEPARATOR)).to_series()
            return [record.encode() for record in written]

        return Rows(numbered(texts), records)


@dataclass(frozen=True, slots=True)
class ParquetRows:
    """Reads a file."""

    path: Path
    shown: str

    def told(self) -> tuple[tuple[str, ...], Mapping[str, pl.DataType], int]:
        """Return the names of the columns, of which two may be equal, the types of some, and rows.

        These are the types of single numbers, times and the like: of what is neither text nor
        has parts.

        Raises:
            BadData: when the file is damaged.
        """
        with self._translated_errors(), pq.ParquetFile(self.path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
            names = tuple(map(str, schema.names))
            single = _single(schema)
            empty = pa.RecordBatch.from_arrays(
                [pa.nulls(0, one.type) for one in single], names=[one.name for one in single]
            )
            types = cast("pl.DataFrame", pl.from_arrow(_for_polars(empty))).schema
        return names, {name: kind for name, kind in types.items() if kind != pl.String}, rows

    def slices(self, columns: Mapping[str, str]) -> Iterator[Slice]:
        """Yield the rows, some at a time.

        Args:
            columns: what each column that is wanted is called → its name in the file.

        Raises:
            BadData: when the file is damaged, or a cell is too long.
            IOFailed: when it cannot be read to its end.
        """
        with self._translated_errors():
            with pq.ParquetFile(self.path) as file:
                schema = file.schema_arrow
                rows = self._rows_at_once(file.metadata)
            wanted = {*columns.values()}
            names = [one.name for one in schema if one.name in wanted]
            if len(schema) <= MOST_HASHED:
                # A record is told from the next by columns that nobody scores, such as its day.
                single = {one.name for one in _single(schema)}
                names = [one.name for one in schema if one.name in wanted | single]
            texts = [one.name for one in schema if one.name in names and _is_text(one.type)]
            # Once more, as what is repeated is told when a file is opened.
            with pq.ParquetFile(self.path, read_dictionary=texts) as file:
                # One group after the other: what is repeated is remembered to the end of each.
                left = file.metadata.num_rows
                for group in range(file.num_row_groups):
                    # Threads of its own would take cores from whoever works beside this one.
                    for batch in file.iter_batches(
                        rows, row_groups=[group], columns=names, use_threads=False
                    ):
                        batch.validate(full=True)
                        left -= batch.num_rows
                        yield from self._slices(_cut(_for_polars(batch), but=wanted))
                if left:  # a group of rows says that it has others
                    raise pa.ArrowInvalid

    def _rows_at_once(self, metadata: pq.FileMetaData) -> int:
        """Return how many rows are read at a time, by what the file says of its row groups.

        What it says of its columns is not asked for: where that is damaged, the process ends.
        """
        largest = 1.0
        for place in range(metadata.num_row_groups):
            group = metadata.row_group(place)
            if group.total_byte_size > max(_MOST_DENSE * self.path.stat().st_size, _LARGE):
                raise BadData(
                    f"{self.shown} says that its {self.path.stat().st_size:,} bytes are "
                    f"{group.total_byte_size:,} once they are read: it is damaged, or made to "
                    "exhaust memory, and nothing was scored",
                    mend="Export it again, from where its rows come",
                )
            largest = max(largest, group.total_byte_size / max(group.num_rows, 1))
        # Where cells are that long on the average, one of them is.
        if largest / max(metadata.num_columns, 1) > 2 * LONGEST:
            raise self._too_long()
        return max(1, min(_MOST_ROWS, int(_MOST_BYTES / largest)))

    def _slices(self, batch: pa.RecordBatch) -> Iterator[Slice]:
        """Yield a batch in parts, each of them small once repeated texts are written out."""
        longest = 1
        for column in batch.columns:
            texts = column.dictionary if pa.types.is_dictionary(column.type) else column
            if _is_text(texts.type):
                longest = max(longest, pc.max(pc.binary_length(texts)).as_py() or 0)
        if longest > LONGEST:
            raise self._too_long()
        rows = max(1, int(_MOST_BYTES / longest))
        for start in range(0, batch.num_rows, rows):
            part = _written_out(batch.slice(start, rows))
            cells = part.num_rows * part.num_columns
            yield Slice(part, max(part.nbytes, part.num_rows * longest, cells * CELL))

    def _too_long(self) -> BadData:
        return BadData(
            f"{self.shown} has a cell of over {LONGEST:,} bytes, and nothing was scored",
            mend="Look for it among the ids, the answers and what is kept, and shorten it",
        )

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, OSError, UnicodeDecodeError, MemoryError, KeyError) as error:
            if isinstance(error, OSError) and error.errno:
                raise IOFailed(
                    f"{self.shown} cannot be read to its end: {error.strerror or 'it is gone'}",
                    mend="Copy it from where it is whole, and score the copy",
                ) from None
            raise BadData(
                f"{self.shown} is damaged: it is not what its beginning or end promises, and "
                "nothing was scored",
                mend="Copy or export the file again",
            ) from None


def _single(schema: pa.Schema) -> list[pa.Field]:
    """Return the columns that can be named, and have a single number, text or time in a cell."""
    times = Counter(schema.names)
    return [one for one in schema if _is_single(one.type) and times[one.name] == 1]


def _cut(batch: pa.RecordBatch, *, but: AbstractSet[str]) -> pa.RecordBatch:
    """Return a batch with no more of each text than tells records apart, but for some columns."""
    columns = [
        column if name in but else _beginning(column)
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _beginning(column: pa.Array) -> pa.Array:
    is_coded = pa.types.is_dictionary(column.type)
    texts = column.dictionary if is_coded else column
    if not _is_text(texts.type):
        return column
    short = pc.utf8_slice_codeunits(texts, 0, MOST_HASHED_OF_A_TEXT)
    return pa.DictionaryArray.from_arrays(column.indices, short) if is_coded else short


def _for_polars(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch without the types that polars does not know, or ends the process for."""
    columns = []
    for column in batch.columns:
        kind = column.type
        if pa.types.is_timestamp(kind) and kind.tz is not None:
            columns.append(column.view(pa.timestamp(kind.unit, "UTC")))
        elif pa.types.is_decimal256(kind):
            columns.append(column.cast(pa.string()))
        elif pa.types.is_binary_view(kind):  # of views, pyarrow takes no rows
            columns.append(column.cast(pa.large_binary()))
        elif pa.types.is_nested(kind):
            something = pa.scalar(OBJECT)
            columns.append(pc.if_else(column.is_valid(), something, pa.scalar(None, pa.string())))
        else:
            columns.append(column)
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _written_out(part: pa.RecordBatch) -> pa.RecordBatch:
    """Return a part, which is small by now however often a text is repeated, with every text."""
    columns = [
        one.dictionary_decode() if pa.types.is_dictionary(one.type) else one for one in part.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=part.schema.names)


def _is_single(kind: pa.DataType) -> bool:
    """Return whether a cell is one number, text or time, and no lump of bytes."""
    lumps = (
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_binary_view,
        pa.types.is_fixed_size_binary,
    )
    return not (pa.types.is_nested(kind) or any(is_lump(kind) for is_lump in lumps))


def _is_text(kind: pa.DataType) -> bool:
    # Views come as those of other texts do, once what is repeated in them is told.
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(is_text(kind) for is_text in texts)
