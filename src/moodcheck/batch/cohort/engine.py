"""What a look at many rows needs from an engine, and what it gets back."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from moodcheck.errors import BadData

if TYPE_CHECKING:
    from moodcheck.batch.cohort.sums import Groups
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.batch.plan import Plan
    from moodcheck.batch.provenance import ReadInput
    from moodcheck.batch.row_engine import BatchJob, Progress

MOST_GROUPS = 1_000
"""A column with more different texts tells rows apart, not groups."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What an engine knows of the rows of a job."""

    plan: Plan
    """How they were read."""
    counts: RowCounts
    inputs: Sequence[ReadInput]
    groups: Groups
    """Of the rows that are not rejected."""


class CohortEngine(Protocol):
    """Whatever counts rows."""

    name: ClassVar[str]
    """As `--engine` has it."""

    def count(self, job: BatchJob, by: str | None, progress: Progress) -> Counted:
        """Read, check and count every row, and write nothing.

        Args:
            job: what is to be counted; it chooses no column but `by`.
            by: the column that tells groups apart.
            progress: is told how far it is.

        Raises:
            UsageError, InputNotFound, BadData, IOFailed: as `RowEngine.read`; BadData also where
                there are more than `MOST_GROUPS` groups.
        """


def refuse_too_many_groups(groups: Sized, by: str | None) -> None:
    """Raise BadData where a column tells more groups apart than can be shown."""
    if by is not None and len(groups) > MOST_GROUPS:
        raise BadData(
            f"The column '{by}' has over {MOST_GROUPS:,} different texts, so it tells single rows "
            "apart and not groups",
            mend="Group by another column, or by one that you make of it",
        )
