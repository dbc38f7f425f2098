"""Each kind of file → rows of the table and rejected records, with nothing lost between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import duckdb

from moodcheck.batch.embedded import scans
from moodcheck.batch.embedded.damage import damage_named
from moodcheck.batch.embedded.layout import BROKEN, ROWS, Layout
from moodcheck.batch.embedded.staging import Scan, stage
from moodcheck.batch.tables.broken_lines import BrokenLines
from moodcheck.batch.tables.canonical import write_canonical
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.batch.tables.strict_csv import Record, StrictReader
from moodcheck.batch.tables.strict_jsonl import JsonlReader
from moodcheck.batch.tables.survey import Survey, survey
from moodcheck.errors import BadData

if TYPE_CHECKING:
    from pathlib import Path

    from moodcheck.batch.embedded.columns import Columns
    from moodcheck.batch.tables.csv_header import Header
    from moodcheck.batch.tables.intake import Source

_FIRST = 10_000
"""Records at the beginning of a file of which most must be whole."""


class FileReader:
    """Reads inputs into the table, one after the other."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
        """Read with an open connection, into the table of that layout."""
        self._connection = connection
        self._layout = layout
        self.blank_lines = 0

    def read(self, source: Source, columns: Columns, file: int) -> None:
        """Read one input.

        Raises:
            BadData: when over half of its first records are broken.
            IOFailed: when there is no room left.
        """
        match source.kind:
            case TableKind.PARQUET:
                self._read_parquet(source, columns, file)
            case TableKind.JSONL:
                with source.path.open("rb") as head:
                    _refuse_mostly_broken(JsonlReader(head, ()), source.shown)
                with source.path.open("rb") as content:
                    reader = JsonlReader(content, [*self._layout.columns.values()])
                    self._read_strictly(reader, source, range(len(self._layout.columns)), file)
            case TableKind.CSV:
                assert columns.header is not None  # noqa: S101 - what columns_of gives for CSV
                self._read_csv(source, columns.header, file)

    def _read_parquet(self, source: Source, columns: Columns, file: int) -> None:
        places = map(columns.names.index, self._layout.columns.values())
        texts = [scans.as_text(f"c{place}", columns.types[place]) for place in places]
        scan = Scan(scans.parquet_scan(source.path, len(columns.names)), texts, file)
        with damage_named(source):
            stage(self._connection, self._layout, scan)

    def _read_csv(self, source: Source, header: Header, file: int) -> None:
        width = len(header.names)
        with source.path.open("rb") as head:
            head.seek(header.ends_at)
            _refuse_mostly_broken(StrictReader(head, width), source.shown)
        places = [header.names.index(name) for name in self._layout.columns.values()]
        seen = survey(source.path, header.ends_at)
        # One column: a blank line and an empty cell look alike to a fast parser.
        if seen.is_plain and width > 1:
            scan = scans.csv_scan(source.path, header, has_quotes=seen.has_quotes)
            fast = Scan(scan, [f"c{place}" for place in places], file)
            if self._read_fast(fast, source, header, seen):
                return
        with source.path.open("rb") as content:
            content.seek(header.ends_at)
            self._read_strictly(StrictReader(content, width), source, places, file)

    def _read_fast(self, scan: Scan, source: Source, header: Header, seen: Survey) -> bool:
        """Read a file with the engine's own parser; return False where that is not exact."""
        self._connection.begin()
        reads = self._reads_quoted if seen.has_quotes else self._reads_unquoted
        if is_exact := reads(scan, source, header, seen):
            self._connection.commit()
        else:
            self._connection.rollback()
        return is_exact

    def _reads_quoted(self, scan: Scan, source: Source, header: Header, seen: Survey) -> bool:
        try:
            stage(self._connection, self._layout, scan)
        except duckdb.InvalidInputException:  # a broken record: the transaction is over
            return False
        if seen.has_blank_lines:
            # Only by the grammar: a line inside a quoted cell is not blank.
            with source.path.open("rb") as content:
                content.seek(header.ends_at)
                reader = StrictReader(content, len(header.names))
                deque(reader, maxlen=0)
            self.blank_lines += reader.blank_lines
        return True

    def _reads_unquoted(self, scan: Scan, source: Source, header: Header, seen: Survey) -> bool:
        before = self._rows()
        stage(self._connection, self._layout, scan)
        staged = self._rows() - before
        if staged == seen.lines:
            return True
        with source.path.open("rb") as content:
            content.seek(header.ends_at)
            lines = BrokenLines(content, len(header.names))
            with _spooled(lines, (), source) as (_, broken):
                self._keep_broken(broken, scan.file)
        # All that the engine leaves out is broken, so where as many are, they are the same.
        if staged + lines.found + lines.blank_lines != seen.lines:
            return False
        self.blank_lines += lines.blank_lines
        return True

    def _read_strictly(
        self, reader: StrictReader | JsonlReader, source: Source, places: Sequence[int], file: int
    ) -> None:
        texts = [f"c{place}" for place in range(len(places))]
        with _spooled(reader, places, source) as (good, broken):
            scan = scans.canonical_scan(good, ["record", *texts])
            stage(self._connection, self._layout, Scan(scan, texts, file, "record::BIGINT"))
            self._keep_broken(broken, file)
        self.blank_lines += reader.blank_lines

    def _keep_broken(self, canonical: Path, file: int) -> None:
        scan = scans.canonical_scan(canonical, ["record", "reason", "raw"])
        self._connection.execute(
            f"INSERT INTO {BROKEN} SELECT {file}, record::BIGINT, reason, raw FROM {scan}"
        )

    def _rows(self) -> int:
        (count,) = self._connection.execute(f"SELECT count(*) FROM {ROWS}").fetchone() or (0,)
        return int(count)


@contextmanager
def _spooled(
    records: Iterable[Record], places: Sequence[int], source: Source
) -> Iterator[tuple[Path, Path]]:
    """Give the whole and the broken records as files of their own, and take them away again."""
    good = source.path.with_name(f"{source.path.name}-good.csv")
    broken = source.path.with_name(f"{source.path.name}-broken.csv")
    write_canonical(records, places, good, broken)
    yield good, broken
    good.unlink()
    broken.unlink()


def _refuse_mostly_broken(reader: StrictReader | JsonlReader, where: str) -> None:
    first = [record.rejected is not None for record in islice(reader, _FIRST)]
    if sum(first) * 2 > len(first):
        raise BadData(
            f"Most of {where} is broken: its records do not match its header, or it is another "
            "kind of file. Nothing was scored",
            mend="Check its first lines, then export the file again",
        )
