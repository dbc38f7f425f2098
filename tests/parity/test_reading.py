"""Whichever way the engine takes to read a file, its records are those of the strict reader."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.tables.strict_csv import Record, StrictReader
from tests.examples import few
from tests.unit.batch.embedded.runs import read

WHOLE = [b"p,0,1,2", b"\xc3\xa9,3,,0", b",0,0,0", b"p q,1,1,1", b"=p,0,0,0"]
BROKEN = [b"p,0,1", b"p,0,1,2,", b"p", b"\xff,0,0,0", b"\xed\xa0\x80,0,0,0"]
REJECTED = [b"p,9,0,0", b"p,0,0, 1", b"\xc2\xa0\xe2\x80\x8b,0,0,0"]
QUOTED = [
    b'"p","0",1,2',
    b'"p,""q""",0,0,0',
    b'p"q,0,0,0',
    b'"p,0,0,0',
    b'"p"q,0,0,0',
    b'p,"0\n",0,0',
    b'p,0,0,"1\nq,0,0,3"',
]
LENIENT = [b"p,01,0,0", b"p,+1,0,0", b"p,0,-0,0", b"p,0,0,\t1", b"p,0,0,", b"p,0,0"]
"""What the fast parser takes for other rows; the bytes of one can make up for those of another."""

QUOTED_WRONGLY = [
    b'"a"p"b",0,0,0',
    b'p,0,0,"1',
    b'",p",0,0,0',
    b'p,0,0,"',
    b'a"b,0,0,0',
    b'p",0,0,0',
]
BLANK = [b"", b",,,", b",,", b",,,,"]
ODD = [b' "p",0,0,0', b'"p" ,0,0,0', b"p\0,0,0,0", b" "]


def files_of(*pools: list[bytes]) -> st.SearchStrategy[bytes]:
    """Return whole files whose lines come from these pools."""
    lines = st.lists(st.sampled_from([line for pool in pools for line in pool]), max_size=12)
    endings = st.sampled_from([b"\n", b"\n", b"\r\n", b"\r"])
    # Enough whole records in front, so that no file is refused as one that is no such file.
    return st.builds(
        lambda lines, ending, last: ending.join([b"id,a,b,c", *WHOLE * 3, *lines]) + last,
        lines,
        endings,
        st.sampled_from([b"", b"\n", b"\r\n\r\n", b"\n\n\n"]),
    )


FILES = st.tuples(
    files_of(WHOLE, BROKEN),
    files_of(WHOLE, BROKEN, BLANK),
    files_of(WHOLE, REJECTED, QUOTED[:2], BLANK),
    files_of(WHOLE, BROKEN, QUOTED, BLANK),
    files_of(WHOLE, LENIENT, QUOTED[:1]),
    files_of(WHOLE, LENIENT[:2], QUOTED[:1], QUOTED_WRONGLY),
    files_of(WHOLE, BROKEN, REJECTED, QUOTED, ODD, BLANK),
)


def why(record: Record) -> str | None:
    """Return why a record has no scores, by the rules as they are written in the documentation."""
    if record.rejected is not None:
        return record.rejected
    name, *answers = record.cells
    if not name.isprintable():
        return RejectReason.SUSPECT_ID
    offered = {"", "0", "1", "2", "3"}
    return None if offered.issuperset(answers) else RejectReason.BAD_ANSWER


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@few(8)
@given(contents=FILES, piece_bytes=st.sampled_from([1, 40, 2**20]))
@example(contents=(b"\n".join([b"id,a,b,c", *WHOLE, *BROKEN[:2], *REJECTED]),), piece_bytes=2**20)
@example(contents=(b"\n".join([b"id,a,b,c", *WHOLE, b'p"q,0,0,0', b"", b""]),), piece_bytes=2**20)
@example(
    contents=(b"\n".join([b"id,a,b,c", *WHOLE * 3, b"p,0,1", b"p,0,1,2,", b""]),), piece_bytes=9
)
@example(contents=(b"\n".join([b"id,a,b,c", *WHOLE, b"p,01,0,0", b"p,0,0", b""]),), piece_bytes=99)
@example(
    contents=(b"\n".join([b"id,a,b,c", *WHOLE, b"p,01,0,0", b'a"b,0,0,"0', b""]),), piece_bytes=99
)
@example(contents=(b"\n".join([b"id,a,b,c", *WHOLE, b'"a"p"b",0,0,0', b""]),), piece_bytes=99)
def test_every_record_has_the_number_and_the_verdict_of_the_strict_reader(
    contents: tuple[bytes, ...], piece_bytes: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{place}.csv") for place in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        inputs = tuple(map(str, paths))
        with read(Path(folder), {}, piece_bytes=piece_bytes, inputs=inputs, is_exact=True) as rows:
            rows.write_rejects(Path(folder, "rejects"))
        rejects, scores = rows_in(Path(folder, "rejects")), rows_in(Path(folder, "scores"))

    blank = 0
    rejected: list[tuple[str, str, str]] = []
    scored: list[str] = []
    for path, content in zip(paths, contents, strict=True):
        start = content.index(b"a,b,c") + len(b"a,b,c")
        ending = 2 if content[start : start + 2] == b"\r\n" else 1
        reader = StrictReader(io.BytesIO(content[start + ending :]), 4)
        for record in reader:
            if (reason := why(record)) is not None:
                rejected.append((str(path), str(record.number), reason))
            else:
                scored.append(record.cells[0])
        blank += reader.blank_lines
    assert [(one["file"], one["record"], one["reason"]) for one in rejects] == rejected
    assert [one["id"] for one in scores] == scored
    assert (rows.counts.blank_lines, rows.counts.scored) == (blank, len(scored))
