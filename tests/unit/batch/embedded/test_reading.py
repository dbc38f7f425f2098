"""Every record of every file is scored or rejected, whichever way its file is read."""

from __future__ import annotations

import csv
import gzip
import io
import os
import tempfile
import threading
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.batch.row_engine import TableFormat
from moodcheck.errors import BadData
from tests.unit.batch.embedded.runs import KEEPING, read

PLAIN = "id,a,b,c\np1,0,1,2\np2,0,1\n\np3,0,0,0\n"
QUOTED = 'id,a,b,c\n"p1","0",1,2\np2,0,1\n\np3,0,0,0\n'
SPANNING = 'id,note,a,b,c\np1,"one\n\ntwo",0,1,2\np2,0,1\n\np3,,0,0,0\n'
MIXED = "id,a,b,c\r\np1,0,1,2\r\np2,0,1\n\np3,0,0,0\r"
LINES = '{"id": "p1", "a": 0, "b": 1, "c": 2}\n{"id"\n\n{"c": 0, "id": "p3", "a": 0, "b": 0}\n'
FILES: dict[str, str | bytes] = {
    "plain.csv": PLAIN,
    "quoted.csv": QUOTED,
    "spanning.csv": SPANNING,
    "mixed.csv": MIXED,
    "packed.csv": gzip.compress(PLAIN.encode()),
    "lines.jsonl": LINES,
}


