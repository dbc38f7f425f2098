"""What is said of a frame → how its columns are read."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from moodcheck.batch.expressions.checking import (
    refuse_in_the_way,
    refuse_wrong_arguments,
    refuse_wrong_columns,
)
from moodcheck.batch.map_file import may_be_changed, read_map
from moodcheck.batch.row_reading import ItemReading, RowReading, row_reading
from moodcheck.batch.used_items import advice_items, used_items
from moodcheck.core.administration import Unanswered
from moodcheck.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import AnswerMap
    from moodcheck.core.questionnaire import Questionnaire

_OF_FILES = ("blank_when", "long", "rows")
"""Keys of a map that say which rows of a file are read, or what is one."""


class FrameOptions(TypedDict, total=False):
    """What `moodcheck.score_frame` takes beside a frame and its questionnaire."""

    map: str | os.PathLike[str] | Mapping[str, object] | None
    prefix: str
    not_asked: Collection[str]
    prorate_not_asked: bool
    missing: Mapping[int, str] | None


def frame_reading(
    questionnaire: Questionnaire, names: Sequence[object], options: FrameOptions
) -> RowReading:
    """Return how a frame is read whose columns have these names.

    Raises:
        UsageError: when an option cannot be.
        BadData: when a column is absent that is needed, or has the name of one that is added.
        InputNotFound: when the map cannot be read.
    """
    given: dict[str, Any] = {**options}
    if unknown := given.keys() - FrameOptions.__annotations__.keys():
        name = min(unknown)
        hint = did_you_mean(name, [*FrameOptions.__annotations__])
        raise UsageError(f"There is no option '{name}'", mend=f"{hint}See docs/scoring.md")
    prefix, said = given.pop("prefix", ""), given.pop("map", None)
    if said is None:
        reading = _plain(questionnaire, names, options)
    else:
        if any(given.values()):
            raise UsageError(
                "A map says what is missing and what was not asked",
                mend="Say it there, or leave the map out",
            )
        named = said if isinstance(said, str | Mapping) else Path(said)
        answer_map, file = read_map(named, questionnaire)
        _refuse_keys_of_files(answer_map)
        texts = [name for name in names if isinstance(name, str)]
        with may_be_changed(file):
            reading = row_reading(questionnaire, answer_map, texts, where="The frame")
        refuse_in_the_way(questionnaire, names, prefix)
    return reading


def _plain(
    questionnaire: Questionnaire, names: Sequence[object], options: FrameOptions
) -> RowReading:
    """Return how a frame is read whose columns are named after items."""
    not_asked, codes = options.get("not_asked", ()), options.get("missing") or {}
    refuse_wrong_arguments(questionnaire, names, not_asked, codes)
    refuse_wrong_columns(questionnaire, names, not_asked, options.get("prefix", ""))
    texts = {"": Unanswered.BLANK} | {str(one): Unanswered(why) for one, why in codes.items()}
    items = {
        name: ItemReading(name, {str(one.value): one.value for one in offered}, texts)
        for name in used_items(questionnaire)
        if name in names and (offered := questionnaire.options(name))
    }
    return RowReading(
        ids=("id",) if "id" in names and "id" not in items else (),
        keep=(),
        items=items,
        not_asked=tuple(not_asked),
        absent_conditions=tuple(one for one in advice_items(questionnaire) if one not in items),
        prorates_not_asked=options.get("prorate_not_asked", False),
    )


def _refuse_keys_of_files(answer_map: AnswerMap) -> None:
    others = [key for key in _OF_FILES if key in answer_map.model_fields_set]
    if others:
        raise UsageError(
            f"A map for a frame cannot say {', '.join(others)}: that is about files",
            mend="Leave it out, and choose or reshape the rows of the frame first",
        )
