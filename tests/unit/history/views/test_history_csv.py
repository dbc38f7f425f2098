"""Saved sittings as a table: one row an item, gaps with their reason, no cell a formula."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.core.administration import Unanswered, administer
from moodcheck.core.scoring import score
from moodcheck.history.record import Acknowledgement, Correction, Record
from moodcheck.history.views.history_csv import history_csv
from tests.records import SEEN, histories, record
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered
from tests.strategies import hostile_text
from tests.unit.core.small import questionnaire

PER_SITTING = len(SYMPTOMS.all_items) + len(SYMPTOMS.scales)


def rows_of(kept: list[Record]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(history_csv(kept, notice=LANGUAGE.notice))))


@settings(max_examples=15)
@given(histories())
def test_every_item_and_scale_of_every_sitting_has_its_row(kept: list[Record]) -> None:
    rows = iter(rows_of(kept))
    for one in kept:
        sitting = one.administration
        for item in SYMPTOMS.all_items:
            row = next(rows)
            assert (row["record"], row["client"], row["id"]) == (one.id, one.client, item.id)
            assert row["value"] == str(sitting.answers.get(item.id, ""))
            assert row["unanswered"] == sitting.unanswered.get(item.id, "")
            assert row["taken_at"] == sitting.taken_at.isoformat()
        for result in score(sitting):
            row = next(rows)
            assert row["kind"] == "scale"
            assert row["value"] == ("" if result.score is None else str(result.score))
            assert row["unanswered"] == (result.reason or "")
        if one.note:
            row = next(rows)
            assert (row["kind"], row["record"], row["id"]) == ("sitting", one.id, "")
    assert next(rows, None) is None


def test_every_row_says_that_it_is_no_diagnosis() -> None:
    rows = rows_of([record(answered())])

    assert len(rows) == PER_SITTING
    assert {row["notice"] for row in rows} == {LANGUAGE.notice}


def test_an_alert_stays_in_the_table_with_what_became_of_it() -> None:
    unseen = record(answered(death_thoughts=0), alerted={"death_thoughts": 2})
    seen = record(answered(death_thoughts=1), acknowledgement=SEEN)
    found = [row for row in rows_of([unseen, seen]) if row["id"] == "death_thoughts"]

    assert [(row["value"], row["alerted"]) for row in found] == [("0", "2"), ("1", "1")]
    assert [row["not_acknowledged"] for row in found] == ["NOT ACKNOWLEDGED", ""]
    assert found[1]["acknowledged"] == f"AB, {SEEN.at.isoformat()}: Called the clinic together"


def test_why_it_is_critical_what_was_done_and_what_was_put_right_stand_beside_it() -> None:
    seen = replace(SEEN, spoken_with="her", told="her GP", plan="a call", next_contact="Monday")
    made = record(answered(death_thoughts=1, sleep=2), acknowledgement=seen)
    skipped = Correction("sleep", Unanswered.SKIPPED, TAKEN_AT)
    kept = replace(
        made,
        corrections=(Correction("sleep", 3, TAKEN_AT), skipped),
        note="came late",
        changed_outside=True,
    )
    rows = {row["id"]: row for row in rows_of([kept])}

    found = rows["death_thoughts"]
    done = [found[name] for name in ("spoken_with", "told", "plan", "next_contact")]
    assert (found["critical"], done) == ("alert", ["her", "her GP", "a call", "Monday"])
    assert rows["sleep"]["corrected_from"] == "3; skipped"
    assert rows[""]["note"] == "came late"
    assert {row["changed_outside"] for row in rows.values()} == {"yes"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\u3000="])
def test_no_text_becomes_a_formula(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    kept = record(
        answered(own_words=f"x{text}"),
        notes={"sleep": text},
        acknowledgement=Acknowledgement(start[:8], TAKEN_AT, text),
        client="-x",
    )
    for row in rows_of([kept]):
        for column, cell in row.items():
            is_number = column == "value" and cell.lstrip("-").isdigit()
            assert is_number or cell.strip()[:1] not in {"=", "+", "-", "@"}, column


@given(text=hostile_text())
def test_one_line_is_one_row_whatever_people_wrote(text: str) -> None:
    kept = record(answered(own_words=text), notes={"sleep": text})
    lines = history_csv([kept], notice=LANGUAGE.notice).rstrip("\n").split("\n")

    assert len(lines) == 1 + PER_SITTING


@given(st.integers(-1_000, -1))
def test_a_number_below_zero_stays_a_number(value: int) -> None:
    values = [{"value": value, "label": "low"}, {"value": 0, "label": "none"}]
    asked = questionnaire(
        responses={"often": values},
        critical=[],
        advice=[{"id": "anyway", "label": "Talk it over", "text": "A nurse can help."}],
    )
    sitting = administer(asked, {"a": value}, taken_at=TAKEN_AT)

    assert rows_of([record(sitting)])[0]["value"] == str(value)
