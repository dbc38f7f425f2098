"""Whatever the author of a new questionnaire types is refused with the reason, or in its file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import moodcheck
from moodcheck.core.data_model import is_id
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_draft import Draft, first_draft
from moodcheck.errors import UsageError
from moodcheck.loading.context import Context
from moodcheck.loading.data_files import parse_questionnaire
from moodcheck.loading.questionnaire_draft import Steps, draft_text
from moodcheck.safe_text import unsafe_characters
from tests.shipped import LANGUAGE

TEMPLATE = Context().questionnaire_template
BEGUN = replace(first_draft(TEMPLATE), id="mine")
SHAPES = list(TEMPLATE.responses)

TEXTS = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text("ab: #'\"-{}[]&*!|>%@`,\\0123.~", min_size=1, max_size=200),
    st.sampled_from(["no", "1.10", "null", "- a", "# b", "you are depressed", "a\nb"]),
)


def read(draft: Draft) -> Questionnaire:
    return parse_questionnaire("mine.yaml", draft_text(draft).encode(), LANGUAGE)


def is_fine(text: str) -> bool:
    return not (unsafe_characters(text.replace("\n", " ")) or LANGUAGE.denied_words(text))


FINE = TEXTS.filter(is_fine)


def with_items(draft: Draft, texts: list[str]) -> Draft:
    for text in texts:
        draft = Steps(draft, LANGUAGE).with_item(text)
    return draft


@settings(max_examples=40)
@given(
    title=FINE,
    answers=st.lists(FINE, min_size=2, max_size=4),
    items=st.lists(st.tuples(FINE, FINE), min_size=1, max_size=4),
    high=st.booleans(),
    critical=st.booleans(),
)
def test_what_was_typed_is_what_the_file_says(
    title: str, answers: list[str], items: list[tuple[str, str]], high: bool, critical: bool
) -> None:
    draft = Steps(BEGUN, LANGUAGE).changed(title=title, high_stands_out=high)
    draft = Steps(draft, LANGUAGE).with_options(answers)
    for text, label in items:
        draft = Steps(draft, LANGUAGE).with_item(text, label)
    if critical:
        draft = Steps(draft, LANGUAGE).with_critical(len(items))
    found = read(draft)

    assert found.title == title
    assert [(item.text, item.label) for item in found.items] == items
    assert all(is_id(item.id) for item in found.items)
    assert [(one.value, one.label) for one in found.options(found.items[0].id)] == list(
        enumerate(answers)
    )
    assert [one.item for one in found.critical] == ([found.items[-1].id] if critical else [])
    assert found.has_wording


@settings(max_examples=25)
@given(text=TEXTS)
def test_a_text_is_refused_where_the_loader_would_refuse_its_file(text: str) -> None:
    steps = Steps(BEGUN, LANGUAGE)
    for step in (
        partial(steps.changed, title=text),
        partial(steps.changed, recall_period=text),
        partial(steps.with_options, ["a", text]),
        partial(steps.with_item, text),
        partial(steps.with_item, "a", text),
    ):
        if is_fine(text):
            step()
        else:
            with pytest.raises(UsageError) as refused:
                step()
            assert "mine.yaml" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "is empty"), ("a" * 2_001, "2,000"), ("\udce9", "not UTF-8"), ("\x1b[1m", "invisible")],
)
def test_a_text_that_no_file_can_hold_is_refused(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        Steps(BEGUN, LANGUAGE).with_item(text)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_every_offered_answer_makes_a_questionnaire_whose_alert_leads_to_today(
    shape: str, count: int
) -> None:
    draft = Steps(replace(BEGUN, high_stands_out=True), LANGUAGE).offering(shape)
    draft = with_items(draft, ["You rested."] * count)
    found = read(Steps(draft, LANGUAGE).with_critical(1))
    first_above, highest = (sorted(one.value for one in found.responses[shape])[i] for i in (1, -1))
    ids = [item.id for item in found.items]

    alert = moodcheck.summarize(found, {ids[0]: first_above}, region="GB")
    assert (alert.alerts, alert.advice.id) == ((ids[0],), "today")
    assert moodcheck.summarize(found, dict.fromkeys(ids, 0), region="GB").advice.id == "anyway"
    if count > 1:
        low = dict.fromkeys(ids[1:], first_above)
        wanted = "soon" if len(low) >= max(2, count / 2) or shape == "yes_or_no" else "anyway"
        assert moodcheck.summarize(found, low, region="GB").advice.id == wanted
        high = {ids[1]: highest}
        assert moodcheck.summarize(found, high, region="GB").advice.id == "soon"


def test_a_high_answer_that_nobody_called_one_to_look_at_says_nothing() -> None:
    found = read(with_items(BEGUN, ["You slept well.", "You ate well."]))
    highest = {item.id: 3 for item in found.items}

    assert not [one for options in found.responses.values() for one in options if one.stands_out]
    assert moodcheck.summarize(found, highest, region="GB").advice.id == "anyway"


def test_items_alike_get_ids_that_differ_and_none_that_means_something_else() -> None:
    found = read(with_items(BEGUN, ["Any", "any?", "可能", "Tired!", "tired", "a" * 80, "a" * 90]))
    ids = [item.id for item in found.items]

    assert ids[:5] == ["item_1", "item_2", "item_3", "tired", "tired_2"]
    assert len(set(ids)) == len(ids)
