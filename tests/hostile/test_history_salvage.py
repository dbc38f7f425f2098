"""One damaged page loses what stood on it, and does not block what can be read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from moodcheck.history.record import Acknowledgement, AuditEntry, Record, Salvage, SittingMode
from moodcheck.history.store.keys import SALT, StoreKey
from moodcheck.history.store.store import make_store, open_store
from moodcheck.history.store.store_file import PAGE
from tests.shipped import SYMPTOMS, TAKEN_AT, answered

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
SITTINGS = 40
CRITICAL = SYMPTOMS.critical[0].item


@dataclass(frozen=True)
class Whole:
    """A history before it is damaged."""

    path: Path
    content: bytes
    key: StoreKey
    records: tuple[Record, ...]
    audit: tuple[AuditEntry, ...]

    def with_damage(self, *pages: int) -> Salvage:
        """Return what is read of it where one bit of each of these pages is flipped."""
        content = bytearray(self.content)
        for page in pages:
            content[page * PAGE + 2_000] ^= 1
        self.path.write_bytes(content)
        with open_store(self.path, self.key) as store:
            problems = store.verify().problems
            found = store.salvage([SYMPTOMS])
        assert bool(problems) is bool(pages)
        # Without the questionnaires that this version knows, verifying may find more lost.
        assert {one.where for one in found.lost} <= {one.where for one in problems}
        return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    path = tmp_path_factory.mktemp("salvage") / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        for number in range(SITTINGS):
            at = TAKEN_AT + timedelta(days=number)
            record = store.begin(f"C-{number % 9}", SYMPTOMS, SittingMode.READ_ALOUD, at)
            sitting = answered(sleep=1, own_words="to rest " * 30, **{CRITICAL: number % 3})
            store.put(record, CRITICAL, 2, at)
            store.finish(record, sitting, at)
            store.note(record, "sleep", "since spring " * 20, at)
            store.acknowledge(record, CRITICAL, Acknowledgement("AB", at, "Called"))
        records, audit = store.records(), store.audit()
    content = path.read_bytes()
    return Whole(path, content, StoreKey.of(PASSPHRASE, content[:SALT]), records, audit)


def named(found: Salvage, record: Record) -> bool:
    """Return whether something of a record is said to be lost."""
    places = [problem.where for problem in found.lost]
    return f"sitting {record.id}" in places or "sittings" in places or "sitting ?" in places


def wrongs(whole: Whole, found: Salvage) -> Iterator[str]:
    """Yield what was read as something else, or is missing without a word."""
    read = {record.id: record for record in found.records}
    for record in whole.records:
        if read.get(record.id) == record:
            continue
        if not named(found, record):
            yield f"{record.id} is not as it was, and nobody says so"
        if record.id in read:
            left = read[record.id]
            if left.administration != record.administration:
                yield f"{record.id} has other answers"
            if {one.item for one in left.critical} < {one.item for one in record.critical} and (
                not left.unacknowledged
            ):
                yield f"an alert of {record.id} is out of sight"
    for entry in found.audit:
        if entry not in whole.audit:
            yield f"audit entry {entry.sequence} is another"
    if len(found.audit) < len(whole.audit) and "audit" not in str(found.lost):
        yield "audit entries are missing, and nobody says so"


def test_of_a_whole_one_everything_is_read_and_nothing_lost(whole: Whole) -> None:
    found = whole.with_damage()

    assert found == Salvage(whole.records, whole.audit, ())


def test_one_damaged_page_does_not_block_what_can_be_read(whole: Whole) -> None:
    """Whichever it is; the first page is the one by which a passphrase is known."""
    left = Counter[str]()
    pages = range(1, len(whole.content) // PAGE)
    for page in pages:
        found = whole.with_damage(page)
        assert list(wrongs(whole, found)) == [], page
        left["records"] += len(found.records)
        left["audit"] += len(found.audit)
        left["nothing"] += not found.records

    # Where the page is the root of a whole table, all of that table is lost.
    assert left["nothing"] <= 3
    assert left["records"] > 0.85 * len(pages) * SITTINGS
    assert left["audit"] > 0.85 * len(pages) * len(whole.audit)


def test_a_damaged_questionnaire_loses_no_sitting_where_it_is_known(whole: Whole) -> None:
    whole.path.write_bytes(whole.content)
    with open_store(whole.path, whole.key) as store:
        store._connection.execute("UPDATE document SET content = 'x'")
        known, unknown = store.salvage([SYMPTOMS]), store.salvage()
    whole.path.write_bytes(whole.content)

    assert known.records == whole.records
    assert unknown.records == ()
    assert len(unknown.lost) == SITTINGS


@pytest.mark.parametrize("seed", range(int(os.environ.get("SALVAGE_ROUNDS", "4"))))
def test_of_several_damaged_pages_the_same_holds(whole: Whole, seed: int) -> None:
    pages = range(1 + seed, len(whole.content) // PAGE, 9)

    assert list(wrongs(whole, whole.with_damage(*pages))) == []
