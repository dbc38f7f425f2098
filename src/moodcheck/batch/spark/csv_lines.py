"""A line of CSV → its cells, by a strict grammar that Spark evaluates natively.

Every line is a record. What a reader of whole files sees and a line does not show (a quoted
cell that runs over several lines) makes its lines broken ones, and says so.
"""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.spark.encoding import has_replaced
from moodcheck.batch.tables.strict_csv import LONGEST

# No quantifier gives back what it took: a long cell would exhaust the stack.
_QUOTED = '"[^"]*+(?:""[^"]*+)*+"'
# Where lines are all that is seen, a quote inside a cell may be the end of one that began above.
_UNQUOTED = '[^",]*+'
_CELL = f"(?:{_QUOTED}|{_UNQUOTED})"
# Not $, which lets a line end of Unicode follow.
_RECORD = rf"^{_CELL}(?:,{_CELL})*+\z"


def csv_cells(line: Column) -> Column:
    """Return the cells of a line as an array, quotes and all; only for a line without fault."""
    # With a comma before it, every cell begins with one, also the first.
    quoted = F.regexp_extract_all(F.concat(F.lit(","), line), F.lit(f",({_CELL})"), F.lit(1))
    return F.when(line.contains('"'), quoted).otherwise(F.split(line, ",", -1))


def csv_cell(cells: Column, place: int) -> Column:
    """Return one cell as the text that it stands for."""
    cell = F.get(cells, F.lit(place))
    inside = F.regexp_replace(F.regexp_replace(cell, '^"|"$', ""), '""', '"')
    return F.when(cell.startswith('"'), inside).otherwise(cell)


def csv_fault(line: Column, cells: Column, width: int) -> Column:
    """Return why a line has no cells that can be used, or null."""
    return (
        F.when(F.octet_length(line) > LONGEST, F.lit(RejectReason.TOO_LONG.value))
        .when(has_replaced(line) | line.contains("\0"), F.lit(RejectReason.BAD_ENCODING.value))
        .when(line.contains('"') & ~line.rlike(_RECORD), F.lit(RejectReason.BROKEN_QUOTE.value))
        .when(F.size(cells) < width, F.lit(RejectReason.TOO_FEW_COLUMNS.value))
        .when(F.size(cells) > width, F.lit(RejectReason.TOO_MANY_COLUMNS.value))
    )
