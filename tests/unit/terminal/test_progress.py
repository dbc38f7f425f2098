from __future__ import annotations

import contextlib
import io

import pyte
import pytest

from moodcheck.terminal.progress import progress_bar


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    return Terminal()


def told(clock: Clock, seconds: list[float], *, plain: bool = False) -> None:
    with progress_bar(plain=plain, clock=clock) as progress:
        for i, now in enumerate(seconds):
            clock.now = 100 + now
            progress(1_000 * i, now / 100)


def test_work_of_less_than_a_second_shows_nothing(terminal: Terminal) -> None:
    with contextlib.redirect_stderr(terminal):
        told(Clock(), [0.1, 0.5, 0.9])

    assert terminal.getvalue() == ""


def test_longer_work_shows_a_bar_with_rows_and_share_that_is_gone_in_the_end(
    terminal: Terminal,
) -> None:
    screen = pyte.Screen(40, 4)
    clock = Clock()
    with contextlib.redirect_stderr(terminal), progress_bar(clock=clock) as progress:
        clock.now += 2
        progress(1_234_567, 0.5)
        progress(2_000_000, None)
        progress(1_234_567, 0.5)
    shown = terminal.getvalue()
    pyte.Stream(screen).feed(shown)

    assert "1,234,567 rows" in shown
    assert "50 %" in shown
    assert screen.display == [" " * 40] * 4


def test_a_screen_reader_gets_a_line_now_and_then(terminal: Terminal) -> None:
    with contextlib.redirect_stderr(terminal):
        told(Clock(), [1, 5, 10, 11, 20.5, 21], plain=True)

    assert terminal.getvalue() == (
        "Still at work: 10 %, 2,000 rows.\nStill at work: 20 %, 4,000 rows.\n"
    )


def test_a_log_gets_a_line_a_minute() -> None:
    log = io.StringIO()
    with contextlib.redirect_stderr(log):
        told(Clock(), [1, 59, 60, 61, 119, 121])

    assert log.getvalue() == (
        "Still at work: 60 %, 2,000 rows.\nStill at work: 99 %, 5,000 rows.\n"
    )


def test_a_share_that_is_not_known_is_not_said(terminal: Terminal) -> None:
    clock = Clock()
    with contextlib.redirect_stderr(terminal), progress_bar(plain=True, clock=clock) as progress:
        clock.now += 11
        progress(7, None)
        clock.now += 11
        progress(0, None)

    assert terminal.getvalue() == ("Still at work: 7 rows.\nStill at work: it has begun.\n")


def test_without_standard_error_nothing_is_said() -> None:
    with contextlib.redirect_stderr(None):
        told(Clock(), [1, 100, 200])
