"""What is shown of saved sittings, byte for byte; see `test_golden` for how to renew it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck import api
from moodcheck.core.administration import administer
from moodcheck.history.record import AuditAction, AuditEntry, RecordState
from moodcheck.history.views import history_json
from moodcheck.history.views.audit_view import audit_document
from moodcheck.report import render_plain, render_rich
from tests.history_outputs import EVERY_OUTPUT
from tests.records import SEEN, record
from tests.shipped import SYMPTOMS, TAKEN_AT, UNITED_STATES, answered
from tests.shown import STYLE

FOLDER = Path(__file__).parent / "history"

ONES = dict.fromkeys((item.id for item in SYMPTOMS.items), 1)
TWOS = dict.fromkeys(ONES, 2)
PHQ_9 = api.load("phq-9")
NINE = dict.fromkeys((item.id for item in PHQ_9.items), 1)

KEPT = [
    record(answered(**{**TWOS, "death_thoughts": 0}), name="1aaaaaaaaaaa", sequence=1),
    record(
        administer(PHQ_9, {**NINE, "death_thoughts": 0}, taken_at=TAKEN_AT),
        name="2aaaaaaaaaaa",
        sequence=2,
    ),
    record(
        answered(**ONES, impairment=2),
        name="3aaaaaaaaaaa",
        sequence=3,
        acknowledgement=SEEN,
        state=RecordState.CLOSED,
    ),
    record(
        administer(PHQ_9, {**NINE, "mood": 3, "death_thoughts": 0}, taken_at=TAKEN_AT),
        name="4aaaaaaaaaaa",
        sequence=4,
    ),
    record(
        administer(
            SYMPTOMS,
            {**ONES, "sleep": "skipped", "death_thoughts": 0, "own_words": "I am tired of it."},
            taken_at=TAKEN_AT - timedelta(days=1),
        ),
        name="5aaaaaaaaaaa",
        sequence=5,
        alerted={"death_thoughts": 2},
        notes={"sleep": "Works at night since October."},
    ),
]


DONE = [
    (AuditAction.STORE_MADE, None, ""),
    (AuditAction.BEGUN, "1aaaaaaaaaaa", ""),
    (AuditAction.CHANGED, "1aaaaaaaaaaa", "low_mood"),
    (AuditAction.ACKNOWLEDGED, "1aaaaaaaaaaa", "death_thoughts"),
    (AuditAction.MOVED, "1aaaaaaaaaaa", "C-014 -> A-CODE-THAT-IS-AS-LONG-AS-THEY-COME"),
    (AuditAction.PASSPHRASE_CHANGED, None, ""),
    (AuditAction.DELETED, None, "unacknowledged"),
]
ENTRIES = tuple(
    AuditEntry(sequence, TAKEN_AT + timedelta(minutes=sequence), action, of, detail, of and "C-014")
    for sequence, (action, of, detail) in enumerate(DONE, start=1)
)
AUDITS: dict[str, Callable[[int], str]] = {
    "audit, rich": lambda width: render_rich.render(audit_document(ENTRIES), width=width),
    "audit, plain": lambda width: render_plain.render(audit_document(ENTRIES), width=width),
    "audit, json": lambda _width: history_json.audit(ENTRIES),
}

WIDTHS = pytest.mark.parametrize("width", [80, 40])


@WIDTHS
@pytest.mark.parametrize("name", EVERY_OUTPUT)
def test_what_is_shown_is_as_before_byte_for_byte(name: str, width: int) -> None:
    is_as_before(name, width, EVERY_OUTPUT[name](KEPT, UNITED_STATES, width))


@WIDTHS
@pytest.mark.parametrize("name", AUDITS)
def test_what_was_done_is_shown_as_before_byte_for_byte(name: str, width: int) -> None:
    is_as_before(name, width, AUDITS[name](width))


def is_as_before(name: str, width: int, shown: str) -> None:
    ending = "json" if name.endswith("json") else "txt"
    file = FOLDER / f"{name.replace(', ', '_').replace(' ', '_')}_{width}.{ending}"
    if ending == "json":
        file = FOLDER / f"{name.replace(', ', '_').replace(' ', '_').removesuffix('_json')}.json"
    # Rich fills its lines with spaces, which editors take away.
    written = "\n".join(line.rstrip() for line in STYLE.sub("", shown).split("\n"))

    if os.environ.get("UPDATE_GOLDEN") and (
        not file.exists() or file.read_text(encoding="utf-8") != written
    ):
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8")
        pytest.fail(f"{file.name} was written anew: look at what changed")
    assert written == file.read_text(encoding="utf-8")
