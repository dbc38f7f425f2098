"""A history that was damaged is told as damaged, in one message; it is never read as another.

`just faults` flips every bit of one and cuts it off after every byte; here it is a sample of both.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from itertools import islice
from pathlib import Path

import pytest

from moodcheck.errors import BadData, Locked
from moodcheck.history.record import SittingMode
from moodcheck.history.store.keys import SALT, Secret, StoreKey
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from moodcheck.history.store.store_file import PAGE
from tests.shipped import SYMPTOMS, TAKEN_AT

STRIDE = int(os.environ.get("DAMAGE_STRIDE", "53"))
"""Every so manieth byte is changed; every bit of each where that is 1."""

_EDGE_STRIDE = 5

PARTS = 2
"""Tests that share the work, side by side."""

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
MOST_TOLD = 6
"""Problems of a history with one sitting: the page, what is lost by it, parts of the audit."""
TAIL = 80
"""Bytes at the end of every page: the initialization vector and the code that vouches for it."""


@dataclass(frozen=True)
class Whole:
    """A history before it is damaged."""

    path: Path
    content: bytes
    read: tuple[object, ...]
    key: StoreKey
    """What its passphrase is made into; it opens in no time."""


@pytest.fixture
def whole(tmp_path: Path) -> Whole:
    path = tmp_path / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = store.begin("C-014", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
        store.put(record, "sleep", 2, TAKEN_AT)
        store.note(record, "sleep", "since spring", TAKEN_AT)
        store.let_go(record)
        # A byte on a page that nobody reads would be no damage.
        assert not store._connection.pragma("freelist_count")
        read = tuple(one() for one in readings(store))
    content = path.read_bytes()
    return Whole(path, content, read, StoreKey.of(PASSPHRASE, content[:SALT]))


def readings(store: EncryptedStore) -> tuple[Callable[[], object], ...]:
    return store.records, store.clients, store.unacknowledged, store.audit


def outcome(whole: Whole, secret: Secret) -> str:
    """Return how the file is told as it now is; fail where it is read as something else."""
    before = whole.path.read_bytes()
    try:
        with open_store(whole.path, secret) as store:
            problems = store.verify().problems
            for one, right in zip(readings(store), whole.read, strict=True):
                with suppress(BadData):
                    assert one() == right
        told = "verify" if problems else "equal"
        assert len({str(problem) for problem in problems}) == len(problems) <= MOST_TOLD
    except (BadData, Locked) as error:
        is_one_message = bool(error.mend) and len(str(error).splitlines()) == 1
        told = type(error).__name__ if is_one_message else f"unclear: {error}"
    assert whole.path.read_bytes() == before
    assert [file.name for file in whole.path.parent.iterdir()] == [whole.path.name]
    return told


def flips(size: int) -> Iterator[tuple[int, int]]:
    """Yield which bits are flipped, each as a byte and what to change in it.

    Of the first page every byte; of the others a few, and more where they begin and end.
    """
    for offset in range(SALT, size):
        in_page = offset % PAGE
        is_edge = in_page < SALT or in_page >= PAGE - TAIL
        if STRIDE == 1:
            yield from ((offset, 1 << bit) for bit in range(8))
        elif offset < PAGE or not offset % (_EDGE_STRIDE if is_edge else STRIDE):
            yield offset, 1 << offset % 8


@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_flipped_bit_anywhere_is_told(whole: Whole, part: int) -> None:
    told: dict[str, Counter[str]] = {"first page": Counter(), "others": Counter()}
    with whole.path.open("r+b", buffering=0) as file:
        for offset, bit in islice(flips(len(whole.content)), part, None, PARTS):
            _put(file, offset, whole.content[offset] ^ bit)
            page = "first page" if offset < PAGE else "others"
            told[page][outcome(whole, whole.key)] += 1
            _put(file, offset, whole.content[offset])

    # It is the first page by which a passphrase is known to be the right one.
    assert set(told["first page"]) == {"Locked"}
    assert set(told["others"]) == {"verify"}
    assert told["first page"].total() >= (PAGE - SALT) // PARTS
    print(f"{told['first page'].total() + told['others'].total()} bits")  # noqa: T201 - for the docs


def test_a_flipped_bit_in_the_salt_is_told(whole: Whole) -> None:
    told = Counter[str]()
    for offset in range(SALT):
        for bit in range(8) if STRIDE == 1 else [offset % 8]:
            changed = bytearray(whole.content)
            changed[offset] ^= 1 << bit
            whole.path.write_bytes(changed)
            told[outcome(whole, PASSPHRASE)] += 1

    assert set(told) == {"Locked"}


@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", range(PARTS))
def test_a_file_that_was_cut_off_anywhere_is_told(whole: Whole, part: int) -> None:
    size = len(whole.content)
    near = {at + by for at in range(0, size, PAGE) for by in (-1, 0, 1)}
    lengths = sorted({*near, *range(0, size, STRIDE)} & set(range(size)), reverse=True)
    told = Counter[str]()
    for length in lengths[part::PARTS]:
        os.truncate(whole.path, length)
        told[outcome(whole, whole.key)] += 1

    assert set(told) <= {"BadData", "DamagedError"}
    assert told.total() > size // PAGE
    print(f"{told.total()} lengths")  # noqa: T201 - for the docs


@pytest.mark.parametrize("is_key", [False, True])
def test_an_unharmed_one_is_read_as_it_was(whole: Whole, *, is_key: bool) -> None:
    assert outcome(whole, whole.key if is_key else PASSPHRASE) == "equal"


def _put(file: FileIO, offset: int, byte: int) -> None:
    os.pwrite(file.fileno(), bytes([byte]), offset)
