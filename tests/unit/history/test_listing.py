"""Clients in the order in which they need somebody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from moodcheck.history.listing import ClientList, client_list
from moodcheck.history.record import Record, SittingMode
from tests.records import SEEN, record
from tests.shipped import LANGUAGE, TAKEN_AT, answered
from tests.unit.terminal.fakes import panel

ALERT, NONE = answered(death_thoughts=2), answered(death_thoughts=0)


def listed(*records: Record) -> ClientList:
    return client_list(records, LANGUAGE, panel(), TAKEN_AT + timedelta(days=1))


def test_what_nobody_acknowledged_comes_first_oldest_first_then_who_came_last() -> None:
    shown = listed(
        record(NONE, client="A", sequence=1),
        record(ALERT, client="B", sequence=2, acknowledgement=SEEN),
        record(ALERT, client="C", sequence=3),
        record(ALERT, client="D", sequence=4),
        record(NONE, client="C", sequence=5),
    )

    assert [line.client for line in shown.clients] == ["C", "D", "B", "A"]
    assert [line.record.client for line in shown.not_acknowledged] == ["C", "D"]


def test_a_client_is_one_in_any_case_with_the_last_sitting() -> None:
    (line,) = listed(record(NONE, client="c-1"), record(NONE, client="C-1", sequence=2)).clients

    assert (line.client, line.sittings, line.last.sequence) == ("c-1", 2, 2)


def test_a_persons_own_check_ins_are_no_clients() -> None:
    assert listed(record(ALERT, client="me", mode=SittingMode.OWN)).clients == ()


def test_it_cannot_be_made_without_saying_that_it_is_no_diagnosis() -> None:
    with pytest.raises(ValueError, match="not a diagnosis"):
        ClientList((), notice="", help=panel())


def test_help_comes_first_where_urgent_advice_waits_whatever_set_it() -> None:
    skipped = record(answered(death_thoughts="skipped", low_mood=1))
    urgent = record(answered(death_thoughts="skipped", unreal=1))

    assert not listed(skipped).help_first
    assert listed(urgent).help_first
    assert not listed(record(ALERT, acknowledgement=SEEN)).help_first
