"""A history survives what disks and power do to it: nothing that was committed is lost.

`just faults` breaks off every write, and kills a thousand times; here it is a sample of both.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.faults.sweep import CALLS, KINDS, calls_of, faults, wrongs, wrongs_after_a_kill

STRIDE = int(os.environ.get("FAULTS_STRIDE", "37"))
"""Every so manieth write is broken off."""

KILLS = int(os.environ.get("FAULTS_KILLS", "4"))

LONGEST = 0.3
"""Seconds from unlocking on; the scripted sitting is over by then."""

SITTINGS = 2
"""Tests that kill, side by side."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", ["sit", "delete", "rekey"])
def test_nothing_that_was_committed_is_lost(what: str, kind: str) -> None:
    found = {str(fault): list(wrongs(fault)) for fault in faults(what, kind, STRIDE)}

    assert {fault: wrong for fault, wrong in found.items() if wrong} == {}
    print(f"{len(found)} faults")  # noqa: T201 - the figure that the documentation quotes


@pytest.mark.parametrize("seed", range(SITTINGS))
def test_a_kill_at_any_moment_loses_nothing(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same moments every time
    moments = [dice.uniform(0, LONGEST) for _ in range(KILLS // SITTINGS)]

    assert [wrong for moment in moments for wrong in wrongs_after_a_kill(moment)] == []


def test_every_kind_of_write_that_is_broken_off_is_made() -> None:
    made = calls_of("sit")

    assert set(made) == set(CALLS)
    assert made["pwrite64"] > 50
    assert made["fdatasync"] > 10
