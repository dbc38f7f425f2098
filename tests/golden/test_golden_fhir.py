"""A resource of each kind that a sitting becomes, byte for byte; see `test_golden` to renew it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from moodcheck.errors import Problem
from moodcheck.history.views.history_fhir import history_bundle
from tests.golden.test_golden_history import KEPT
from tests.history_outputs import summary_of

FOLDER = Path(__file__).parent / "fhir"

HISTORY = "0123456789abcdef"
LOST = [Problem("record 7", "it cannot be read", "Bring back a copy of the history")]


def _resources() -> dict[str, Any]:
    """Return one resource of each kind, by what it is."""
    shown = [summary_of(KEPT[2]), summary_of(KEPT[1])]
    bundle = json.loads(history_bundle(shown, HISTORY, without=LOST))
    found = [entry["resource"] for entry in bundle["entry"]]
    responses = [one for one in found if one["resourceType"] == "QuestionnaireResponse"]
    titled = {
        one["code"]["text"]: one for one in found if one["resourceType"] == "Observation"
    }  # of two that are called alike, the last
    return {
        "patient": next(one for one in found if one["resourceType"] == "Patient"),
        "response": responses[0],
        "response_phq_9": responses[1],
        "panel": titled["Symptom check-in"],
        "item": titled["Interest"],
        "item_unanswered": titled["How long"],
        "alert": next(one for one in found if "ALERT" in str(one) and "hasMember" not in one),
        "score": titled["Total"],
        "lost": found[0],
    }


RESOURCES = _resources()


@pytest.mark.parametrize("name", RESOURCES)
def test_a_resource_is_written_as_before_byte_for_byte(name: str) -> None:
    file = FOLDER / f"{name}.json"
    written = json.dumps(RESOURCES[name], indent=2) + "\n"

    if os.environ.get("UPDATE_GOLDEN") and (
        not file.exists() or file.read_text(encoding="utf-8") != written
    ):
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8")
        pytest.fail(f"{file.name} was written anew: look at what changed")
    assert written == file.read_text(encoding="utf-8")
