"""`moodcheck cohort` as a researcher, a counselor and a script meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from moodcheck import load
from tests.in_process import Ran, run
from tests.shipped import DATA, LANGUAGE, SYMPTOMS

ITEMS = [item.id for item in SYMPTOMS.items]
(CRITICAL,) = {one.item for one in SYMPTOMS.critical} & {*ITEMS}
SCHEMA = json.loads((DATA / "cohort.schema.json").read_text(encoding="utf-8"))


def write(folder: Path, rows: int = 40, *, alerts: int = 2, bad: int = 0) -> None:
    """Write answers of as many people at three sites, the last of which has two."""
    lines = [",".join(["id", "site", *ITEMS])]
    for number in range(rows):
        cells = {item: str((number + place) % 4) for place, item in enumerate(ITEMS)}
        cells[CRITICAL] = "1" if number < alerts else "0"
        if number < bad:
            cells[ITEMS[0]] = "often"
        site = "north" if number % 2 else "south"
        site = "island" if number >= rows - 2 else site
        lines.append(",".join([f"p{number}", site, *cells.values()]))
    (folder / "answers.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")


def shown(ran: Ran) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(ran.output)
    Draft202012Validator(SCHEMA).validate(document)
    return document


def test_alerts_are_said_first_and_last_with_the_command_that_writes_them(tmp_path: Path) -> None:
    write(tmp_path, alerts=3, bad=1)
    ran = run("moodcheck cohort answers.csv", cwd=tmp_path)
    first = ran.shown.index("ALERTS: 3.")

    assert ran.code == 3
    assert first < ran.shown.index("Records that were read: 40")
    for said in (ran.shown, ran.said):
        assert "ALERTS: 3." in said
        assert "moodcheck score answers.csv --questionnaire symptoms --output scores.csv" in said
    command = "moodcheck score answers.csv --questionnaire symptoms --output scores.csv"
    assert run(command, cwd=tmp_path).code == 3
    alerts = (tmp_path / "scores.alerts.csv").read_text(encoding="utf-8").splitlines()
    assert len(alerts) == 1 + 3


@pytest.mark.parametrize(
    ("options", "bad", "code"),
    [
        ("", 0, 0),
        ("", 1, 3),
        ("--allow-rejects", 1, 0),
        ("--fail-on-alerts", 0, 4),
        ("--fail-on-alerts", 1, 4),
        ("--max-rejects 0", 1, 65),
    ],
)
def test_it_ends_as_scoring_does(tmp_path: Path, options: str, bad: int, code: int) -> None:
    write(tmp_path, bad=bad)
    ran = run(f"moodcheck cohort answers.csv {options}", cwd=tmp_path)

    assert ran.code == code
    assert "ALERTS: 2." in ran.said
    assert (ran.output == b"") is (code == 65)


@pytest.mark.parametrize("options", ["", "--by site", "--format markdown", "--format html"])
def test_every_format_advises_a_clinician_and_says_what_numbers_do_not(
    tmp_path: Path, options: str
) -> None:
    write(tmp_path)
    ran = run(f"moodcheck cohort answers.csv {options}", cwd=tmp_path)

    assert "This is not a diagnosis." in ran.shown
    assert "does not show" in ran.shown
    assert LANGUAGE.denied_words(ran.shown) == []


def test_small_groups_are_hidden_and_cannot_be_found_by_subtraction(tmp_path: Path) -> None:
    write(tmp_path)
    document = shown(run("moodcheck cohort answers.csv --by site --format json", cwd=tmp_path))

    # The island has two rows: without another group beside it, it would be all rows but the rest.
    assert [group["name"] for group in document["groups"]] == ["south"]
    assert document["hidden"] == {"groups": 2, "rows": 21}
    assert document["whole"]["rows"] == 40
    said = run("moodcheck cohort answers.csv --by site", cwd=tmp_path).shown
    assert "island" not in said
    assert "2 groups are not shown, of 21 rows together." in said
    assert document["unread_columns"] == []


def test_what_would_give_few_rows_away_is_null_in_json_and_said_to_be_withheld(
    tmp_path: Path,
) -> None:
    items = [item.id for item in load("phq-9").items]
    rows = [[str((row + row * place // 7) % 4) for place in range(9)] for row in range(12)]
    rows[0][0] = ""
    table = "\n".join(",".join(cells) for cells in [items, *rows])
    (tmp_path / "answers.csv").write_text(table, encoding="utf-8")
    command = "moodcheck cohort answers.csv --questionnaire phq-9"
    scale = shown(run(f"{command} --format json", cwd=tmp_path))["whole"]["scales"]["total"]
    nothing = dict.fromkeys(("mean", "sd", "at_min", "at_max"))

    assert scale["scored"]["mean"] is not None
    assert scale["complete"] == {"rows": 11, **nothing}
    assert scale["alpha"] == {"rows": 11, "value": None, "why": "withheld", "items": {}}
    for page in ("", "--format html", "--format markdown"):
        assert b"alpha is not shown" in run(f"{command} {page}", cwd=tmp_path).output


def test_answers_of_few_are_null_in_json(tmp_path: Path) -> None:
    write(tmp_path)
    lines = (tmp_path / "answers.csv").read_text(encoding="utf-8").splitlines()
    blank = [f"{line.split(',')[0]},x{',' * len(ITEMS)}" for line in lines[5:]]
    (tmp_path / "answers.csv").write_text("\n".join(lines[:5] + blank), encoding="utf-8")
    whole = shown(run("moodcheck cohort answers.csv --format json", cwd=tmp_path))["whole"]

    assert whole["items"][CRITICAL]["answered"] == {"rows": 4, "mean": None, "sd": None}
    assert {*whole["items"][CRITICAL]["answers"].values()} == {None}
    for scale in whole["scales"].values():
        assert (scale["scored"]["rows"], scale["rows_by_score"]) == (4, {})


def test_nothing_is_shown_of_few_rows_but_their_alerts(tmp_path: Path) -> None:
    write(tmp_path, rows=9)
    document = shown(run("moodcheck cohort answers.csv --format json", cwd=tmp_path))
    every = shown(run("moodcheck cohort answers.csv --min-group 9 --format json", cwd=tmp_path))

    assert (document["whole"], document["alerts"]["records"]) == (None, 2)
    assert every["whole"]["rows"] == 9
    assert "Too few rows" in run("moodcheck cohort answers.csv", cwd=tmp_path).shown


def test_it_goes_into_a_new_private_file_whose_name_tells_the_format(tmp_path: Path) -> None:
    write(tmp_path)
    for ending, begins in (
        (".html", b"<!"),
        (".pdf", b"%PDF"),
        (".json", b"{"),
        (".txt", b"A look"),
    ):
        file = tmp_path / f"look{ending}"
        ran = run(f"moodcheck cohort answers.csv --output {file.name}", cwd=tmp_path)

        assert (ran.code, ran.output) == (0, b""), ran.said
        assert file.read_bytes().lstrip().startswith(begins)
        assert file.stat().st_mode & 0o777 == 0o600
        assert "This is not a diagnosis." in ran.said
    assert run("moodcheck cohort answers.csv --output look.html", cwd=tmp_path).code == 73
    assert run("moodcheck cohort answers.csv --output look.docx", cwd=tmp_path).code == 2


@pytest.mark.parametrize(
    ("by", "code", "said"),
    [
        ("sight", 65, "Did you mean 'site'? Correct --by"),
        ("total_score", 65, "there is no such column to tell groups apart"),
        ("alert", 65, "there is no such column"),
    ],
)
def test_a_column_that_is_not_there_is_named_with_its_mend(
    tmp_path: Path, by: str, code: int, said: str
) -> None:
    write(tmp_path)
    ran = run(f"moodcheck cohort answers.csv --by {by}", cwd=tmp_path)

    assert (ran.code, ran.output) == (code, b"")
    assert said in ran.said


def test_a_column_that_tells_rows_apart_makes_no_groups(tmp_path: Path) -> None:
    write(tmp_path, rows=1_100)
    ran = run("moodcheck cohort answers.csv --by id", cwd=tmp_path)

    assert (ran.code, ran.output) == (65, b"")
    assert "over 1,000 different texts" in ran.said
    assert "p7" not in ran.said


def test_what_stands_in_a_column_moves_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    file = tmp_path / "answers.csv"
    hostile = "\x1b[2J\u202eevil"
    file.write_text(file.read_text(encoding="utf-8").replace("south", hostile), encoding="utf-8")
    ran = run("moodcheck cohort answers.csv --by site --min-group 1 --plain", cwd=tmp_path)

    assert b"\x1b" not in ran.output
    assert "evil" in ran.shown
    assert "\u202e" not in ran.output.decode()
