"""P8: answers that are refused are not scored, and hide no alert all the same."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moodcheck
from moodcheck.checkin.answers_file import LARGEST, read_answers
from moodcheck.core.safety import alerts
from moodcheck.errors import AnswersRefused
from tests.shipped import LANGUAGE, SYMPTOMS, answered
from tests.shown import words
from tests.watched import Watched, watched

ACT_NOW = LANGUAGE.help.act_now.partition("{emergency}")[0]

HIDES_ONE = {
    "an alert beside a bad answer": '{"death_thoughts": 3, "low_mood": 9}',
    "an alert beside an unknown name": '{"death_thoughts": 1, "wombat": 0}',
    "an alert beside something given twice": '{"death_thoughts": 1, "sleep": 1, "sleep": 2}',
    "given twice": '{"death_thoughts": 0, "death_thoughts": 3}',
    "given twice the same": '{"death_thoughts": 0, "death_thoughts": 0}',
    "out of range": '{"death_thoughts": 4}',
    "a text": '{"death_thoughts": "2"}',
    "true": '{"death_thoughts": true}',
    "with a point": '{"death_thoughts": 1.0}',
    "a list": '{"death_thoughts": [0]}',
    "under a name that nobody knows": '{"Death_thoughts": 2}',
    "no JSON": "death_thoughts: 2",
    "broken off": '{"death_thoughts": 0, "low_mo',
    "no object": "[3]",
    "nothing": "",
    "far too large": f'{{"own_words": "{"x" * LARGEST}"}}',
}
HIDES_NONE = {
    "another answer is bad": '{"death_thoughts": 0, "low_mood": 9}',
    "another is given twice": '{"death_thoughts": 0, "low_mood": 1, "low_mood": 2}',
    "it is skipped, and another is bad": '{"death_thoughts": "skipped", "low_mood": 9}',
    "it is not there, and another is bad": '{"low_mood": 9}',
    "there is an unknown name, and it is zero": '{"death_thoughts": 0, "wombat": 1}',
}


EVERY_FORMAT = (
    ["--format", "plain"],
    ["--format", "rich"],
    ["--format", "json"],
    ["--format", "fhir"],
    ["--output", "visit.txt"],
)


def check(content: str, *options: str) -> Watched:
    return watched(["check", "--answers", "-", "--region", "US", *options], stdin=content)


def refused(content: str) -> AnswersRefused:
    """Return why answers are refused, as the Python API or the reader of files says it."""
    with pytest.raises(AnswersRefused) as told:
        moodcheck.summarize(SYMPTOMS, read_answers(BytesIO(content.encode()), SYMPTOMS))
    return told.value


@pytest.mark.parametrize("content", HIDES_ONE.values(), ids=HIDES_ONE)
def test_a_refused_answer_hides_no_alert(content: str) -> None:
    assert refused(content).alerts_cannot_be_ruled_out is True


@pytest.mark.parametrize("content", HIDES_NONE.values(), ids=HIDES_NONE)
def test_an_alert_is_not_made_up_where_the_critical_answer_was_read(content: str) -> None:
    assert refused(content).alerts_cannot_be_ruled_out is False


@pytest.mark.parametrize("options", EVERY_FORMAT, ids=" ".join)
def test_help_lines_are_shown_for_refused_answers_and_nothing_is_scored(options: list[str]) -> None:
    seen = check(HIDES_ONE["an alert beside a bad answer"], *options)

    assert seen.code == 65
    assert words(seen.err).index(ACT_NOW) < words(seen.err).index("moodcheck: The answers")
    assert "item low_mood" in seen.err
    assert seen.left == frozenset()
    if "json" in options:
        document = json.loads(seen.out)
        assert document["format"] == "moodcheck.refusal/1"
        assert document["alerts_cannot_be_ruled_out"] is True
        assert document["not_a_diagnosis"] == LANGUAGE.not_a_diagnosis
        assert document["crisis_lines"]["act_now"].startswith(ACT_NOW)
        assert not {"scales", "answers", "advice"} & document.keys()
    elif "fhir" in options:
        document = json.loads(seen.out)
        assert document["resourceType"] == "OperationOutcome"
        first, *others = document["issue"]
        assert (first["severity"], first["diagnostics"][:6]) == ("fatal", "ALERT.")
        assert any("item low_mood" in one["diagnostics"] for one in others)
        shown = words(document["text"]["div"])
        assert ACT_NOW in shown
        assert LANGUAGE.not_a_diagnosis in shown
    else:
        assert seen.out == ""


def test_a_script_sees_that_there_was_none_to_hide() -> None:
    seen = check(HIDES_NONE["another answer is bad"], "--format", "json")

    assert seen.code == 65
    assert ACT_NOW not in words(seen.err)
    assert json.loads(seen.out)["alerts_cannot_be_ruled_out"] is False


@given(
    value=st.none() | st.integers(-9, 9) | st.booleans() | st.text(max_size=5) | st.floats(),
    other=st.sampled_from(["low_mood", "birth", "wombat"]),
)
def test_whatever_stands_at_a_critical_item_it_is_refused_as_an_alert_or_was_read(
    value: object, other: str
) -> None:
    with pytest.raises(AnswersRefused) as told:
        moodcheck.summarize(SYMPTOMS, {"death_thoughts": value, other: 99})

    try:
        alone = answered(death_thoughts=value)
    except AnswersRefused:
        expected = True
    else:
        is_blank = value is None and other == "wombat"
        expected = bool(alerts(alone)) or is_blank
    assert told.value.alerts_cannot_be_ruled_out is expected
