"""What every engine needs to read, check and write the rows of a job, decided once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from moodcheck.batch.answer_map import FLOAT
from moodcheck.batch.output_columns import FILE, RECORD
from moodcheck.core.administration import Unanswered
from moodcheck.errors import BadData
from moodcheck.interop.fhir.absent import MARKS

if TYPE_CHECKING:
    from moodcheck.batch.row_reading import ItemReading, RowReading
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import CriticalItem

REASONS = (Unanswered.BLANK, Unanswered.SKIPPED, Unanswered.DECLINED, Unanswered.UNKNOWN)
"""Why a cell that was read may hold no answer."""

BAD, BAD_VALUE = "bad", "bad_value"
"""The place of the first item with a bad answer, from 1, or 0 for none; and what stands there."""

SUSPECT_ID = -1
"""Stands for that place where it is the id that cannot be trusted."""

ALERT, UNREADABLE = "alert", "cannot_be_read"
"""Why a line stands among the alerts: its answer is one, or nobody can tell."""

ID_SEPARATOR = " | "
"""Stands between the parts of an id that several columns make up, where one text is needed."""

CELL_SEPARATOR = "\x1f"
"""Stands between the cells of a record that is no line of text, where one text is needed."""

MOST_HASHED = 200
"""A table of more columns is told by those alone that are read anyway."""

MOST_HASHED_OF_A_TEXT = 1_000
"""Characters of a text that nobody reads which tell one record from another."""

INVISIBLE = r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]"
"""A character that controls, hides or reorders; a pattern that every engine reads alike."""

INVISIBLE_BUT_BREAKS = r"[\x00-\x08\x0b-\x1f\x7f-\x{9f}\p{Cf}\p{Zl}\p{Zp}]"
"""The same, but for tabs and line feeds."""

FORMULA_SIGNS = "=+-@\t\r"
"""A spreadsheet runs a cell that begins with one of these …"""

NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z"
"""… unless it is a number such as -12."""

REPLACEMENT = "\ufffd"
"""What outputs have in place of a character that must not be shown."""

_NARROWEST, _WIDEST = -128, 127

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")
"""A whole number as everybody writes it, of up to nine digits."""


def text_column(item: str) -> str:
    """Return what the column with the text of an item is called."""
    return f"text_{item}"


def code_column(item: str) -> str:
    """Return what the column with the code of an item is called."""
    return f"item_{item}"


def typed_column(called: str) -> str:
    """Return what a column that is carried along is called in the type that it has in its file."""
    return f"typed_{called}"


@dataclass(frozen=True)
class Coding:
    """Text in a column → one small number that says which answer it is, or why there is none.

    The numbers of an item are its values themselves, then the reasons, then what is bad.
    """

    reading: ItemReading
    offered: tuple[int, ...]
    """The values that the item offers, -1,000 to 1,000."""

    @property
    def highest(self) -> int:
        """The highest value that the item offers; all codes above it are no answers."""
        return max(self.offered)

    @property
    def reasons(self) -> dict[Unanswered, int]:
        """The number of each reason why there is no answer."""
        return {reason: self.highest + 1 + place for place, reason in enumerate(REASONS)}

    @property
    def bad(self) -> int:
        """The number of everything that is neither."""
        return self.highest + 1 + len(REASONS)

    @cached_property
    def is_literal(self) -> bool:
        """Whether the text of each answer is its value."""
        answers = self.reading.answers.items()
        return all(said.removesuffix(FLOAT) == str(value) for said, value in answers)

    @cached_property
    def written(self) -> tuple[int, ...]:
        """The answers as the file has them, rising; none where they are not whole numbers."""
        texts = {said.removesuffix(FLOAT) for said in self.reading.answers}
        return tuple(sorted(map(int, texts))) if all(map(_WHOLE.fullmatch, texts)) else ()

    @property
    def just_outside(self) -> tuple[int, ...]:
        """The numbers next to the answers, where one may stand that was meant otherwise."""
        if not self.written:
            return ()
        both = (self.written[0] - 1, self.written[-1] + 1)
        return tuple(value for value in both if str(value) not in self.reading.missing)

    @property
    def codes(self) -> tuple[int, ...]:
        """The number of every answer, and of every reason why there is none."""
        return (*self.offered, *self.reasons.values())

    @property
    def is_narrow(self) -> bool:
        """Whether all numbers fit into eight bits; mostly they do, and rows by the million tell."""
        return min(self.offered) >= _NARROWEST and self.bad <= _WIDEST

    @property
    def blank(self) -> int:
        """The number of an empty cell."""
        return self.reasons[self.reading.missing.get("", Unanswered.BLANK)]

    @cached_property
    def numbers(self) -> Mapping[int, int]:
        """Whole number → its code, where every known text is one; else empty.

        Apart from the empty one, and from those that responses of FHIR have for no answer.
        """
        away = {"", *MARKS.values()}  # most responses have none of these
        texts = {said: code for said, code in self.texts() if said not in away}
        is_whole = all(_WHOLE.fullmatch(said) for said in texts)
        return {int(said): code for said, code in texts.items()} if is_whole else {}

    def texts(self) -> Iterator[tuple[str, int]]:
        """Yield each text that is known and its number, answers first: most cells hold one."""
        yield from self.reading.answers.items()
        for said, reason in self.reading.missing.items():
            yield said, self.reasons[reason]


@dataclass(frozen=True)
class Plan:
    """How the rows of one job are read, checked and written."""

    questionnaire: Questionnaire
    reading: RowReading

    @cached_property
    def codings(self) -> Mapping[str, Coding]:
        """By item id, in the questionnaire's order: the items that are part of the data."""
        options = self.questionnaire.options
        return {
            item: Coding(one, tuple(option.value for option in options(item)))
            for item, one in self.reading.items.items()
        }

    @property
    def ids(self) -> list[str]:
        """What the columns that name a row are called while rows are read."""
        return [f"id_{place}" for place in range(len(self.reading.ids))]

    @property
    def keeps(self) -> list[str]:
        """What the columns that are carried along are called."""
        return [f"keep_{place}" for place in range(len(self.reading.keep))]

    @property
    def carried(self) -> dict[str, str]:
        """The columns before the scores: what each is called → its name in the file."""
        names = (*self.reading.ids, *self.reading.keep)
        return dict(zip((*self.ids, *self.keeps), names, strict=True))

    @property
    def row_columns(self) -> list[str]:
        """The columns of the scores that tell where a row stands, where no id names it."""
        return [] if self.reading.ids else [FILE, RECORD]

    @property
    def columns(self) -> dict[str, str]:
        """Every column that is read from a file: what it is called → its name in the file."""
        items = {text_column(item): one.column for item, one in self.reading.items.items()}
        return self.carried | items | self._asked_of_rows

    @property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """What each column is called by which rows are chosen → its texts in rows that are."""
        return {f"choice_{i}": texts for i, texts in enumerate(self.reading.rows.values())}

    @property
    def statuses(self) -> dict[str, tuple[str, ...]]:
        """What each column is called that says of a form that nobody opened it → how it says so."""
        return {f"status_{i}": texts for i, texts in enumerate(self.reading.blank_when.values())}

    @property
    def _asked_of_rows(self) -> dict[str, str]:
        names = (*self.reading.rows, *self.reading.blank_when)
        return dict(zip((*self.choices, *self.statuses), names, strict=True))

    @property
    def numbers(self) -> dict[str, Collection[int]]:
        """The columns in which only whole numbers say anything: what each is called → which."""
        every = {text_column(item): coding.numbers for item, coding in self.codings.items()}
        return {called: frozenset(numbers) for called, numbers in every.items() if numbers}

    @property
    def critical(self) -> list[CriticalItem]:
        """The critical items that are part of the data, in the questionnaire's order."""
        every = self.questionnaire.critical
        return [one for item in self.codings for one in every if one.item == item]

    @property
    def places(self) -> dict[str, int]:
        """The place of each item, from 1: what `BAD` holds."""
        return {item: place for place, item in enumerate(self.codings, start=1)}

    def coded_reasons(self) -> list[tuple[str, Unanswered, int]]:
        """Return each item with the reasons that its cells may give, and their numbers."""
        return [
            (item, reason, code)
            for item, coding in self.codings.items()
            for reason, code in coding.reasons.items()
            if reason in coding.reading.missing.values()
        ]


def one_reading(readings: Sequence[tuple[str, RowReading]]) -> RowReading:
    """Return how several inputs are read as one.

    Args:
        readings: what messages call each input, and how it is read; at least one.

    Raises:
        BadData: where they do not have the same columns of ids, answers and what is kept.
    """
    (first_shown, first), *others = readings
    for shown, reading in others:
        is_same = (reading.ids, [*reading.items]) == (first.ids, [*first.items])
        is_same = is_same and reading.found == first.found
        if not is_same or {*reading.keep} != {*first.keep}:
            raise BadData(
                f"{shown} and {first_shown} do not have the same columns of answers and ids, or "
                "of what goes along, and nothing was scored",
                mend="Score them one by one, or give them the same columns",
            )
    unread = dict.fromkeys(name for _shown, reading in readings for name in reading.unread)
    return replace(first, unread=tuple(unread))


def damaged_input() -> BadData:
    """Return what to say where one of several inputs breaks off, and nobody knows which."""
    return BadData(
        "An input file is damaged: its content does not match its beginning. Nothing was scored",
        mend="Export or copy the file again",
    )
