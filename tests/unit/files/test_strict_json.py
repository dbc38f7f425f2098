"""JSON of which only one thing can be meant; everything else is refused."""

from __future__ import annotations

import pytest

from moodcheck.files.strict_json import NotStrictJsonError, parse


def test_what_is_meant_is_returned() -> None:
    assert parse(b'\xef\xbb\xbf{"a": [1, -2.5, null, true, "\\u00e9"]}') == {
        "a": [1, -2.5, None, True, "é"]
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"{}{}", b"NaN", b"-Infinity", b"1e999", b"9" * 5_000, b"[" * 200_000, b"\xff",
     "{}".encode("utf-16"), b"{'a': 1}", b'{"a": 1,}'],
    ids=lambda content: repr(content[:8]),
)  # fmt: skip
def test_what_readers_disagree_about_is_refused(content: bytes) -> None:
    with pytest.raises(NotStrictJsonError):
        parse(content)


def test_where_reading_broke_off_is_known() -> None:
    with pytest.raises(NotStrictJsonError) as refused:
        parse(b'{"a": 1,\n "b" 2}')
    assert refused.value.place == ":2:6"


def test_a_name_that_stands_twice_is_named() -> None:
    with pytest.raises(NotStrictJsonError) as refused:
        parse(b'{"x": {"sleep": 1, "sleep": 2}}')
    assert refused.value.named_twice == "sleep"
