"""`moodcheck crisis-lines`: help lines at once, with nothing in the way."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from moodcheck.cli.options import PlainOption, RegionOption, find_region, format_for_stdout
from moodcheck.core.crisis import unconfirmed
from moodcheck.errors import ExitCode
from moodcheck.loading.context import Context
from moodcheck.report.formats import Format
from moodcheck.report.help_block import help_document
from moodcheck.report.render_plain import render
from moodcheck.terminal.console import size_of, write_lines, write_out


def crisis_lines(
    context: Context,
    region: RegionOption = None,
    plain: PlainOption = False,
    audit: Annotated[
        bool,
        typer.Option(
            "--audit", help="List the lines that nobody confirmed within a year; 65 if any."
        ),
    ] = False,
) -> int:
    """Show help lines for your country, and nothing else.

    Example: moodcheck crisis-lines --region Ireland
    """
    if audit:
        return _audit(context)
    panel = context.help_panel(find_region(context, region, show=write_out))
    width, _rows = size_of(sys.stdout)
    is_bold = format_for_stdout(None, plain=plain) is Format.RICH
    # Not drawn with Rich even at a terminal: it has to be there at once.
    write_out(render(help_document(panel), width=width, bold=is_bold))
    return 0


def _audit(context: Context) -> int:
    due = list(unconfirmed(context.crisis_directory, today=context.now().date()))
    for code, line in due:
        checked = f"confirmed on {line.checked}" if line.checked else "never confirmed"
        write_lines([f"{code}  {line.name}  {line.number}  {checked}"])
    return ExitCode.BAD_DATA if due else ExitCode.OK
