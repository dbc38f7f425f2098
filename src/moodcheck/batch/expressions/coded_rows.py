"""Rows of text → rows of codes → rows with scores, for any engine that reads files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from moodcheck.batch.expressions.cells import NEVER, Cell
from moodcheck.batch.expressions.expressions import Said, score
from moodcheck.batch.plan import BAD, BAD_VALUE, code_column, text_column
from moodcheck.core.administration import Unanswered

if TYPE_CHECKING:
    from moodcheck.batch.plan import Coding, Plan


def coded(native: Any, plan: Plan) -> Any:  # noqa: ANN401 - any engine's frame
    """Return the frame with a code beside each text, and the first bad answer of each row.

    Args:
        native: has a column of text for each item (`text_column`).
        plan: how its rows are read; a bad answer is looked for in the order of its items.
    """
    codings = plan.codings
    frame = nw.from_native(native).with_columns(
        *(
            _code(coding, text_column(item)).alias(code_column(item))
            for item, coding in codings.items()
        )
    )
    is_bad = {item: nw.col(code_column(item)) == coding.bad for item, coding in codings.items()}
    places = [
        nw.when(bad).then(nw.lit(place, nw.Int16)) for place, bad in enumerate(is_bad.values(), 1)
    ]
    values = [nw.when(bad).then(nw.col(text_column(item))) for item, bad in is_bad.items()]
    return frame.with_columns(
        nw.coalesce(*places, nw.lit(0, nw.Int16)).alias(BAD),
        nw.coalesce(*values, nw.lit(None, nw.String)).alias(BAD_VALUE),
    ).to_native()


def scored(
    native: Any,  # noqa: ANN401 - any engine's frame
    plan: Plan,
    *,
    notice: str,
) -> Any:  # noqa: ANN401 - the same engine's
    """Return the frame with the columns that scoring adds, from the codes in it.

    Args:
        native: has a column of codes for each item (`code_column`), and no bad row.
        plan: how its rows were read.
        notice: the words that go along with every row.
    """
    cells = {item: _cell(coding, code_column(item)) for item, coding in plan.codings.items()}
    said = Said(notice=notice, prorates_not_asked=plan.reading.prorates_not_asked)
    done = score(nw.from_native(native), plan.questionnaire, cells, said)
    return done.to_native()


def _code(coding: Coding, column: str) -> nw.Expr:
    """Return a column of text as numbers. Null is blank; no text is trimmed or converted."""
    text = nw.col(column)
    number = nw.Int8 if coding.is_narrow else nw.Int16
    blank = nw.lit(coding.reasons[Unanswered.BLANK], number)
    known = [nw.when(text == said).then(nw.lit(code, number)) for said, code in coding.texts()]
    return nw.coalesce(*known, nw.when(text.is_null()).then(blank), nw.lit(coding.bad, number))


def _cell(coding: Coding, column: str) -> Cell:
    """Return the cell of a column of codes, in rows without a bad answer."""
    code = nw.col(column).cast(nw.Int64)
    is_answered = code <= coding.highest
    return Cell(is_answered, NEVER, nw.when(is_answered).then(code).otherwise(nw.lit(0, nw.Int64)))
