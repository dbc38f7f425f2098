"""The questionnaire keeps to its source document: its twelve lines, in its order, in our words."""

from __future__ import annotations

import re

import pytest

from moodcheck.core.administration import Unanswered
from tests.shipped import CHECKOUT, LANGUAGE, SYMPTOMS

REFERENCE = CHECKOUT.parent / "shared" / "data"


def symptom_lines() -> list[str]:
    """Return the first list of the source document: its symptoms."""
    found = sorted(REFERENCE.glob("source-document-*.txt"))
    if not found:
        pytest.skip(f"The source document is not in {REFERENCE}")
    lists = re.split(r"\n\s*\n", found[0].read_text(encoding="utf-8"))
    first = next(block for block in lists if block.lstrip().startswith("•"))
    return [line.strip().removeprefix("•").strip() for line in first.splitlines()]


def test_there_is_one_item_for_each_line_of_the_source_in_its_order() -> None:
    lines = symptom_lines()

    assert len(lines) == 12
    assert [item.source for item in SYMPTOMS.items] == lines


def test_the_words_are_our_own() -> None:
    for item, line in zip(SYMPTOMS.items, symptom_lines(), strict=True):
        theirs = re.findall(r"\w+", line.lower())
        ours = " ".join(re.findall(r"\w+", f"{item.text} {item.help}".lower()))
        copied = [theirs[i : i + 4] for i in range(len(theirs) - 3)]
        assert not any(" ".join(four) in ours for four in copied), item.id


def test_every_item_can_be_asked_and_explained() -> None:
    for item in SYMPTOMS.all_items:
        assert item.text
        assert item.help
        assert item.text != item.label


def test_every_option_has_a_label_of_its_own() -> None:
    for options in SYMPTOMS.responses.values():
        labels = [option.label for option in options]
        assert None not in labels
        assert len(set(labels)) == len(labels)
        assert [option.value for option in options] == list(range(len(options)))


def test_nothing_is_claimed_that_no_study_showed() -> None:
    assert SYMPTOMS.validated is False
    for scale in SYMPTOMS.scales:
        assert (scale.bands, scale.cut_points, scale.max_unanswered) == ((), (), 0)


def test_thoughts_of_death_are_critical_from_the_first_answer_above_not_at_all() -> None:
    (critical,) = SYMPTOMS.critical

    assert (critical.item, critical.at_least) == ("death_thoughts", 1)


def test_every_scored_item_counts_in_the_total_and_in_one_group() -> None:
    total, often, *groups = SYMPTOMS.scales
    everything = [item.id for item in SYMPTOMS.items]

    assert (total.items, often.items) == ("all", "all")
    assert sorted(name for group in groups for name in group.items) == sorted(everything)


def test_there_are_words_for_every_reason() -> None:
    assert set(LANGUAGE.unanswered) == set(Unanswered)
    assert len(set(LANGUAGE.unanswered.values())) == len(Unanswered)
