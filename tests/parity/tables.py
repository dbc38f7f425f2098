"""Random tables of answers to a questionnaire, in columns of every type that is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from moodcheck.core.questionnaire import Questionnaire
from tests.parity.oracle import Bad, Given, Row

WHOLE = (pa.int16(), pa.int64(), pa.float32(), pa.float64())
UNSIGNED = (pa.uint16(), pa.uint64())


@dataclass(frozen=True)
class Answers:
    """A table, and what is in it."""

    questionnaire: Questionnaire
    rows: tuple[Row, ...]
    types: dict[str, pa.DataType]
    not_asked: tuple[str, ...]
    blank_is_nan: bool
    """A blank in a column of doubles is NaN, and not null."""

    @property
    def table(self) -> pa.Table:
        columns = {"row": pa.array(range(len(self.rows)), pa.int32())}
        for name, dtype in self.types.items():
            is_nan = self.blank_is_nan and pa.types.is_floating(dtype)
            cells = [_content(row[name], nan if is_nan else None) for row in self.rows]
            columns[name] = pa.array(cells, dtype, from_pandas=False)
        return pa.table(columns)


def _content(given: Given, blank: float | None) -> object:
    match given:
        case Bad():
            return given.content
        case None:
            return blank
    return given


@st.composite
def answers(
    draw: st.DrawFn, questionnaires: st.SearchStrategy[Questionnaire], *, bad: bool = True
) -> Answers:
    """Tables with full rows, rows with blanks, and rows with what was never offered."""
    questionnaire = draw(questionnaires)
    scored = [item.id for item in questionnaire.items]
    not_asked = draw(st.lists(st.sampled_from(scored), unique=True, max_size=2) | st.just([]))
    context = draw(st.sampled_from([[], ["why"]]))
    if not any(c.item == "why" for rule in questionnaire.advice for c in rule.conditions):
        context = []  # nothing looks at it, so it would not be read
    columns = [name for name in (*scored, *context) if name not in not_asked]
    values = {name: [one.value for one in questionnaire.options(name)] for name in columns}
    types = {name: draw(_types(values[name])) for name in columns}
    rows = draw(st.lists(_rows(values, types, bad=bad), min_size=1, max_size=6))
    return Answers(questionnaire, tuple(rows), types, tuple(not_asked), draw(st.booleans()))


def _types(offered: Sequence[int]) -> st.SearchStrategy[Any]:
    return st.sampled_from([*WHOLE, *(UNSIGNED if min(offered) >= 0 else ())])


@st.composite
def _rows(
    draw: st.DrawFn, values: dict[str, list[int]], types: dict[str, pa.DataType], *, bad: bool
) -> Row:
    # Full rows, rows with a few blanks or bad cells, and rows of nothing but those.
    blank, broken = draw(st.sampled_from([(0, 0), (10, 0), (50, 0), (0, 10), (30, 30)]))
    row: dict[str, Given] = {}
    for name, offered in values.items():
        chance = draw(st.integers(0, 99))
        if chance < blank:
            row[name] = None
        elif bad and chance < blank + broken:
            row[name] = draw(_never_offered(offered, types[name]))
        else:
            row[name] = draw(st.sampled_from(offered))
    return row


def _never_offered(offered: Sequence[int], dtype: pa.DataType) -> st.SearchStrategy[Given]:
    if pa.types.is_floating(dtype):
        halves = st.sampled_from([offered[0] + 0.5, -0.25, 1e9, float("inf"), -float("inf")])
        return halves.map(Bad)
    low = 0 if dtype in UNSIGNED else -1_001
    near = st.integers(low, 1_001) | st.sampled_from([_LARGEST[dtype], max(low, -32_768)])
    return near.filter(lambda value: value not in offered).map(Bad)


_LARGEST = {
    pa.int16(): 2**15 - 1,
    pa.int64(): 2**63 - 1,
    pa.uint16(): 2**16 - 1,
    pa.uint64(): 2**64 - 1,
}
