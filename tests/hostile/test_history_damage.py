"""A history that was damaged is told as damaged, or reads as it was; never as something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.adapters.history.store import make_store, open_store
from moodcheck.domain.history import Record, SittingMode
from moodcheck.errors import BadData, IOFailed, Locked
from tests.shipped import SYMPTOMS, TAKEN_AT

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, tuple[Record, ...]]:
    path = tmp_path_factory.mktemp("whole") / "history.db"
    with make_store(path, PASSPHRASE, TAKEN_AT) as store:
        record = store.begin("C-014", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
        store.put(record, "sleep", 2, TAKEN_AT)
        kept = store.records()
    return path.read_bytes(), kept


def outcome(path: Path, content: bytes, kept: tuple[Record, ...]) -> str:
    """Return how a changed file is told."""
    path.write_bytes(content)
    try:
        with open_store(path, PASSPHRASE) as store:
            problems = store.verify()
            if problems:
                return "verify"
            assert store.records() == kept
            return "equal"
    except (BadData, IOFailed, Locked) as error:
        return type(error).__name__ if error.mend else "no mend"


def test_a_flipped_bit_on_any_page_is_told(
    tmp_path: Path, whole: tuple[bytes, tuple[Record, ...]]
) -> None:
    content, kept = whole
    told = {}
    for page in range(0, len(content), PAGE):
        # In the content, in the initialization vector, in the code that vouches for both.
        for offset in (page + 1_234, page + PAGE - 70, page + PAGE - 40):
            changed = bytearray(content)
            changed[offset] ^= 1 << (offset % 8)
            told[offset] = outcome(tmp_path / "history.db", bytes(changed), kept)

    assert set(told.values()) <= {"verify", "BadData", "Locked"}
    assert len(told) == 3 * len(content) // PAGE


@pytest.mark.parametrize("left", [0, 1, 15, 16, 100, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, -PAGE, -1])
def test_a_file_that_was_cut_off_is_told(
    tmp_path: Path, whole: tuple[bytes, tuple[Record, ...]], left: int
) -> None:
    content, kept = whole

    assert outcome(tmp_path / "history.db", content[:left], kept) in {
        "verify", "BadData", "Locked", "IOFailed",
    }  # fmt: skip


def test_an_unharmed_copy_is_equal(tmp_path: Path, whole: tuple[bytes, tuple[Record, ...]]) -> None:
    assert outcome(tmp_path / "history.db", *whole) == "equal"
