"""Sections as lists of lines, for the views that are not yet documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moodcheck.report.help_block import help_block
from moodcheck.report.render_plain import said
from moodcheck.report.wrapping import NARROWEST, wrapped

if TYPE_CHECKING:
    from moodcheck.core.crisis import HelpPanel


def joined(sections: Iterable[list[str]], width: int) -> str:
    """Return sections as lines of at most `width` columns, an empty line between two."""
    room = max(width, NARROWEST)
    blocks = ["\n".join(wrapped(line, room) for line in section) for section in sections if section]
    return "\n\n".join(blocks) + "\n"


def help_section(panel: HelpPanel) -> list[str]:
    """Return help lines as a section: the numbers first."""
    block = help_block(panel)
    return [f"{block.heading}:", *(line for one in block.blocks for line in said(one))]
