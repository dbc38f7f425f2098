"""The table that every row is read into: a number for each answer, and what outputs need of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.adapters.duckdb_engine import sql
from moodcheck.frames.coding import Coding

if TYPE_CHECKING:
    from moodcheck.domain.questionnaire import Questionnaire
    from moodcheck.domain.row_reading import RowReading

ROWS, BROKEN = "rows", "broken"
"""The tables: records with their cells, and records that have none."""

BAD, VALUE = "bad", "bad_value"
"""The place of the first item with a bad answer, from 1; 0 for none, -1 for a suspect id."""

SUSPECT_ID = -1


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns of one run are called."""

    reading: RowReading
    codings: Mapping[str, Coding]
    """By item id, in the questionnaire's order."""

    @classmethod
    def of(cls, questionnaire: Questionnaire, reading: RowReading) -> Layout:
        """Return the layout for rows that are read like that."""
        codings = {
            item: Coding(one, tuple(option.value for option in questionnaire.options(item)))
            for item, one in reading.items.items()
        }
        return cls(reading, codings)

    @property
    def ids(self) -> list[str]:
        """The columns that name a row."""
        return [f"id_{place}" for place in range(len(self.reading.ids))]

    @property
    def keeps(self) -> list[str]:
        """The columns that are carried along."""
        return [f"keep_{place}" for place in range(len(self.reading.keep))]

    @property
    def read(self) -> list[str]:
        """The columns that are read from a file, in the order in which they are read."""
        return [
            *self.reading.ids,
            *self.reading.keep,
            *(i.column for i in self.reading.items.values()),
        ]

    @property
    def texts(self) -> list[str]:
        """What `read` is called as text, one by one."""
        return [*self.ids, *self.keeps, *(f"text_{item}" for item in self.codings)]

    def code(self, item: str) -> str:
        """Return the column with the number of an item."""
        return f"item_{item}"

    def create(self) -> str:
        """Return the statement that makes the table."""
        columns = [
            "file SMALLINT",
            "record BIGINT",
            *(f"{column} VARCHAR" for column in (*self.ids, *self.keeps)),
            *(f"{sql.name(self.code(item))} SMALLINT" for item in self.codings),
            f"{BAD} SMALLINT",
            f"{VALUE} VARCHAR",
        ]
        return f"CREATE TABLE {ROWS} ({sql.listed(columns)})"
