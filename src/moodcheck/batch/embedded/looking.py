"""One pass over the inputs of a job that counts and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.cohort.engine import Counted, refuse_too_many_groups
from moodcheck.batch.cohort.sums import Groups, add_groups
from moodcheck.batch.embedded.choosing import chosen
from moodcheck.batch.embedded.counting import Tally
from moodcheck.batch.embedded.dividing import Divider
from moodcheck.batch.embedded.group_sums import GroupCounter
from moodcheck.batch.embedded.scoring import Scorer
from moodcheck.batch.embedded.taken import Part, Taken
from moodcheck.batch.sums import of_scale

if TYPE_CHECKING:
    from moodcheck.batch.embedded.inputs import Input
    from moodcheck.batch.embedded.table import Piece
    from moodcheck.batch.plan import Plan
    from moodcheck.batch.provenance import ReadInput
    from moodcheck.batch.row_engine import BatchJob


@dataclass(frozen=True, slots=True)
class Seen:
    """What was counted of some pieces."""

    records: Sequence[int]
    """How many each piece has."""
    broken: Sequence[Sequence[int]]
    """For each piece, the numbers of the records that have no cells."""
    tally: Tally
    groups: Groups


class Looker:
    """Reads, checks and counts pieces by one plan."""

    def __init__(self, plan: Plan, job: BatchJob, by: str | None) -> None:
        self._plan = plan
        scorer = Scorer(plan, [of_scale(plan, scale) for scale in plan.questionnaire.scales])
        self._divider = Divider(plan, job, scorer)
        self._counter = GroupCounter(plan, scorer, by)

    def work(self, pieces: Sequence[Piece]) -> Seen:
        """Return what was counted of pieces that follow each other; in any thread."""
        rows = [chosen(piece.read(), self._plan) for piece in pieces]
        divided = self._divider.divide(rows)
        return Seen(
            [one.records for one in rows],
            [[one.record for one in piece.broken] for piece in rows],
            divided.tally,
            self._counter.groups(divided.good),
        )


class Look:
    """Adds up what was counted, part by part."""

    def __init__(self, inputs: Sequence[Input], by: str | None) -> None:
        self.taken = Taken(inputs)
        self._plan = inputs[0].plan
        self._by = by
        self._tally = Tally()
        self._groups: Groups = {}

    @property
    def scored(self) -> int:
        """How many rows are counted so far."""
        return self._tally.scored

    def take(self, part: Part, seen: Seen) -> None:
        """Add what was counted of the next part.

        Raises:
            BadData: when over half of an input's first records are broken, or there are more
                groups than can be shown.
        """
        self.taken.take(part, seen.records, seen.broken)
        self._tally.add(seen.tally)
        add_groups(self._groups, seen.groups)
        refuse_too_many_groups(self._groups, self._by)

    def finish(self, inputs: Sequence[ReadInput]) -> Counted:
        """Return what is known of all rows; errors as `take`."""
        self.taken.end()
        counts = self._tally.row_counts(self._plan, alert_ids=(), checks_ids=False)
        return Counted(self._plan, counts, inputs, self._groups)
