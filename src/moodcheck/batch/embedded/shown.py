"""Text from outside made fit for a file that people open: nothing controls, nothing is run."""

from __future__ import annotations

import polars as pl

from moodcheck.batch.plan import (
    FORMULA_SIGNS,
    INVISIBLE,
    INVISIBLE_BUT_BREAKS,
    NUMBER,
    REPLACEMENT,
)

_PLAIN = r"^(?:[0-9A-Za-z_][ !#-+\-./0-\[\]-~]*)?\z"


def is_plain(text: pl.Expr) -> pl.Expr:
    """Return whether the text is written as it is in every format, as almost every id is."""
    return text.str.contains(_PLAIN)


def is_formula(text: pl.Expr) -> pl.Expr:
    """Return whether a spreadsheet would run the text; a number such as -12 it would not."""
    return text.str.head(1).is_in([*FORMULA_SIGNS]) & ~text.str.contains(NUMBER)


def is_invisible(text: pl.Expr) -> pl.Expr:
    """Return whether the text holds a character that controls, hides or reorders."""
    return text.str.contains(INVISIBLE)


def is_altered(text: pl.Expr) -> pl.Expr:
    """Return whether `shown` would change the text."""
    return is_formula(text) | text.str.contains(INVISIBLE_BUT_BREAKS)


def shown(text: pl.Expr) -> pl.Expr:
    """Return the text as it may stand in a cell."""
    return _shown(text, INVISIBLE_BUT_BREAKS)


def shown_in_one_line(text: pl.Expr) -> pl.Expr:
    """Return the text as `shown` does, with every line break taken out as well."""
    return _shown(text, INVISIBLE)


def _shown(text: pl.Expr, hidden: str) -> pl.Expr:
    visible = text.str.replace_all(hidden, REPLACEMENT)
    return pl.when(is_formula(text)).then(pl.concat_str(pl.lit("'"), visible)).otherwise(visible)
