"""A column of answers → what each cell is: answered, unanswered, or a bad answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import add, and_, or_
from typing import TYPE_CHECKING, Any

import narwhals as nw

if TYPE_CHECKING:
    from narwhals.dtypes import DType


def as_number(condition: nw.Expr) -> nw.Expr:
    """Return 1 where a condition, which is never null, holds, else 0."""
    # PostgreSQL casts a condition to no wider number. Of `when` polars makes constants in places,
    # and a division by those is off in its last bit.
    return condition.cast(nw.Int32).cast(nw.Int64)


def sum_of(expressions: Iterable[nw.Expr]) -> nw.Expr:
    """Return the sum of one or more numbers, none of them ever null."""
    return _together(add, list(expressions))


def any_of(expressions: Iterable[nw.Expr]) -> nw.Expr:
    """Return whether one or more conditions, none of them ever null, have one that holds."""
    return _together(or_, list(expressions))


def all_of(expressions: Iterable[nw.Expr]) -> nw.Expr:
    """Return whether one or more conditions, none of them ever null, hold all together."""
    return _together(and_, list(expressions))


def _together(both: Callable[[nw.Expr, nw.Expr], nw.Expr], expressions: list[nw.Expr]) -> nw.Expr:
    if len(expressions) == 1:
        return expressions[0]
    middle = len(expressions) // 2
    return both(_together(both, expressions[:middle]), _together(both, expressions[middle:]))


_NARROW = (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32)
_WIDE = (nw.UInt64, nw.Int128, nw.UInt128)
_FLOAT = (nw.Float32, nw.Float64)
_TEXT = (nw.String, nw.Categorical, nw.Enum)


@dataclass(frozen=True, slots=True)
class Cell:
    """One item in every row. Its expressions are never null, so no engine's null rules matter."""

    is_answered: nw.Expr
    """The answer is one of the offered values."""
    is_bad: nw.Expr
    """There is something, and it is neither offered nor a code for a missing answer."""
    value: nw.Expr
    """The answer as a 64-bit integer; 0 where there is none."""

    @property
    def is_unanswered(self) -> nw.Expr:
        """There is no answer, and nothing that had to be read as one."""
        return ~(self.is_answered | self.is_bad)

    def named(self, name: str) -> tuple[Cell, tuple[nw.Expr, ...]]:
        """Return the cell as columns that are computed once, and the expressions to add them."""
        parts = {f"{name}_answered": self.is_answered, f"{name}_bad": self.is_bad}
        parts[f"{name}_value"] = self.value
        columns = tuple(expression.alias(column) for column, expression in parts.items())
        return Cell(*map(nw.col, parts)), columns


NEVER = nw.lit(value=False)

NOT_ASKED = Cell(NEVER, NEVER, nw.lit(0, nw.Int64))
"""The cell of an item that is not part of the data."""


def cell(column: str, dtype: DType, answers: Mapping[str, int], missing: Collection[str]) -> Cell:
    """Return the cell of a column of answers.

    Text is read as files are: exactly as it is written down. Of numbers it is the whole ones that
    are: of any width, decimals, and floating-point numbers that are exactly one, because pandas
    makes those of whole numbers with blanks among them. Null, NaN and empty text are unanswered. In
    any other column (yes/no, objects) whatever stands is bad.

    Args:
        column: its name.
        dtype: its type.
        answers: text → the value of the option that it stands for.
        missing: texts that stand for no answer; none of them is an answer.
    """
    raw = nw.col(column)
    if dtype in _TEXT:
        return _told_apart(raw.cast(nw.String), answers, ["", *missing])
    numbers = {int(text): value for text, value in answers.items() if _is_whole(text)}
    codes = [int(text) for text in missing if _is_whole(text)]
    if dtype == nw.Decimal:
        return _told_apart(raw, numbers, codes)
    if dtype in (*_FLOAT, *_NARROW, *_WIDE):
        return _number(raw, dtype, numbers, codes)
    return Cell(NEVER, ~raw.is_null(), nw.lit(0, nw.Int64))


def _told_apart(raw: nw.Expr, answers: Mapping[Any, int], missing: Collection[Any]) -> Cell:
    """Return the cell of a column in which each answer is looked for by itself."""
    blank = max(answers.values(), default=0) + 1
    known = [nw.when(raw == one).then(nw.lit(value)) for one, value in answers.items()]
    unknown = [nw.when(raw == one).then(nw.lit(blank)) for one in missing]
    is_null = nw.when(raw.is_null()).then(nw.lit(blank))
    code = nw.coalesce(*known, *unknown, is_null, nw.lit(blank + 1)).cast(nw.Int64)
    is_answered = code < blank
    value = nw.when(is_answered).then(code).otherwise(nw.lit(0)).cast(nw.Int64)
    return Cell(is_answered, code > blank, value)


def _number(
    raw: nw.Expr, dtype: DType, answers: Mapping[int, int], missing: Collection[int]
) -> Cell:
    known = sorted({*answers, *missing}) or [0]
    # Stands where there is nothing: no answer and no code.
    nothing = known[-1] + 1
    number = float if dtype in _FLOAT else int
    if dtype in _FLOAT:
        # pyarrow tells -0.0 from 0.0; adding 0.0 makes them one.
        raw = raw.cast(nw.Float64) + 0.0
        filled = raw.fill_null(float(nothing))
        # NaN, as every database can say it: engines have it above all numbers, or above none, and
        # negated it is NaN again.
        is_blank = raw.is_null() | ~((filled <= 0.0) | (filled * -1.0 <= 0.0))
    else:
        filled = _narrowed(raw, dtype, known).cast(nw.Int64).fill_null(nothing)
        is_blank = raw.is_null()
    is_answered = filled.is_in([number(one) for one in answers])
    if missing:
        is_blank |= filled.is_in([number(code) for code in missing])
    if all(one == value for one, value in answers.items()):
        worth = nw.when(is_answered).then(filled).otherwise(nw.lit(0))
    else:
        worth = nw.coalesce(
            *(nw.when(filled == number(one)).then(nw.lit(value)) for one, value in answers.items()),
            nw.lit(0),
        )
    return Cell(is_answered, ~(is_blank | is_answered), worth.cast(nw.Int64))


def _is_whole(text: str) -> bool:
    """Return whether a text is a whole number as Python writes it."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and str(int(text)) == text


def _narrowed(raw: nw.Expr, dtype: DType, known: list[int]) -> nw.Expr:
    """Return the column so that a cast to 64 bits neither overflows nor makes an answer of it."""
    if dtype not in _WIDE:
        return raw
    # Bounds of the column's own type: some engines compare as signed numbers otherwise.
    above = nw.lit(max(known[-1], 0) + 1, dtype)
    raw = nw.when(raw > above).then(above).otherwise(raw)
    if dtype != nw.Int128:
        return raw
    below = nw.lit(known[0] - 1, dtype)
    return nw.when(raw < below).then(below).otherwise(raw)
