"""Files come out as the exact fractions say, row by row, whatever their kind; nothing gets lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

import moodcheck
from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.batch.outcome import RejectReason
from tests.examples import few
from tests.parity.files import KINDS, Outcome, Texts, scored, texts
from tests.parity.oracle import Bad, oracle
from tests.parity.test_every_engine import exactly
from tests.shipped import LANGUAGE
from tests.strategies import questionnaires

EXAMPLES = {"csv": 15, "jsonl": 6, "parquet": 6}
"""Each takes a third of a second, most of it to open and close a database."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_a_file_is_scored_as_exact_fractions_say_or_is_rejected(kind: str) -> None:
    @given(asked=texts(questionnaires()))
    @few(EXAMPLES[kind])
    def hold(asked: Texts) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"answers.{kind}"
            file.write_bytes(KINDS[kind](asked.cells))
            outcome = scored(EmbeddedEngine(), asked.questionnaire, file)
        hold_equal(asked, outcome)

    hold()


def hold_equal(asked: Texts, outcome: Outcome) -> None:
    """Hold what a run wrote and said to what the rows are."""
    is_bad = [any(isinstance(cell, Bad) for cell in row.values()) for row in asked.rows]
    every = [oracle(asked.questionnaire, row, LANGUAGE.batch.notice) for row in asked.rows]
    expected = [
        {"id": f"p{number}", **row}
        for number, (row, bad) in enumerate(zip(every, is_bad, strict=True))
        if not bad
    ]
    assert [exactly(row) for row in outcome.scores] == [exactly(row) for row in expected]
    assert [(row["id"], row["record"]) for row in outcome.rejects] == [
        (f"p{number}", str(number + 1)) for number, bad in enumerate(is_bad) if bad
    ]
    alerting = {f"p{number}" for number, row in enumerate(every) if row["alert"] == "alert"}
    assert {row["id"] for row in outcome.alerts} == alerting
    report = outcome.report
    assert (report.read, report.scored, report.alerts) == (
        len(asked.rows),
        is_bad.count(False),
        len(alerting),
    )
    assert report.rejected == ({RejectReason.BAD_ANSWER: sum(is_bad)} if any(is_bad) else {})
    good = [row for row, bad in zip(asked.rows, is_bad, strict=True) if not bad]
    blanks = {name: sum(row[name] is None for row in good) for name in asked.rows[0]}
    assert {name: sum(why.values()) for name, why in report.unanswered.items()} == blanks
    for scale in asked.questionnaire.scales:
        values = [row[f"{scale.id}_score"] for row in expected]

        assert report.distributions[scale.id].not_scored == values.count(None)
        assert dict(report.distributions[scale.id].counts) == _floors(values)


def _floors(values: list[object]) -> dict[int, int]:
    floors = [int(value // 1) for value in values if isinstance(value, int | float)]
    return {floor: floors.count(floor) for floor in sorted({*floors})}


@pytest.mark.parametrize("prorates", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_phq_8_is_scored_and_nobody_is_said_to_have_no_alert(
    kind: str, prorates: bool, tmp_path: Path
) -> None:
    phq_9 = moodcheck.load("phq-9")
    eight = [item.id for item in phq_9.items if item.id != "death_thoughts"]
    file = tmp_path / f"answers.{kind}"
    file.write_bytes(KINDS[kind]([{"id": "p", **dict.fromkeys(eight, "2")}]))
    answer_map = AnswerMap.model_validate(
        {"schema": 1, "not_asked": ("death_thoughts",), "prorate_not_asked": prorates}
    )
    outcome = scored(EmbeddedEngine(), phq_9, file, answer_map)

    (row,) = outcome.scores
    expected = (18, None) if prorates else (None, "not_asked")
    assert (row["total_score"], row["total_reason"]) == expected
    assert row["alert"] == "not_asked"
    assert outcome.alerts == []
