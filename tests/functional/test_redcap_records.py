"""What a project of REDCap exports that has our form is scored, and read by others as records."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from linkml_redcap import record as linkml

from moodcheck.core.scoring import score
from moodcheck.errors import ExitCode
from moodcheck.interop.redcap.columns import Column
from tests.in_process import run
from tests.shipped import SYMPTOMS, answered

ONES = dict.fromkeys((item.id for item in SYMPTOMS.items), 1)
SITTINGS = {
    "1": answered(**ONES, impairment=2, own_words="Sleep, and | rest"),
    "2": answered(**{**ONES, "death_thoughts": 3, "sleep": None}),
    "3": answered(**{**ONES, "death_thoughts": 0}),
}


def exported_records(dictionary: list[dict[str, str]]) -> str:
    """Return what REDCap exports of the sittings: raw values, one row a record."""
    fields = [row[Column.NAME] for row in dictionary if row[Column.TYPE] != "calc"]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow([*fields, "symptoms_complete"])
    for name, sitting in SITTINGS.items():
        given = {**sitting.answers, **sitting.words}
        writer.writerow([name, *(given.get(field, "") for field in fields[1:]), "2"])
    return table.getvalue()


def dictionary_in(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the dictionary that the command writes."""
    line = "moodcheck questionnaire export symptoms --format redcap --output form.csv"
    done = run(line, cwd=folder)
    assert done.code == ExitCode.OK
    assert "tells no one" in done.said
    content = (folder / "form.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(content), strict=True))


def test_records_of_our_form_are_scored_by_the_map_that_is_proposed(tmp_path: Path) -> None:
    records = exported_records(dictionary_in(tmp_path))
    (tmp_path / "records.csv").write_text(records, encoding="utf-8")

    proposed = run("moodcheck questionnaire map-template records.csv", cwd=tmp_path)
    (tmp_path / "map.yaml").write_bytes(proposed.output)
    done = run("moodcheck score records.csv --map map.yaml --output scores.csv", cwd=tmp_path)

    assert (proposed.code, done.code) == (ExitCode.OK, ExitCode.OK), done.said
    rows = list(csv.DictReader(io.StringIO((tmp_path / "scores.csv").read_text())))
    for row, sitting in zip(rows, SITTINGS.values(), strict=True):
        for result in score(sitting):
            told = row[f"{result.scale.id}_score"]
            assert told == ("" if result.score is None else str(result.score))
    assert [row["alert"] for row in rows] == ["alert", "alert", "none"]


def test_another_program_that_knows_redcap_reads_the_records(tmp_path: Path) -> None:
    dictionary = dictionary_in(tmp_path)
    rows = list(csv.DictReader(io.StringIO(exported_records(dictionary)), strict=True))
    found = linkml.group_flat_records(rows)

    assert linkml.checkbox_map_from_data_dictionary(dictionary) == {}
    assert [one["record_id"] for one in found] == list(SITTINGS)
    assert [one["repeated_elements"] for one in found] == [[], [], []]
    assert found[0]["own_words"] == "Sleep, and | rest"
    for row, again in zip(rows, linkml.ungroup_records(found), strict=True):
        assert row.items() <= again.items()
