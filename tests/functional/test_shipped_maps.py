"""Each map that comes with moodcheck reads the export that it is for, and says no to others."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest

import moodcheck
from moodcheck.batch.map_file import find_map
from moodcheck.batch.row_reading import row_reading
from moodcheck.errors import BadData, InputNotFound
from moodcheck.files.paths import map_files
from tests.in_process import Ran, run
from tests.survey_exports import EXPORTS, WORDED, survey, worded
from tests.unit.interop.redcap.dictionaries import RECORD_ID, dictionary, row

PEOPLE = survey()
MAPS = sorted(map_files())


def questionnaire_of(name: str) -> str:
    return "gad-7" if name.endswith("gad-7") else "phq-9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the wording that some of the maps need."""
    for name in WORDED:
        (tmp_path / f"my-{name}.yaml").write_text(worded(name), encoding="utf-8")
    return tmp_path


def score(folder: Path, name: str, options: str = "", *, export: str = "") -> Ran:
    """Score the export of a map, or of another one, through it."""
    made = EXPORTS[export or name](PEOPLE)
    (folder / "export.csv").write_bytes(made.encode())
    asked = f"--questionnaire my-{questionnaire_of(name)}.yaml"
    return run(
        f"moodcheck score export.csv {asked} --map {name} --output scores.csv {options}", cwd=folder
    )


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_map_has_an_export_that_it_is_tried_on() -> None:
    assert sorted(EXPORTS) == MAPS


@pytest.mark.parametrize("name", MAPS)
def test_a_map_reads_every_answer_of_its_export_and_the_report_says_how(
    name: str, folder: Path
) -> None:
    ran = score(folder, name, "--report report.json")

    assert ran.code == 0, ran.said
    items = [item.id for item in WORDED[questionnaire_of(name)].items]
    answers = PEOPLE.answers[questionnaire_of(name)]
    totals = [sum(map(int, map(str, cells))) for cells in answers if None not in cells]
    scored = [one["total_score"] for one in rows(folder, "scores.csv") if one["total_score"]]
    assert scored == [str(total) for total in totals]
    said = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    for item, given in zip(items, zip(*answers, strict=True), strict=True):
        assert said["answers"][item] == {str(value): given.count(value) for value in range(4)}
    deaths = said["answers"].get("death_thoughts", {"0": 0})
    alerts = rows(folder, "scores.alerts.csv")
    assert len(alerts) == sum(deaths.values()) - deaths["0"]
    assert bool(alerts) is (questionnaire_of(name) == "phq-9")
    assert (said["map_name"], len(said["map"])) == (name, 64)
    assert [*said["found_columns"]] == ([] if name == "nhanes-dpq" else items)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("nhanes-dpq", None),
        ("qualtrics-gad-7", "nervous: Q4_1 control: Q4_2 "),
        ("google-forms-gad-7", "nervous: gad-7: how often, in … weeks? [“gad-7, my words"),
    ],
)
def test_people_are_told_of_the_map_and_of_columns_that_it_does_not_name(
    name: str, columns: str | None, folder: Path
) -> None:
    told = score(folder, name).said

    assert f"read through the map {name} (SHA-256 " in told
    assert ("taken for the items; look whether" in told) is bool(columns)
    first, _, last = (columns or "").partition("… ")
    assert first in told
    assert last in told


def test_a_map_that_goes_by_wording_waits_for_yours(folder: Path) -> None:
    (folder / "export.csv").write_text("Timestamp\n")
    name = "google-forms-phq-9"
    ran = run(f"moodcheck score export.csv --questionnaire phq-9 --map {name}", cwd=folder)

    assert ran.code == 65
    assert re.search(rf"{name}:[0-9]+:10: it goes by the wording of phq-9", ran.said)
    assert "moodcheck questionnaire import FILE --as phq-9" in ran.said


def test_the_list_says_which_maps_wait_for_wording_though_what_is_there_is_damaged(
    folder: Path,
) -> None:
    own = folder / "own"
    own.mkdir(mode=0o700)
    (own / "phq-9.yaml").write_text("items: 3\n")
    (own / "gad-7.yaml").write_text(worded("gad-7"), encoding="utf-8")
    listed = run("moodcheck questionnaire maps", MOODCHECK_QUESTIONNAIRES=str(own))
    as_json = run("moodcheck questionnaire maps --format json", MOODCHECK_QUESTIONNAIRES=str(own))

    assert listed.code == as_json.code == 0
    objects = json.loads(as_json.output)
    assert [one["name"] for one in objects] == MAPS
    waiting = [one["name"] for one in objects if not one["can_be_used"]]
    assert waiting == ["google-forms-phq-9", "redcap-labels-phq-9"]
    assert listed.shown.count("questionnaire import FILE --as phq-9") == len(waiting)
    assert listed.shown.count("ready to use: moodcheck score FILE") == len(MAPS) - len(waiting)


