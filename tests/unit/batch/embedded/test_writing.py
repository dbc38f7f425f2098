"""What is written goes into the file that is there, and comes back as it was unless unsafe."""

from __future__ import annotations

import csv
import errno
import json
import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from moodcheck.batch.embedded import writing
from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.batch.row_engine import TableFormat
from moodcheck.errors import IOFailed
from tests.unit.batch.embedded.runs import KEEPING, job, read

NOTES = ["", "a,b", 'say "no"', "two\nlines", "'", "é漢", " padded ", "=SUM(1)", "NULL", "-12"]


def written(folder: Path, **changes: Any) -> Path:  # noqa: ANN401 - fields of a job
    """Return the scores of rows with every note."""
    lines = ["id,a,b,c,note"]
    lines += [f'p{i},0,0,0,"{note.replace(chr(34), chr(34) * 2)}"' for i, note in enumerate(NOTES)]
    target = folder / "scores"
    target.touch(mode=0o600)
    before = target.stat()
    with read(folder, {"f.csv": "\n".join(lines) + "\n"}, answer_map=KEEPING, **changes) as rows:
        rows.write_scores(target, lambda _rows, _share: None)
    # No other file in its place: the owner's alone, from the first byte on.
    assert (target.stat().st_ino, target.stat().st_mode) == (before.st_ino, before.st_mode)
    assert {path.name for path in folder.iterdir()} == {"f.csv", "spool", "scores"}
    return target


def test_exact_csv_is_as_it_was(tmp_path: Path) -> None:
    with written(tmp_path, is_exact=True).open(encoding="utf-8", newline="") as file:
        assert [row["note"] for row in csv.DictReader(file)] == NOTES


def test_usual_csv_runs_nothing_and_alters_nothing_else(tmp_path: Path) -> None:
    with written(tmp_path).open(encoding="utf-8", newline="") as file:
        notes = [row["note"] for row in csv.DictReader(file)]

    assert notes == [f"'{note}" if note.startswith("=") else note for note in NOTES]


def test_other_formats_alter_nothing(tmp_path: Path) -> None:
    for name in ("jsonl", "parquet"):
        (tmp_path / name).mkdir()
    lines = written(tmp_path / "jsonl", table_format=TableFormat.JSONL).read_bytes().splitlines()
    table = pq.read_table(written(tmp_path / "parquet", table_format=TableFormat.PARQUET))

    assert [json.loads(line)["note"] for line in lines] == NOTES
    assert table["note"].to_pylist() == NOTES


@pytest.mark.parametrize("refused", [False, True])
def test_the_disk_begins_with_scores_while_others_are_made_and_need_not(
    refused: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[tuple[int, int]] = []

    def begin(_file: int, start: int, length: int, _advice: int) -> None:
        begun.append((start, length))
        if refused:
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "posix_fadvise", begin, raising=False)
    monkeypatch.setattr(writing, "_KEPT_AT_ONCE", 100)
    target = tmp_path / "scores"
    target.touch()
    with read(tmp_path, {"f.csv": "id,a,b,c\n" + "p,0,0,0\n" * 100}, piece_bytes=80):
        assert len(begun) > 1
        assert all(length >= 100 for _, length in begun)
        assert begun[-1][0] + begun[-1][1] <= target.stat().st_size
        ends = [start + length for start, length in begun]
        assert [start for start, _ in begun] == [0, *ends[:-1]]
        assert len(target.read_text(encoding="utf-8").splitlines()) == 101


@pytest.mark.parametrize("answer", ["=1+1", "\x1b[2J", "a\u202eb", "two\nlines"])
def test_rejects_and_alerts_show_a_bad_answer_and_never_obey_it(
    answer: str, tmp_path: Path
) -> None:
    files = {"f.csv": f'id,a,b,c\np1,0,0,"{answer}"\np2,0,0,0\n'}
    with read(tmp_path, files) as rows:
        rows.write_rejects(tmp_path / "rejects.csv")
        rows.write_alerts(tmp_path / "alerts.csv")

    for name, column in (("rejects.csv", "value"), ("alerts.csv", "answer")):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            (shown,) = [row[column] for row in csv.DictReader(file)]
        assert shown.isprintable()
        assert not shown.startswith("=")


def test_rows_that_nothing_names_say_where_they_stand(tmp_path: Path) -> None:
    files = {"f.csv": "a,b,c,note\n0,0,0,x\n9,0,0,x\n1,0,0,x\n", "g.csv": "a,b,c,note\n2,0,0,y\n"}
    kept: dict[str, Any] = {"answer_map": KEEPING}
    for folder, changes in (("plain", {}), ("keeping", kept)):
        (tmp_path / folder).mkdir()
        with read(tmp_path / folder, files, piece_bytes=1, **changes):
            pass
        with (tmp_path / folder / "scores").open(encoding="utf-8", newline="") as file:
            rows = [*csv.DictReader(file)]
        where = [(Path(row["file"]).name, row["record"]) for row in rows]
        assert where == [("f.csv", "1"), ("f.csv", "3"), ("g.csv", "1")]


def test_where_scores_find_no_room_alerts_and_rejects_are_written_all_the_same(
    tmp_path: Path,
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no disk that is always full here")
    asked = job(tmp_path, {"f.csv": "id,a,b,c\n" + "p,0,0,1\nq,9,0,0\n" * 99})
    engine = EmbeddedEngine(piece_bytes=50)
    with engine.read(asked, Path("/dev/full"), lambda _rows, _share: None) as rows:
        rows.write_alerts(tmp_path / "alerts")
        rows.write_rejects(tmp_path / "rejects")
        with pytest.raises(IOFailed, match="No space left"):
            rows.write_scores(Path("/dev/full"), lambda _rows, _share: None)

    assert len((tmp_path / "alerts").read_bytes().splitlines()) == 1 + 99
    assert len((tmp_path / "rejects").read_bytes().splitlines()) == 1 + 99
