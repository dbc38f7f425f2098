"""Lines that are only ever added: for screen readers, logs and dumb terminals."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.cells import cell_len

from moodcheck.report.wrapping import NARROWEST
from moodcheck.terminal import plain_view
from moodcheck.terminal.plain_view import CLEAR_ALL, PlainView
from moodcheck.terminal.reader import LineEditor
from tests.shipped import LANGUAGE
from tests.unit.terminal.fakes import EVERY_PAGE, page


def shown(name: str, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(plain_view, "size_of", lambda _stream: (width, 24))
    stream = StringIO()
    PlainView(stream, can_clear=True).show(page(name))
    return stream.getvalue()


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_nothing_on_any_page_moves_colours_or_is_drawn(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shown(name, 80, monkeypatch)

    assert not [char for char in text if not char.isprintable() and char != "\n"]
    assert not set(text) & set("─│╭╮╰╯█░╌━")
    assert text.endswith(".\n")


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_left_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    widest = shown(name, 10_000, monkeypatch)
    for width in (20, 33, 40, 79, 120):
        text = shown(name, width, monkeypatch)

        assert max(map(cell_len, text.split("\n"))) <= width
        assert "".join(text.split()) == "".join(widest.split())


def test_a_terminal_narrower_than_any_word_is_written_to_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert shown("help", 3, monkeypatch) == shown("help", NARROWEST, monkeypatch)


def test_what_is_typed_is_echoed_as_it_grows_and_ends_before_the_next_line() -> None:
    stream = StringIO()
    view = PlainView(stream, can_clear=False)
    for typed in ("n", "no", "n", "ne"):
        view.echo(LineEditor(typed))
    view.note("Please.")

    assert stream.getvalue() == "no\b \be\nPlease.\n"


def test_an_answer_is_repeated_on_a_line_of_its_own() -> None:
    stream = StringIO()
    PlainView(stream, can_clear=False).answered("3 of 12: many days")

    assert stream.getvalue() == "3 of 12: many days\n"


@pytest.mark.parametrize(("can_clear", "written"), [(True, CLEAR_ALL), (False, "")])
def test_only_what_can_be_cleared_is_cleared(written: str, *, can_clear: bool) -> None:
    stream = StringIO()
    PlainView(stream, can_clear=can_clear).clear_all()

    assert stream.getvalue() == written


def test_scrolling_adds_nothing() -> None:
    stream = StringIO()
    PlainView(stream, can_clear=True).scroll(1)

    assert not stream.getvalue()


def test_a_document_is_said_before_the_keys_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown("summary", 500, monkeypatch)

    assert said.index(LANGUAGE.not_a_diagnosis) < said.index("Keys: ")