def test_a_map_is_printed_as_it_stands_to_be_copied(tmp_path: Path) -> None:
    for name in MAPS:
        printed = run(f"moodcheck questionnaire maps {name}", cwd=tmp_path)
        assert printed.output == map_files()[name].read_bytes()
    unknown = run("moodcheck questionnaire maps redcap-phq9")
    assert (unknown.code, unknown.output) == (66, b"")
    assert "There is no map 'redcap-phq9'. Did you mean 'redcap-phq-9'?" in unknown.said


def test_the_data_dictionary_of_a_project_lets_its_labels_be_read(folder: Path) -> None:
    own = str(folder / "own")
    asked = WORDED["phq-9"]
    choices = " | ".join(f"{one.value}, {one.label}" for one in asked.responses["frequency"])
    fields = [
        row(f"phq9_{place}", label=(item.text or "").strip("“”"), choices=choices)
        for place, item in enumerate(asked.items, start=1)
    ]
    (folder / "dictionary.csv").write_bytes(dictionary(RECORD_ID, *fields))
    (folder / "export.csv").write_text(EXPORTS["redcap-labels-phq-9"](PEOPLE), encoding="utf-8")
    options = "--questionnaire phq-9 --map redcap-labels-phq-9 --output scores.csv"
    brought, ran = (
        run(f"moodcheck {line}", cwd=folder, MOODCHECK_QUESTIONNAIRES=own)
        for line in (
            "questionnaire import dictionary.csv --as phq-9 --yes",
            f"score export.csv {options}",
        )
    )

    assert (brought.code, ran.code) == (0, 0), (brought.said, ran.said)
    totals = [one["total_score"] for one in rows(folder, "scores.csv")]
    assert totals == [
        "" if None in cells else str(sum(map(int, map(str, cells))))
        for cells in PEOPLE.answers["phq-9"]
    ]


def test_python_takes_the_same_names_and_a_path_is_always_a_file(folder: Path) -> None:
    score(folder, "qualtrics-phq-9")
    asked = moodcheck.load(folder / "my-phq-9.yaml")
    done = moodcheck.score_files(
        folder / "export.csv", asked, map="qualtrics-phq-9", output=folder / "python.csv"
    )

    assert done.provenance.map_name == "qualtrics-phq-9"
    assert (folder / "python.csv").read_bytes() == (folder / "scores.csv").read_bytes()
    frame = pl.DataFrame(
        {f"Q1_{place}": ["2", "4"] for place in range(1, 10)} | {"ResponseId": ["a", "b"]}
    )
    scored = moodcheck.score_frame(frame, "phq-9", map="qualtrics-phq-9")
    assert scored["total_score"].to_list() == [9, 27]
    with pytest.raises(InputNotFound, match="no such file"):
        moodcheck.score_frame(frame, "phq-9", map=Path("qualtrics-phq-9"))


