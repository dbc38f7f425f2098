"""What was changed outside is named and marked; no file can take an alert out of sight."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from moodcheck.errors import BadData
from moodcheck.history.exchange.reading import read_history
from moodcheck.history.exported import Exported
from moodcheck.history.importing import import_records, plan_import
from moodcheck.history.record import AuditAction, AuditEntry, CriticalKind, Record, SittingMode
from tests.exports import ELSEWHERE, export_of, resealed
from tests.fakes import ForgetfulStore
from tests.records import SEEN, record
from tests.shipped import CHECKOUT, LANGUAGE, SYMPTOMS, TAKEN_AT, answered

VERSION_1 = (CHECKOUT / "tests" / "golden" / "history" / "export-1.json").read_bytes()
CRITICAL = "death_thoughts"
NAMES = ("aaaaaaaaaaa1", "aaaaaaaaaaa2", "aaaaaaaaaaa3")
KEPT = (
    record(
        answered(low_mood=1, death_thoughts=2, own_words="SECRET"),
        name=NAMES[0],
        notes={"sleep": "SECRET"},
        acknowledgement=SEEN,
    ),
    record(answered(death_thoughts=0), name=NAMES[1], alerted={CRITICAL: 2}, sequence=2),
    record(answered(death_thoughts=0), name=NAMES[2], sequence=3),
)
AUDIT = (
    AuditEntry(1, TAKEN_AT, AuditAction.STORE_MADE, None, ""),
    AuditEntry(2, TAKEN_AT, AuditAction.BEGUN, NAMES[0], "", "C-014"),
)
GOOD = export_of(KEPT, AUDIT)

Document = dict[str, Any]


def read(content: str | bytes | Document) -> Exported:
    if isinstance(content, dict):
        content = json.dumps(content)
    data = content.encode() if isinstance(content, str) else content
    return read_history("history.json", data, LANGUAGE)


def changed(edit: Callable[[list[Document]], object]) -> Document:
    document: Document = json.loads(GOOD)
    edit(document["sittings"])
    return document


def of(exported: Exported, name: str) -> Record:
    return next(one for one in exported.records if one.id == name)


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        (lambda s: s[2]["answers"].update(low_mood=1), NAMES[2:]),
        (lambda s: s[0]["words"].update(own_words="other"), NAMES[:1]),
        (lambda s: s[1].update(client="C-020"), NAMES[1:2]),
        (lambda s: s[1].update(taken_at="2026-11-25T09:30:00+01:00"), NAMES[1:2]),
        (lambda s: s[0]["critical"][0].update(acknowledgement=None), NAMES[:1]),
        # One taken out, or put elsewhere: nobody can tell more than between which two.
        (lambda s: s.pop(1), [NAMES[0], NAMES[2]]),
        (lambda s: s.pop(0), NAMES[1:2]),
        (lambda s: s.pop(2), NAMES[1:2]),
        (lambda s: s.reverse(), NAMES),
    ],
)
def test_what_was_changed_outside_is_named(
    edit: Callable[[list[Document]], object], named: tuple[str, ...]
) -> None:
    document = changed(edit)
    for row in document["sittings"]:
        # In the file of whoever edits it, what blank answers are is left to chance.
        for item in row["answers"]:
            row["unanswered"].pop(item, None)
    found = read(document)

    assert found.changed == set(named)
    assert not found.is_as_written
    assert {one.id for one in found.records if one.changed_outside} == set(named)


@pytest.mark.parametrize(
    "edit",
    [
        lambda d: d.update(exported_at="2026-11-25T09:30:00+01:00"),
        lambda d: d.update(notice="All is well with a doctor."),
        lambda d: d["audit"].pop(),
        lambda d: d["audit"][1].update(action="closed"),
        lambda d: d.update(lost=[{"where": "x", "what": "y"}]),
    ],
)
def test_what_was_changed_around_the_sittings_is_told_too(
    edit: Callable[[Document], object],
) -> None:
    document = json.loads(GOOD)
    edit(document)
    found = read(document)

    assert (found.is_as_written, found.changed) == (False, frozenset())


def test_a_file_that_was_only_laid_out_anew_is_as_it_was_written() -> None:
    found = read(json.dumps(json.loads(GOOD), sort_keys=True, ensure_ascii=False))

    assert found == read(GOOD)
    assert found.is_as_written


def test_an_acknowledgement_of_a_changed_sitting_is_not_believed() -> None:
    seen = json.loads(GOOD)["sittings"][0]["critical"][0]["acknowledgement"]
    document = changed(lambda s: s[1]["critical"][0].update(acknowledgement=seen))
    (entry,) = of(read(document), NAMES[1]).critical

    assert (entry.alerted, entry.now, entry.acknowledgement) == (2, 0, None)


def test_critical_states_are_worked_out_from_the_answers_and_never_taken_from_the_file() -> None:
    """Also where somebody who forges the file works out every hash anew."""

    def edit(sittings: list[Document]) -> None:
        sittings[0]["critical"].clear()
        sittings[0]["not_acknowledged"] = []
        sittings[1]["critical"][0].update(now=2, kind="advice", alerted=1)
        sittings[2]["unanswered"] |= {CRITICAL: "skipped"}
        del sittings[2]["answers"][CRITICAL]

    found = read(resealed(changed(edit)))
    entries = {one.id: {entry.item: entry for entry in one.critical} for one in found.records}

    assert found.is_as_written  # nobody can tell
    alert = entries[NAMES[0]][CRITICAL]
    assert (alert.kind, alert.alerted, alert.now) == (CriticalKind.ALERT, 2, 2)
    assert alert.acknowledgement is None
    kept = entries[NAMES[1]][CRITICAL]
    assert (kept.alerted, kept.now) == (1, 0)
    skipped = entries[NAMES[2]][CRITICAL]
    assert (skipped.kind, skipped.now) == (CriticalKind.UNANSWERED, "skipped")


def test_an_acknowledgement_of_less_does_not_cover_more() -> None:
    def edit(sittings: list[Document]) -> None:
        sittings[0]["critical"][0].update(alerted=1)
        sittings[0]["answers"][CRITICAL] = 3

    (entry,) = [
        one for one in of(read(resealed(changed(edit))), NAMES[0]).critical if one.item == CRITICAL
    ]
    assert (entry.alerted, entry.now, entry.acknowledgement) == (3, 3, None)


def test_a_file_of_version_1_is_read_whole_and_says_that_it_has_no_hashes() -> None:
    found = read(VERSION_1)

    assert (found.has_hashes, found.store, found.audit) == (False, "", ())
    # They stay in the order of the history that they came from, whichever that was.
    assert {len(one.origin) for one in found.records} == {16}
    assert len({one.origin for one in found.records}) == 1
    assert [(one.client, one.sequence, one.mode, one.state) for one in found.records] == [
        ("me", 1, "own", "closed"),
        ("C-014", 2, "read_aloud", "closed"),
        ("C-014", 3, "hand_over", "open"),
        ("C-021", 4, "read_aloud", "answered"),
        ("C-020", 5, "read_aloud", "answered"),
    ]
    alerted = [
        (entry.alerted, entry.now)
        for one in found.records
        for entry in one.critical
        if entry.item == CRITICAL
    ]
    assert alerted == [(2, 2), (1, 1), (3, 0), (1, 1), (None, "skipped")]
    assert found.records[0].administration.words["own_words"] == "Müde · 疲れた"
    assert found.records[1].critical[0].acknowledgement is not None
    assert dict(found.records[1].notes) == {"sleep": "Works at night since October."}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda r: (r["critical"].clear(), r["not_acknowledged"].clear()), "is not there"),
        (lambda r: r["critical"][0].update(alerted=1, now=1), "is not there"),
        (lambda r: r.update(not_acknowledged=["sleep"]), "nobody acknowledged"),
        (lambda r: r.update(extra=1), r"records\[0\].extra: Extra inputs"),
    ],
)
def test_an_alert_cannot_be_taken_out_of_a_file_of_version_1(
    edit: Callable[[Document], object], said: str
) -> None:
    document = json.loads(VERSION_1)
    edit(document["records"][0])

    with pytest.raises(BadData, match=said):
        read(document)


HOSTILE: dict[str, Document] = {
    "2^63": {"sequence": 2**63},
    "2^53 - 1": {"sequence": 2**53 - 1},
    "2^53 - 1 of our own": {"sequence": 2**53 - 1, "origin": "ours"},
    "99,999 of our own": {"sequence": 99_999, "origin": "ours"},
    "the year 1": {"taken_at": "0001-01-01T00:00:00+23:59"},
    "the year 9999": {"taken_at": "9999-12-31T23:59:59-23:59"},
    "the first moment": {"taken_at": "1900-01-01T00:00:00.000001+23:59:59"},
    "the last moment": {"taken_at": "2199-12-31T23:59:59.999999-23:59:59"},
    "no sequence of its own": {"sequence": 0},
}


REFUSED = ["2^63", "2^53 - 1 of our own", "the year 1", "the year 9999"]


@pytest.mark.parametrize("hostile", REFUSED)
def test_a_hostile_date_or_number_is_refused_by_name(hostile: str) -> None:
    store = ForgetfulStore()
    own = {"origin": store.id} if "our own" in hostile else {}
    document = resealed(changed(lambda s: s[0].update(HOSTILE[hostile] | own)))

    with pytest.raises(BadData) as refused:
        import_records(store, plan_import(store, read(document), {}), at=TAKEN_AT, source="x")
    assert NAMES[0] in str(refused.value) or "sittings[0]" in str(refused.value)
    assert store.records() == ()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_date_never_makes_our_own_export_unreadable(hostile: str) -> None:
    store = ForgetfulStore()
    values = {**HOSTILE[hostile]}
    if values.get("origin") == "ours":
        values["origin"] = store.id
    document = resealed(changed(lambda s: s[0].update(values)))
    with suppress(BadData):
        plan = plan_import(store, read(document), {})
        import_records(store, plan, at=TAKEN_AT, source="history.json")

    for _again in range(2):
        begun = store.begin("C-014", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
        store.finish(begun, answered(death_thoughts=1), TAKEN_AT)
    kept = store.records()
    back = read(export_of(kept, store.audit(), store=store.id))
    assert back.is_as_written
    assert [replace(one, brought_by=None) for one in kept] == list(back.records)
    other = ForgetfulStore()
    assert import_records(other, plan_import(other, back, {}), at=TAKEN_AT, source="x") is not None


def test_the_export_that_is_changed_here_is_a_good_one() -> None:
    found = read(GOOD)

    assert found.records == KEPT
    assert found.is_as_written
    assert found.audit == tuple(replace(one, origin=ELSEWHERE) for one in AUDIT)
