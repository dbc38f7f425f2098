"""Scores that rows state by themselves, held against those of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.coding import NOTHING_BAD
from moodcheck.batch.embedded.rows import FAULT, FAULT_COLUMN, FAULT_VALUE, stated_column
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.output_columns import score_column

if TYPE_CHECKING:
    from moodcheck.batch.embedded.scoring import Scorer
    from moodcheck.core.scale import Scale


def without_differing(
    good: pl.DataFrame, bad: pl.DataFrame, scales: Sequence[Scale], scorer: Scorer
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows that can be scored, and the others, to which those go that state another score.

    Where the answers give no score there is nothing to compare, and what is stated is not used.
    """
    stated = {
        score_column(scale): column
        for scale in scales
        if (column := stated_column(scale.id)) in good.columns
    }
    if (
        not stated
        or not good.select(pl.any_horizontal(pl.col(*stated.values()) != "").any()).item()
    ):
        return good, bad
    scores = pl.concat((one.columns() for one in scorer.said_of(good)), how="horizontal")
    differs = {
        name: _differs(good.get_column(column), scores.get_column(name))
        for name, column in stated.items()
    }
    is_other = pl.any_horizontal(pl.lit(one) for one in differs.values())
    names = (pl.when(one).then(pl.lit(name)) for name, one in differs.items())
    values = (pl.when(one).then(pl.col(stated[name])) for name, one in differs.items())
    others = good.with_columns(
        pl.lit(RejectReason.TOTAL_DIFFERS.value).alias(FAULT),
        pl.coalesce(*names).alias(FAULT_COLUMN),
        pl.coalesce(*values).alias(FAULT_VALUE),
        *NOTHING_BAD,
    ).filter(is_other)
    if not others.height:
        return good, bad
    return good.filter(~is_other), pl.concat([bad, others.select(bad.columns)])


def _differs(stated: pl.Series, scores: pl.Series) -> pl.Series:
    """Return where a text is not the score beside it; another text than a number never is."""
    number = stated.cast(pl.Float64, strict=False)
    is_same = number.eq_missing(scores.cast(pl.Float64))
    return (stated != "") & scores.is_not_null() & ~is_same
