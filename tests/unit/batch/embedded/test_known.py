"""An alert is left out only where somebody has seen this answer of this person to this item."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.unit.batch.embedded.runs import read

SEEN = "id,a,b,c\np1,0,0,1\np2,0,0,9\n"
HEADER = "file,record,id,item,answer,why,notice\n"


def alerts(folder: Path, content: str, known: str) -> tuple[list[str], int, int]:
    """Return the ids of the alerts that are written, and the counts of all and of known ones."""
    folder.mkdir()
    (folder / "known.csv").write_text(known, encoding="utf-8")
    with read(folder, {"f.csv": content}, known_alerts=folder / "known.csv") as rows:
        rows.write_alerts(folder / "alerts.csv")
    with (folder / "alerts.csv").open(encoding="utf-8", newline="") as file:
        ids = [line["id"] for line in csv.DictReader(file)]
    return ids, rows.counts.alerts, rows.counts.known_alerts


def test_what_an_earlier_run_wrote_is_known_wherever_it_stands_now(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    with read(tmp_path / "first", {"f.csv": SEEN}) as rows:
        rows.write_alerts(tmp_path / "known.csv")
    known = (tmp_path / "known.csv").read_text(encoding="utf-8")
    content = "id,a,b,c\np0,0,0,0\np2,0,0,9\np3,0,0,1\np1,0,0,1\n"

    assert alerts(tmp_path / "second", content, known) == (["p3"], 3, 2)


def test_another_answer_or_item_or_a_row_that_cannot_be_told_is_not_known(tmp_path: Path) -> None:
    known = HEADER + 'f,1,p1,c,1,alert,"n"\nf,2,p2,b,9,alert,n\nf,3,,,,cannot_be_read,n\n'
    content = "id,a,b,c\np1,0,0,2\np2,0,0,9\nbroken\np4,0,0,0\np5,0,0,0\n"

    assert alerts(tmp_path / "run", content, known) == (["p1", "p2", ""], 3, 0)


def test_a_row_without_an_id_is_never_known(tmp_path: Path) -> None:
    known = HEADER + "f,1,,c,1,alert,n\n"

    assert alerts(tmp_path / "run", "id,a,b,c\n,0,0,1\n", known) == ([""], 1, 0)


def test_a_file_of_no_alerts_makes_nothing_known(tmp_path: Path) -> None:
    assert alerts(tmp_path / "run", SEEN, HEADER) == (["p1", "p2"], 2, 0)
