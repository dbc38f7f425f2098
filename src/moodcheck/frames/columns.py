"""The columns that scoring adds, by name and in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from narwhals.dtypes import DType

    from moodcheck.domain.questionnaire import Questionnaire, Scale

WORKING = "__moodcheck"
"""How the names of columns begin that exist only while scores are computed."""

ALERT, ADVICE, NOTICE = "alert", "advice", "notice"
QUESTIONNAIRE, VERSION = "questionnaire", "version"


def score_column(scale: Scale) -> str:
    """Return the name of the column with the score, null where there is none."""
    return f"{scale.id}_score"


def unanswered_column(scale: Scale) -> str:
    """Return the name of the column that counts the scale's unanswered items."""
    return f"{scale.id}_unanswered"


def reason_column(scale: Scale) -> str:
    """Return the name of the column that says why there is no score."""
    return f"{scale.id}_reason"


def band_column(scale: Scale) -> str:
    """Return the name of the column that quotes the published band."""
    return f"{scale.id}_published_band"


def output_types(questionnaire: Questionnaire) -> dict[str, type[DType]]:
    """Return what scoring adds: the name of each column, in order, and its declared type."""
    types: dict[str, type[DType]] = {}
    for scale in questionnaire.scales:
        types |= dict(_types_of(scale))
    constant = (ALERT, ADVICE, NOTICE, QUESTIONNAIRE, VERSION)
    return types | dict.fromkeys(constant, nw.String)


def _types_of(scale: Scale) -> Iterator[tuple[str, type[DType]]]:
    yield score_column(scale), nw.Float64 if scale.method == "mean" else nw.Int64
    yield unanswered_column(scale), nw.Int64
    yield reason_column(scale), nw.String
    if scale.bands:
        yield band_column(scale), nw.String
