"""Signals wait until nothing is being drawn, and for each other."""

from __future__ import annotations

import signal

import pytest

from moodcheck.terminal.signals import (
    Interrupted,
    LeftAtOnce,
    WhenIdle,
    end_by_exception,
    ending_by_exception,
    guarded,
    leave,
)


def test_what_is_posted_while_drawing_waits_until_the_program_waits() -> None:
    when_idle, done = WhenIdle(), list[str]()

    when_idle.post(lambda: done.append("redraw"))
    assert not done
    with when_idle.waiting():
        assert done == ["redraw"]


def test_what_is_posted_while_waiting_runs_at_once_and_once() -> None:
    when_idle, done = WhenIdle(), list[str]()

    with when_idle.waiting():
        when_idle.post(lambda: done.append("redraw"))
        assert done == ["redraw"]
    with when_idle.waiting():
        assert done == ["redraw"]


def test_a_second_signal_waits_for_the_first() -> None:
    """A drawing inside a drawing would end with the older one on the screen."""
    when_idle, done = WhenIdle(), list[str]()

    def draw() -> None:
        done.append("begins")
        if len(done) == 1:
            when_idle.post(draw)
        done.append("ends")

    with when_idle.waiting():
        when_idle.post(draw)

    assert done == ["begins", "ends"] * 2


def test_what_breaks_off_the_waiting_ends_it() -> None:
    when_idle, done = WhenIdle(), list[str]()

    with pytest.raises(Interrupted), when_idle.waiting():
        raise Interrupted
    when_idle.post(lambda: done.append("redraw"))

    assert not done


def test_a_signal_is_looked_after_only_as_long_as_it_was_asked_for() -> None:
    when_idle, done = WhenIdle(), list[str]()
    before = signal.getsignal(signal.SIGWINCH)

    with when_idle.on("SIGWINCH", lambda: done.append("redraw")), when_idle.waiting():
        signal.raise_signal(signal.SIGWINCH)

    assert done == ["redraw"]
    assert signal.getsignal(signal.SIGWINCH) == before


def test_a_signal_that_a_platform_does_not_have_is_no_matter() -> None:
    with WhenIdle().on("SIGNONE", lambda: None):
        pass


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"])
@pytest.mark.usefixtures("handlers")
def test_signals_that_end_programs_raise_once(name: str) -> None:
    end_by_exception()

    with pytest.raises(Interrupted):
        signal.raise_signal(getattr(signal, name))
    # While it is being cleaned up, a second one does nothing.
    for other in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
        signal.raise_signal(getattr(signal, other))


def test_interrupted_is_nothing_that_a_handler_of_errors_swallows() -> None:
    assert not issubclass(Interrupted, Exception)


ENDING = {
    signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2,
    signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF, signal.SIGABRT, signal.SIGXCPU,
}  # fmt: skip


def handlers_of_all() -> dict[int, object]:
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


@pytest.mark.parametrize("number", sorted(ENDING), ids=lambda one: one.name)
@pytest.mark.usefixtures("handlers")
def test_whatever_would_end_the_program_is_raised_once(number: signal.Signals) -> None:
    with pytest.raises(Interrupted), ending_by_exception(WhenIdle()):
        signal.raise_signal(number)
    # What cleans up afterwards is broken off by nothing.
    assert {signal.getsignal(other) for other in ENDING} == {signal.SIG_IGN}


def test_afterwards_every_signal_is_looked_after_as_before() -> None:
    before = handlers_of_all()
    with ending_by_exception(WhenIdle()), guarded(WhenIdle()):
        assert handlers_of_all() != before

    assert handlers_of_all() == before


def test_a_guarded_program_leaves_no_signal_of_the_keyboard_to_chance() -> None:
    when_idle = WhenIdle()

    with guarded(when_idle):
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            signal.raise_signal(number)
            with pytest.raises(LeftAtOnce), when_idle.waiting():
                pass
        for number in (signal.SIGTTIN, signal.SIGTTOU):
            assert signal.getsignal(number) == signal.SIG_IGN


@pytest.mark.usefixtures("handlers")
def test_a_window_that_is_closed_is_not_taken_for_a_wish_to_leave() -> None:
    """Its terminal sends two signals at once, and may answer with the end of all keys."""
    when_idle = WhenIdle()

    with when_idle.waiting():
        with pytest.raises(Interrupted):
            when_idle.interrupt()
        when_idle.post(leave)


@pytest.mark.usefixtures("handlers")
def test_a_guarded_program_that_ends_is_not_let_out_meanwhile() -> None:
    with pytest.raises(Interrupted), ending_by_exception(WhenIdle()), guarded(WhenIdle()):
        signal.raise_signal(signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTERM):
        signal.raise_signal(number)
