"""What a person says of their tables: signs that separate, and how characters are written."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.batch.tables.layout import as_utf_8, delimiter_of, encoding_of
from moodcheck.errors import UsageError


@pytest.mark.parametrize("name", [";", ",", "|", "\t", "tab", "TAB", r"\t"])
def test_a_sign_or_its_name_is_taken(name: str) -> None:
    assert delimiter_of(name) in {";", ",", "|", "\t"}


@pytest.mark.parametrize("name", ["", ";;", "a", "3", '"', "\n", "\0", "é", "-", "."])
def test_what_stands_in_cells_separates_none(name: str) -> None:
    with pytest.raises(UsageError, match="--delimiter"):
        delimiter_of(name)


@pytest.mark.parametrize("name", ["", "utf-99", "base64", "rot13", "zip", "a\0"])
def test_what_is_no_encoding_of_text_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="--encoding"):
        encoding_of(name)


@given(
    text=st.text(st.characters(codec="cp1252"), max_size=40),
    encoding=st.sampled_from(["windows-1252", "utf-16", "utf-16-le", "UTF-8", "utf_8_sig"]),
    size=st.sampled_from([1, 3, 2**20]),
)
def test_text_of_another_encoding_is_read_as_it_is(text: str, encoding: str, size: int) -> None:
    stream = as_utf_8(io.BytesIO(text.encode(encoding)), encoding_of(encoding))

    assert b"".join(iter(lambda: stream.read(size), b"")).decode() == text


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [(b"a\x81b\nc", "cp1252"), (b"a\0\0\xd8b\0", "utf-16-le"), (b"a\0b", "utf-16-le")],
)
def test_what_is_no_text_of_it_is_no_utf_8_either(raw: bytes, encoding: str) -> None:
    found = as_utf_8(io.BytesIO(raw), encoding).read()

    with pytest.raises(UnicodeDecodeError):
        found.decode()
