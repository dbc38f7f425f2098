"""On every engine, advice is the reference scorer's, and never less urgent as answers rise."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import moodcheck
from moodcheck.core.administration import administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.safety import advice_for
from tests.examples import few
from tests.parity.engines import Engine
from tests.promises.test_advice_follows_the_answers import SHIPPED
from tests.shipped import TAKEN_AT

Row = dict[str, int | None]


@st.composite
def rising(draw: st.DrawFn, asked: Questionnaire) -> list[Row]:
    """Return rows, each at least as high as the one before in every item."""
    values = {name: [one.value for one in asked.options(name)] for name in sorted(asked.choices)}
    rows: list[Row] = [{name: draw(st.sampled_from([None, *values[name]])) for name in values}]
    for _ in range(draw(st.integers(1, 8))):
        row: Row = dict(rows[-1])
        for name in draw(st.lists(st.sampled_from(sorted(values)), max_size=6)):
            before = row[name]
            row[name] = draw(
                st.sampled_from([one for one in values[name] if before is None or one >= before])
            )
        rows.append(row)
    return rows


# The others have no rule of another kind.
@pytest.mark.parametrize("name", ["symptoms", "phq-9"])
@few(4)
@given(data=st.data())
def test_raising_any_answer_never_makes_the_advice_less_urgent_on_any_engine(
    engine: Engine, name: str, data: st.DataObject
) -> None:
    asked = SHIPPED[name]
    rows = data.draw(rising(asked))
    columns = {"row": pa.array(range(len(rows)), pa.int32())}
    columns |= {name: pa.array([row[name] for row in rows], pa.int64()) for name in rows[0]}

    scored = moodcheck.score_frame(engine.take(pa.table(columns)), asked)

    by_row = {row["row"]: row["advice"] for row in engine.rows(scored)}
    given_advice = [by_row[place] for place in range(len(rows))]
    expected = [advice_for(administer(asked, row, taken_at=TAKEN_AT)).id for row in rows]
    places = [[rule.id for rule in asked.advice].index(str(one)) for one in given_advice]
    assert given_advice == expected
    assert all(later <= earlier for earlier, later in pairwise(places))
