"""One scoring rule, one result: every engine, the reference scorer and the oracle, bit for bit."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw
from hypothesis import given
from hypothesis import strategies as st

import moodcheck
from moodcheck.batch.expressions.expressions import output_types
from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.safety import advice_for, critical_states, row_alert
from moodcheck.core.scoring import quotation, score
from tests.examples import few
from tests.parity.engines import Engine
from tests.parity.oracle import oracle
from tests.parity.tables import Answers, answers
from tests.shipped import LANGUAGE, TAKEN_AT
from tests.strategies import questionnaires

NOTICE = LANGUAGE.batch.notice


def reference(administration: Administration, *, prorates: bool = False) -> dict[str, object]:
    """Return what the reference scorer says of a sitting, as a row."""
    row: dict[str, object] = {}
    for result in score(administration, prorates_not_asked=prorates):
        scale = result.scale
        row[f"{scale.id}_score"] = result.score
        row[f"{scale.id}_unanswered"] = result.of - result.answered
        row[f"{scale.id}_reason"] = result.reason
        if scale.bands:
            band = result.band and quotation(scale, result.band, result.how)
            row[f"{scale.id}_published_band"] = band
    questionnaire = administration.questionnaire
    return row | {
        "alert": row_alert(critical_states(administration).values()).value,
        "advice": advice_for(administration).id,
        "notice": NOTICE,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
    }


def exactly(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row that is equal to another only when every bit and every type is."""
    return {
        name: (type(value).__name__, value.hex() if isinstance(value, float) else value)
        for name, value in row.items()
    }


@given(asked=answers(questionnaires(), bad=False), prorates=st.booleans())
def test_the_reference_scorer_equals_exact_fractions(asked: Answers, prorates: bool) -> None:
    for row in asked.rows:
        everything = {**row, **dict.fromkeys(asked.not_asked, Unanswered.NOT_ASKED)}
        administration = administer(asked.questionnaire, everything, taken_at=TAKEN_AT)

        expected = oracle(asked.questionnaire, row, NOTICE, prorates=prorates)
        assert exactly(reference(administration, prorates=prorates)) == exactly(expected)


@few(6)
@given(asked=answers(questionnaires(most_items=10)), prorates=st.booleans())
def test_every_engine_equals_exact_fractions(
    engine: Engine, asked: Answers, prorates: bool
) -> None:
    frame = engine.take(asked.table)

    scored = moodcheck.score_frame(
        frame, asked.questionnaire, not_asked=asked.not_asked, prorate_not_asked=prorates
    )

    assert isinstance(scored, engine.kind)
    rows = engine.rows(scored)
    assert [row["row"] for row in rows] == list(range(len(asked.rows)))
    for row, given_row in zip(rows, asked.rows, strict=True):
        added = {name: row[name] for name in row if name not in {"row", *asked.types}}
        assert exactly(added) == exactly(
            oracle(asked.questionnaire, given_row, NOTICE, prorates=prorates)
        )


@few(2)
@given(asked=answers(questionnaires(most_items=5)))
def test_every_engine_gives_the_declared_types_after_the_columns_that_came(
    engine: Engine, asked: Answers
) -> None:
    frame = engine.take(asked.table)
    before = nw.from_native(frame).collect_schema()

    scored = moodcheck.score_frame(frame, asked.questionnaire, not_asked=asked.not_asked)

    after = nw.from_native(scored).collect_schema()
    assert list(after.items()) == [*before.items(), *output_types(asked.questionnaire).items()]


@few(2)
@given(asked=answers(questionnaires(most_items=5)))
def test_a_frame_without_rows_gets_its_columns(engine: Engine, asked: Answers) -> None:
    frame = engine.take(asked.table.slice(0, 0))

    scored = moodcheck.score_frame(frame, asked.questionnaire, not_asked=asked.not_asked)

    expected = [*asked.table.column_names, *output_types(asked.questionnaire)]
    assert nw.from_native(scored).collect_schema().names() == expected
    assert engine.rows(scored) == []
