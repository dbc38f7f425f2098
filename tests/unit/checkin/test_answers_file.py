"""Answers are one JSON object, read strictly; what stands in it is never repeated."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.checkin.answers_file import LARGEST, read_answers
from moodcheck.errors import BadData, InputNotFound, MoodcheckError, UsageError
from tests.shipped import SYMPTOMS
from tests.strategies import hostile_text

VALUES = st.none() | st.integers(-9, 9) | st.text() | hostile_text()

NOT_ANSWERS = {
    "nothing": b"",
    "a list": b"[1]",
    "a number": b"1",
    "null": b"null",
    "two objects": b"{} {}",
    "a comment": b'{"sleep": 1} // so',
    "a trailing comma": b'{"sleep": 1,}',
    "single quotes": b"{'sleep': 1}",
    "not a number": b'{"sleep": NaN}',
    "infinity": b'{"sleep": -Infinity}',
    "a number without end": b'{"sleep": ' + b"1" * 5_000 + b"}",
    "no end": b'{"sleep": 1',
    "nesting without end": b'{"sleep": ' + b"[" * 100_000,
    "UTF-16": '{"sleep": 1}'.encode("utf-16"),
    "Latin-1": '{"own_words": "é"}'.encode("latin-1"),
    "a raw control character": b'{"own_words": "a\x1bb"}',
    "NUL": b"\0\0\0",
    "YAML": b"sleep: 1",
    "the same item twice": b'{"sleep": 1, "sleep": 1}',
    "the same item, spelled differently": b'{"sleep": 1, "\\u0073leep": 2}',
    "too much": b'{"own_words": "' + b"x" * LARGEST + b'"}',
}


@given(st.dictionaries(st.text(), VALUES))
def test_an_object_is_read_as_it_is(document: dict[str, object]) -> None:
    text = json.dumps(document)

    assert read_answers(BytesIO(text.encode()), SYMPTOMS) == json.loads(text)


@pytest.mark.parametrize("content", NOT_ANSWERS.values(), ids=NOT_ANSWERS)
def test_anything_else_is_refused_and_nothing_of_it_repeated(content: bytes) -> None:
    with pytest.raises(BadData) as refused:
        read_answers(BytesIO(content), SYMPTOMS)

    assert len(str(refused.value)) < 300
    assert "nothing was scored" in str(refused.value) or "KiB" in str(refused.value)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(content: bytes) -> None:
    try:
        said = ", ".join(read_answers(BytesIO(content), SYMPTOMS)) and "an object"
    except MoodcheckError as error:
        said = str(error)

    assert said.isprintable()


def test_a_mistake_has_its_place(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"sleep": 1,\n  "aches": }', encoding="utf-8")

    with pytest.raises(BadData, match=re.escape(f"{file}:2:12:")):
        read_answers(file, SYMPTOMS)


def test_an_item_named_twice_is_named() -> None:
    with pytest.raises(BadData, match="item sleep is named twice"):
        read_answers(BytesIO(NOT_ANSWERS["the same item twice"]), SYMPTOMS)


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert read_answers(BytesIO(b'\xef\xbb\xbf{"sleep": 1}'), SYMPTOMS) == {"sleep": 1}


def test_the_largest_is_read_and_one_byte_more_is_not() -> None:
    frame = len(b'{"w": ""}')
    largest = b'{"w": "' + b"x" * (LARGEST - frame) + b'"}'

    assert len(read_answers(BytesIO(largest), SYMPTOMS)["w"]) == LARGEST - frame  # type: ignore[arg-type]
    with pytest.raises(BadData, match="larger than 256 KiB"):
        read_answers(BytesIO(largest + b" "), SYMPTOMS)


def test_a_file_that_cannot_be_read_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "no.json", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(InputNotFound) as refused:
            read_answers(path, SYMPTOMS)
        assert path.name[:20] in str(refused.value)


def test_a_hostile_name_is_shown_safely(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound) as refused:
        read_answers(tmp_path / "\x1b[2J\u202e.json", SYMPTOMS)

    assert "\\x1b[2J\\u202e.json" in str(refused.value)


def test_an_address_is_refused() -> None:
    with pytest.raises(UsageError):
        read_answers(Path("https://example.org/answers.json"), SYMPTOMS)
