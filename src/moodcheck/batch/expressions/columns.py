"""The columns that scoring adds, in their order, with their types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import narwhals as nw

from moodcheck.batch.score_columns import (
    ADVICE,
    ALERT,
    NOTICE,
    QUESTIONNAIRE,
    VERSION,
    WORKING,
    band_column,
    reason_column,
    score_column,
    score_columns,
    unanswered_column,
)

if TYPE_CHECKING:
    from narwhals.dtypes import DType

    from moodcheck.core.questionnaire import Questionnaire, Scale

__all__ = [
    "ADVICE",
    "ALERT",
    "NOTICE",
    "QUESTIONNAIRE",
    "VERSION",
    "WORKING",
    "band_column",
    "output_types",
    "reason_column",
    "score_column",
    "unanswered_column",
]


def output_types(questionnaire: Questionnaire) -> dict[str, type[DType]]:
    """Return what scoring adds: the name of each column, in order, and its declared type."""
    numbers: dict[str, type[DType]] = {}
    for scale in questionnaire.scales:
        numbers |= dict(_numbers_of(scale))
    return {name: numbers.get(name, nw.String) for name in score_columns(questionnaire)}


def _numbers_of(scale: Scale) -> Iterator[tuple[str, type[DType]]]:
    yield score_column(scale), nw.Float64 if scale.method == "mean" else nw.Int64
    yield unanswered_column(scale), nw.Int64
