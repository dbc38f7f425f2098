"""The counselor's sheet: one page, the raw answers first, and what nobody has acknowledged."""

from __future__ import annotations

from dataclasses import replace

import page as validation
import pytest

from moodcheck.history.record import Record
from moodcheck.report.document import Document, Help, Table
from moodcheck.report.over_time import OverTime
from moodcheck.report.pdf import setting
from moodcheck.report.render_plain import render
from tests.every_document import VIEWS, sittings
from tests.records import SEEN, record
from tests.shipped import SYMPTOMS, UNITED_STATES

ALERT = {"death_thoughts": 2}


def sheet(kept: list[Record]) -> Document:
    return VIEWS["counselor's sheet"](kept, UNITED_STATES)


def shown(kept: list[Record]) -> str:
    return render(sheet(kept), width=200)


def rows(document: Document) -> dict[str, list[str]]:
    (table,) = (block for block in document.blocks() if isinstance(block, Table))
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def test_every_item_has_its_answer_or_why_there_is_none() -> None:
    found = rows(sheet(sittings(1)))

    assert set(found) == {item.label for item in SYMPTOMS.all_items}
    assert found["Sleep"] == ["1 (A few days)"]
    assert found["Guilt or self-blame"] == ["not answered (skipped)"]
    assert found["Eating"] == ["not answered"]


def test_what_changed_since_last_time_stands_beside_each_item() -> None:
    found = rows(sheet(sittings(2, sleep=0, low_mood=3, death_thoughts=0)))

    assert found["Low mood"] == ["3 (Almost every day) *", "0 (Not at all); +3"]
    assert found["Sleep"] == ["0 (Not at all)", "1 (A few days); -1"]
    assert found["Eating"] == ["not answered", ""]


def test_the_raw_answers_come_before_all_but_help_lines() -> None:
    calm, urgent = sheet(sittings(3, death_thoughts=0)), sheet(sittings(3, **ALERT))

    assert calm.sections[0].heading == "Answers"
    assert isinstance(urgent.sections[0], Help)
    assert urgent.sections[1].heading == "Answers"


def test_an_alert_says_whether_anybody_acknowledged_it() -> None:
    waiting = sittings(2, **ALERT)
    seen = [*waiting[:1], replace_acknowledged(waiting[1])]

    assert "NOT ACKNOWLEDGED: " in shown(waiting)
    assert "  ACKNOWLEDGED: " in shown(seen)
    assert f"Acknowledged by {SEEN.initials}" in shown(seen)


def replace_acknowledged(one: Record) -> Record:
    return record(
        one.administration, name=one.id, sequence=one.sequence, acknowledgement=SEEN
    )  # fmt: skip


def test_notes_stand_on_it_and_numbers_over_time() -> None:
    kept = sittings(4, eating=1, irritability=0, loss_of_interest=2, tension=1)
    kept[-1] = replace(kept[-1], note="Came with her sister")
    said = shown(kept)

    assert "This sitting: Came with her sister" in said
    assert "Sleep: Wakes at four" in said
    assert any(isinstance(block, OverTime) for block in sheet(kept).blocks())


@pytest.mark.parametrize("count", [1, 2, 40])
def test_it_is_one_page(count: int) -> None:
    full: dict[str, object] = {item.id: 1 for item in SYMPTOMS.items}
    made = setting.render(sheet(sittings(count, **full)))
    found = validation.validate_pdf_bytes(
        made.content, profile=validation.ValidationProfile.PDF_UA_1
    )

    assert found.is_compliant
    assert found.document.page_count == 1
