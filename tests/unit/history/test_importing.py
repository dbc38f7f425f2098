"""An import mixes nothing silently, and is done as it was planned or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from moodcheck.errors import BadData, InputNotFound, UsageError
from moodcheck.history.exported import Exported
from moodcheck.history.importing import Plan, import_named, import_records, plan_import
from moodcheck.history.record import AuditAction, AuditEntry, Import, Record, SittingMode
from tests.exports import ELSEWHERE
from tests.fakes import ForgetfulStore
from tests.records import SEEN, record
from tests.shipped import TAKEN_AT, answered

OWN = record(answered(sleep=1), name="ownaaaaaaaa1", client="me", mode=SittingMode.OWN)
ONE = record(answered(sleep=1), name="aaaaaaaaaaa1", client="C-014")
TWO = record(answered(sleep=2), name="aaaaaaaaaaa2", client="C-015", sequence=2)


def planned(
    store: ForgetfulStore,
    *records: Record,
    renamed: Mapping[str, str] | None = None,
    audit: tuple[AuditEntry, ...] = (),
    origin: str = ELSEWHERE,
) -> Plan:
    exported = Exported(records, TAKEN_AT, origin, audit)
    return plan_import(store, exported, renamed or {})


def asked_about(plan: Plan, *accepted: str) -> list[str]:
    return [one.under for one in plan.not_accepted(accepted)]


def imported(store: ForgetfulStore, plan: Plan) -> Import:
    came = import_records(store, plan, at=TAKEN_AT, source="c-014.json")
    assert came is not None
    return came


def store_of(*records: Record) -> ForgetfulStore:
    store = ForgetfulStore()
    store.keep(*records)
    return store


def test_a_file_shows_whom_it_brings_how_often_and_from_when_to_when() -> None:
    later = answered(sleep=3)
    later = replace(later, taken_at=TAKEN_AT + timedelta(days=9))
    again = record(later, name="aaaaaaaaaaa3", client="c-014", sequence=3)
    plan = planned(store_of(ONE), ONE, TWO, again)

    shown = [(one.code, one.sittings, one.new, one.here) for one in plan.brought]
    assert shown == [("C-014", 2, 1, 1), ("C-015", 1, 1, 0)]
    assert (plan.brought[0].first, plan.brought[0].last) == (TAKEN_AT, later.taken_at)
    assert (plan.known, [one.id for one in plan.new]) == (1, [TWO.id, again.id])


def test_a_code_that_is_here_already_has_to_be_accepted_in_any_case() -> None:
    new = record(answered(), name="aaaaaaaaaaa9", client="c-014", sequence=9)
    plan = planned(store_of(ONE), new, TWO)

    assert asked_about(plan) == ["C-014"]
    assert asked_about(plan, "c-014") == []
    assert asked_about(planned(store_of(ONE), new, renamed={"C-014": "C-114"})) == []
    # It is the new code that has to be free.
    assert asked_about(planned(store_of(ONE), TWO, renamed={"C-015": "C-014"})) == ["C-014"]


def test_two_clients_of_a_file_become_one_only_when_that_is_accepted() -> None:
    plan = planned(store_of(), ONE, TWO, renamed={"C-015": "C-014"})

    assert asked_about(plan) == ["C-014", "C-014"]


def test_where_nothing_is_new_nothing_is_asked_and_nothing_entered() -> None:
    store = store_of(ONE)
    plan = planned(store, ONE)

    assert asked_about(plan) == []
    assert import_records(store, plan, at=TAKEN_AT, source="x") is None
    assert len(store.imports()) == 1


def test_me_of_another_history_is_somebody_else() -> None:
    assert asked_about(planned(store_of(ONE), OWN)) == ["me"]
    assert asked_about(planned(store_of(), OWN)) == []
    store = store_of(ONE)
    assert asked_about(planned(store, OWN, origin=store.id)) == []


def test_a_client_cannot_be_filed_where_nobody_has_to_acknowledge() -> None:
    with pytest.raises(UsageError, match="own check-ins"):
        planned(store_of(), ONE, renamed={"c-014": "ME"})


def test_a_code_that_the_file_does_not_bring_is_refused_with_those_it_brings() -> None:
    with pytest.raises(UsageError, match=r"nothing of 'C-013'.*Did you mean 'C-01[45]'\?"):
        planned(store_of(), ONE, TWO, renamed={"C-013": "C-114"})


def test_what_is_here_already_stays_as_it_is_wherever_it_is_filed_by_now() -> None:
    store = store_of(ONE)
    store.move(ONE.id, "C-020", TAKEN_AT)
    plan = planned(store, replace(ONE, notes={"sleep": "new"}), TWO)
    imported(store, plan)

    assert plan.tells_more == (ONE.id,)
    assert store.record(ONE.id).client == "C-020"
    assert store.record(ONE.id).notes == {}
    assert plan.brought[0].must_be_accepted is False


def test_one_contradiction_keeps_out_everything_and_each_is_named() -> None:
    changed = [record(answered(sleep=3), name=one.id, client=one.client) for one in (ONE, TWO)]
    new = record(answered(), name="aaaaaaaaaaa9", sequence=9)
    store = store_of(ONE, TWO)

    with pytest.raises(BadData) as refused:
        planned(store, new, *changed)
    assert [problem.where for problem in refused.value.problems] == [
        f"sitting {ONE.id}",
        f"sitting {TWO.id}",
    ]
    assert len(store.records()) == 2


def test_what_was_done_elsewhere_comes_along_under_the_codes_of_here() -> None:
    begun = AuditEntry(1, TAKEN_AT, AuditAction.BEGUN, ONE.id, "", "C-014", "0.1", ELSEWHERE)
    listed = AuditEntry(2, TAKEN_AT, AuditAction.LISTED, None, "", "C-099", "0.1", ELSEWHERE)
    store = store_of()
    before = len(store.audit())
    ours = replace(begun, sequence=3, origin=store.id)
    imported(store, planned(store, ONE, renamed={"C-014": "C-1"}, audit=(begun, listed, ours)))

    elsewhere = [one for one in store.audit()[before:] if one.origin]
    assert [(one.sequence, one.client) for one in elsewhere] == [(1, "C-1"), (2, None)]
    assert {one.origin for one in elsewhere} == {ELSEWHERE}


def test_an_import_can_be_undone_as_a_whole() -> None:
    store = store_of(ONE)
    entry = AuditEntry(1, TAKEN_AT, AuditAction.BEGUN, TWO.id, "", "C-015", "0.1", ELSEWHERE)
    came = imported(store, planned(store, ONE, TWO, OWN, renamed={"me": "C-016"}, audit=(entry,)))
    store.note(TWO.id, "sleep", "since then", TAKEN_AT)
    store.acknowledge(TWO.id, "death_thoughts", SEEN)
    store.move(TWO.id, "C-014", TAKEN_AT)

    found = import_named(store, came.id[:8])
    assert set(found.records) == {TWO.id, OWN.id}
    assert store.undo_import(found.id, TAKEN_AT) == 2
    assert [one.id for one in store.records()] == [ONE.id]
    assert [one for one in store.audit() if one.origin] == []
    with pytest.raises(InputNotFound):
        import_named(store, came.id)


@pytest.mark.parametrize("name", ["", "zzzz"])
def test_an_import_that_is_not_there_is_not_found(name: str) -> None:
    with pytest.raises(InputNotFound):
        import_named(store_of(ONE), name)
