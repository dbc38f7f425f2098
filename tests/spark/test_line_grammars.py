"""What a cluster reads in a line is what a reader reads who takes it sign by sign."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from moodcheck.batch.plan import Plan
from moodcheck.batch.row_engine import TableFormat
from moodcheck.batch.row_reading import RowReading
from moodcheck.batch.spark.inputs import Input
from moodcheck.batch.spark.reading import rows_of
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.batch.tables.strict_csv import LONGEST, StrictReader
from tests.jsonl import read_jsonl
from tests.spark.asked import ASKED

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import SparkSession

    from moodcheck.batch.tables.strict_csv import Record

LINES = 6_000
NAMES = ("a", "b", "c")
HEADER = b"a,b,c"

NOT_UTF_8 = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80")
ODD = [text.encode() for text in ("é", "\U0001f642", "\u2028", "\x85", "\xa0", "\ufeff", "\x00")]
SIGNS = [b'"', b'"', b'""', b",", b",", b" ", b"\t", b"\x0b", b"\x0c", b"\x1f", b"\\", b"'", b"#"]
SIGNS += [b"a", b"1", b"-", b"@", b"=1+1", *ODD, *NOT_UTF_8[:3], "\ufffd".encode()]
PLAIN = (b"", b"1", b" 1", b"x y", b"=1", b"+1", "\u2028".encode())

TOO_LONG = "é".encode() * LONGEST

QUOTED_CELL = re.compile(rb'(?:^|(?<=,))"(?:[^"]|"")*"(?=,|\Z)')


@dataclass(frozen=True)
class Verdict:
    """What somebody makes of one line."""

    reason: str | None
    cells: tuple[str, ...]
    raw: str
    """The line, where it is rejected."""


def csv_line(random: Random) -> bytes:
    """Return one line of CSV, or nearly so."""
    cells = []
    for _ in range(random.choice((2, 3, 3, 3, 3, 3, 4))):
        signs = [random.choice(SIGNS) for _ in range(random.randrange(4))]
        quoted = b'"' + b"".join(signs).replace(b'"', b'""') + b'"'
        whole = [quoted, quoted, random.choice(PLAIN), b"".join(signs)]
        cells.append(random.choice(whole))
    return b",".join(cells)


VALUES = [
    *("1", "-0", "01", "1.0", "1e5", "1E+5", ".5", "1.", "-", "1e400", "9" * 40),
    *("true", "false", "null", "NaN", "Infinity", "None", "", "'x'", "[1]", "{}", '{"a": 1}'),
    *('""', '"x"', '"\\u0041"', '"\\""', '"\\\\"', '"\\/\\b\\f\\n\\r\\t"', '"\\x"', '"\\u12"'),
    *('"\\ud83d"', '"\\ud83d\\uDE42"', '"\\\\ud83d"', '"\\ude42\\ud83d"', '"\\u0000"'),
    *('"é\U0001f642"', '"\u2028"', '"\x7f"', '"\t"', '"{,\\"b\\":1}"', '"\ufffd"', '"\ufeff"'),
]
KEYS = ['"a"', '"b"', '"c"'] * 3 + ['"\\u0061"', '"\\u0062"', '"d"', '""', '"\\ud83d"', "a", '"A"']
KEYS += ['" b"', '"C\\u00a0"']
BLANKS = [""] * 16 + [" ", "\t", "\r", "  ", "\x0b", "\xa0"]


def json_line(random: Random) -> bytes:
    """Return one line of JSON, or nearly so."""

    def mostly(usual: str, *others: str) -> str:
        return random.choice(others) if random.random() < 0.02 else usual

    def pair() -> str:
        parts = random.choice(KEYS), mostly(":", "", "::", "="), random.choice(VALUES)
        return "".join(part for one in parts for part in (random.choice(BLANKS), one))

    pairs = mostly(",", ",,", " ").join(pair() for _ in range(random.choice((0, 1, 2, 2, 3))))
    opening, closing = mostly("{", "", "[", "{{", "\ufeff{"), mostly("}", "", "]", "},", "}{}")
    after = mostly(random.choice(BLANKS), "x", "\u2028", "\x85", "\x1f")
    line = f"{opening}{pairs}{random.choice(BLANKS)}{closing}{after}".encode()
    return line + (random.choice(NOT_UTF_8) if random.random() < 0.02 else b"")


def test_a_line_of_csv_has_the_cells_or_the_fault_that_a_reader_finds(
    spark: SparkSession, tmp_path: Path
) -> None:
    lines = [line for line in _some(csv_line) if line.strip(b",") and line != HEADER] + [TOO_LONG]
    expected = [_of(StrictReader(io.BytesIO(line), len(NAMES))) for line in lines]
    found = _on_cluster(spark, tmp_path, TableKind.CSV, [HEADER, *lines])

    seen = _hold_equal(lines, expected, found, _csv_difference)
    assert seen == {"replacement", "quote inside"}
    assert len({one.reason for one in expected}) == 6


def test_a_line_of_json_has_the_cells_or_the_fault_that_a_reader_finds(
    spark: SparkSession, tmp_path: Path
) -> None:
    lines = [line for line in _some(json_line) if line.strip()] + [TOO_LONG]
    # After a first line: only there a byte order mark is none of the text.
    expected = [_verdict(read_jsonl(b"{}\n" + line, NAMES)[0][-1]) for line in lines]
    found = _on_cluster(spark, tmp_path, TableKind.JSONL, [b"{}", *lines])[1:]

    seen = _hold_equal(lines, expected, found, _json_difference)
    assert seen == {"replacement", "not flat", "twice and broken"}
    assert len({one.reason for one in expected}) == 5


def _csv_difference(line: bytes, _expected: Verdict, found: Verdict) -> str | None:
    if found.reason == "bad_encoding" and "\ufffd".encode() in line:
        return "replacement"
    if found.reason == "broken_quote" and b'"' in QUOTED_CELL.sub(b"", line):
        return "quote inside"
    return None


def _json_difference(line: bytes, expected: Verdict, found: Verdict) -> str | None:
    if found.reason == "bad_encoding" and "\ufffd".encode() in line:
        return "replacement"
    if found.reason != "not_an_object":
        return None
    if re.search(rb":\s*[\[{]", line):
        return "not flat"
    return "twice and broken" if expected.reason == "duplicate_key" else None


def _some(kind: Callable[[Random], bytes]) -> list[bytes]:
    random = Random(1)  # noqa: S311 - the same lines every time
    return [kind(random) for _ in range(LINES)]


def _of(reader: StrictReader) -> Verdict:
    *_, record = reader
    return _verdict(record)


def _verdict(record: Record) -> Verdict:
    reason = record.rejected and record.rejected.value
    return Verdict(reason, record.cells, _squeezed(record.raw) if reason else "")


def _squeezed(raw: str) -> str:
    """Return a raw line without how many signs stand for bytes that are none; readers differ."""
    return re.sub("\ufffd+", "\ufffd", raw)


def _on_cluster(
    spark: SparkSession, folder: Path, kind: TableKind, lines: list[bytes]
) -> list[Verdict]:
    file = folder / "lines"
    file.write_bytes(b"\n".join(lines) + b"\n")
    plan = Plan(ASKED, RowReading((), NAMES, {}, (), ()))
    header = HEADER.decode() if kind is TableKind.CSV else ""
    ending = "\n" if kind is TableKind.JSONL else None
    text = spark.read.text(f"file://{file}", lineSep=ending)
    lines_in = Input("lines", text, kind, NAMES, plan, header)
    frame, blank = rows_of([lines_in], TableFormat.CSV)
    assert blank == 0
    cells = [f"keep_{place}" for place in range(len(NAMES))]
    # One small file is one part, and a part has the order of its lines.
    return [
        Verdict(
            row["fault"],
            () if row["fault"] else tuple(row[cell] for cell in cells),
            _squeezed(row["raw"] or ""),
        )
        for row in frame.collect()
    ]


def _hold_equal(
    lines: list[bytes],
    expected: list[Verdict],
    found: list[Verdict],
    difference: Callable[[bytes, Verdict, Verdict], str | None],
) -> set[str]:
    """Hold what was found to what was expected; return which of the named differences it met."""
    assert len(found) == len(expected)
    seen: set[str] = set()
    for line, reader, cluster in zip(lines, expected, found, strict=True):
        if cluster != reader:
            named = difference(line, reader, cluster)
            assert named, (line, reader, cluster)
            seen.add(named)
    return seen
