"""The table that every row is read into: a number for each answer, and what outputs need of it."""

from __future__ import annotations

from moodcheck.batch.embedded import sql
from moodcheck.batch.plan import BAD, BAD_VALUE, Plan, code_column

ROWS, BROKEN = "rows", "broken"
"""The tables: records with their cells, and records that have none."""


class Layout(Plan):
    """How the columns of one run are called in the table."""

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
            *(f"{column} VARCHAR" for column in self.carried),
            *(
                f"{self.code(item)} {'TINYINT' if coding.is_narrow else 'SMALLINT'}"
                for item, coding in self.codings.items()
            ),
            f"{BAD} SMALLINT",
            f"{BAD_VALUE} VARCHAR",
        ]
        return f"CREATE TABLE {ROWS} ({sql.listed(columns)})"
