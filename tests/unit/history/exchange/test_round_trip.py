"""What was exported comes back equal, bit for bit, and every questionnaire only once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from moodcheck.core.administration import administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.history.exchange.document import history_schema
from moodcheck.history.exchange.reading import read_export, read_history
from moodcheck.history.record import AuditAction, AuditEntry, Record
from tests.exports import ELSEWHERE, export_of
from tests.records import histories, record
from tests.shipped import DATA, LANGUAGE, SYMPTOMS, TAKEN_AT, answered
from tests.strategies import questionnaires

VALIDATOR = Draft202012Validator(json.loads(history_schema()))
NEWER = SYMPTOMS.model_copy(update={"version": "1.4.0"})

AUDIT = (
    AuditEntry(1, TAKEN_AT, AuditAction.STORE_MADE, None, ""),
    AuditEntry(2, TAKEN_AT, AuditAction.MOVED, "000000000001", "C-014 to C-015"),
    AuditEntry(3, TAKEN_AT, AuditAction.DELETED, "zzzzzzzzzzzz", ""),
)


def exported(records: list[Record]) -> str:
    return export_of(records, AUDIT)


def imported(text: str) -> list[Record]:
    return list(read_history("history.json", text.encode(), LANGUAGE).records)


def bits(records: list[Record]) -> list[str]:
    """Return records as text, in which two times of two offsets are not the same time."""
    return [repr(one) for one in records]


@settings(max_examples=25)
@given(histories(SYMPTOMS, NEWER, own_words=st.text(min_size=1, max_size=40)))
def test_every_history_comes_back_equal(kept: list[Record]) -> None:
    back = imported(exported(kept))

    assert back == kept
    assert bits(back) == bits(kept)


@settings(max_examples=15)
@given(data=st.data(), asked=questionnaires(most_items=5))
def test_so_does_that_of_any_questionnaire(data: st.DataObject, asked: Questionnaire) -> None:
    kept = data.draw(histories(asked, most=2))

    assert imported(exported(kept)) == kept


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),  # noqa: DTZ001 - gets its offset next
    st.integers(-14 * 3600, 14 * 3600),
)
def test_every_time_keeps_its_offset_and_its_microseconds(at: datetime, offset: int) -> None:
    aware = at.replace(tzinfo=timezone(timedelta(seconds=offset)))
    kept = [record(administer(SYMPTOMS, {}, taken_at=aware))]
    (back,) = imported(exported(kept))

    assert back.administration.taken_at.isoformat() == aware.isoformat()


@settings(max_examples=10)
@given(histories(SYMPTOMS, NEWER))
def test_what_is_written_keeps_to_the_shipped_schema(kept: list[Record]) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(exported(kept)))) == []


def test_the_schema_that_is_shipped_is_the_models() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)
    shipped = (DATA / "history.schema.json").read_text(encoding="utf-8")
    assert shipped == history_schema(), "run: just schema"


def test_a_questionnaire_stands_in_it_once_for_each_content() -> None:
    again = Questionnaire.model_validate_json(
        SYMPTOMS.model_dump_json(by_alias=True, exclude_unset=True)
    )
    asked = [SYMPTOMS, NEWER, SYMPTOMS, again]
    kept = [
        record(administer(one, {}, taken_at=TAKEN_AT), name=f"{i:012}")
        for i, one in enumerate(asked)
    ]
    document = json.loads(exported(kept))

    assert len(document["questionnaires"]) == 2
    assert len({row["questionnaire"] for row in document["sittings"]}) == 2


def test_what_nobody_acknowledged_is_named_and_the_notice_stands_in_it() -> None:
    document = json.loads(exported([record(answered(death_thoughts=2))]))

    assert document["sittings"][0]["not_acknowledged"] == ["death_thoughts"]
    assert document["notice"] == LANGUAGE.notice


def test_the_audit_travels_whole_and_names_where_it_was_kept() -> None:
    elsewhere = replace(AUDIT[1], origin="0123456789abcdef")
    found = read_history(
        "history.json", export_of([record(answered())], (*AUDIT, elsewhere)).encode(), LANGUAGE
    )

    assert found.audit == (*(replace(one, origin=ELSEWHERE) for one in AUDIT), elsewhere)


def test_what_is_given_to_one_client_names_no_other() -> None:
    theirs = record(answered(), name="000000000001", client="C-015")
    audit = (
        AuditEntry(1, TAKEN_AT, AuditAction.STORE_MADE, None, ""),
        AuditEntry(2, TAKEN_AT, AuditAction.BEGUN, theirs.id, "", "C-014"),
        AuditEntry(3, TAKEN_AT, AuditAction.CHANGED, theirs.id, "sleep", "C-014"),
        AuditEntry(4, TAKEN_AT, AuditAction.MOVED, theirs.id, "C-014 -> C-015", "C-015"),
        AuditEntry(5, TAKEN_AT, AuditAction.BEGUN, "zzzzzzzzzzzz", "", "C-014"),
        AuditEntry(6, TAKEN_AT, AuditAction.RENAMED, None, "C-014 -> C-016", "C-016"),
        AuditEntry(7, TAKEN_AT, AuditAction.EXPORTED, None, "json to /home/C-014.json", "c-015"),
    )
    text = export_of([theirs], audit, client="C-015")
    entries = [(one["action"], one["detail"]) for one in json.loads(text)["audit"]]

    assert "C-014" not in text
    assert "C-016" not in text
    assert entries == [("begun", ""), ("changed", "sleep"), ("moved", ""), ("exported", "")]


def test_the_bytes_are_ascii_so_that_no_program_changes_them(tmp_path: Path) -> None:
    text = exported([record(answered(own_words="Müde · 疲れた"))])
    file = tmp_path / "history.json"
    file.write_text(text, encoding="ascii")

    (back,) = read_history(str(file), read_export(file), LANGUAGE).records
    assert back.administration.words["own_words"] == "Müde · 疲れた"
