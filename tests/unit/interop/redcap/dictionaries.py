"""Data dictionaries as tests write them."""

from __future__ import annotations

import csv
from io import StringIO

from moodcheck.interop.redcap.columns import Column

NEVER_OFTEN = "0, Never | 1, Often"


def row(name: str, kind: str = "radio", **cells: str) -> dict[Column, str]:
    """Return a field; `cells` by the names of `Column`, in small letters."""
    told = {Column[key.upper()]: text for key, text in cells.items()}
    default = {Column.CHOICES: NEVER_OFTEN} if kind in {"radio", "dropdown"} else {}
    named = {Column.NAME: name, Column.FORM: "rest", Column.TYPE: kind, Column.LABEL: f"{name}?"}
    return {**named, **default, **told}


def text_of(*rows: dict[Column, str], delimiter: str = ",") -> str:
    """Return the file of these fields."""
    table = StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\n")
    writer.writerow(Column)
    writer.writerows([one.get(column, "") for column in Column] for one in rows)
    return table.getvalue()


def dictionary(*rows: dict[Column, str]) -> bytes:
    """Return the file of these fields, in UTF-8."""
    return text_of(*rows).encode()


RECORD_ID = row("record_id", "text", label="Record")
