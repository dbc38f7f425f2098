"""What the summary lets a person say is theirs: no diagnosis, and an alert comes first."""

from __future__ import annotations

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from moodcheck import api
from moodcheck.core.administration import Administration
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Item
from moodcheck.files.paths import questionnaire_files
from moodcheck.report.summary_view import standing_out
from tests.shipped import LANGUAGE, SYMPTOMS, answered, summary_of
from tests.shown import EVERY_FORMAT, Format, Look, letters, words
from tests.strategies import administrations

GRADE = 8
LONGEST = 35
"""Words in a sentence."""
SHIPPED = [api.load(name) for name in sorted(questionnaire_files())]


@pytest.mark.parametrize("asked", SHIPPED, ids=lambda asked: asked.id)
@given(data=st.data())
def test_what_you_could_say_never_diagnoses_whatever_was_answered(
    asked: Questionnaire, data: st.DataObject
) -> None:
    shown = summary_of(data.draw(administrations(asked)))
    said = " ".join(
        [*shown.could_say, *(f"{one}: {labels}" for one, labels in standing_out(shown))]
    )

    assert LANGUAGE.denied_words(said) == []
    assert LANGUAGE.denied_words(shown.nothing_stood_out or "") == []


@given(administrations())
def test_an_alert_is_the_first_thing_to_say_and_only_an_alert_is(
    administration: Administration,
) -> None:
    shown = summary_of(administration)

    assert (LANGUAGE.say.alert in shown.could_say) is bool(shown.alerts)
    if shown.alerts:
        assert shown.could_say[0] == LANGUAGE.say.alert


@given(administrations())
def test_what_you_could_say_can_be_read_out_by_everyone(administration: Administration) -> None:
    said = summary_of(administration).could_say

    assert textstat.flesch_kincaid_grade(" ".join(said)) <= GRADE


def test_no_sentence_is_too_long_to_say_whatever_was_answered() -> None:
    highest = {item: SYMPTOMS.extremes(item)[1] for item in SYMPTOMS.choices}
    said = summary_of(answered(**highest)).could_say

    assert max(len(sentence.split()) for sentence in said) <= LONGEST
    assert textstat.flesch_kincaid_grade(" ".join(said)) <= GRADE


def test_a_sitting_of_ordinary_answers_becomes_a_few_sentences() -> None:
    shown = summary_of(
        answered(sleep=3, low_mood=2, impairment=2, duration=2, medicines=1, own_words="Sleep.")
    )

    assert 3 <= len(shown.could_say) <= 6
    assert all(sentence.endswith(".") for sentence in shown.could_say)


@pytest.mark.parametrize("format_", EVERY_FORMAT)
def test_every_format_shows_what_stood_out_and_what_to_say_before_the_answers(
    format_: Format,
) -> None:
    summary = summary_of(answered(sleep=3, low_energy=3, impairment=1))
    shown = letters(Look(format_).render(summary))

    for sentence in summary.could_say:
        assert letters(sentence) in shown
    if format_ != "json":
        (told,) = standing_out(summary)
        first = shown.index(letters(": ".join(told)))
        said = shown.index(letters(summary.could_say[0]))
        assert first < said < shown.index(letters(f"{SYMPTOMS.recall_period}, your answers"))


@pytest.mark.parametrize("format_", ["rich", "plain"])
def test_that_nothing_stood_out_reassures_nobody(format_: Format) -> None:
    nothing = dict.fromkeys((item.id for item in SYMPTOMS.items), 0)
    shown = words(Look(format_).render(summary_of(answered(**nothing))))

    assert LANGUAGE.nothing_stood_out in shown
    assert LANGUAGE.nothing_stood_out not in words(Look(format_).render(summary_of(answered())))


@pytest.mark.parametrize("format_", ["rich", "plain"])
@pytest.mark.parametrize("item", [one for one in SYMPTOMS.context if one.visit], ids=lambda i: i.id)
def test_what_to_bring_to_a_visit_stands_beside_each_yes(format_: Format, item: Item) -> None:
    yes, no = (
        letters(Look(format_).render(summary_of(answered(**{item.id: value})))) for value in (1, 0)
    )

    prompt = letters(f"Yes. {item.visit}")
    assert prompt in yes
    assert prompt not in no


@pytest.mark.parametrize("format_", ["rich", "plain"])
def test_why_there_is_no_score_is_said_once_for_all_scales(format_: Format) -> None:
    shown = words(Look(format_).render(summary_of(answered(sleep=1))))

    assert shown.lower().count(LANGUAGE.too_many_unanswered) == 1
    assert all(f"{scale.label} (" in shown for scale in SYMPTOMS.scales)
