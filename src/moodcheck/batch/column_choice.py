"""Which columns the scores have, as `--columns` says it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.output_columns import ADVICE, ALERT, NOTICE, score_columns
from moodcheck.errors import Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

SCORES, ALL = "scores", "all"

_ALWAYS = (ALERT, ADVICE, NOTICE)
_MOST_COMPARED, _LONGEST_NAME = 1_000, 64


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """The columns beside those that name a row, which there always are."""

    names: tuple[str, ...] | None = None
    """Those that are wanted; None where it is all that scoring adds, and what a map keeps."""
    keeps_all: bool = False
    """Whether all columns of the file go along."""
    tells_groups: bool = False
    """Whether the name, if there is one, is that of the column that tells groups apart."""

    def __str__(self) -> str:
        """Return what `--columns` says."""
        if self.names is None:
            return ALL if self.keeps_all else SCORES
        return ",".join(self.names)

    def added(self, questionnaire: Questionnaire) -> tuple[str, ...]:
        """Return which of the columns that scoring adds are written, in their order."""
        every = score_columns(questionnaire)
        if self.names is None:
            return every
        return tuple(name for name in every if name in self.names or name in _ALWAYS)

    def kept(
        self,
        questionnaire: Questionnaire,
        keep: tuple[str, ...],
        names: Sequence[str],
        *,
        others: Collection[str],
    ) -> tuple[str, ...]:
        """Return which columns of a file are carried along.

        Args:
            questionnaire: what was asked.
            keep: those that a map keeps.
            names: all that the file has.
            others: those that name a row.
        """
        if self.names is not None:
            added = score_columns(questionnaire)
            return tuple(one for one in self.names if one not in added and one not in others)
        return tuple(one for one in names if one not in others) if self.keeps_all else keep

    def problems(self, questionnaire: Questionnaire, names: Sequence[str]) -> Iterator[Problem]:
        """Yield what is chosen and neither in the file nor added."""
        added = () if self.tells_groups else score_columns(questionnaire)
        known = [*added, *names[:_MOST_COMPARED]]
        what = "neither the file nor the scores have such a column"
        option = "--columns"
        if self.tells_groups:
            what, option = "there is no such column to tell groups apart", "--by"
        for name in self.names or ():
            if name not in known and name not in names:
                hint = did_you_mean(name[:_LONGEST_NAME], known)
                yield Problem(f"column {name[:_LONGEST_NAME]}", what, f"{hint}Correct {option}")


def column_choice(said: str | Sequence[str]) -> ColumnChoice:
    """Return what `--columns` says, or a list of names in Python.

    Raises:
        UsageError: when a name is empty.
    """
    if said == SCORES:
        return ColumnChoice()
    if said == ALL:
        return ColumnChoice(keeps_all=True)
    names = said.split(",") if isinstance(said, str) else said
    if not all(names):
        raise UsageError(
            "--columns takes names with commas between them", mend="Write scores, all, or names"
        )
    return ColumnChoice(tuple(dict.fromkeys(names)))


def group_choice(by: str | None) -> ColumnChoice:
    """Return what is chosen where rows are counted: the column that tells groups apart, if any."""
    return ColumnChoice(() if by is None else (by,), tells_groups=True)
