"""Parts drawn by Rich, for the views that are not yet documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding

from moodcheck.report.help_block import help_block
from moodcheck.report.render_rich import framed, paragraph

if TYPE_CHECKING:
    from moodcheck.core.crisis import HelpPanel


def section(heading: str, *parts: RenderableType, width: int) -> RenderableType:
    """Return parts under a heading, set apart from what stands above."""
    return Padding(Group(paragraph(heading, width, "bold"), *parts), (1, 0, 0, 0))


def help_box(panel: HelpPanel, width: int, *, stands_out: bool) -> RenderableType:
    """Return help lines in a box."""
    return Padding(framed(help_block(panel, is_urgent=stands_out), width), (1, 0, 0, 0))