def rows_in(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("piece_bytes", [1, 30, 2**20])
def test_each_way_to_read_finds_the_same_rows(piece_bytes: int, tmp_path: Path) -> None:
    with read(tmp_path, FILES, piece_bytes=piece_bytes) as rows:
        rows.write_rejects(tmp_path / "rejects")
        rows.write_alerts(tmp_path / "alerts")

    assert [row["id"] for row in rows_in(tmp_path / "scores")] == ["p1", "p3"] * len(FILES)
    rejects = [(Path(row["file"]).name, row["record"]) for row in rows_in(tmp_path / "rejects")]
    assert rejects == [(name, "2") for name in FILES]
    assert [row["record"] for row in rows_in(tmp_path / "alerts")] == ["1", "2"] * len(FILES)
    assert rows.counts.blank_lines == len(FILES)


def test_a_key_that_looks_like_a_column_hides_no_answer_however_late_it_comes(
    tmp_path: Path,
) -> None:
    usual = '{"id": "p1", "a": 0, "b": 0, "c": 0, "note": 1}\n' * 1_000
    in_its_place = '{"id": "p2", "a": 0, "b": 0, "C": 3}\n'
    beside_it = '{"id": "p3", "a": 0, "b": 0, "c": 0, "c\\u00a0": 3}\n'
    others = '{"id": "p4", "a": 0, "b": 0, "c": 0, "Note": 1, "NOTE": 2}\n'
    content = usual + in_its_place + beside_it + others
    with read(tmp_path, {"f.jsonl": content}) as rows:
        rows.write_alerts(tmp_path / "alerts")
        rows.write_rejects(tmp_path / "rejects")

    rejects = [(row["record"], row["reason"]) for row in rows_in(tmp_path / "rejects")]
    assert rejects == [("1001", "duplicate_key"), ("1002", "duplicate_key")]
    alerts = [(row["record"], row["why"]) for row in rows_in(tmp_path / "alerts")]
    assert alerts == [("1001", "cannot_be_read"), ("1002", "cannot_be_read")]


RECORDS = [
    *("p1,x,0,1,2", '"p,2","say ""no""",0,0,0', 'p3,"two\nlines",1,1,1', 'p4,"a\n\nb",0,0,9'),
    *("p5,x,0,0", 'p6,"open,0,0,0', 'p7,a"b,0,0,0', "", "\u00e9,\u2028,3,3,3", "=p,=x,0,0,0"),
]


@settings(max_examples=20, deadline=None)
@given(
    records=st.lists(st.sampled_from(RECORDS), max_size=12),
    ending=st.sampled_from(["\n", "\r\n"]),
    table_format=st.sampled_from(TableFormat),
    has_ids=st.booleans(),
)
def test_outputs_are_the_same_to_the_byte_whatever_pieces_and_workers_there_are(
    records: list[str], ending: str, table_format: TableFormat, has_ids: bool
) -> None:
    lines = ["id,note,a,b,c" if has_ids else "x,note,a,b,c", *["p,n,0,0,0"] * 12, *records]
    file = ending.join(lines)
    found = []
    for piece_bytes, workers in ((1, 3), (17, 2), (2**20, 1)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            options: dict[str, Any] = {"answer_map": KEEPING, "table_format": table_format}
            options |= {"piece_bytes": piece_bytes, "workers": workers}
            with read(folder, {"f.csv": file}, **options) as rows:
                rows.write_alerts(folder / "alerts")
                rows.write_rejects(folder / "rejects")
            outputs = [(folder / one).read_bytes() for one in ("scores", "alerts", "rejects")]
            plain = [one.replace(name.encode(), b"") for one in outputs]
            if table_format is TableFormat.PARQUET:
                table = str(pq.read_table(io.BytesIO(outputs[0])).to_pylist())
                plain[0] = table.replace(name, "").encode()
            found.append((str(rows.counts).replace(name, ""), plain))
    assert found[0] == found[1] == found[2]


def test_a_file_that_is_mostly_broken_is_refused(tmp_path: Path) -> None:
    files = {"f.csv": "id,a,b,c\n1\n2\n3,0,0,0\n"}
    with pytest.raises(BadData, match=r"f\.csv is broken"), read(tmp_path, files):
        pass


def test_only_the_first_ten_thousand_records_say_that_a_file_is_broken(tmp_path: Path) -> None:
    files = {"f.csv": "id,a,b,c\n" + "p,0,0,0\n" * 5_000 + "p\n" * 20_000}
    with read(tmp_path, files) as rows:
        assert rows.counts.scored == 5_000


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_pipe_is_read_as_it_comes(kind: str, tmp_path: Path) -> None:
    table = pa.table({"id": ["p1", "p2"], "a": [0, 9], "b": [1, 1], "c": [1, 2]})
    parquet = io.BytesIO()
    pq.write_table(table, parquet)
    lines = "".join(f"{row}\n".replace("'", '"') for row in table.to_pylist())
    contents = {
        "csv": gzip.compress(b"id,a,b,c\np1,0,1,1\np2,9,1,2\n"),
        "jsonl": lines.encode(),
        "parquet": parquet.getvalue(),
    }
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(contents[kind],))
    writer.start()
    with read(tmp_path, {}, inputs=(str(pipe),)) as rows:
        assert (rows.counts.read, rows.counts.scored, rows.counts.alerts) == (2, 1, 2)
    writer.join()


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_many_small_files_are_read_as_each_of_them_would_be(data: st.DataObject) -> None:
    lines = ["p1,0,1,2", "p2,3,,0", '"p3",0,"1",2', "p4,0,1", "", ",,,", "p5,9,0,0"]
    records = st.sampled_from(lines)
    several = data.draw(st.lists(st.lists(records, max_size=4), min_size=2, max_size=5))
    files = {
        f"{at}.csv": "\n".join(["id,a,b,c", *lines[:2] * 4, *one, ""])
        for at, one in enumerate(several)
    }
    found = []
    # Pieces that are that small are worked on one by one.
    for piece_bytes in (1, 2**20):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with read(folder, files, piece_bytes=piece_bytes) as rows:
                rows.write_rejects(folder / "rejects")
                rows.write_alerts(folder / "alerts")
            outputs = [rows_in(folder / one) for one in ("scores", "rejects", "alerts")]
            found.append([{**row, "file": ""} for table in outputs for row in table])

    assert found[0] == found[1]
