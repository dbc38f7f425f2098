"""A file of JSON Lines read as slowly and plainly as can be: what fast readers are held to."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.batch.tables.strict_csv import Record
from moodcheck.batch.tables.strict_jsonl import read_line


def read_jsonl(content: bytes, names: Sequence[str]) -> tuple[list[Record], int]:
    """Return every record, and how many lines are blank."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if not lines[-1]:
        lines.pop()
    filled = [line for line in lines if line.strip()]
    records = [read_line(line, number, names) for number, line in enumerate(filled, start=1)]
    return records, len(lines) - len(filled)
