"""Alerts that may have been seen, and whether they have, which only the last row tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.known_alerts import SIGNS

if TYPE_CHECKING:
    from moodcheck.batch.known_alerts import KnownAlerts

IS_NAMED = "__is_named"
"""Whether an alert has an id by which its row can be known."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an earlier file of alerts has as well."""

    lines: frozenset[int] = frozenset()
    """The places of known alerts among all of them, from 0."""
    records: int = 0
    """Records of which every alert is known."""
    doubtful: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_KEPT))
    """Alerts that may be known, and stand there again."""


_KEPT: dict[str, type[pl.DataType]] = {
    "line": pl.Int64,
    "id": pl.String,
    IS_NAMED: pl.Boolean,
    "file": pl.String,
    "place": pl.UInt32,
    "record": pl.Int64,
    "of_record": pl.UInt32,
}


@dataclass(slots=True)
class SeenAlerts:
    """Tells the lines of a file of alerts that need not be in it."""

    known: KnownAlerts
    _signs: pl.DataFrame = field(init=False)
    _lines: int = 0
    _seen: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        every = [*self.known.alerts]
        self._signs = pl.DataFrame(every, schema=dict.fromkeys(SIGNS, pl.String), orient="row")

    def add(self, alerts: pl.DataFrame) -> pl.DataFrame:
        """Look at the next lines of the file, and return those that nobody has seen.

        Args:
            alerts: has `SIGNS`, `IS_NAMED`, `id`, and the `place` of its file and `record` in it.
        """
        lines = alerts.with_columns(
            line=pl.int_range(self._lines, self._lines + alerts.height, dtype=pl.Int64),
            of_record=pl.len().over("place", "record"),
        )
        self._lines += alerts.height
        seen = lines.join(self._signs, on=[*SIGNS], how="semi", maintain_order="left")
        if not seen.height:
            return alerts
        self._seen.append(seen.select(*_KEPT))
        return lines.join(seen, on="line", how="anti", maintain_order="left")

    def result(self, ids: Mapping[str, int]) -> Found:
        """Return what is known.

        Args:
            ids: how many rows have an id that an earlier file has as well. Where several do,
                nobody can tell which of them was meant.
        """
        if not self._seen:
            return Found()
        every = pl.concat(self._seen)
        shared = [called for called, rows in ids.items() if rows > 1]
        is_known = pl.col(IS_NAMED) & ~pl.col("id").is_in(shared)
        known = every.filter(is_known)
        whole = known.group_by("place", "record").agg(pl.len(), pl.col("of_record").first())
        return Found(
            frozenset(known.get_column("line")),
            whole.filter(pl.col("len") == pl.col("of_record")).height,
            every.filter(~is_known),
        )
