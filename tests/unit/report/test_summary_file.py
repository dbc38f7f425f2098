"""A summary read back: its answers count, and nothing else that it says of itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from moodcheck.core.administration import Administration
from moodcheck.errors import AnswersRefused, BadData, InputNotFound, MoodcheckError
from moodcheck.report import json as json_format
from moodcheck.report.summary_file import LARGEST, SummaryFile, read_summary
from tests.shipped import CONTEXT, answered, summary_of
from tests.strategies import administrations, hostile_text

Change = Callable[[dict[str, Any]], object]
WRITTEN = json_format.summary(summary_of(answered(low_mood=2, sleep="skipped", death_thoughts=1)))


def read(text: str) -> SummaryFile:
    return read_summary("s.json", text.encode(), CONTEXT.questionnaire)


def changed(change: Change) -> str:
    document = json.loads(WRITTEN)
    change(document)
    return json.dumps(document)


@settings(max_examples=15)
@given(administrations(own_words=hostile_text()))
def test_what_was_written_is_read_as_it_was(sitting: Administration) -> None:
    found = read(json_format.summary(summary_of(sitting)))

    assert found.administration.answers == sitting.answers
    assert found.administration.unanswered == sitting.unanswered
    assert set(found.administration.words) == set(sitting.words)
    assert found.administration.taken_at == sitting.taken_at
    assert found.other_scores == ()


def test_scores_and_advice_of_the_file_are_not_believed() -> None:
    def lie(document: dict[str, Any]) -> None:
        document["scales"]["total"]["score"] = 0
        document["scales"]["mood"]["score"] = 3
        document["alerts"], document["advice"]["id"] = [], "anyway"

    found = read(changed(lie))

    assert found.other_scores == ("All twelve together", "Mood")
    assert summary_of(found.administration).alerts == ("death_thoughts",)


def test_help_that_came_first_stays_first_though_an_answer_was_changed() -> None:
    def calm(document: dict[str, Any]) -> None:
        document["answers"]["death_thoughts"] = 0

    assert read(changed(calm)).help_was_shown


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda one: one.update(format="moodcheck.summary/9"), BadData, "moodcheck.summary/1"),
        (lambda one: one.update(questionnaire={}), BadData, "no questionnaire"),
        (lambda one: one["questionnaire"].update(id="../x"), BadData, "no questionnaire"),
        (lambda one: one["questionnaire"].update(id="nope"), InputNotFound, "nope"),
        (lambda one: one["questionnaire"].update(version="0.1.0"), BadData, "another version"),
        (lambda one: one.update(answers=[]), AnswersRefused, "no answers"),
        (lambda one: one["answers"].pop("sleep"), AnswersRefused, "sleep"),
        (lambda one: one["answers"].update(low_mood=7), AnswersRefused, "low_mood"),
        (lambda one: one["answers"].update(low_mood=True), AnswersRefused, "low_mood"),
        (lambda one: one["answers"].update(other=1), AnswersRefused, "other"),
        (lambda one: one["unanswered"].update(low_mood="skipped"), AnswersRefused, "either"),
        (lambda one: one["unanswered"].pop("sleep"), AnswersRefused, "either"),
        (lambda one: one["unanswered"].update(sleep="tired"), AnswersRefused, "either"),
        (lambda one: one.update(taken_at="yesterday"), AnswersRefused, "when"),
        (lambda one: one.update(taken_at="2026-11-24T09:30:00"), AnswersRefused, "when"),
    ],
)
def test_whatever_is_not_as_it_was_written_is_refused(
    change: Change, error: type[MoodcheckError], said: str
) -> None:
    with pytest.raises(error) as refused:
        read(changed(change))

    assert said in str(refused.value)
    assert not isinstance(refused.value, AnswersRefused) or refused.value.alerts_cannot_be_ruled_out


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b'{"format": NaN}', b" " * (LARGEST + 1)]
)
def test_what_is_no_summary_is_refused(content: bytes) -> None:
    with pytest.raises(BadData, match=r"^s\.json"):
        read_summary("s.json", content, CONTEXT.questionnaire)
