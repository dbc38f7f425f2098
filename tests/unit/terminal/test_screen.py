"""Pages drawn in a window of any size: nothing beyond its edges, nothing out of reach."""

from __future__ import annotations

import re
from io import StringIO

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.terminal import screen
from moodcheck.terminal.page import Page
from moodcheck.terminal.reader import LineEditor
from moodcheck.terminal.screen import Screen
from tests.shipped import LANGUAGE
from tests.strategies import hostile_text
from tests.unit.terminal.fakes import EVERY_PAGE, page

STYLE = re.compile(r"\x1b\[[0-9;]*m")
JOINERS = "\u200c\u200d"  # some scripts need them
# What drawing a page is made of; anything else in it would come from outside.
MOVES = re.compile(r"\x1b\[(H|K|J|\d+;1H|\d+D|2J|\?1049[hl]|\?2004[hl]|\?25[hl])")


class Window:
    """A window of some size, and a page drawn in it."""

    def __init__(self, columns: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.columns, self.rows = columns, rows
        monkeypatch.setattr(screen, "size_of", lambda _stream: (self.columns, self.rows))
        self.stream = StringIO()
        self.drawn = Screen(self.stream)
        self._seen = 0
        self._terminal = pyte.Screen(columns, rows)
        self._feed = pyte.Stream(self._terminal)

    def written(self) -> str:
        """Return what was written since the last time."""
        text = self.stream.getvalue()[self._seen :]
        self._seen += len(text)
        self._feed.feed(text)
        return text

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._terminal.display)

    def show(self, shown: Page) -> str:
        self.drawn.show(shown)
        return self.written()

    def read_through(self, shown: Page) -> str:
        """Scroll from the top of a page to its end, and return all that was seen."""
        self.show(shown)
        seen = [self.text]
        for _ in range(500):
            self.drawn.scroll(1)
            self.written()
            if self.text == seen[-1]:
                return "\n".join(seen)
            seen.append(self.text)
        raise AssertionError


def frame(written: str) -> list[str]:
    """Return the rows of the page that was drawn last, without their styles."""
    last = written.rpartition("\x1b[H")[2]
    return [MOVES.sub("", STYLE.sub("", row)) for row in last.split("\r\n")]


def words(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_no_row_is_wider_than_the_window_and_no_page_higher(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in range(20, 121, 4):
        for rows in (6, 24):
            drawn = frame(Window(columns, rows, monkeypatch).show(page(name)))

            assert len(drawn) == rows
            assert max(map(cell_len, drawn)) <= columns, (columns, rows)


@pytest.mark.parametrize(("columns", "rows"), [(20, 8), (20, 24), (40, 10), (80, 24), (120, 50)])
@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_line_and_every_key_can_be_seen(
    name: str, columns: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(name)
    seen = words(Window(columns, rows, monkeypatch).read_through(shown))

    for key, what in shown.keys:
        assert words(f"{key}{what}") in seen or words(what) in seen
    for text in shown.texts():
        for word in text.split():
            # Where a page is lines, numbers have a dot and what is known has brackets.
            assert words(word).strip("().") in seen or len(word) > columns - 8


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("name", ["welcome", "question", "help", "review", "summary"])
def test_in_a_usual_window_the_keys_are_seen_at_once(
    name: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(name)
    window = Window(columns, 24, monkeypatch)
    window.show(shown)

    assert all(words(what) in words(window.text) for _key, what in shown.keys)


def test_a_page_longer_than_the_window_says_that_there_is_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = Window(40, 12, monkeypatch)
    window.show(page("review"))
    assert "more:" in window.text

    window.read_through(page("review"))
    assert "more:" not in window.text


def test_scrolling_up_comes_back_to_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(40, 12, monkeypatch)
    window.show(page("review"))
    top = window.text
    window.read_through(page("review"))
    for _ in range(20):
        window.drawn.scroll(-1)
    window.written()

    assert window.text == top


def test_a_page_is_shown_from_its_top(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(40, 12, monkeypatch)
    window.read_through(page("review"))
    window.show(page("help"))

    assert window.text.split("\n")[0].strip() == LANGUAGE.help.title


def test_what_is_typed_is_seen_from_its_end_in_the_last_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = Window(30, 20, monkeypatch)
    window.show(page("own words"))
    before = window.text.split("\n")[:-1]
    for typed in ("T", "To", "To sleep" * 20 + " end", "日本語" * 30 + "end", ""):
        window.drawn.echo(LineEditor(typed, len(typed)))
        window.written()

        *above, last = window.text.split("\n")
        assert above == before
        assert last.strip().endswith(typed[-3:].strip())


def test_a_note_is_seen_whole_and_gone_with_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    note = "Please use one of: 0, 1, 2, 3, b, s, ?, h, q, Esc Esc."
    window = Window(24, 20, monkeypatch)
    window.show(page("question"))
    window.drawn.note(note)
    window.written()
    assert words(note) in words(window.text)

    window.show(page("question"))
    assert "Please use" not in window.text


def test_the_page_is_drawn_for_the_window_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(80, 24, monkeypatch)
    for name in ("question", "summary"):
        window.show(page(name))
        for columns in (20, 120, 45):
            window.columns = columns
            window.drawn.redraw()

            widest = max(map(cell_len, frame(window.written())))
            assert widest <= columns
            assert name != "summary" or widest >= min(columns, 84) - 8


def test_leaving_wipes_what_was_drawn_and_happens_once(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(80, 24, monkeypatch)
    with window.drawn.opened():
        window.show(page("question"))
        window.drawn.leave()
        left = window.written()
    assert left == "\x1b[2J\x1b[?25h\x1b[?2004l\x1b[?1049l"
    assert window.written() == ""


def test_without_colour_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(80, 24, monkeypatch)
    window.drawn = Screen(window.stream)
    window.show(page("help"))

    styles = STYLE.findall(window.stream.getvalue())
    assert not [style for style in styles if re.search(r"[;\[][34]\d", style)]


@settings(max_examples=30)
@given(text=hostile_text(), columns=st.integers(20, 60))
def test_own_words_can_do_nothing_to_the_window(text: str, columns: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        window = Window(columns, 60, monkeypatch)
        for name in ("review", "said"):
            window.drawn.show(page(name, own_words=text))
            written = window.stream.getvalue()

            rest = MOVES.sub("", STYLE.sub("", written)).replace("\r\n", "")
            assert not [char for char in rest if not char.isprintable() and char not in JOINERS]
            assert max(map(cell_len, frame(written))) <= columns
