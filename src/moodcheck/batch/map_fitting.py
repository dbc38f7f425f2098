"""Which of the maps that come with moodcheck fit a table, as far as its first rows tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from moodcheck.batch.map_faults import map_faults
from moodcheck.batch.map_file import shipped_maps
from moodcheck.batch.row_reading import row_reading
from moodcheck.errors import BadData

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import AnswerMap
    from moodcheck.core.questionnaire import Questionnaire


def fitting_maps(
    questionnaire: Questionnaire,
    names: Sequence[str],
    texts: Sequence[Collection[str]],
    header_rows: int,
) -> tuple[str, ...]:
    """Return the names of the maps that take these columns, and whatever was seen in them.

    Args:
        questionnaire: what the table has answers to.
        names: its columns.
        texts: what was seen in each of them; empty where that was too much to be answers.
        header_rows: how many rows stand before its first record.
    """
    return tuple(
        file.called
        for file, said in shipped_maps()
        if said.questionnaire == questionnaire.id
        and said.header_rows == header_rows
        and _fits(said, questionnaire, names, texts)
    )


def _fits(
    said: AnswerMap,
    questionnaire: Questionnaire,
    names: Sequence[str],
    texts: Sequence[Collection[str]],
) -> bool:
    if any(map_faults(said, questionnaire)):
        return False
    with suppress(BadData):
        reading = row_reading(questionnaire, said, names, where="")
        seen = dict(zip(names, texts, strict=True))
        return all(
            {*seen[one.column]} <= {*one.answers, *one.missing} for one in reading.items.values()
        )
    return False
