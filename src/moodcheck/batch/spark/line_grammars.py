"""A line of CSV or JSON Lines → its cells, by strict grammars that Spark evaluates natively."""

from __future__ import annotations

from collections.abc import Collection

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

from moodcheck.batch.column_spelling import spelling
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.tables.strict_csv import LONGEST

_REPLACEMENT = "\ufffd"
"""What Java reads where bytes are no UTF-8."""


def has_replaced(line: Column) -> Column:
    """Return whether a line holds bytes that are no UTF-8, or what others put in their place."""
    # Only a pattern sees what Java reads; `contains` compares bytes, and would find none.
    return line.rlike(_REPLACEMENT)


def replaced(line: Column) -> Column:
    """Return a line as UTF-8, whatever it was."""
    return F.regexp_replace(line, _REPLACEMENT, _REPLACEMENT)


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


_PLAIN = r'[^"\\\x00-\x1f]*+'
_INSIDE = rf'{_PLAIN}(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{{4}}){_PLAIN})*+'
_TEXT = f'"{_INSIDE}"'
_NUMBER = r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
_VALUE = f"(?:{_TEXT}|{_NUMBER}|true|false|null)"
_PAIR = rf"[ \t\r]*+{_TEXT}[ \t\r]*+:[ \t\r]*+{_VALUE}[ \t\r]*+"
_OBJECT = rf"^[ \t\r]*+\{{(?:{_PAIR}(?:,{_PAIR})*+|[ \t\r]*+)\}}[ \t\r]*+\z"
_KEY = rf'[{{,][ \t\r]*+"({_INSIDE})"[ \t\r]*+:[ \t\r]*+{_VALUE}'
_ITS_VALUE = rf"[{{,][ \t\r]*+{_TEXT}[ \t\r]*+:[ \t\r]*+({_VALUE})"

# An escaped backslash, and the two halves of a character that belong together.
_WHOLE = r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = r"\\u[dD][89a-fA-F]"


def json_pairs(line: Column) -> Column:
    """Return the keys of a line with their values as they stand; null for a fault."""
    return F.when(_fault(line).isNull(), F.map_from_arrays(_keys(line), _values(line)))


def json_cell(pairs: Column, name: str) -> Column:
    """Return the value of a key as the text of a cell; blank where it is absent or null."""
    value = F.element_at(pairs, F.lit(name))
    inside = _unescaped(F.regexp_replace(value, '^"|"$', ""))
    text = F.when(value.startswith('"'), inside).when(value == "null", F.lit("")).otherwise(value)
    return F.coalesce(text, F.lit(""))


_AROUND = r"(?U)^\s+|\s+\z"


def json_fault(line: Column, names: Collection[str]) -> Column:
    """Return why a line is no flat object that has each of these keys at most once, or null."""
    others = F.array_except(_keys(line), F.array(*map(F.lit, names)))
    bare = F.transform(others, lambda key: F.lower(F.regexp_replace(key, _AROUND, "")))
    is_spelled_otherwise = F.arrays_overlap(bare, F.array(*map(F.lit, map(spelling, names))))
    return F.coalesce(
        _fault(line), F.when(is_spelled_otherwise, F.lit(RejectReason.DUPLICATE_KEY.value))
    )


def _fault(line: Column) -> Column:
    """Return why a line is no flat object with each key once, or null."""
    keys = _keys(line)
    is_halved = line.contains("\\") & _is_halved(F.array_join(_values(line), ","))
    return (
        F.when(F.octet_length(line) > LONGEST, F.lit(RejectReason.TOO_LONG.value))
        .when(has_replaced(line), F.lit(RejectReason.BAD_ENCODING.value))
        .when(~line.rlike(_OBJECT), F.lit(RejectReason.NOT_AN_OBJECT.value))
        .when(
            F.size(F.array_distinct(keys)) < F.size(keys), F.lit(RejectReason.DUPLICATE_KEY.value)
        )
        .when(is_halved, F.lit(RejectReason.BAD_ENCODING.value))
    )


def _keys(line: Column) -> Column:
    """Return the keys as the texts that they stand for, whichever way they are escaped."""
    keys = F.regexp_extract_all(line, F.lit(_KEY), F.lit(1))
    return F.when(line.contains("\\"), F.transform(keys, _unescaped)).otherwise(keys)


def _values(line: Column) -> Column:
    return F.regexp_extract_all(line, F.lit(_ITS_VALUE), F.lit(1))


def _is_halved(text: Column) -> Column:
    """Return whether an escape stands for half of a character, which no file can hold."""
    return F.regexp_replace(text, _WHOLE, "").rlike(_HALF)


def _unescaped(inside: Column) -> Column:
    """Return what stands between the quotes of a text as the text that it stands for.

    Half of a character stays an escape: all halves would become the same sign.
    """
    whole = F.from_json(F.concat(F.lit('{"a":"'), inside, F.lit('"}')), "a STRING")["a"]
    return F.when(inside.contains("\\") & ~_is_halved(inside), whole).otherwise(inside)
