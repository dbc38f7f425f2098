"""A summary in the format that was asked for, on standard output or in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.cli.options import Format
from moodcheck.terminal.console import is_terminal, say, size_of, wants_colour, write_out
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.domain.summary import Summary

_FILE_WIDTH = 80


def show(summary: Summary, chosen: Format) -> None:
    """Write a summary to standard output."""
    width, _rows = size_of(sys.stdout)
    colour = wants_colour() and is_terminal(sys.stdout)
    write_out(rendered(summary, chosen, width=width, colour=colour))


def write(summary: Summary, path: Path, chosen: Format | None) -> str:
    """Write a summary to a new file and return what the person should know of it."""
    from moodcheck.adapters.private_file import write_private
    from moodcheck.safe_text import safe_text

    by_name = Format.JSON if path.suffix == ".json" else Format.PLAIN
    write_private(path, rendered(summary, chosen or by_name, width=_FILE_WIDTH, colour=False))
    said = _("Written to {name}. It is not encrypted: whoever can open your files can read it.")
    return f"{said.format(name=safe_text(str(path)))} {summary.not_a_diagnosis}"


def say_help(summary: Summary) -> None:
    """Show the help lines of a summary on standard error."""
    from moodcheck.formats import plain

    width, _rows = size_of(sys.stderr)
    say(plain.help_panel(summary.help, width=width))


def rendered_for_screen(summary: Summary, width: int) -> str:
    """Return a summary drawn that wide, for the terminal at which the person sits."""
    return rendered(summary, Format.RICH, width=width, colour=wants_colour())


def rendered(summary: Summary, chosen: Format, *, width: int, colour: bool) -> str:
    """Return a summary as text."""
    match chosen:
        case Format.RICH:
            from moodcheck.formats import rich_text

            return rich_text.summary(summary, width=width, colour=colour)
        case Format.PLAIN:
            from moodcheck.formats import plain

            return plain.summary(summary, width=width)
        case Format.JSON:
            from moodcheck.formats import json

            return json.summary(summary)
