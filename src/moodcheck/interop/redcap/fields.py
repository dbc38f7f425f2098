"""What a field of REDCap is to moodcheck, and what it says that moodcheck cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from moodcheck.interop.form import Kind
from moodcheck.interop.redcap.calculations import counts_missing_as_nothing
from moodcheck.interop.redcap.choices import BUILT_IN, MOST_CHOICES
from moodcheck.interop.redcap.columns import Column
from moodcheck.interop.redcap.markup import is_piped, text_of
from moodcheck.interop.redcap.table import Row

_OFFERS_ONE = frozenset({"radio", "dropdown"})
_WORDS_ALONE = "descriptive"
_ACTION = re.compile(r"@[A-Z][A-Z0-9-]+")
_WORKED_OUT = frozenset({"@CALCTEXT", "@CALCDATE"})
_YES = frozenset({"y", "yes", "1"})


def is_asked(row: Row) -> bool:
    """Return whether a field is more than words between the others."""
    return row[Column.TYPE] != _WORDS_ALONE


def kind_of(row: Row) -> Kind:
    """Return the kind of item that a field is."""
    called = row[Column.TYPE]
    if called == "calc" or not _WORKED_OUT.isdisjoint(_ACTION.findall(row[Column.ANNOTATION])):
        return "score"
    if called in BUILT_IN:
        return "choice"
    if called in _OFFERS_ONE:
        return "other" if _is_ranked(row) or _is_long(row) else "choice"
    takes_words = called == "notes" or (called == "text" and not row[Column.VALIDATION])
    return "text" if takes_words and not _is_identifier(row) else "other"


def notes_of(rows: Iterable[Row], record_id: Row | None) -> Iterator[str]:
    """Yield what the fields of a form say and moodcheck cannot, without full stops.

    Args:
        rows: the fields.
        record_id: the one that names the record.
    """
    required, matrices = 0, dict[str, None]()
    for row in rows:
        if row[Column.MATRIX]:
            matrices[text_of(row[Column.MATRIX])] = None
        called = f"{row.place}: '{text_of(row[Column.NAME])}'"
        if row is record_id:
            yield f"{called} names the record in REDCap, and is not asked"
            continue
        yield from (f"{called} {said}" for said in _unsaid(row))
        required += row[Column.REQUIRED].lower() in _YES
    for name in matrices:
        yield f"the matrix '{name}' is asked item by item"
    if required:
        yield f"REDCap requires {required} of the answers, and moodcheck lets each be skipped"


def _unsaid(row: Row) -> Iterator[str]:
    if row[Column.BRANCHING]:
        yield "is shown only under a condition in REDCap, and moodcheck always asks it"
    if not is_asked(row):
        yield "is words between the items, and is left out"
        return
    kind = kind_of(row)
    labels = (row[Column.LABEL], row[Column.CHOICES] if kind != "score" else "")
    if any(map(is_piped, labels)):
        yield "is filled in with other answers in REDCap, and not here"
    actions = dict.fromkeys(_ACTION.findall(row[Column.ANNOTATION]))
    if idle := [one for one in actions if one not in _WORKED_OUT]:
        yield f"has action tags that do nothing here: {', '.join(idle)}"
    if kind == "score" and counts_missing_as_nothing(row[Column.CHOICES]):
        yield "counts a missing answer as 0 in REDCap; moodcheck then gives no score"
    elif kind == "score":
        yield "is worked out by REDCap"
    elif kind == "other":
        yield f"cannot be asked here: {_why_not(row)}"


def _why_not(row: Row) -> str:
    called = row[Column.TYPE]
    if _is_identifier(row):
        return "it says who somebody is"
    why = {
        **dict.fromkeys(_OFFERS_ONE, f"it has more than {MOST_CHOICES} choices"),
        "checkbox": "it takes several answers",
        "slider": "it is a slider",
        "file": "it takes a file",
        "sql": "its choices are in a database",
        "text": f"it takes text of the kind '{text_of(row[Column.VALIDATION])}'",
    }
    if _is_ranked(row):
        return "each of its choices is for one row of a matrix only"
    return why.get(called, f"fields of the type '{text_of(called)}' are not known")


def _is_ranked(row: Row) -> bool:
    return row[Column.RANKING].lower() in _YES


def _is_long(row: Row) -> bool:
    return row[Column.CHOICES].count("|") >= MOST_CHOICES


def _is_identifier(row: Row) -> bool:
    return row[Column.IDENTIFIER].lower() in _YES
