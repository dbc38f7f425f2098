"""An array of records is read as the same records in JSON Lines would be, and to its end."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.batch.tables import json_array
from moodcheck.batch.tables.json_array import array_lines
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.errors import BadData

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def lines(content: bytes, *, is_whole: bool = True) -> list[bytes]:
    return [*array_lines(io.BytesIO(content), "f.json", is_whole=is_whole)]


@given(elements=st.lists(VALUES, max_size=5), indent=st.sampled_from([None, 0, 2]))
def test_each_element_is_a_line_however_it_is_written(
    elements: list[object], indent: int | None
) -> None:
    content = b"\xef\xbb\xbf \n" + json.dumps(elements, indent=indent).encode() + b"\r\n"

    found = lines(content)
    assert [json.loads(line) for line in found] == elements
    assert all(line.count(b"\n") == 1 for line in found)


@pytest.mark.parametrize("chunk", [1, 7])
def test_an_array_may_come_in_pieces_of_any_size(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_array, "_CHUNK", chunk)

    assert lines(b'[{"a": "}],"}, [1, {}] ,{"b":1}]\n ') == [
        *(b'{"a": "}],"}\n', b"[1, {}]\n", b'{"b":1}\n')
    ]


def test_a_line_feed_inside_a_text_stays_one_that_no_text_may_have() -> None:
    (line,) = lines(b'[{"a":\n"x\ny"}]')

    with pytest.raises(ValueError, match="Invalid control character"):
        json.loads(line)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'[{"a": 1}', "it ends too early"),
        (b'[{"a": 1}, {"a"', "it ends too early"),
        (b'[{"a": 1}] {}', "something follows"),
        (b'[{"a": 1},]', "a comma has nothing"),
        (b'[{"a": "' + b"x" * 3 * LONGEST + b'"}', "over 1,000,000 bytes"),
    ],
    ids=["open", "cut", "followed", "comma", "long"],
)
def test_what_is_no_array_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(BadData, match=why):
        lines(content)


def test_of_a_beginning_what_is_whole_is_read() -> None:
    assert lines(b'[{"a": 1}, {"a"', is_whole=False) == [b'{"a": 1}\n']
