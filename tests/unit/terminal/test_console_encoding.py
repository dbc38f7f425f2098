"""Output stays readable on a terminal or pipe that cannot show every character."""

from __future__ import annotations

import sys
from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.terminal.console import ascii_stand_in, make_streams_readable

ENCODINGS = ["utf-8", "ascii", "latin-1", "cp1252", "cp437", "utf-16"]


def written(text: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> str:
    stream = TextIOWrapper(BytesIO(), encoding=encoding, newline="")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        make_streams_readable()
    stream.write(text)
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, BytesIO)
    return buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=st.text())
def test_every_text_can_be_written_in_every_encoding(encoding: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        shown = written(text, encoding, monkeypatch)

    assert all(char in shown for char in text if char.isascii())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_number_to_call_is_the_same_in_every_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = written("Línea de la Vida: call 800\xa0911\xa02000 – day…", encoding, monkeypatch)

    assert "911" in shown
    assert "nea de la Vida: call 800" in shown


@pytest.mark.parametrize(
    ("text", "stand_in"),
    [
        ("Línea de la Vida", "Linea de la Vida"),
        ("10–14 — ‘yes’ “no”…", "10-14 - 'yes' \"no\"..."),
        ("800\xa0911", "800 911"),
        ("╭─│─╯", "+-|-+"),
        ("░1░ ▒2▒ ▓3▓", ".1. :2: #3#"),
        ("日本", "??"),
        ("e\u0301", "e"),
        ("\udcff", "?"),
    ],
)
def test_a_stand_in_is_what_comes_nearest(text: str, stand_in: str) -> None:
    assert ascii_stand_in(text) == stand_in


def test_no_stream_at_all_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    make_streams_readable()
