"""A map is proposed for responses of FHIR as for any table: by linkIds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.map_file import parse_answer_map
from moodcheck.errors import ExitCode
from tests.fhir import LINKS, PHQ_9, TOTAL, bundle, item, items_of, ndjson, response
from tests.in_process import Ran, run
from tests.shipped import SYMPTOMS

ANSWERED = items_of([0, 1, 2, 3, 0, 1, 2, None, 1])
ONE = response([*ANSWERED, item(TOTAL, {"valueInteger": 11}), item("who", {"valueString": "x"})])


def proposed(folder: Path, content: bytes, options: str = "") -> Ran:
    (folder / "answers").write_bytes(content)
    line = f"moodcheck questionnaire map-template answers --questionnaire phq-9 {options}"
    return run(line, cwd=folder)


def read(done: Ran) -> AnswerMap:
    assert done.code == ExitCode.OK, done.said
    return parse_answer_map("map.yaml", done.output, PHQ_9)


@pytest.mark.parametrize(
    "content", [ndjson(ONE), bundle(ONE), json.dumps(ONE).encode()], ids=["lines", "bundle", "one"]
)
def test_a_map_names_the_link_of_every_item_that_is_told(content: bytes, tmp_path: Path) -> None:
    done = proposed(tmp_path, content)

    assert read(done).items == LINKS
    assert read(done).id == ("subject", "authored")
    assert "# impairment: …" in done.shown
    assert "# Columns that belong to no item: # who" in done.shown
    assert TOTAL not in done.shown
    (tmp_path / "map.yaml").write_bytes(done.output)
    line = "moodcheck score answers --questionnaire phq-9 --output"
    run(f"{line} plain.csv", cwd=tmp_path)
    run(f"{line} mapped.csv --map map.yaml", cwd=tmp_path)
    scores = (tmp_path / "plain.csv").read_bytes()
    assert b"alert" in scores
    assert (tmp_path / "mapped.csv").read_bytes() == scores


def test_what_nobody_can_tell_waits_to_be_filled_in(tmp_path: Path) -> None:
    codes = ["never", "days", "half", "daily"]
    answers = [
        item(f"q{i}", {"valueCoding": {"system": "urn:x", "code": codes[i % 4]}})
        for i in range(1, 10)
    ]
    done = proposed(tmp_path, ndjson(response(answers)))

    assert read(done).items == {}
    assert "# interest: q1 # Interest # mood: q2 # Mood" in done.shown
    assert '# frequency: # "daily": … # "days": … # "half": … # "never": …' in done.shown


def test_a_form_that_counts_otherwise_is_left_to_be_explained(tmp_path: Path) -> None:
    form = _form_from_one()
    (tmp_path / "form.json").write_text(json.dumps(form), encoding="utf-8")
    answers = [item(f"q{i}", {"valueCoding": {"system": "urn:x", "code": "few"}}) for i in range(9)]
    done = proposed(tmp_path, ndjson(response(answers, questionnaire="")), "--form form.json")

    assert read(done).items == dict(zip(LINKS, (f"q{i}" for i in range(9)), strict=True))
    assert '# frequency: # "few": … # once' in done.shown


def _form_from_one() -> dict[str, Any]:
    options = [
        {
            "extension": [
                {"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": value}
            ],
            "valueCoding": {"system": "urn:x", "code": code, "display": display},
        }
        for value, code, display in [(1, "a", "never"), (2, "few", "once"), (9, "c", "often")]
    ]
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "item": [
            {
                "linkId": f"q{i}",
                "type": "choice",
                "text": "…",
                "code": [{"system": "http://loinc.org", "code": one.codes["loinc"]}],
                "answerOption": options,
            }
            for i, one in enumerate(PHQ_9.items)
        ],
    }


@pytest.mark.parametrize(
    ("content", "options", "code", "says"),
    [
        (
            ndjson({"resourceType": "Patient"}),
            "",
            ExitCode.BAD_DATA,
            "no QuestionnaireResponse",
        ),
        (ndjson(ONE), "--sheet One", ExitCode.USAGE, "is no Excel workbook"),
        (json.dumps(_form_from_one()).encode(), "", ExitCode.BAD_DATA, "nobody's answers"),
        (b'{"resourceType": "Bundle", "entry": [', "", ExitCode.BAD_DATA, "no JSON"),
    ],
)
def test_what_has_no_responses_is_refused(
    content: bytes, options: str, code: int, says: str, tmp_path: Path
) -> None:
    done = proposed(tmp_path, content, options)

    assert done.code == code, done.said
    assert says in done.said
    assert done.shown == ""


def test_symptoms_are_told_by_the_names_that_we_gave_them(tmp_path: Path) -> None:
    answers = [
        item(one.id, {"valueInteger": 1}) for one in SYMPTOMS.all_items if one.type == "choice"
    ]
    (tmp_path / "answers").write_bytes(ndjson(response(answers, questionnaire="")))
    done = run("moodcheck questionnaire map-template answers", cwd=tmp_path)

    said = parse_answer_map("map.yaml", done.output, SYMPTOMS)
    assert all(item_id == link for item_id, link in said.items.items())
    assert {one.id for one in SYMPTOMS.items} <= said.items.keys()
