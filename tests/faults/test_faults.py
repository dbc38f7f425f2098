"""A history survives what disks and power do to it: nothing that was committed is lost.

`just faults` breaks off every write, and kills a thousand times; here it is a sample of both.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.faults.sweep import CALLS, KILL, KINDS, WHATS, calls_of, faults, kill, wrongs

STRIDE = int(os.environ.get("FAULTS_STRIDE", "97"))
"""Every so manieth write is broken off."""

KILLS = int(os.environ.get("FAULTS_KILLS", "16"))

STEPS = 20
"""Commits after which a kill may come; the scripted sitting has a few more."""

PARTS = 4
"""Tests that share the work, side by side."""

each_what = pytest.mark.parametrize(
    # One worker for each, so that the calls of a script are counted once.
    "what",
    [pytest.param(what, marks=pytest.mark.xdist_group(what)) for what in WHATS],
)


@each_what
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_was_committed_is_lost(kind: str, what: str) -> None:
    found = {str(fault): list(wrongs(fault)) for fault in faults(what, kind, STRIDE)}

    assert found
    assert {fault: wrong for fault, wrong in found.items() if wrong} == {}
    print(f"{len(found)} faults")  # noqa: T201 - the figure that the documentation quotes


@each_what
@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_does_not_keep_its_names_loses_nothing(kind: str, what: str) -> None:
    taken = faults(what, kind, min(STRIDE, 3), folder=True)
    found = {str(fault): list(wrongs(fault)) for fault in taken}

    assert {fault: wrong for fault, wrong in found.items() if wrong} == {}
    assert any("sync" in fault.call for fault in taken)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_kill_while_a_history_is_made_leaves_nothing_in_the_way(part: int) -> None:
    steps = faults("make", KILL, 1)
    # Its pages are written one like the other; each of the other steps is another.
    taken = [one for one in steps if one.call != "pwrite64" or one.number % STRIDE == 1 % STRIDE]
    found = {str(fault): list(wrongs(fault)) for fault in taken[part::PARTS]}

    assert {fault: wrong for fault, wrong in found.items() if wrong} == {}
    assert {fault.call for fault in taken} >= {"mkdir", "fchmod", "fsync", "link", "unlink"}


@pytest.mark.parametrize("seed", range(PARTS))
def test_a_kill_at_any_moment_loses_nothing(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same moments every time
    moments = [(dice.randint(1, STEPS), dice.uniform(0, 0.01)) for _ in range(KILLS // PARTS)]
    ends = [kill(*moment) for moment in moments]

    assert [wrong for _was_running, wrongs in ends for wrong in wrongs] == []
    killed = sum(was_running for was_running, _wrongs in ends)
    assert killed > len(ends) / 2
    print(f"{killed} kills of a sitting that ran")  # noqa: T201 - as above


def test_every_kind_of_write_is_broken_off_somewhere() -> None:
    made = {call: sum(calls_of(what)[call] for what in WHATS) for call in CALLS}

    assert [call for call, count in made.items() if not count] == []
    assert calls_of("sit")["pwrite64"] > 50
    assert calls_of("sit")["fdatasync"] > 10
