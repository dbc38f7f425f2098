"""P4: an item without an answer is shown as one, and counts as no number anywhere."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of
from tests.shown import EVERY_FORMAT, Format, Look, letters
from tests.strategies import administrations, questionnaires

NOT_ASKED, UNANSWERED = LANGUAGE.not_every_item_asked, LANGUAGE.too_many_unanswered


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

    scales_without = {
        why: shown.partition(letters(f"{why[:1].upper()}{why[1:]}:"))[2].partition(".")[0]
        for why in (NOT_ASKED, UNANSWERED)
    }
    for name, reason in administration.unanswered.items():
        told = letters(f"{SYMPTOMS.item(name).label}{colon}{LANGUAGE.unanswered[reason]}")
        # "not answered" alone is another reason than "not answered (skipped)".
        assert re.search(rf"{re.escape(told)}(?!\()", shown)
    for scale in SYMPTOMS.scales:
        members = SYMPTOMS.items_of(scale)
        count = len(set(members) & set(administration.answers))
        told = letters(f"{scale.label} ({count} of {len(members)} answered)")
        reasons = {administration.unanswered.get(name) for name in members}
        because = NOT_ASKED if Unanswered.NOT_ASKED in reasons else UNANSWERED
        found = [why for why, said in scales_without.items() if told in said]
        assert found == ([because] if count < len(members) else [])


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

    scored = {one.result.scale.id for one in fewer.scales if one.result.score is not None}
    for line in fewer.scales:
        how = line.result.how
        answered = [
            member
            for member in how.members
            if any(term.name in (scored if term.is_scale else kept) for term in member)
        ]
        assert line.result.answered == len(answered)
        assert (line.result.score is None) == (len(answered) < how.of - how.most_unanswered)
