"""Names, texts and conditions as SQL."""

from __future__ import annotations

from collections.abc import Iterable

from moodcheck.batch.plan import FORMULA_SIGNS, INVISIBLE, INVISIBLE_BUT_BREAKS, NUMBER, REPLACEMENT


def name(text: str) -> str:
    """Return a name of a column or table."""
    return '"' + text.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a text."""
    return "'" + value.replace("'", "''") + "'"


def listed(parts: Iterable[str]) -> str:
    """Return the parts with commas between them."""
    return ", ".join(parts)


def is_formula(column: str) -> str:
    """Return whether a spreadsheet would run the text; a number such as -12 it would not."""
    signs = listed(str(ord(sign)) for sign in FORMULA_SIGNS)
    return f"(ascii({column}) IN ({signs}) AND NOT regexp_matches({column}, {text(NUMBER)}))"


def is_invisible(column: str) -> str:
    """Return whether the text holds a character that controls, hides or reorders."""
    return f"regexp_matches({column}, {text(INVISIBLE)})"


def is_altered(column: str) -> str:
    """Return whether `shown` would change the text, or a spreadsheet would run it."""
    return f"({is_formula(column)} OR regexp_matches({column}, {text(INVISIBLE_BUT_BREAKS)}))"


def shown(column: str) -> str:
    """Return the text fit for a file that people open: nothing controls, nothing is run."""
    return _shown(column, hidden=INVISIBLE_BUT_BREAKS)


def shown_in_one_line(column: str) -> str:
    """Return the text as `shown` does, with every line break taken out as well."""
    return _shown(column, hidden=INVISIBLE)


def _shown(column: str, *, hidden: str) -> str:
    visible = f"regexp_replace({column}, {text(hidden)}, '{REPLACEMENT}', 'g')"
    return f"CASE WHEN {is_formula(column)} THEN '''' || {visible} ELSE {visible} END"
