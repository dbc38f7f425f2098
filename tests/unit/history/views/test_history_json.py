"""Clients as JSON: what a sitting and a critical entry are is written as in every other output."""

from __future__ import annotations

import json
from datetime import timedelta

from moodcheck.core.administration import administer
from moodcheck.history.listing import client_list
from moodcheck.history.views import history_json
from tests.history_outputs import NOW, list_of, summary_of
from tests.records import record
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, answered
from tests.unit.terminal.fakes import panel


def test_a_client_has_the_last_sitting_and_the_entries_of_a_list_of_sittings() -> None:
    kept = [record(answered(death_thoughts=1))]
    clients = client_list(kept, LANGUAGE, panel(), NOW)

    (client,) = json.loads(history_json.client_list(clients))
    (sitting,) = json.loads(history_json.record_list(list_of(kept)))
    assert client["not_acknowledged"] == sitting.pop("critical")
    assert client["notice"] == sitting.pop("notice")
    assert client["last"] == sitting


def test_a_time_is_written_to_the_second_everywhere() -> None:
    at = TAKEN_AT + timedelta(microseconds=123_456)
    kept = record(administer(SYMPTOMS, {}, taken_at=at))

    shown = json.loads(history_json.record(summary_of(kept)))
    assert shown["taken_at"] == shown["summary"]["taken_at"] == TAKEN_AT.isoformat()