def test_what_a_map_is_for_is_scored_where_nothing_else_is_named(folder: Path) -> None:
    (folder / "export.csv").write_text(EXPORTS["nhanes-dpq"](PEOPLE), encoding="utf-8")
    (folder / "mine.yaml").write_text("schema: 1\nid: SEQN\n")
    ran = run("moodcheck score export.csv --map nhanes-dpq --output scores.csv", cwd=folder)
    looked = run("moodcheck cohort export.csv --map nhanes-dpq --min-group 1", cwd=folder)
    report = moodcheck.score_files(
        folder / "export.csv", map="nhanes-dpq", output=folder / "python.csv"
    )

    assert (ran.code, looked.code) == (0, 0)
    assert "phq-9" in looked.output.decode()
    assert "score export.csv --questionnaire phq-9 --map nhanes-dpq" in " ".join(
        looked.said.split()
    )
    assert report.questionnaire == "phq-9"
    assert (folder / "python.csv").read_bytes() == (folder / "scores.csv").read_bytes()
    # A map that is for none of them is read as before.
    said = run("moodcheck score export.csv --map mine.yaml", cwd=folder).said
    assert "item low_mood: there is no column 'low_mood'" in said


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("nhanes-dqp", 66, "There is no map 'nhanes-dqp'. Did you mean 'nhanes-dpq'? "),
        ("NHANES", 66, "There is no map 'NHANES'. Did you mean 'nhanes-dpq'?"),
        ("phq-9", 66, "There is no map 'phq-9'. 'moodcheck questionnaire maps' lists them."),
        ("nhanes-dpq.yaml", 66, "no map 'nhanes-dpq.yaml'. Did you mean 'nhanes-dpq'? "),
        (".", 66, ". cannot be read: it is a folder. Choose a file in it"),
        ("mine.yaml", 66, "mine.yaml cannot be read: there is no such file"),
        ("../../etc", 66, "../../etc cannot be read: "),
        ("maps/nhanes-dpq", 66, "maps/nhanes-dpq cannot be read: there is no such file"),
        ("''", 66, "There is no map ''"),
        ("https://example.org/map.yaml", 2, "moodcheck never goes online"),
        ("redcap-gad-7", 65, "this map is for gad-7, and not for phq-9. Score with it as gad-7"),
        (
            "qualtrics-phq-9",
            65,
            "'moodcheck questionnaire maps qualtrics-phq-9', and change that copy.",
        ),
    ],
)
def test_a_name_that_means_no_map_is_told_with_those_there_are(
    said: str, code: int, told: str, folder: Path
) -> None:
    (folder / "export.csv").write_text(EXPORTS["nhanes-dpq"](PEOPLE), encoding="utf-8")
    ran = run(f"moodcheck score export.csv --questionnaire phq-9 --map {said}", cwd=folder)

    assert (ran.code, ran.output) == (code, b"")
    assert told in ran.said


def test_a_file_of_the_same_name_is_never_taken_for_the_map_nor_the_map_for_it(
    folder: Path,
) -> None:
    (folder / "nhanes-dpq").write_text("schema: 1\nid: SEQN\n")
    ran = score(folder, "nhanes-dpq")

    assert (ran.code, ran.output) == (2, b"")
    assert (
        "'nhanes-dpq' is a map that comes with moodcheck, and a file here is called so" in ran.said
    )
    assert "Use ./nhanes-dpq for the file" in ran.said
    # The file that was chosen says too little.
    assert (
        "there is no column 'interest'" in score(folder, "./nhanes-dpq", export="nhanes-dpq").said
    )
    (folder / "nhanes-dpq").unlink()
    (folder / "nhanes-dpq").mkdir()
    assert score(folder, "nhanes-dpq").code == 0


def test_no_map_takes_the_columns_of_another_export() -> None:
    taken = set()
    for name in MAPS:
        asked = WORDED[questionnaire_of(name)]
        said = find_map(name).read(asked)
        for other, export in EXPORTS.items():
            header = next(csv.reader(io.StringIO(export(PEOPLE).removeprefix("\ufeff"))))
            with suppress(BadData):
                row_reading(asked, said, header, where=other)
                taken.add((name.removesuffix(f"-{asked.id}"), other.partition("-")[0]))
    own = {(name.removesuffix("-phq-9"), name.partition("-")[0]) for name in MAPS}
    own = {(name, other) for name, other in own if not name.endswith("-gad-7")}
    others = {("counted-from-1", "qualtrics"), ("counted-from-1", "redcap")}
    assert taken == own | others


@pytest.mark.parametrize(
    ("export", "fitting"),
    [
        ("nhanes-dpq", ["nhanes-dpq"]),
        ("redcap-phq-9", ["redcap-phq-9"]),
        ("limesurvey-phq-9", ["limesurvey-phq-9"]),
        ("qualtrics-phq-9", ["qualtrics-phq-9"]),
        ("counted-from-1-phq-9", ["counted-from-1-phq-9"]),
        ("google-forms-phq-9", []),
    ],
)
def test_whoever_asks_for_a_map_is_told_of_the_one_that_there_is(
    export: str, fitting: list[str], tmp_path: Path
) -> None:
    (tmp_path / "export.csv").write_text(EXPORTS[export](PEOPLE), encoding="utf-8")
    line = "moodcheck questionnaire map-template export.csv --questionnaire phq-9"
    ran = run(line, cwd=tmp_path)

    assert re.findall("You may not need it: --map (.*) seems to fit", ran.shown) == fitting


def test_answers_counted_from_0_are_not_taken_for_such_from_1_without_a_word(folder: Path) -> None:
    ran = score(folder, "counted-from-1-phq-9", "--strict-codes", export="redcap-phq-9")

    assert ran.code == 65
    assert "The number 0 stands in " in ran.said
    assert "cells of items whose answers go from 1 to 4, so these rows are rejected." in ran.said
