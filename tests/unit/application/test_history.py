"""What may be done with saved sittings: nothing is made, moved or taken in by a slip."""

from __future__ import annotations

import pytest

from moodcheck.application.history import move, records_of, take_in
from moodcheck.domain.history import AuditAction, Record, SittingMode
from moodcheck.errors import BadData, InputNotFound, UsageError
from tests.fakes import ForgetfulStore
from tests.records import record
from tests.shipped import TAKEN_AT, answered

ONE = record(answered(sleep=1), name="aaaaaaaaaaa1", client="C-014", sequence=1)
OTHER = record(answered(sleep=2), name="aaaaaaaaaaa2", client="C-015", sequence=2)


def store_of(*records: Record) -> ForgetfulStore:
    store = ForgetfulStore()
    for one in records:
        store.keep(one)
    return store


def never(code: str) -> bool:
    raise AssertionError(code)


def test_records_are_a_clients_whatever_the_case_or_everybodys() -> None:
    store = store_of(ONE, OTHER)

    assert records_of(store, "c-014") == (ONE,)
    assert records_of(store, None) == (ONE, OTHER)


@pytest.mark.parametrize(
    ("client", "said"),
    [
        ("C-14", "Did you mean 'C-014'"),
        ("me", "--all shows every client"),
        ("Q", "2 clients are known"),
    ],
)
def test_where_nothing_is_saved_it_is_said_what_is(client: str, said: str) -> None:
    with pytest.raises(InputNotFound, match=said):
        records_of(store_of(ONE, OTHER), client)
    with pytest.raises(InputNotFound, match="Nothing is saved yet"):
        records_of(store_of(), client)


def test_a_known_code_is_taken_as_it_was_first_written_and_asks_nobody() -> None:
    store = store_of(ONE, OTHER)

    assert move(store, ONE.id, "c-015", may_make=never, at=TAKEN_AT) == "C-015"
    assert [one.client for one in store.records()] == ["C-015", "C-015"]
    assert store.audit()[-1].action is AuditAction.MOVED


def test_an_unknown_code_is_made_only_after_a_yes() -> None:
    store = store_of(ONE, OTHER)

    assert move(store, ONE.id, "C-016", may_make=lambda _: False, at=TAKEN_AT) is None
    assert store.records() == (ONE, OTHER)
    assert move(store, ONE.id, "C-016", may_make=lambda code: code == "C-016", at=TAKEN_AT)
    assert store.record(ONE.id).client == "C-016"


def test_nobody_is_asked_about_a_code_for_a_record_that_is_not_there() -> None:
    with pytest.raises(InputNotFound):
        move(store_of(ONE), "zzzzzzzzzzzz", "C-016", may_make=never, at=TAKEN_AT)
    with pytest.raises(UsageError):
        move(store_of(ONE), ONE.id, "C 16", may_make=never, at=TAKEN_AT)


def test_what_is_there_already_is_left_alone() -> None:
    store = store_of(ONE)

    assert take_in(store, [ONE, OTHER], at=TAKEN_AT).records == (OTHER.id,)
    assert store.records() == (ONE, OTHER)
    assert [entry.action for entry in store.audit()] == [AuditAction.IMPORTED] * 2


def test_one_contradiction_keeps_out_everything_and_each_is_named() -> None:
    changed = [
        record(answered(sleep=3), name=one.id, client=one.client, mode=SittingMode.OWN)
        for one in (ONE, OTHER)
    ]
    new = record(answered(), name="aaaaaaaaaaa9", sequence=9)
    store = store_of(ONE, OTHER)

    with pytest.raises(BadData) as refused:
        take_in(store, [new, *changed], at=TAKEN_AT)
    assert [problem.where for problem in refused.value.problems] == [
        f"record {ONE.id}",
        f"record {OTHER.id}",
    ]
    assert store.records() == (ONE, OTHER)
