"""Lines become a stream that has each of their bytes once, in time that grows as they do."""

from __future__ import annotations

import io
import time

import pytest

from moodcheck.batch.tables.as_csv import LineStream

LINES = [b"a\n", b"", b"bc\n", b"d" * 50 + b"\n", b"e"]


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_each_byte_is_read_once_whatever_is_asked_for(size: int) -> None:
    stream = LineStream(iter(LINES))

    assert b"".join(iter(lambda: stream.read(size), b"")) == b"".join(LINES)


def test_what_is_read_at_once_is_full_until_the_last() -> None:
    stream = io.BufferedReader(LineStream(iter(LINES)), 16)

    assert [len(block) for block in iter(lambda: stream.read(20), b"")] == [20, 20, 17]


def test_many_lines_are_read_at_once_in_time() -> None:
    line = b"x" * 59 + b"\n"
    buffer = bytearray(200_000 * len(line))
    start = time.process_time()

    assert LineStream(iter([line] * 200_000)).readinto(memoryview(buffer)) == len(buffer)
    assert time.process_time() - start < 5  # each line anew would take minutes
    assert buffer == line * 200_000
