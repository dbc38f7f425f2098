"""A data dictionary → the form in it, with what it says that moodcheck cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from moodcheck.errors import BadData, Problem, UsageError, did_you_mean
from moodcheck.interop.form import Form, FormItem, FormOption
from moodcheck.interop.redcap.calculations import Ranges, calculation
from moodcheck.interop.redcap.choices import BUILT_IN, options_of
from moodcheck.interop.redcap.columns import Column
from moodcheck.interop.redcap.fields import is_asked, kind_of, notes_of
from moodcheck.interop.redcap.markup import text_of
from moodcheck.interop.redcap.table import Row, read_table

FORMAT = "REDCap data dictionary"

_LOINC = re.compile(r"\bLOINC\W{1,3}((?:LA|LP)?\d{1,8}-\d)\b", re.IGNORECASE)
_LONGEST = 2_000
_MOST_NAMED = 12


def read_dictionary(shown: str, content: bytes, form: str | None = None) -> Form:
    """Return a form of a data dictionary.

    The first field of a dictionary names the record and is no item. A field that moodcheck cannot
    ask is an item of the kind `other`; each of them is among the notes.

    Args:
        shown: what messages call the file.
        content: of it.
        form: which form, where there are several.

    Raises:
        BadData: when it is no data dictionary, or contradicts itself; names every line.
        UsageError: when it has several forms and none is named, or not that one.
    """
    table = read_table(shown, content)
    _refuse_names(shown, table.rows)
    chosen = _chosen(shown, table.rows, form)
    of_form = [row for row in table.rows if row[Column.FORM] == chosen]
    record_id = _record_id(table.rows)
    fields = [row for row in of_form if row is not record_id]
    return Form(
        shown=shown,
        format=FORMAT,
        items=_items(shown, fields, chosen),
        id=text_of(chosen),
        notes=(*table.notes, *notes_of(of_form, record_id)),
    )


def _refuse_names(shown: str, rows: Iterable[Row]) -> None:
    first: dict[str, int] = {}
    problems = []
    for row in rows:
        field = text_of(row[Column.NAME])
        for column in (Column.NAME, Column.FORM, Column.TYPE):
            if not text_of(row[column]):
                what = f"it has no '{column}'"
                problems.append(Problem(f"{shown}:{row.line}", what, "Fill it in"))
        if field and field in first:
            what = f"the field '{field[:100]}' is there already, on line {first[field]}"
            problems.append(Problem(f"{shown}:{row.line}", what, "Give each field its own name"))
        first.setdefault(field, row.line)
    if problems:
        raise BadData(f"{shown} cannot be used", problems=problems)


def _chosen(shown: str, rows: Iterable[Row], form: str | None) -> str:
    known = list(dict.fromkeys(row[Column.FORM] for row in rows))
    listed = ", ".join(known[:_MOST_NAMED]) + (", …" if len(known) > _MOST_NAMED else "")
    if form is None and len(known) > 1:
        what = f"{shown} has {len(known)} forms"
        raise UsageError(what, mend=f"Choose one with --form: {listed}")
    if form is not None and form not in known:
        raise UsageError(
            f"{shown} has no form '{form[:64]}'",
            mend=f"{did_you_mean(form, known)}It has: {listed}",
        )
    return form or known[0]


def _record_id(rows: Sequence[Row]) -> Row | None:
    """Return the field that names the record: the first of all, where it can be a name."""
    return rows[0] if rows[0][Column.TYPE] == "text" else None


def _items(shown: str, rows: Iterable[Row], chosen: str) -> tuple[FormItem, ...]:
    """Return the items of a form.

    Raises:
        BadData: naming every line that cannot be read, or when there are none.
    """
    items: list[FormItem] = []
    problems, stem = [], None
    for row in rows:
        if row[Column.SECTION]:
            stem = text_of(row[Column.SECTION]) or None
        if not is_asked(row):
            continue
        ranges = {one.link: _range(one) for one in items if one.kind == "choice"}
        try:
            items.append(_item(row, stem, ranges))
        except ValueError as error:
            mend = "Write choices as '0, Label | 1, Label', with &#124; for a | in a label"
            what = f"'{row[Column.NAME]}' {error}"
            problems.append(Problem(f"{shown}:{row.line}", what, mend))
    if problems:
        raise BadData(f"{shown} cannot be used", problems=problems)
    if not items:
        raise BadData(f"The form '{chosen}' of {shown} asks nothing", mend="Choose another")
    return tuple(items)


def _range(item: FormItem) -> tuple[int, int]:
    values = [option.value for option in item.options if option.value is not None]
    return min(values, default=0), max(values, default=0)


def _item(row: Row, stem: str | None, ranges: Ranges) -> FormItem:
    loinc = _LOINC.search(row[Column.ANNOTATION])
    kind = kind_of(row)
    item = FormItem(
        link=text_of(row[Column.NAME]),
        text=text_of(row[Column.LABEL]),
        kind=kind,
        place=row.place,
        type=text_of(row[Column.TYPE]),
        help=text_of(row[Column.NOTE]) or None,
        stem=stem,
        codes={"loinc": loinc[1].upper()} if loinc else {},
        options=_options(row) if kind == "choice" else (),
        calculation=calculation(row[Column.CHOICES], ranges) if kind == "score" else None,
    )
    if max(len(text) for text in (item.text, item.help or "", item.stem or "")) > _LONGEST:
        raise ValueError(f"has a text of more than {_LONGEST:,} characters")
    return item


def _options(row: Row) -> tuple[FormOption, ...]:
    return options_of(BUILT_IN.get(row[Column.TYPE]) or row[Column.CHOICES])
