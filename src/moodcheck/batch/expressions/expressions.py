"""A questionnaire → expressions that score every row of a frame, on any engine.

Held equal to `core.scoring` and `core.safety`, bit for bit. Nothing here is null before the
outputs and nothing is rounded: on those things engines differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw

from moodcheck.batch.expressions import safety
from moodcheck.batch.expressions.cells import NOT_ASKED, Cell, any_of
from moodcheck.batch.expressions.scales import ScaleRows
from moodcheck.batch.output_columns import (
    ADVICE,
    ALERT,
    NOTICE,
    QUESTIONNAIRE,
    VERSION,
    WORKING,
    score_column,
    score_columns,
    unanswered_column,
)

if TYPE_CHECKING:
    from narwhals.dtypes import DType

    from moodcheck.core.questionnaire import Questionnaire

Frame = TypeVar("Frame", nw.DataFrame[Any], nw.LazyFrame[Any])

_BAD_ROW = f"{WORKING}_bad_row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What scoring is told beside the questionnaire and the answers."""

    notice: str
    """The words that go along with every row."""
    prorates_not_asked: bool
    """As `core.scoring.score` has it."""
    prefix: str = ""
    """How the names of what is added begin."""


def score(
    frame: Frame,
    questionnaire: Questionnaire,
    cells: Mapping[str, Cell],
    said: Said,
) -> Frame:
    """Add the columns of `output_types` to a frame.

    A row with a bad answer has no score, the reason `bad_answer`, and still its alert.

    Args:
        frame: one row for each sitting; no column of it begins as `WORKING` does.
        questionnaire: what was asked.
        cells: item id → its cell. An item that is not among them was not asked.
        said: what there is to know beside the answers.
    """
    prefix = said.prefix
    absent = {item.id for item in questionnaire.items if item.id not in cells}
    never_asked = set() if said.prorates_not_asked else absent
    scales = {
        scale.id: ScaleRows(questionnaire, scale, never_asked=never_asked, prefix=prefix)
        for scale in questionnaire.scales
    }
    is_bad = nw.col(_BAD_ROW)
    # In steps, so that an engine without a planner computes nothing twice.
    named = {
        item_id: cells.get(item_id, NOT_ASKED).named(f"{WORKING}_item_{item_id}")
        for item_id in dict.fromkeys([*(item.id for item in questionnaire.items), *cells])
    }
    frame = frame.with_columns(*(part for _, parts in named.values() for part in parts))
    every = {item_id: cell for item_id, (cell, _) in named.items()}
    asked = {item_id: every[item_id] for item_id in cells}
    parts: dict[str, Cell] = {}
    of_rows = [_is_bad_row(every).alias(_BAD_ROW)]
    for level in questionnaire.scale_levels:
        now = [scales[scale.id] for scale in level]
        sums = (column for scale in now for column in scale.sums(every, parts))
        frame = frame.with_columns(*of_rows, *sums)
        frame = frame.with_columns(*(column for scale in now for column in scale.values()))
        parts |= {scale.id: scales[scale.id].as_cell for scale in level}
        of_rows = []
    frame = frame.with_columns(
        *(column for scale in scales.values() for column in scale.outputs(is_bad=is_bad)),
        safety.alert(questionnaire, asked).alias(prefix + ALERT),
        safety.advice(questionnaire, asked).alias(prefix + ADVICE),
        nw.lit(said.notice).alias(prefix + NOTICE),
        nw.lit(questionnaire.id).alias(prefix + QUESTIONNAIRE),
        nw.lit(questionnaire.version).alias(prefix + VERSION),
    )
    # What came stays as it is: by its name, Spark would take a column `a.b` for a part of `a`.
    names = frame.collect_schema().names()
    return frame.drop([name for name in names if str(name).startswith(WORKING)])


def output_types(questionnaire: Questionnaire, prefix: str = "") -> dict[str, type[DType]]:
    """Return what scoring adds: the name of each column, in order, and its declared type."""
    numbers: dict[str, type[DType]] = {}
    for scale in questionnaire.scales:
        numbers[score_column(scale)] = (
            nw.Float64 if questionnaire.computation(scale).is_double else nw.Int64
        )
        numbers[unanswered_column(scale)] = nw.Int64
    names = score_columns(questionnaire)
    return {f"{prefix}{name}": numbers.get(name, nw.String) for name in names}


def _is_bad_row(cells: Mapping[str, Cell]) -> nw.Expr:
    return any_of(cell.is_bad for cell in cells.values())
