"""What a run may find before there is no result, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from moodcheck.errors import BadData, ExitCode, UsageError

if TYPE_CHECKING:
    from moodcheck.batch.outcome import RowCounts

_NO_SCORES, _REJECTS = "no scores were written", "The rejects file"


@dataclass(frozen=True, slots=True)
class MostRejects:
    """How many records may be rejected before there is no result."""

    records: int | None = None
    percent: float | None = None

    def __str__(self) -> str:
        """Return what `--max-rejects` says; nothing for no limit."""
        if self.percent is not None:
            return f"{self.percent:g}%"
        return "" if self.records is None else str(self.records)

    def is_exceeded(self, rejected: int, read: int) -> bool:
        """Return whether so many rejected records of so many read are too many."""
        if self.records is not None and rejected > self.records:
            return True
        return self.percent is not None and rejected * 100 > self.percent * read


def most_rejects(text: str | None) -> MostRejects:
    """Return what `--max-rejects` says.

    Raises:
        UsageError: when it is neither a number nor a percentage from 0 to 100.
    """
    if text is None:
        return MostRejects()
    number = text.removesuffix("%")
    try:
        if text.endswith("%") and 0 <= float(number) <= 100:  # noqa: PLR2004 - percent
            return MostRejects(percent=float(number))
        if number.isdecimal():
            return MostRejects(records=int(text))
    except ValueError:
        pass
    raise UsageError(
        "--max-rejects takes a number of records, or a percentage of them",
        mend="Write a whole number, or N% with N from 0 to 100",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a run may find, and how it ends then."""

    most_rejects: MostRejects = field(default=MostRejects())
    strict_codes: bool = False
    """Whether there is no result where codes may not mean what they were taken for."""
    allows_rejects: bool = True
    """Whether it is no failure that records were rejected."""
    fails_on_alerts: bool = False


def refusal(
    counts: RowCounts, limits: Limits, *, then: str = _NO_SCORES, reasons: str = _REJECTS
) -> BadData | None:
    """Return why there is no result, or None where there is one.

    Args:
        counts: what is known of the rows.
        limits: what they may be.
        then: what follows for whoever wants the result.
        reasons: what says why each record was rejected.
    """
    rejected = counts.all_rejected
    if limits.strict_codes and counts.code_doubts:
        return BadData(
            f"The codes may not mean what they were taken for, and {then}",
            mend="The report says why; name their values under 'answers' in a map",
        )
    if counts.left_out and counts.left_out == counts.read:
        return BadData(
            f"The map leaves out all {counts.read} records, so no row could be scored",
            mend="Compare the texts under 'rows' with those in the file",
        )
    if not counts.read:
        return BadData(
            "There are no rows in the input, so nothing could be scored",
            mend="Give a file with at least one row beside its header",
        )
    if not counts.scored:
        return BadData(
            f"No row could be scored, of {counts.read} that were read",
            mend=f"{reasons} gives the reason for each record",
        )
    if limits.most_rejects.is_exceeded(rejected, counts.read):
        return BadData(
            f"{rejected} of {counts.read} records were rejected, more than --max-rejects allows, "
            f"and {then}",
            mend=f"{reasons} says why; correct the data, or allow more rejects",
        )
    return None


def exit_code(counts: RowCounts, limits: Limits) -> ExitCode:
    """Return how a run ends that has its result."""
    if limits.fails_on_alerts and counts.new_alerts:
        return ExitCode.ALERTS_FOUND
    if counts.all_rejected and not limits.allows_rejects:
        return ExitCode.SOME_REJECTED
    return ExitCode.OK
