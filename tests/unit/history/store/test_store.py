"""What goes into a store comes out equal, and a change is there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration
from moodcheck.errors import BadData, IOFailed
from moodcheck.history.record import Import, Record, SittingMode
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from moodcheck.history.store.writing import given_in
from tests.records import histories
from tests.shipped import SYMPTOMS, TAKEN_AT
from tests.strategies import administrations
from tests.unit.core.small import questionnaire
from tests.unit.files.test_private_file import files_of_at_most

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EncryptedStore]:
    path = tmp_path_factory.mktemp("shared") / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        yield store


@given(
    administration=administrations(own_words=st.text(max_size=2_000)),
    at=st.datetimes(timezones=st.timezones()).filter(lambda at: at.tzinfo is not None),
)
def test_what_is_put_answer_by_answer_and_finished_comes_out_equal(
    shared: EncryptedStore, administration: Administration, at: datetime
) -> None:
    record = shared.begin("C-014", SYMPTOMS, SittingMode.READ_ALOUD, at)
    for item, value in given_in(administration).items():
        assert value is not None
        shared.put(record, item, value, at)
    kept = shared.record(record).administration

    assert (kept.answers, kept.words) == (administration.answers, administration.words)
    assert kept.unanswered == administration.unanswered
    # As written: times that a clock skips or has twice are never equal across zones in Python.
    assert kept.taken_at.isoformat() == at.isoformat()
    shared.finish(record, administration, at)
    assert shared.record(record).administration.answers == administration.answers


@given(history=histories(own_words=st.text(max_size=50)))
def test_a_record_that_was_carried_over_is_equal(
    shared: EncryptedStore, history: list[Record]
) -> None:
    for record in history:
        shared.delete([one.id for one in shared.records() if one.id == record.id], TAKEN_AT)
        came = shared.import_records([record], (), Import("", TAKEN_AT, "history.json", "", ()))
        assert came.records == (record.id,)
        assert shared.record(record.id) == record


@pytest.mark.parametrize(
    ("item", "answer"),
    [("nowhere", 1), ("sleep", 4), ("sleep", -1), ("sleep", True), ("own_words", "x" * 2_001)],
)
def test_an_answer_that_does_not_fit_is_refused_and_the_record_stays_readable(
    tmp_path: Path, item: str, answer: int | str
) -> None:
    with make_store(tmp_path / "history.db", PASSPHRASE, TAKEN_AT) as store:
        record = store.begin("me", SYMPTOMS, SittingMode.OWN, TAKEN_AT)
        before = store.record(record)
        with pytest.raises(BadData):
            store.put(record, item, answer, TAKEN_AT)

        assert store.record(record) == before
        assert store.verify().problems == ()


def test_on_a_full_disk_nothing_is_lost_and_with_room_again_it_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = store.begin("me", SYMPTOMS, SittingMode.OWN, TAKEN_AT)
        store.put(record, "sleep", 2, TAKEN_AT)
        size = path.with_name("history.db-wal").stat().st_size
        with files_of_at_most(size), pytest.raises(IOFailed):
            store.put(record, "sleep", 3, TAKEN_AT)
        assert store.record(record).administration.answers == {"sleep": 2}
        store.put(record, "eating", 1, TAKEN_AT)
        assert store.record(record).administration.answers == {"sleep": 2, "eating": 1}

    with open_store(path, PASSPHRASE) as store:
        assert store.verify().problems == ()
        assert store.record(record).administration.answers == {"sleep": 2, "eating": 1}


def test_an_old_sitting_is_read_with_the_questions_it_was_asked(tmp_path: Path) -> None:
    old = questionnaire()
    new = questionnaire(version="2.0.0", title="Another one")
    with make_store(tmp_path / "history.db", PASSPHRASE, TAKEN_AT) as store:
        for asked in (old, new, old):
            store.begin("me", asked, SittingMode.OWN, TAKEN_AT)

        kept = [one.administration.questionnaire for one in store.records()]
        assert kept == [old, new, old]
        (count,) = next(store._connection.execute("SELECT count(*) FROM document"))
        assert count == 2


def test_whoever_still_uses_the_old_passphrase_writes_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    store, other = make_store(path, PASSPHRASE, TAKEN_AT), open_store(path, PASSPHRASE)
    record = store.begin("me", SYMPTOMS, SittingMode.OWN, TAKEN_AT)
    assert other.record(record) == store.record(record)
    store.change_passphrase("nine loud geese", TAKEN_AT)
    with pytest.raises((BadData, IOFailed)):
        other.put(record, "sleep", 1, TAKEN_AT)
    other.close_file()
    store.put(record, "sleep", 2, TAKEN_AT)
    store.close_file()

    with open_store(path, "nine loud geese") as again:
        assert again.verify().problems == ()
        assert again.record(record).administration.answers == {"sleep": 2}
