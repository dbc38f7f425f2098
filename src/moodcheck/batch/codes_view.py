"""How often each answer was given, and what is odd about that, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from moodcheck.batch.code_doubts import CodeDoubt, DoubtKind
from moodcheck.report.document import Fact, Facts, Section
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import RowCounts

_MOST_OPTIONS = 12
"""Of items with more options, those that nobody chose are left out."""


def values_section(counts: RowCounts) -> Section:
    """Return how often each answer was given."""
    facts = [Fact(item, ", ".join(_told(values))) for item, values in counts.values.items()]
    shown = tuple(one for one in facts if one.text)
    return Section(_("Rows by answer"), (Facts(shown),) if shown else ())


def _told(values: Mapping[int, int]) -> Iterator[str]:
    if any(values.values()):
        for value, rows in sorted(values.items()):
            if rows or len(values) <= _MOST_OPTIONS:
                yield f"{value}: {rows:,}"


def doubt_text(doubt: CodeDoubt) -> str:
    """Return what is odd, why it matters, and what to do."""
    count = f"{doubt.count:,}"
    match doubt.kind:
        case DoubtKind.COUNTED_FROM_ONE:
            return _(
                "These answers look as if they were counted from {next} up: in {count} rows, "
                "fewer than one answer of a hundred is the lowest, {lowest}. If they were, every "
                "score is too high, and there are alerts where there should be none. Then use a "
                "map that says what the numbers stand for: {map}."
            ).format(
                next=doubt.lowest + 1, lowest=doubt.lowest, count=count, map=_answers_from(doubt)
            )
        case DoubtKind.LOWEST_NEVER_GIVEN:
            return _(
                "In {count} rows, fewer than one answer of a hundred is the lowest of its item. "
                "Check that the values under 'answers' in the map are right."
            ).format(count=count)
        case DoubtKind.JUST_OUTSIDE:
            return _(
                "The number {value} stands in {count} cells of items whose answers go from "
                "{lowest} to {highest}, so these rows are rejected. If it is an answer, say which "
                "one under 'answers' in a map; if it stands for no answer, name it under "
                "'missing'."
            ).format(value=doubt.value, count=count, lowest=doubt.lowest, highest=doubt.highest)


def _answers_from(doubt: CodeDoubt) -> str:
    """Return the part of a map that shifts every answer down by one."""
    values = range(doubt.lowest, doubt.highest + 1)
    texts = ", ".join(f'"{value + 1}": {value}' for value in values[:_MOST_OPTIONS])
    return f"answers: {{{doubt.names[0]}: {{{texts}}}}}"
