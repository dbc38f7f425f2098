"""Each kind of file → rows of the table and rejected records, with nothing lost between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from moodcheck.adapters.duckdb_engine import scans, sql
from moodcheck.adapters.duckdb_engine.layout import BROKEN, ROWS, Layout
from moodcheck.adapters.duckdb_engine.staging import Scan, stage
from moodcheck.adapters.tables.canonical import write_canonical
from moodcheck.adapters.tables.csv_header import Header, read_header
from moodcheck.adapters.tables.kinds import TableKind
from moodcheck.adapters.tables.strict_csv import StrictReader
from moodcheck.adapters.tables.strict_jsonl import JsonlReader, column_names
from moodcheck.adapters.tables.survey import Survey, survey
from moodcheck.domain.batch_report import RejectReason
from moodcheck.domain.row_reading import row_reading
from moodcheck.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from moodcheck.adapters.tables.intake import Source
    from moodcheck.application.row_engine import BatchJob
    from moodcheck.domain.row_reading import RowReading

_FIRST = 10_000
"""Records at the beginning of a file of which most must be whole."""

_REASONS = {
    "MISSING COLUMNS": RejectReason.TOO_FEW_COLUMNS,
    "TOO MANY COLUMNS": RejectReason.TOO_MANY_COLUMNS,
    "UNQUOTED VALUE": RejectReason.BROKEN_QUOTE,
    "INVALID STATE": RejectReason.BROKEN_QUOTE,
    "INVALID ENCODING": RejectReason.BAD_ENCODING,
    "LINE SIZE OVER MAXIMUM": RejectReason.TOO_LONG,
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an input, and how its rows are read."""

    names: tuple[str, ...]
    reading: RowReading
    header: Header | None
    """Only for CSV."""
    types: dict[str, str]
    """Only for Parquet: the engine's name of each column's type."""


def columns_of(connection: duckdb.DuckDBPyConnection, job: BatchJob, source: Source) -> Columns:
    """Return the columns of an input, held against the questionnaire and the map.

    Raises:
        BadData: when a column is missing or ambiguous, or there is no header that can be read.
    """
    header, types = None, {}
    match source.kind:
        case TableKind.CSV:
            with source.path.open("rb") as file:
                header = read_header(file, source.shown)
            names = header.names
        case TableKind.JSONL:
            with source.path.open("rb") as file:
                names = column_names(file)
        case TableKind.PARQUET:
            types = scans.parquet_columns(connection, source.path)
            names = tuple(types)
    reading = row_reading(job.questionnaire, job.answer_map, names, where=source.shown)
    return Columns(names, reading, header, types)


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
            BadData: when over half of its first records are broken, or so many that they cannot
                be kept.
            IOFailed: when there is no room left.
        """
        match source.kind:
            case TableKind.PARQUET:
                texts = [
                    scans.as_text(sql.name(name), columns.types[name]) for name in self._layout.read
                ]
                scan = Scan(scans.parquet_scan(source.path), texts, file)
                stage(self._connection, self._layout, scan)
            case TableKind.JSONL:
                with source.path.open("rb") as head:
                    _refuse_mostly_broken(JsonlReader(head, ()), source.shown)
                with source.path.open("rb") as content:
                    reader = JsonlReader(content, self._layout.read)
                    self._read_strictly(reader, source, range(len(self._layout.read)), file)
            case TableKind.CSV:
                assert columns.header is not None  # noqa: S101 - what columns_of gives for CSV
                self._read_csv(source, columns.header, file)

    def _read_csv(self, source: Source, header: Header, file: int) -> None:
        width = len(header.names)
        with source.path.open("rb") as head:
            head.seek(header.ends_at)
            _refuse_mostly_broken(StrictReader(head, width), source.shown)
        places = [header.names.index(name) for name in self._layout.read]
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
        """Read a file with the engine's own parser; return False where that is not exact enough.

        It is not where records are broken and it cannot be told which they are: lines are not
        records when cells run over several, or when some are blank.
        """
        for table in ("reject_errors", "reject_scans"):  # of the file before this one
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        before = self._one(f"SELECT count(*) FROM {ROWS}")
        stage(self._connection, self._layout, scan)
        rejected = self._one("SELECT count(DISTINCT line) FROM reject_errors")
        if rejected > scans.MOST_REJECTS:
            raise _too_broken(source.shown)
        if rejected and (seen.has_quotes or seen.has_blank_lines):
            self._connection.execute(f"DELETE FROM {ROWS} WHERE rowid >= {before}")
            return False
        reasons = " ".join(
            f"WHEN {sql.text(kind)} THEN {sql.text(why)}" for kind, why in _REASONS.items()
        )
        self._connection.execute(
            f"INSERT INTO {BROKEN} SELECT {scan.file}, line - {header.lines}, "
            f"CASE first(error_type::VARCHAR) {reasons} ELSE '{RejectReason.BROKEN_QUOTE}' END, "
            "first(csv_line) FROM reject_errors GROUP BY line"
        )
        if seen.has_blank_lines:
            self.blank_lines += _blank_lines(source, header)
        return True

    def _read_strictly(
        self, reader: StrictReader | JsonlReader, source: Source, places: Sequence[int], file: int
    ) -> None:
        good = source.path.with_name(f"good-{file}.csv")
        broken = source.path.with_name(f"broken-{file}.csv")
        write_canonical(reader, places, good, broken)
        self.blank_lines += reader.blank_lines
        texts = [f"c{place}" for place in range(len(places))]
        scan = scans.canonical_scan(good, ["record", *texts])
        stage(self._connection, self._layout, Scan(scan, texts, file, "record::BIGINT"))
        self._connection.execute(
            f"INSERT INTO {BROKEN} SELECT {file}, record::BIGINT, reason, raw "
            f"FROM {scans.canonical_scan(broken, ['record', 'reason', 'raw'])}"
        )
        good.unlink()
        broken.unlink()

    def _one(self, query: str) -> int:
        (count,) = self._connection.execute(query).fetchone() or (0,)
        return int(count)


def _blank_lines(source: Source, header: Header) -> int:
    with source.path.open("rb") as file:
        file.seek(header.ends_at)
        return sum(not line.strip(b"\r\n") for line in file)


def _refuse_mostly_broken(reader: StrictReader | JsonlReader, where: str) -> None:
    first = [record.rejected is not None for record in islice(reader, _FIRST)]
    if sum(first) * 2 > len(first):
        raise _too_broken(where)


def _too_broken(where: str) -> BadData:
    return BadData(
        f"Most of {where} is broken: its records do not have the cells that its header names, "
        "or it is no such file, and nothing was scored",
        mend="Look at its first lines, and make the file anew",
    )
