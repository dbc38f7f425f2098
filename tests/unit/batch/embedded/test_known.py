"""An alert is left out only where somebody has seen it: of this sitting, and no other."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.known_alerts import KnownAlerts, read_known_alerts
from moodcheck.batch.outcome import RowCounts
from moodcheck.errors import BadData, InputNotFound
from tests.unit.batch.embedded.runs import read

SEEN = "id,day,a,b,c\np1,1 May,0,0,1\np2,1 May,0,0,9\n"


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


class Runs:
    """Runs over files in one folder, each of which may know the alerts of those before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        self.counts: RowCounts

    def alerts(
        self, files: Mapping[str, str | bytes], *known: Path, ids: tuple[str, ...] = ("id",)
    ) -> Path:
        """Score files and return what is written of alerts."""
        self.number += 1
        place = self.folder / f"run-{self.number}"
        place.mkdir()
        # What files are called is a part of what is known, so they stay where they are.
        inputs = []
        for name, content in files.items():
            (self.folder / name).write_bytes(
                content.encode() if isinstance(content, str) else content
            )
            inputs.append(str(self.folder / name))
        written = self.folder / f"alerts-{self.number}.csv"
        changes: dict[str, Any] = {"inputs": tuple(inputs)}
        answer_map = AnswerMap.model_validate({"schema": 1, "id": ids}) if ids else None
        seen = read_known_alerts(known) if known else None
        with read(place, {}, answer_map=answer_map, known_alerts=seen, **changes) as rows:
            rows.write_alerts(written)
        self.counts = rows.counts
        return written


def ids_in(alerts: Path) -> list[str]:
    return [line["id"] for line in lines_in(alerts)]


def lines_in(alerts: Path) -> list[dict[str, str]]:
    with alerts.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_was_seen_is_known_though_the_file_has_grown_and_moved_its_records(runs: Runs) -> None:
    seen = runs.alerts({"f.csv": SEEN})
    grown = "id,day,a,b,c\np0,2 May,0,0,0\np2,1 May,0,0,9\np3,2 May,0,0,1\np1,1 May,0,0,1\n"
    again = runs.alerts({"f.csv": grown}, seen)

    assert ids_in(seen) == ["p1", "p2"]
    assert ids_in(again) == ["p3"]
    assert (runs.counts.alerts, runs.counts.known_alerts) == (3, 2)


def test_a_new_sitting_of_the_same_person_with_the_same_answers_is_new(runs: Runs) -> None:
    seen = runs.alerts({"f.csv": SEEN})

    assert ids_in(runs.alerts({"f.csv": SEEN.replace("1 May", "8 May")}, seen)) == ["p1", "p2"]
    # No day stands in these; that they are other files is all that tells.
    may = runs.alerts({"may.csv": "id,a,b,c\np1,0,0,1\n"})
    assert ids_in(runs.alerts({"june.csv": "id,a,b,c\np1,0,0,1\n"}, may)) == ["p1"]
    assert ids_in(runs.alerts({"may.csv": "id,a,b,c\np1,0,0,1\n"}, may)) == []


def test_an_id_that_several_rows_have_is_never_known(runs: Runs) -> None:
    seen = runs.alerts({"f.csv": SEEN})
    twice = SEEN + "p1,8 May,0,0,0\n"

    assert ids_in(runs.alerts({"f.csv": twice}, seen)) == ["p1"]
    assert (runs.counts.known_alerts, runs.counts.doubtful_alerts) == (1, 1)
    # The same record twice in one file, or in two.
    assert ids_in(runs.alerts({"f.csv": SEEN + "p1,1 May,0,0,1\n"}, seen)) == ["p1", "p1"]
    assert ids_in(runs.alerts({"f.csv": SEEN, "g.csv": SEEN}, seen)) == ["p1", "p2"] * 2


@pytest.mark.parametrize(
    "row",
    [{"id": {"n": 1}, "c": 1}, {"id": "", "c": 1}, {"c": 1}, {"id": "a\u200bb", "c": 1}],
    ids=["an object", "empty", "absent", "with what cannot be seen"],
)
def test_an_id_that_names_nobody_is_never_known(row: dict[str, object], runs: Runs) -> None:
    content = json.dumps({"id": "p1", "a": 0, "b": 0, "c": 0}) + "\n" + json.dumps(row) + "\n"
    seen = runs.alerts({"f.jsonl": content})
    again = runs.alerts({"f.jsonl": content}, seen)

    assert len(ids_in(seen)) == len(ids_in(again)) == 1
    assert runs.counts.known_alerts == 0


