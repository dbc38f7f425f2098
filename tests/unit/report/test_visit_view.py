"""The visit sheet: what a person can say on one page, and no number that looks like a result."""

from __future__ import annotations

import re
from collections.abc import Iterator

import page as validation
import pytest

from moodcheck.core.administration import administer
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.report.document import Document, Facts, Help, Notice, Room
from moodcheck.report.pdf import setting
from moodcheck.report.render_plain import render
from moodcheck.report.visit_view import visit_document
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of

EVERYTHING: dict[str, object] = {item.id: 2 for item in SYMPTOMS.items} | {
    "impairment": 3, "duration": 4, "own_words": "To sleep through the night " * 6,
} | {item.id: 1 for item in SYMPTOMS.context if item.responses == "yes_no"}  # fmt: skip
QUESTIONS = LANGUAGE.visit_questions


def sheet(where: str = "US", /, **given: object) -> Document:
    return visit_document(summary_of(answered(**given), Region(where)), QUESTIONS)


def facts(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.blocks():
        if isinstance(block, Facts):
            yield from ((fact.label, fact.text) for fact in block.facts)


def test_symptoms_stand_by_how_often_the_most_frequent_first() -> None:
    shown = list(facts(sheet(sleep=3, low_mood=1, guilt=3, aches=0)))

    assert shown[:3] == [
        ("Almost every day", "Sleep, Guilt or self-blame"),
        ("A few days", "Low mood"),
        ("Not at all", "Aches and pains"),
    ]


def test_what_was_not_answered_is_said_and_stands_last() -> None:
    shown = dict(list(facts(sheet(**EVERYTHING | {"sleep": "skipped", "death_thoughts": None}))))
    said = render(sheet(**EVERYTHING | {"death_thoughts": None}))

    assert shown["not answered (skipped)"] == "Sleep"
    assert shown["not answered"] == "Thoughts of death"
    assert "It is not a yes or a no." in " ".join(said.split())


def test_each_answer_that_matters_has_what_to_say_there() -> None:
    shown = dict(facts(sheet(**EVERYTHING)))

    for item in SYMPTOMS.context:
        if item.visit:
            assert shown[item.label] == f"Yes. {item.visit}"
    assert shown["Gets in the way"] == "A great deal"
    assert shown["How long"] == "More than a year"


def test_there_is_room_to_write_and_what_could_be_asked() -> None:
    document = sheet(low_mood=2)

    assert any(isinstance(block, Room) for block in document.blocks())
    assert all(question in render(document, width=200) for question in QUESTIONS)


def test_no_score_stands_on_it_that_nobody_has_studied() -> None:
    shown = render(sheet(**EVERYTHING), width=200)

    assert not {scale.label for scale in SYMPTOMS.scales} & set(dict(facts(sheet(**EVERYTHING))))
    assert not re.search(r"\d+ of \d+", shown)


def test_a_studied_score_stands_on_it_as_a_quotation() -> None:
    scale = {"id": "s", "label": "All of it", "method": "sum", "items": "all", "citation": "N 1999"}
    bands = [{"at_least": 0, "name": "few"}]
    studied = {"validated": {"citation": "N 1999"}, "scales": [scale | {"bands": bands}]}
    asked = Questionnaire.model_validate(SYMPTOMS.plain_data() | studied, strict=False)
    nothing = administer(asked, {item.id: 0 for item in asked.items}, taken_at=TAKEN_AT)
    shown = dict(facts(visit_document(summary_of(nothing), QUESTIONS)))

    assert shown["All of it"] == "0 of 36 (in the range published as 'few' (0–36, N 1999))"


def test_it_names_nobody_unless_the_person_does() -> None:
    summary = summary_of(answered(low_mood=1))

    assert visit_document(summary, QUESTIONS).subtitle == "2026-11-24 09:30"
    assert visit_document(summary, QUESTIONS, name="Ann").subtitle == "Ann, 2026-11-24 09:30"


@pytest.mark.parametrize(("given", "place"), [(1, 0), (0, -1)])
def test_help_lines_come_first_after_an_alert_and_else_end_the_page(given: int, place: int) -> None:
    document = sheet(**EVERYTHING | {"death_thoughts": given, "unreal": 0})

    assert isinstance(document.sections[place], Help)
    assert sum(isinstance(section, Help) for section in document.sections) == 1
    assert any(isinstance(block, Notice) for block in document.blocks())


@pytest.mark.parametrize("where", ["US", "GB", "DE"])
@pytest.mark.parametrize("given", [0, 3])
def test_it_is_one_page_whatever_was_answered(where: str, given: int) -> None:
    made = setting.render(sheet(where, **EVERYTHING | {"death_thoughts": given}))
    found = validation.validate_pdf_bytes(
        made.content, profile=validation.ValidationProfile.PDF_UA_1
    )

    assert found.document.page_count == 1
    assert found.is_compliant
