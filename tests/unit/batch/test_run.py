"""How a run of many rows ends: what is refused, and with which exit code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.batch.code_doubts import CodeDoubt, DoubtKind
from moodcheck.batch.limits import Limits, MostRejects, exit_code, refusal
from moodcheck.batch.outcome import BatchReport, RejectReason
from moodcheck.errors import ExitCode
from tests.unit.batch.reports import PROVENANCE

DONE = BatchReport(
    questionnaire="symptoms",
    version="1.0.0",
    read=10,
    scored=10,
    blank_lines=0,
    rejected={},
    alerts=0,
    known_alerts=0,
    alert_ids=(),
    critical_unanswered=0,
    unanswered={},
    distributions={},
    absent_conditions=(),
    altered_cells=0,
    duplicate_ids=None,
    outputs={},
    provenance=PROVENANCE,
    exit_code=0,
    seconds=0.1,
)
SOME = replace(DONE, scored=9, rejected={RejectReason.BAD_ANSWER: 1})


@pytest.mark.parametrize(
    ("report", "allows", "fails", "code"),
    [
        (DONE, False, False, ExitCode.OK),
        (SOME, False, False, ExitCode.SOME_REJECTED),
        (SOME, True, False, ExitCode.OK),
        (replace(SOME, alerts=1), False, True, ExitCode.ALERTS_FOUND),
        (replace(SOME, alerts=1), False, False, ExitCode.SOME_REJECTED),
        (replace(DONE, alerts=2, known_alerts=2), False, True, ExitCode.OK),
    ],
)
def test_alerts_beat_rejects_and_neither_is_said_unasked(
    report: BatchReport, allows: bool, fails: bool, code: ExitCode
) -> None:
    limits = Limits(allows_rejects=allows, fails_on_alerts=fails)
    assert exit_code(report, limits) is code


@given(read=st.integers(1, 10**9), rejected=st.integers(0, 10**9), limit=st.integers(0, 100))
def test_a_share_is_exceeded_by_more_than_it_and_by_no_less(
    read: int, rejected: int, limit: int
) -> None:
    is_exceeded = MostRejects(percent=limit).is_exceeded(rejected, read)

    assert is_exceeded is (rejected * 100 > limit * read)


def test_a_number_is_exceeded_by_more_than_it() -> None:
    assert [MostRejects(records=2).is_exceeded(n, 100) for n in (1, 2, 3)] == [False, False, True]


def test_a_run_in_which_nothing_was_scored_is_refused() -> None:
    nothing = replace(DONE, read=0, scored=0)

    usual = Limits()
    assert "There are no rows in the input" in str(refusal(nothing, usual))
    assert "rejects file" in str(refusal(replace(SOME, read=SOME.all_rejected, scored=0), usual))
    assert refusal(DONE, usual) is None
    assert refusal(SOME, replace(usual, most_rejects=MostRejects(records=0))) is not None


def test_codes_that_look_shifted_are_refused_where_somebody_asked_for_that() -> None:
    usual = Limits()
    doubt = CodeDoubt(DoubtKind.COUNTED_FROM_ONE, 100, 0, 3, ("often",))
    doubtful = replace(DONE, code_doubts=(doubt,))

    assert refusal(doubtful, usual) is None
    assert refusal(doubtful, replace(usual, strict_codes=True)) is not None
    assert refusal(DONE, replace(usual, strict_codes=True)) is None
