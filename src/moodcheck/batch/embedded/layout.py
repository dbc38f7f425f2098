"""The table that every row is read into: a number for each answer, and what outputs need of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.batch.embedded import sql
from moodcheck.batch.expressions.coded_rows import BAD, BAD_VALUE, code_column, text_column
from moodcheck.batch.expressions.coding import Coding

if TYPE_CHECKING:
    from moodcheck.batch.row_reading import RowReading
    from moodcheck.core.questionnaire import Questionnaire

ROWS, BROKEN = "rows", "broken"
"""The tables: records with their cells, and records that have none."""

SUSPECT_ID = -1
"""Stands for the place of the first bad answer where it is the id that cannot be trusted."""


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
        return [*self.ids, *self.keeps, *map(text_column, self.codings)]

    @property
    def codes(self) -> list[str]:
        """The columns with the codes of the items, as SQL."""
        return [self.code(item) for item in self.codings]

    def code(self, item: str) -> str:
        """Return the column with the code of an item, as SQL."""
        return sql.name(code_column(item))

    def create(self) -> str:
        """Return the statement that makes the table."""
        columns = [
            "file SMALLINT",
            "record BIGINT",
            *(f"{column} VARCHAR" for column in (*self.ids, *self.keeps)),
            *(
                f"{self.code(item)} {'TINYINT' if coding.is_narrow else 'SMALLINT'}"
                for item, coding in self.codings.items()
            ),
            f"{BAD} SMALLINT",
            f"{BAD_VALUE} VARCHAR",
        ]
        return f"CREATE TABLE {ROWS} ({sql.listed(columns)})"
