"""P4: an item without an answer is shown as one, and counts as no number anywhere."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, administer
from moodcheck.core.questionnaire import Questionnaire
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of
from tests.shown import EVERY_FORMAT, Format, Look, letters
from tests.strategies import administrations, questionnaires

NO_SCORE = LANGUAGE.too_many_unanswered


@given(administrations())
def test_json_has_null_and_a_reason_for_every_gap(administration: Administration) -> None:
    document = json.loads(Look("json").render(summary_of(administration)))

    for item in SYMPTOMS.all_items:
        is_gap = item.id in administration.unanswered
        assert (document["answers"][item.id] is None) is is_gap
        assert document["unanswered"].get(item.id) == administration.unanswered.get(item.id)
    for scale in SYMPTOMS.scales:
        shown = document["scales"][scale.id]
        members = SYMPTOMS.items_of(scale)
        assert shown["answered"] == len(set(members) & set(administration.answers))
        assert (shown["score"] is None) is (shown["answered"] < shown["of"] == len(members))
        assert (shown["score"] is None) is (shown["reason"] is not None)


@pytest.mark.parametrize(("format_", "colon"), [("rich", ""), ("plain", ":")])
@given(administration=administrations())
def test_a_person_reads_the_reason_for_every_gap(
    format_: Format, colon: str, administration: Administration
) -> None:
    shown = letters(Look(format_).render(summary_of(administration)))

    _, _, rest = shown.partition(letters(f"{NO_SCORE[:1].upper()}{NO_SCORE[1:]}:"))
    scales_without = rest.partition(".")[0]
    for name, reason in administration.unanswered.items():
        told = letters(f"{SYMPTOMS.item(name).label}{colon}{LANGUAGE.unanswered[reason]}")
        # "not answered" alone is another reason than "not answered (skipped)".
        assert re.search(rf"{re.escape(told)}(?!\()", shown)
    for scale in SYMPTOMS.scales:
        members = SYMPTOMS.items_of(scale)
        count = len(set(members) & set(administration.answers))
        told = letters(f"{scale.label} ({count} of {len(members)} answered)")
        assert (told in scales_without) is (count < len(members))


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@given(administration=administrations(), data=st.data())
def test_no_answer_and_the_lowest_answer_never_look_the_same(
    format_: Format, administration: Administration, data: st.DataObject
) -> None:
    choices = [item.id for item in SYMPTOMS.all_items if item.type == "choice"]
    name = data.draw(st.sampled_from(choices))
    others = {**administration.answers, **administration.words, **administration.unanswered}

    zero, gap = (
        Look(format_).render(summary_of(answered(**{**others, name: given_answer})))
        for given_answer in (0, None)
    )

    assert zero != gap


@given(data=st.data(), asked=questionnaires(most_items=8))
def test_taking_an_answer_away_is_not_answering_with_zero(
    data: st.DataObject, asked: Questionnaire
) -> None:
    full = data.draw(administrations(asked))
    name = data.draw(st.sampled_from([item.id for item in asked.items]))
    kept = {key: value for key, value in full.answers.items() if key != name}
    fewer = summary_of(administer(asked, kept, taken_at=TAKEN_AT))

    for line in fewer.scales:
        members = asked.items_of(line.result.scale)
        assert line.result.answered == len([member for member in members if member in kept])
        if name in members and line.result.scale.max_unanswered == 0:
            assert line.result.score is None
