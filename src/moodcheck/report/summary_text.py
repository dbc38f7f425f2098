"""Parts of a summary in words: the same ones in every format that a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.core.summary import ItemLine, Summary


def standing_out(shown: Summary) -> list[tuple[str, str]]:
    """Return each answer that stood out, and the labels of the items that got it."""
    return [
        (safe_text(group.answer), ", ".join(safe_text(item.label) for item in group.items))
        for group in shown.stood_out
    ]


def visit_prompt(line: ItemLine) -> str:
    """Return what to bring to a visit, or say there, because of an answer; mostly nothing."""
    return safe_text(line.item.visit) if line.stands_out and line.item.visit else ""
