"""Scores → lines of text. What is said of rows is written once for all that it is said of."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import pyarrow as pa

    from moodcheck.batch.embedded.scoring import Said, Scores

_BETWEEN = "\0"
"""Stands in no cell of what is said of a row."""


class Lines(ABC):
    """Makes lines of scores. A line has what is carried, what is said, commas between, an end."""

    end = "\n"

    def __init__(self) -> None:
        self._written: dict[int, pl.Series] = {}

    def of(self, scores: Scores) -> pa.Buffer:
        """Return the lines of some rows; in any thread."""
        carried = self._carried(scores.carried, is_plain=scores.is_plain)
        last = len(scores.said) - 1
        said = [
            pl.lit(self._texts(one, at, is_last=at == last)).gather(one.places)
            for at, one in enumerate(scores.said)
        ]
        lines = scores.carried.select(pl.concat_str(*carried, *said, separator=","))
        # There texts lie one after the other.
        texts = lines.to_series().to_arrow(compat_level=pl.CompatLevel.oldest())
        return texts.buffers()[-1]

    def _texts(self, said: Said, at: int, *, is_last: bool) -> pl.Series:
        """Return each row of a table as it is written."""
        if said.is_whole and at in self._written:
            return self._written[at]
        end = self.end if is_last else ""
        texts = pl.Series([text + end for text in self._cells(said.table)], dtype=pl.String)
        if said.is_whole:
            self._written[at] = texts
        return texts

    @abstractmethod
    def _carried(self, rows: pl.DataFrame, *, is_plain: bool) -> Iterator[pl.Expr]:
        """Yield what stands in front of what is said."""

    @abstractmethod
    def _cells(self, table: pl.DataFrame) -> list[str]:
        """Return the cells of each row of a table as one text."""


class CsvLines(Lines):
    """Lines of CSV."""

    def _carried(self, rows: pl.DataFrame, *, is_plain: bool) -> Iterator[pl.Expr]:
        for name, kind in rows.schema.items():
            text = pl.col(name).cast(pl.String)
            if kind != pl.String:
                yield text
                continue
            needs_quotes = text == ""
            quoted = text
            if not is_plain:
                needs_quotes |= text.str.contains(r'[",\r\n]')
                quoted = text.str.replace_all('"', '""', literal=True)
            quote = pl.lit('"')
            yield pl.when(needs_quotes).then(pl.concat_str(quote, quoted, quote)).otherwise(text)

    def _cells(self, table: pl.DataFrame) -> list[str]:
        return table.write_csv(include_header=False, line_terminator=_BETWEEN).split(_BETWEEN)[:-1]


class JsonLines(Lines):
    """Lines of JSON."""

    end = "}\n"

    def _carried(self, rows: pl.DataFrame, *, is_plain: bool) -> Iterator[pl.Expr]:
        if not is_plain:
            yield pl.struct(rows.columns).struct.json_encode().str.strip_suffix("}")
            return
        for at, (name, kind) in enumerate(rows.schema.items()):
            begins = f"{'' if at else '{'}{json.dumps(name, ensure_ascii=False)}:"
            cell = pl.col(name)
            if kind == pl.String:
                yield pl.concat_str(pl.lit(f'{begins}"'), cell, pl.lit('"'))
                continue
            if kind.is_float():  # JSON has no other numbers
                cell = pl.when(cell.is_finite()).then(cell)
            yield pl.concat_str(pl.lit(begins), cell.cast(pl.String).fill_null("null"))

    def _cells(self, table: pl.DataFrame) -> list[str]:
        return [line[1:-1] for line in table.write_ndjson().split("\n")[:-1]]
