"""Responses of FHIR filed into a history: for one client, once each, their alerts to be seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from moodcheck.core.administration import Unanswered, administer
from moodcheck.errors import ExitCode
from moodcheck.history.record import Record, SittingMode
from moodcheck.history.store.store import make_store, open_store
from moodcheck.interop.fhir.sitting_bundle import summary_bundle
from tests.fhir import LINKS, PHQ_9, TOTAL, bundle, item, items_of, ndjson, response
from tests.functional.stored import PASSPHRASE
from tests.in_process import Ran, run
from tests.shipped import SYMPTOMS, TAKEN_AT, summary_of

FIRST = response(items_of([0, 1, 2, 3, 0, 1, 2, None, 0]))
SECOND = response(items_of([3] * 9), authored="2026-11-16T09:30:00Z")
CALM = items_of([0] * 9)
ASKED = "--client C-014 --questionnaire phq-9"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    make_store(tmp_path / "history.db", PASSPHRASE, TAKEN_AT).close_file()
    return tmp_path / "history.db"


def brought(path: Path, content: bytes, options: str = ASKED) -> Ran:
    (path.parent / "answers.json").write_bytes(content)
    return run(
        f"moodcheck history import answers.json {options} --passphrase-fd 3 3<passphrase",
        cwd=path.parent,
        MOODCHECK_STORE=str(path),
        MOODCHECK_REGION="GB",
    )


def filed(path: Path) -> list[Record]:
    with open_store(path, PASSPHRASE) as store:
        return [*store.records("C-014")]


def stating(death: int, total: Mapping[str, object]) -> dict[str, object]:
    """Return a response with one answer that may be above nothing, and a stated total."""
    return response([*items_of([0] * 8 + [death]), item(TOTAL, total)])


def test_responses_are_filed_for_a_client_once_however_they_come(path: Path) -> None:
    done = brought(path, bundle({"resourceType": "Patient"}, FIRST, SECOND))

    assert done.code == ExitCode.OK, done.said
    assert "answers.json is FHIR. It brings:" in done.said
    assert "C-014: 2 sittings, 2 Nov 2026 to 16 Nov 2026. The code is new here." in done.said
    assert "Imported 2 sittings; none were here before." in done.said
    assert "no responses: 1." in done.said
    first, second = sorted(filed(path), key=lambda one: one.administration.taken_at)
    assert first.administration.answers["energy"] == 3
    assert first.administration.unanswered["pace"] is Unanswered.BLANK
    assert first.administration.unanswered["impairment"] is Unanswered.NOT_ASKED
    assert second.mode is SittingMode.HAND_OVER

    again = brought(path, ndjson(SECOND, FIRST))
    assert again.code == ExitCode.OK
    assert "all 2 sittings are here already" in again.said
    assert len(filed(path)) == 2


def test_an_alert_that_was_brought_has_to_be_acknowledged(path: Path) -> None:
    done = brought(path, ndjson(SECOND))

    assert done.code == ExitCode.OK
    assert "NOT ACKNOWLEDGED" in done.said
    (record,) = filed(path)
    assert [entry.item for entry in record.unacknowledged] == ["death_thoughts"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ndjson(stating(2, {"valueString": "3"})), "states another score"),
        (ndjson(SECOND, response(CALM, authored="2026-11-16")), "no time with its UTC offset"),
        (ndjson(response(CALM, authored="")), "no time with its UTC offset"),
        (ndjson(SECOND, SECOND), "1 responses more than once"),
        (ndjson(SECOND, "text"), "no JSON that can be read in one way"),
        (ndjson(response([*CALM, *CALM])), "an item has two answers"),
        (ndjson(FIRST, response(CALM, "2")), "responses of 2 people"),
        (ndjson(response(CALM[:8])), "item death_thoughts: no response answers it"),
    ],
)
def test_what_cannot_be_filed_is_named_and_nothing_is(
    path: Path, content: bytes, says: str
) -> None:
    done = brought(path, content)

    assert done.code == ExitCode.BAD_DATA, done.said
    assert says in done.said
    assert filed(path) == []


def test_a_refusal_hides_no_alert(path: Path) -> None:
    alert, none = (stating(death, {"valueInteger": 3}) for death in (2, 0))

    assert "is an alert, or may be one" in brought(path, ndjson(alert)).said
    assert "is an alert" not in brought(path, ndjson(none)).said


def test_what_was_taken_back_is_not_filed_and_hides_no_alert(path: Path) -> None:
    back = response(items_of([0] * 8 + [2]), status="entered-in-error")
    done = brought(path, ndjson(FIRST, back))

    assert done.code == ExitCode.OK, done.said
    assert "are not imported: 1." in " ".join(done.said.split())
    assert "ALERT: 1 of them" in done.said
    assert len(filed(path)) == 1


def test_what_a_map_says_reaches_the_history(path: Path) -> None:
    a_map = {
        "schema": 1,
        "questionnaire": "phq-9",
        "items": {one: f"Q-{i}" for i, one in enumerate(LINKS, start=1) if i < 9},
        "answers": {"frequency": {"no": 0, "some": 1, "most": 2, "all": 3}},
        "missing": {"asked-declined": "declined", "": "skipped"},
        "not_asked": ["death_thoughts", "impairment"],
        "prorate_not_asked": True,
        "rows": {"status": "completed"},
    }
    (path.parent / "map.json").write_text(json.dumps(a_map), encoding="utf-8")
    codes = ["no", "some", "most", "all", "no", "some", "asked-declined", None]
    answered = response([_coded(f"Q-{i}", code) for i, code in enumerate(codes, start=1)])
    stopped = {**answered, "status": "stopped"}

    # The map says which questionnaire it is for.
    done = brought(path, ndjson(answered, stopped), "--client C-014 --map map.json")

    assert done.code == ExitCode.OK, done.said
    assert "that the map chooses, and are not imported: 1." in done.said
    assert "completes no score of items that were not asked" in done.said
    [record] = filed(path)
    assert [*record.administration.answers.values()] == [0, 1, 2, 3, 0, 1]
    assert record.administration.unanswered == {
        "attention": Unanswered.DECLINED,
        "pace": Unanswered.SKIPPED,
        "death_thoughts": Unanswered.NOT_ASKED,
        "impairment": Unanswered.NOT_ASKED,
    }


@pytest.mark.parametrize(
    ("a_map", "says"),
    [
        ({"items": {"interests": "x"}}, "phq-9 has no item 'interests'. Did you mean 'interest'?"),
        ({"questionnaire": "gad-7"}, "this map is for gad-7, and not for phq-9"),
        ({"items": {"interest": "Q-1"}}, "item interest: no response answers it"),
        ({"rows": {"state": "completed"}}, "there is no such column for 'rows'"),
        (
            {"columns": "Q{number}", "header_rows": 2},
            "says 'columns', 'header_rows', which is of tables",
        ),
        ({"not_asked": ["death_thoughts"]}, "there is a column of that name"),
    ],
)
def test_a_map_that_does_not_fit_is_refused_with_its_place(
    path: Path, a_map: dict[str, object], says: str
) -> None:
    (path.parent / "map.json").write_text(json.dumps({"schema": 1, **a_map}), encoding="utf-8")

    done = brought(path, ndjson(FIRST), f"{ASKED} --map map.json")

    assert done.code == ExitCode.BAD_DATA, done.said
    assert says in done.said
    assert filed(path) == []


def test_the_same_response_is_filed_once_with_a_map_and_without(path: Path) -> None:
    (path.parent / "map.json").write_text(json.dumps(_CODES_OF_LOINC), encoding="utf-8")

    assert brought(path, ndjson(SECOND)).code == ExitCode.OK
    again = brought(path, ndjson(SECOND), f"{ASKED} --map map.json")

    assert "the sitting is here already" in again.said


def _coded(link: str, code: str | None) -> dict[str, Any]:
    return item(link, *([] if code is None else [{"valueCoding": {"system": "x", "code": code}}]))


_CODES_OF_LOINC = {
    "schema": 1,
    "answers": {
        "frequency": {PHQ_9.option("interest", one).codes["loinc"]: one for one in range(4)}
    },
}


def test_nobody_guesses_whose_responses_are(path: Path) -> None:
    assert brought(path, ndjson(SECOND), "").code == ExitCode.USAGE
    assert "--client CODE" in brought(path, ndjson(SECOND), "").said
    exported = brought(path, b'{"format": "moodcheck.history/2"}', ASKED)
    assert exported.code == ExitCode.USAGE
    assert "this file has none" in " ".join(exported.said.split())


def test_what_was_exported_as_fhir_comes_back_with_every_answer_and_reason(path: Path) -> None:
    given = {"low_mood": 2, "sleep": "declined", "eating": "not_reached", "death_thoughts": 0}
    kept = administer(SYMPTOMS, given, taken_at=TAKEN_AT)
    bundle_ = summary_bundle(summary_of(kept))
    done = brought(path, bundle_.encode(), "--client C-014 --questionnaire symptoms")

    assert done.code == ExitCode.OK, done.said
    [record] = filed(path)
    assert record.administration.answers == kept.answers
    assert record.administration.unanswered == kept.unanswered
