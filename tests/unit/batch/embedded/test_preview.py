"""A map can be proposed for whatever can be scored."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from openpyxl import Workbook

from moodcheck.batch.embedded.preview import preview
from moodcheck.batch.map_proposal import MOST_TEXTS
from moodcheck.batch.responses import Asked
from moodcheck.batch.tables.layout import Layout
from moodcheck.errors import BadData, InputNotFound
from tests.shipped import SYMPTOMS

ASKED = Asked(SYMPTOMS, None, None)
ROWS = [{"id": "p1", "a": "0", "b": "x"}, {"id": "p2", "a": "1", "b": ""}]


def parquet() -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), content)
    return content.getvalue()


def excel() -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in (["id", "a", "b"], *([*one.values()] for one in ROWS)):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


CSV = b"id,a,b\np1,0,x\np2,1,\n"
LINES = b'{"id": "p1", "a": 0, "b": "x"}\n{"id": "p2", "a": 1, "b": null}\n'


@pytest.mark.parametrize(
    "content",
    [CSV, CSV.replace(b",", b";"), gzip.compress(CSV), LINES, parquet(), excel()],
    ids=["csv", "semicolons", "gzip", "jsonl", "parquet", "excel"],
)
def test_names_and_texts_are_those_of_every_format(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(content)
    found = preview(str(tmp_path / "f"), Layout(), tmp_path, ASKED)

    assert found.names == ("id", "a", "b")
    assert found.texts == (*map(frozenset, (["p1", "p2"], ["0", "1"], ["x", ""])),)


def test_what_a_file_calls_its_codes_goes_along(tmp_path: Path) -> None:
    labels: dict[str, dict[int | float, str]] = {"a": {0: "Not at all", 9: "Refused"}}
    frame = pl.DataFrame({"id": ["p1"], "a": [9.0]})
    pyreadstat.write_sav(frame, tmp_path / "f", variable_value_labels=labels)
    found = preview(str(tmp_path / "f"), Layout(), tmp_path, ASKED)

    assert found.labels == {"a": {"0": "Not at all", "9": "Refused"}}


def test_rows_of_labels_are_no_records(tmp_path: Path) -> None:
    labels = 'Who,"How\noften?"\n"{""ImportId"":""r""}","{""ImportId"":""q""}"\n'
    (tmp_path / "f").write_text(f"id,a\n{labels}p1,0\n")
    found = preview(str(tmp_path / "f"), Layout(), tmp_path, ASKED)

    assert (found.header_rows, found.texts) == (3, (frozenset({"p1"}), frozenset({"0"})))


def test_a_column_with_many_or_long_texts_holds_no_answers(tmp_path: Path) -> None:
    lines = [f"{i},{'x' * 61 if i == 3 else 'x'},{i % 4}" for i in range(MOST_TEXTS + 1)]
    (tmp_path / "f").write_text("\n".join(["id,note,a", *lines, "broken"]))

    assert preview(str(tmp_path / "f"), Layout(), tmp_path, ASKED).texts == (
        frozenset(),
        frozenset(),
        frozenset({"0", "1", "2", "3"}),
    )


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,\xff\n", b"\xff\xfea\0"])
def test_what_has_no_header_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(BadData):
        preview(str(tmp_path / "f"), Layout(), tmp_path, ASKED)
    with pytest.raises(InputNotFound):
        preview(str(tmp_path / "no"), Layout(), tmp_path, ASKED)
