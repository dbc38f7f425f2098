"""A scored frame → what scoring files gives: scores, rejects, alerts, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from moodcheck.batch.expressions.cells import Cell, any_of
from moodcheck.batch.known_alerts import OBJECT
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.plan import ALERT, UNREADABLE
from moodcheck.errors import BadData, Problem

if TYPE_CHECKING:
    from moodcheck.batch.expressions.expressions import Said
    from moodcheck.batch.row_reading import ItemReading, RowReading
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import CriticalItem

_OF_REJECTS = ("column", "value", "reason")
_OF_ALERTS = ("item", "answer", "why", "notice")


@dataclass(frozen=True, slots=True)
class Parts:
    """A frame that was scored, and how."""

    frame: Any
    """With its scores."""
    came: Mapping[str, Any]
    """The columns that came, and their types."""
    questionnaire: Questionnaire
    reading: RowReading
    cells: Mapping[str, Cell]
    said: Said

    def refuse_same_names(self) -> None:
        """Refuse names that would stand for two things.

        Raises:
            BadData: when a column that goes along has the name of one of the parts'.
        """
        added = {self.said.prefix + name for name in (*_OF_REJECTS, *_OF_ALERTS)}
        problems = [
            Problem(f"column {name}", "rejects or alerts have a column of that name", "Rename it")
            for name in self._own
            if name in added
        ]
        if problems:
            raise BadData("The frame cannot be used, and nothing was scored", problems=problems)

    def scores(self) -> Any:  # noqa: ANN401 - a frame of the same kind
        """Return the rows without a bad answer."""
        return self.frame.filter(~self.is_bad)

    def rejects(self) -> Any:  # noqa: ANN401 - as above
        """Return the rows with a bad answer: what names them, and the first one."""
        every = [(one, self.cells[item].is_bad) for item, one in self.reading.items.items()]
        columns = [nw.when(bad).then(nw.lit(one.column)) for one, bad in every]
        values = [nw.when(bad).then(self._text(one)) for one, bad in every]
        found = (
            nw.coalesce(*columns, nw.lit("")),
            nw.coalesce(*values, nw.lit("")),
            nw.lit(RejectReason.BAD_ANSWER.value),
        )
        return self._selected(self.is_bad, dict(zip(_OF_REJECTS, found, strict=True)))

    def alerts(self) -> Any:  # noqa: ANN401 - as above
        """Return a row for each alert, also of rows with a bad answer."""
        found = [self._alerts_of(one) for one in self.critical]
        if not found:
            return self._selected(self.is_bad, dict.fromkeys(_OF_ALERTS, nw.lit(""))).head(0)
        return nw.concat(found, how="vertical") if len(found) > 1 else found[0]

    @property
    def _own(self) -> list[Any]:
        """The columns that go along into rejects and alerts."""
        answers = {one.column for one in self.reading.items.values()}
        return [*self.reading.ids] or [name for name in self.came if name not in answers]

    @property
    def is_bad(self) -> nw.Expr:
        """Whether a row has a bad answer."""
        return any_of(one.is_bad for one in self.cells.values())

    @property
    def critical(self) -> list[CriticalItem]:
        """The critical items that are part of the data."""
        return [one for one in self.questionnaire.critical if one.item in self.cells]

    def reaches(self, one: CriticalItem) -> nw.Expr:
        """Return whether a critical item has an alert."""
        found = self.cells[one.item]
        return found.is_bad | (found.is_answered & (found.value >= one.at_least))

    def _alerts_of(self, one: CriticalItem) -> Any:  # noqa: ANN401 - as above
        found = self.cells[one.item]
        is_bad, value = found.is_bad, found.value.cast(nw.String)
        given = nw.when(is_bad).then(self._text(self.reading.items[one.item])).otherwise(value)
        why = nw.when(is_bad).then(nw.lit(UNREADABLE)).otherwise(nw.lit(ALERT))
        columns = (nw.lit(one.item), given, why, nw.lit(self.said.notice))
        return self._selected(self.reaches(one), dict(zip(_OF_ALERTS, columns, strict=True)))

    def _selected(self, wanted: nw.Expr, columns: Mapping[str, nw.Expr]) -> Any:  # noqa: ANN401
        named = [found.alias(self.said.prefix + name) for name, found in columns.items()]
        return self.frame.filter(wanted).select(*map(nw.col, self._own), *named)

    def _text(self, one: ItemReading) -> nw.Expr:
        """Return what stands in a column, as far as every engine can write it down."""
        dtype = self.came[one.column]
        is_plain = dtype.is_numeric() or dtype in (nw.String, nw.Categorical, nw.Enum)
        return nw.col(one.column).cast(nw.String) if is_plain else nw.lit(OBJECT)
