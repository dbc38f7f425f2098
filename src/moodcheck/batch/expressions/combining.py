"""Many expressions → one, as a balanced tree: engines give up on a chain of hundreds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import add, and_, or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import narwhals as nw


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