def test_rows_without_an_id_column_are_never_known(runs: Runs) -> None:
    content = "a,b,c\n0,0,1\n"
    seen = runs.alerts({"f.csv": content}, ids=())

    assert len(lines_in(runs.alerts({"f.csv": content}, seen, ids=()))) == 1


def test_another_item_or_answer_of_a_known_record_is_new(runs: Runs) -> None:
    seen = runs.alerts({"f.csv": SEEN})
    text = seen.read_text(encoding="utf-8")
    seen.write_text(text.replace(",c,1,", ",b,1,").replace(",c,9,", ",c,3,"), encoding="utf-8")

    assert ids_in(runs.alerts({"f.csv": SEEN}, seen)) == ["p1", "p2"]


def test_a_record_is_told_by_the_hash_of_its_line_whatever_path_it_was_read_by(runs: Runs) -> None:
    plain = "id,note,c,a,b\np1,x,1,0,0\n"
    quoted = 'id,note,c,a,b\np0,"x,y",1,0,0\np1,x,1,0,0\n'
    broken = "id,note,c,a,b\nbroken\np1,x,1,0,0\n"
    spanning = 'id,note,c,a,b\np0,"x\ny",1,0,0\r\np1,x,1,0,0\r\n'
    expected = hashlib.sha256(b"p1,x,1,0,0").hexdigest()

    for content in (plain, quoted, broken, spanning):
        (line,) = (one for one in lines_in(runs.alerts({"f.csv": content})) if one["id"] == "p1")
        assert line["record_sha256"] == expected
    line_of_json = '{"id": "p1", "a": 0, "b": 0, "c": 1}'
    for content in (line_of_json + "\r\n", f'{line_of_json}\n{{"id": "p2"}}\n'):
        (line,) = lines_in(runs.alerts({"f.jsonl": content}))
        assert line["record_sha256"] == hashlib.sha256(line_of_json.encode()).hexdigest()


def test_a_record_of_parquet_is_told_by_all_its_cells(runs: Runs) -> None:
    columns = {"id": ["p1"], "a": [0], "b": [None], "c": [1], "day": ["1 May"], "list": [[1]]}
    table = pa.table({name: pa.array(cells) for name, cells in columns.items()})
    buffer = pa.BufferOutputStream()
    pyarrow.parquet.write_table(table.set_column(2, "b", pa.array([None], pa.int64())), buffer)
    (line,) = lines_in(runs.alerts({"f.parquet": buffer.getvalue().to_pybytes()}))

    expected = hashlib.sha256(b"p1\x1f0\x1f\x1f1\x1f1 May").hexdigest()
    assert line["record_sha256"] == expected


def test_a_record_that_cannot_be_read_has_no_hash_and_is_never_known(runs: Runs) -> None:
    seen = runs.alerts({"f.csv": "id,a,b,c\np0,0,0,0\nbroken\n"})
    again = runs.alerts({"f.csv": "id,a,b,c\np0,0,0,0\nbroken\n"}, seen)

    assert [line["record_sha256"] for line in lines_in(again)] == [""]


def test_several_files_and_folders_of_alerts_are_known_together(runs: Runs, tmp_path: Path) -> None:
    older = tmp_path / "older"
    older.mkdir()
    runs.alerts({"f.csv": SEEN.replace("p2", "p3")}).rename(older / "a.csv")
    other = runs.alerts({"f.csv": SEEN})
    absent = tmp_path / "none.csv"

    known = read_known_alerts([older, other, absent])
    assert known.ids == {"p1", "p2", "p3"}
    assert known.absent == (str(absent),)
    assert ids_in(runs.alerts({"f.csv": SEEN}, older, absent)) == ["p2"]


def test_no_alerts_in_a_file_make_nothing_known(runs: Runs) -> None:
    none = runs.alerts({"f.csv": "id,a,b,c\np1,0,0,0\n"})

    assert read_known_alerts([none]) == KnownAlerts()


def test_a_file_of_an_earlier_version_is_refused_with_the_way_out(tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_text("file,record,id,item,answer,why,notice\nf,1,p1,c,1,alert,n\n", encoding="utf-8")

    with pytest.raises(BadData, match=r"earlier version.*Score once without it"):
        read_known_alerts([old])


def test_what_is_no_file_of_alerts_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "f.csv"
    for content in (SEEN, "", '"file\n'):
        other.write_text(content, encoding="utf-8")
        with pytest.raises(BadData, match="not an alerts file"):
            read_known_alerts([other])
    with pytest.raises(InputNotFound):
        read_known_alerts([other / "in-a-file.csv"])
