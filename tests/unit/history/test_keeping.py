"""What may be done with saved sittings: nothing is made, moved or taken in by a slip."""

from __future__ import annotations

import pytest

from moodcheck.errors import InputNotFound, UsageError
from moodcheck.history.keeping import move, records_of, rename_client, sitting
from moodcheck.history.record import AuditAction, Record
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


def yes(_code: str, _known: object) -> bool:
    return True


def no(_code: str, _known: object) -> bool:
    return False


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
    with pytest.raises(InputNotFound, match="1 client is known"):
        records_of(store_of(ONE), "Q")
    with pytest.raises(InputNotFound, match="Nothing is saved yet"):
        records_of(store_of(), client)


def test_a_known_code_is_taken_as_it_was_first_written_after_a_yes() -> None:
    store = store_of(ONE, OTHER)
    asked: list[tuple[str, bool]] = []

    def may(code: str, is_known: bool) -> bool:
        asked.append((code, is_known))
        return len(asked) > 1

    assert move(store, ONE, "c-015", may=may, at=TAKEN_AT) is None
    assert store.records() == (ONE, OTHER)
    assert move(store, ONE, "c-015", may=may, at=TAKEN_AT) == "C-015"
    assert asked == [("C-015", True)] * 2
    assert [one.client for one in store.records()] == ["C-015", "C-015"]
    assert store.audit()[-1].action is AuditAction.MOVED


def test_an_unknown_code_is_made_only_after_a_yes() -> None:
    store = store_of(ONE, OTHER)

    assert move(store, ONE, "C-016", may=no, at=TAKEN_AT) is None
    assert store.records() == (ONE, OTHER)
    assert move(store, ONE, "C-016", may=lambda _code, known: not known, at=TAKEN_AT) == "C-016"
    assert store.record(ONE.id).client == "C-016"


def test_nobody_is_asked_where_nothing_would_change_or_nothing_could() -> None:
    assert move(store_of(ONE), ONE, "c-014", may=no, at=TAKEN_AT) == "C-014"
    with pytest.raises(UsageError):
        move(store_of(ONE), ONE, "C 16", may=no, at=TAKEN_AT)


def test_a_sitting_is_found_by_the_unique_beginning_of_its_id() -> None:
    store = store_of(ONE, OTHER)

    assert sitting(store, "AAAAAAAAAAA1") == ONE
    assert sitting(store_of(ONE), "a") == ONE
    with pytest.raises(UsageError) as refused:
        sitting(store, "aaaa")
    for one in (ONE, OTHER):
        assert f"{one.id} of 2026-11-24 09:30" in str(refused.value)
    for name in ("", "b", "aaaaaaaaaaa1x", "%"):
        with pytest.raises(InputNotFound):
            sitting(store, name)


def test_a_client_is_renamed_with_everything_and_never_made_one_with_another() -> None:
    store = store_of(ONE, OTHER)

    assert rename_client(store, "c-014", "C-114", may=no, at=TAKEN_AT) == 0
    assert rename_client(store, "c-014", "C-114", may=yes, at=TAKEN_AT) == 1
    assert [one.client for one in store.records()] == ["C-114", "C-015"]
    assert store.audit()[-1].detail == "C-014 -> C-114"
    with pytest.raises(UsageError, match="never made one"):
        rename_client(store, "C-114", "c-015", may=yes, at=TAKEN_AT)
    with pytest.raises(InputNotFound):
        rename_client(store, "C-999", "C-1", may=yes, at=TAKEN_AT)
    assert rename_client(store, "C-114", "c-114", may=yes, at=TAKEN_AT) == 1
