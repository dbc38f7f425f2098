"""Every record of every file is in the table or among the broken, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.batch.embedded.columns import columns_of
from moodcheck.batch.embedded.connection import opened
from moodcheck.batch.embedded.layout import BROKEN, ROWS, Layout
from moodcheck.batch.embedded.reading import FileReader
from moodcheck.batch.tables.intake import stage_input
from moodcheck.errors import BadData
from tests.unit.batch.embedded.runs import job

PLAIN = "id,a,b,c\np1,0,1,2\np2,0,1\n\np3,0,0,0\n"
QUOTED = 'id,a,b,c\n"p1","0",1,2\np2,0,1\n\np3,0,0,0\n'
MIXED = "id,a,b,c\r\np1,0,1,2\r\np2,0,1\n\np3,0,0,0\n"
LINES = '{"id": "p1", "a": 0, "b": 1, "c": 2}\n{"id"\n\n{"id": "p3", "a": 0, "b": 0, "c": 0}\n'


def test_each_way_to_read_finds_the_same_rows_and_leaves_no_file(tmp_path: Path) -> None:
    files = {"plain.csv": PLAIN, "quoted.csv": QUOTED, "mixed.csv": MIXED, "lines.jsonl": LINES}
    asked = job(tmp_path, files)
    sources = [stage_input(name, asked.spool, place) for place, name in enumerate(asked.inputs)]
    with opened(asked.spool) as connection:
        columns = [columns_of(connection, asked, source) for source in sources]
        found = Layout(asked.questionnaire, columns[0].reading)
        connection.execute(found.create())
        connection.execute(
            f"CREATE TABLE {BROKEN} (file SMALLINT, record BIGINT, reason VARCHAR, raw VARCHAR)"
        )
        reader = FileReader(connection, found)
        for place, (source, its_columns) in enumerate(zip(sources, columns, strict=True)):
            reader.read(source, its_columns, place)
        rows = connection.execute(f"SELECT file, id_0, item_c FROM {ROWS}").fetchall()
        broken = connection.execute(f"SELECT file, record FROM {BROKEN} ORDER BY file").fetchall()

    places = range(len(files))
    assert rows == [row for place in places for row in ((place, "p1", 2), (place, "p3", 0))]
    assert broken == [(place, 2) for place in places]
    assert reader.blank_lines == len(files)
    left = {path.name for path in asked.spool.iterdir()}
    assert left <= {*(f"input-{place}" for place in places), "rows.duckdb", "rows.duckdb.wal"}


def test_a_file_that_is_mostly_broken_is_refused(tmp_path: Path) -> None:
    asked = job(tmp_path, {"f.csv": "id,a,b,c\n1\n2\n3,0,0,0\n"})
    source = stage_input(asked.inputs[0], asked.spool, 0)
    with opened(asked.spool) as connection:
        columns = columns_of(connection, asked, source)
        reader = FileReader(connection, Layout(asked.questionnaire, columns.reading))
        with pytest.raises(BadData, match=r"f\.csv is broken"):
            reader.read(source, columns, 0)
