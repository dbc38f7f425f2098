"""A line of JSON is a flat object with each key once, or it is rejected with its reason."""

from __future__ import annotations

import io

import pytest

from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.tables.strict_jsonl import column_names
from tests.jsonl import read_jsonl


def read(content: bytes) -> list[tuple[tuple[str, ...], RejectReason | None]]:
    records, _blank = read_jsonl(content, ("id", "a"))
    return [(record.cells, record.rejected) for record in records]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (b"3", "3"),
        (b'"3"', "3"),
        (b"3.0", "3.0"),
        (b"1e400", "1e400"),
        (b"null", ""),
        (b'""', ""),
        (b"true", "true"),
        (b"9" * 5_000, "9" * 5_000),
    ],
)
def test_a_value_is_the_text_that_was_written(value: bytes, cell: str) -> None:
    assert read(b'{"id": "x", "a": ' + value + b"}\n") == [(("x", cell), None)]


def test_a_key_that_is_absent_is_blank() -> None:
    assert read(b'{"id": "x"}\n') == [(("x", ""), None)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"id": "x", "a": NaN}', RejectReason.NOT_AN_OBJECT),
        (b'{"id": "x", "a": 1', RejectReason.NOT_AN_OBJECT),
        (b"[1, 2]", RejectReason.NOT_AN_OBJECT),
        (b"[" * 20_000, RejectReason.NOT_AN_OBJECT),
        (b'{"a": 1, "a": 1}', RejectReason.DUPLICATE_KEY),
        (b'{"a": "\xff"}', RejectReason.BAD_ENCODING),
    ],
)
def test_what_is_no_flat_object_is_rejected(line: bytes, reason: RejectReason) -> None:
    assert read(line + b"\n") == [((), reason)]


def test_a_list_in_a_column_that_is_read_is_no_answer() -> None:
    ((cells, rejected),) = read(b'{"id": "x", "a": [1]}\n')

    assert rejected is None
    assert cells[1] not in {"", "1"}


def test_the_columns_are_the_keys_of_the_first_records() -> None:
    assert column_names(io.BytesIO(b'{"b": 1}\nnot json\n{"a": 1, "b": 2}\n'), "f") == ("b", "a")
