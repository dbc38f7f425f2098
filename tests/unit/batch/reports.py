"""Reports of runs that were, and of runs that could be."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from moodcheck.batch.code_doubts import CodeDoubt, DoubtKind
from moodcheck.batch.outcome import BatchReport, Distribution, RejectReason
from moodcheck.batch.provenance import Provenance, ReadInput
from moodcheck.core.administration import Unanswered
from moodcheck.errors import BadData
from tests.shipped import TAKEN_AT
from tests.strategies import hostile_text

PROVENANCE = Provenance(
    program="0.1.0",
    questionnaire_sha256="0123456789abcdef" * 4,
    map_sha256="fedcba9876543210" * 4,
    map_name="nhanes-dpq",
    inputs=(ReadInput("answers.csv", 123_456, "00112233445566778899aabbccddeeff" * 2),),
    engine="embedded",
    options={"format": "csv", "max_rejects": "", "allow_rejects": True},
    started=TAKEN_AT,
    ended=TAKEN_AT,
)

REPORT = BatchReport(
    questionnaire="phq-9",
    version="1.0.0",
    read=5_397,
    scored=5_392,
    blank_lines=2,
    rejected={RejectReason.BAD_ANSWER: 4, RejectReason.TOO_FEW_COLUMNS: 1},
    alerts=188,
    known_alerts=3,
    doubtful_alerts=2,
    absent_known_alerts=("older.alerts.csv",),
    alert_ids=("C-014", "C-020"),
    critical_unanswered=12,
    unanswered={
        "interest": {Unanswered.BLANK: 5, Unanswered.DECLINED: 7, Unanswered.UNKNOWN: 0},
        "mood": {},
        "sleep": {Unanswered.DECLINED: 2},
    },
    values={
        "interest": {0: 3_000, 1: 1_900, 2: 400, 3: 80},
        "mood": dict.fromkeys(range(4), 0),
        "pain": dict.fromkeys(range(101), 0) | {0: 5_000, 50: 300},
    },
    code_doubts=(
        CodeDoubt(DoubtKind.COUNTED_FROM_ONE, 5_392, 0, 3, ("frequency",)),
        CodeDoubt(DoubtKind.LOWEST_NEVER_GIVEN, 5_392, 0, 3, ("frequency",)),
        CodeDoubt(DoubtKind.JUST_OUTSIDE, 512, 0, 3, ("frequency",), 4),
    ),
    distributions={
        "total": Distribution("Total", 0, 27, {0: 3_800, 1: 700, 5: 400, 12: 393, 27: 1}, 98),
        "worst": Distribution("Highest answer", 0, 3, {0: 5_000, 1: 300, 2: 91, 3: 1}, 0),
    },
    absent_conditions=("impairment",),
    found_columns={"interest": "Q1_1", "mood": "Q1_2"},
    unread_columns=("self_harm", *(f"column_{place}" for place in range(12))),
    altered_cells=3,
    duplicate_ids=1,
    outputs={
        "alerts": "answers.alerts.csv",
        "rejects": "answers.rejects.csv",
        "scores": "answers.scores.csv",
    },
    provenance=PROVENANCE,
    exit_code=0,
    seconds=2.345,
)

NOTHING_SCORED = replace(
    REPORT,
    read=2,
    scored=0,
    blank_lines=0,
    rejected={RejectReason.BROKEN_QUOTE: 2},
    alerts=0,
    known_alerts=0,
    doubtful_alerts=0,
    absent_known_alerts=(),
    alert_ids=(),
    critical_unanswered=0,
    unanswered={"interest": {}, "mood": {}, "sleep": {}},
    values={"interest": dict.fromkeys(range(4), 0)},
    code_doubts=(),
    distributions={"total": Distribution("Total", 0, 27, {}, 0)},
    absent_conditions=(),
    found_columns={},
    unread_columns=(),
    altered_cells=0,
    duplicate_ids=None,
    outputs={"alerts": "a.csv", "rejects": "r.csv"},
    exit_code=65,
    failure=BadData("No row could be scored, of 2 that were read"),
    seconds=0.02,
)


@st.composite
def reports(draw: st.DrawFn) -> BatchReport:
    """Consistent reports of any size, with hostile names wherever a name is another's."""
    count = st.integers(0, 100_000_000)
    rejected = draw(st.dictionaries(st.sampled_from(RejectReason), count))
    scored = draw(count)
    low = draw(st.integers(-1_000, 1_000))
    high = low + draw(st.integers(0, 3_000))
    counts = draw(st.dictionaries(st.integers(low, high), count, max_size=4))
    alerts = draw(count)
    doubts = st.builds(
        CodeDoubt,
        st.sampled_from(DoubtKind),
        count,
        st.just(low),
        st.just(high),
        st.just(("frequency",)),
        st.integers(-9, 9),
    )
    reasons = st.dictionaries(st.sampled_from(Unanswered), count, max_size=3)
    return BatchReport(
        questionnaire="phq-9",
        version="1.0.0",
        read=scored + sum(rejected.values()),
        scored=scored,
        blank_lines=draw(count),
        rejected=rejected,
        alerts=alerts,
        known_alerts=draw(st.integers(0, alerts)),
        doubtful_alerts=draw(st.integers(0, alerts)),
        absent_known_alerts=tuple(draw(st.lists(hostile_text(), max_size=2))),
        alert_ids=tuple(draw(st.lists(hostile_text(), max_size=min(alerts, 3)))),
        critical_unanswered=draw(count),
        unanswered=draw(st.dictionaries(st.sampled_from(["sleep", "mood"]), reasons)),
        distributions={"total": Distribution(draw(hostile_text()), low, high, counts, draw(count))},
        values={"sleep": counts, "mood": {}},
        code_doubts=tuple(draw(st.lists(doubts, max_size=2))),
        absent_conditions=draw(st.sampled_from([(), ("impairment",), ("unreal", "impairment")])),
        found_columns=draw(st.dictionaries(st.sampled_from(["sleep", "mood"]), hostile_text())),
        unread_columns=tuple(draw(st.lists(hostile_text(), max_size=12))),
        altered_cells=draw(count),
        duplicate_ids=draw(st.none() | count),
        outputs=draw(st.dictionaries(st.sampled_from(["alerts", "scores"]), hostile_text())),
        provenance=replace(PROVENANCE, inputs=(ReadInput(draw(hostile_text())),)),
        exit_code=0,
        seconds=draw(st.floats(0, 1e6)),
    )
