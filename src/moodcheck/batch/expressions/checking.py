"""What must be right about a frame and what is said of it before a row is scored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from moodcheck.batch.header_problems import not_single
from moodcheck.batch.output_columns import in_the_way
from moodcheck.batch.used_items import needed_items, used_items
from moodcheck.core.administration import Unanswered
from moodcheck.errors import BadData, Problem, UsageError, did_you_mean

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

_REASONS = (Unanswered.SKIPPED, Unanswered.DECLINED, Unanswered.UNKNOWN, Unanswered.BLANK)
_LARGEST_CODE = 999_999_999


def refuse_wrong_arguments(
    questionnaire: Questionnaire,
    names: Collection[object],
    not_asked: Collection[str],
    missing: Mapping[int, str],
) -> None:
    """Raise UsageError when `not_asked` or `missing` says what cannot be, naming every problem."""
    problems = [
        *_not_asked_problems(questionnaire, names, not_asked),
        *_missing_problems(questionnaire, missing),
    ]
    if problems:
        raise UsageError("The frame cannot be scored like that", problems=problems)


def refuse_wrong_columns(
    questionnaire: Questionnaire,
    names: Collection[object],
    not_asked: Collection[str],
    prefix: str,
) -> None:
    """Raise BadData when columns are absent or in the way, naming every one of them."""
    absent = [*_absent(questionnaire, names, not_asked)]
    used = set(used_items(questionnaire)) & {*names}
    alike = not_single(used, [one for one in names if isinstance(one, str)])
    _refuse([*absent, *alike, *_in_the_way(questionnaire, names, prefix)])


def refuse_in_the_way(questionnaire: Questionnaire, names: Collection[object], prefix: str) -> None:
    """Raise BadData when columns have the name of one that is added, naming every one of them."""
    _refuse([*_in_the_way(questionnaire, names, prefix)])


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise BadData("The frame cannot be used, and nothing was scored", problems=problems)


def _not_asked_problems(
    questionnaire: Questionnaire, names: Collection[object], not_asked: Collection[str]
) -> Iterator[Problem]:
    known = used_items(questionnaire)
    for name in not_asked:
        where = f"not_asked {_shown(name)}"
        if name not in known:
            mend = f"{did_you_mean(str(name), known)}It has: {', '.join(known)}"
            yield Problem(where, f"{questionnaire.id} has no such item to score", mend)
        elif name in names:
            yield Problem(where, "the frame has a column of answers to it", "Remove one of the two")


def _missing_problems(
    questionnaire: Questionnaire, missing: Mapping[int, str]
) -> Iterator[Problem]:
    offered = {
        one.value for item in used_items(questionnaire) for one in questionnaire.options(item)
    }
    for code, reason in missing.items():
        where = f"missing {_shown(code)}"
        if type(code) is not int or abs(code) > _LARGEST_CODE:
            yield Problem(where, "a code is a whole number of up to nine digits", "Write 9, say")
        elif code in offered:
            yield Problem(where, "an item offers that value as an answer", "Change one of the two")
        if reason not in _REASONS:
            yield Problem(
                where,
                "that is not a reason why an answer is missing",
                f"Use one of: {', '.join(_REASONS)}",
            )


def _absent(
    questionnaire: Questionnaire, names: Collection[object], not_asked: Collection[str]
) -> Iterator[Problem]:
    free = [str(name) for name in names if name not in questionnaire]
    for name in needed_items(questionnaire):
        if name not in names and name not in not_asked:
            hint = did_you_mean(name, free)
            mend = f"{hint}Name the column after the item, or say not_asked=['{name}']"
            yield Problem(f"item {name}", "the frame has no column of that name", mend)


def _in_the_way(
    questionnaire: Questionnaire, names: Collection[object], prefix: str
) -> Iterator[Problem]:
    for name in in_the_way(questionnaire, names, prefix):
        what = "scoring adds a column of that name"
        mend = "Rename or drop the one that is there"
        yield Problem(f"column {_shown(name)}", what, mend)


def _shown(name: object) -> str:
    return str(name)[:64]
