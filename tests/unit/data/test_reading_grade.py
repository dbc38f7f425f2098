"""Everyone can read it: questions at grade 6 or lower, all else at grade 8 or lower."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import textstat

from moodcheck.core.crisis import Region, help_panel
from moodcheck.core.questionnaire_parts import Item
from moodcheck.loading.context import Context
from moodcheck.report.document import Paragraph
from moodcheck.report.help_block import after_the_numbers, numbers
from tests.shipped import CHECKOUT, DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

QUESTION, REST = 6, 8
"""The highest grade of Flesch and Kincaid's formula."""


def sentences() -> Iterator[tuple[str, str]]:
    """Yield each sentence as it is shown; the formula says nothing about parts of one."""
    for item in SYMPTOMS.all_items:
        yield f"help of {item.id}", item.help or ""
        yield f"visit of {item.id}", item.visit or ""
    for rule in SYMPTOMS.advice:
        yield f"advice {rule.id}", rule.text
    for begun in Context().questionnaire_template.advice:
        yield f"advice {begun.id} of a new one", begun.text
    yield "not a diagnosis", LANGUAGE.not_a_diagnosis
    yield "not validated", LANGUAGE.not_validated
    yield "notice", LANGUAGE.notice
    yield "nothing stood out", LANGUAGE.nothing_stood_out
    yield "validated", LANGUAGE.validated.replace("{citation}", "Smith 1999")
    for critical in SYMPTOMS.critical:
        label = SYMPTOMS.item(critical.item).label
        yield "unanswered", LANGUAGE.critical_unanswered.replace("{label}", label)
    for i, sentence in enumerate((*LANGUAGE.under_18, *LANGUAGE.for_someone_else)):
        yield f"for others {i}", sentence
    for where in (Region("US"), Region("US", is_guess=True), Region("SE"), Region()):
        panel = help_panel(DIRECTORY, LANGUAGE, where, today=TODAY)
        for block in (*numbers(panel), *after_the_numbers(panel)):
            if isinstance(block, Paragraph):
                yield f"help panel, {where.code} {where.is_guess}: {block.text[:20]}", block.text


def grade(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.parametrize("item", SYMPTOMS.all_items, ids=lambda item: item.id)
def test_a_question_reads_at_grade_6_or_lower(item: Item) -> None:
    assert grade(item.text or "") <= QUESTION


@pytest.mark.parametrize("text", dict(sentences()).values(), ids=dict(sentences()))
def test_everything_else_reads_at_grade_8_or_lower(text: str) -> None:
    assert grade(text) <= REST


def test_what_a_clinic_would_write_would_be_noticed() -> None:
    assert grade("Diminished gratification regarding previously pleasurable activities.") > REST


def test_the_first_words_of_the_readme_read_at_grade_8_or_lower() -> None:
    opening = (CHECKOUT / "README.md").read_text(encoding="utf-8").partition("## Start")[0]
    said = [line for line in opening.splitlines() if not line.startswith(("#", "!"))]

    assert grade(" ".join(said).replace("*", "")) <= REST
