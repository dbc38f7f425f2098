"""`moodcheck crisis-lines`: help lines at once, with nothing in the way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli.options import Format, PlainOption, RegionOption, format_for_stdout
from moodcheck.errors import ExitCode, UsageError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import say, size_of, write_out

if TYPE_CHECKING:
    from moodcheck.domain.crisis import Region


def crisis_lines(
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

    Example: moodcheck crisis-lines --region GB
    """
    if audit:
        return _audit()
    from moodcheck import api
    from moodcheck.domain.crisis import help_panel

    # Not drawn with Rich even at a terminal: it has to be there at once.
    from moodcheck.formats.plain import help_panel as as_text

    where = api.find_region(region) if region is not None else _region_at_hand()
    panel = help_panel(api.crisis_directory(), api.language(), where, today=api.now().date())
    width, _rows = size_of(sys.stdout)
    is_bold = format_for_stdout(None, plain=plain) is Format.RICH
    write_out(as_text(panel, width=width, bold=is_bold))
    return 0


def _audit() -> int:
    from moodcheck import api
    from moodcheck.domain.crisis import unconfirmed

    due = list(unconfirmed(api.crisis_directory(), today=api.now().date()))
    for code, line in due:
        checked = f"confirmed on {line.checked}" if line.checked else "never confirmed"
        write_out(safe_text(f"{code}  {line.name}  {line.number}  {checked}") + "\n")
    return ExitCode.BAD_DATA if due else ExitCode.OK


def _region_at_hand() -> Region:
    """Return the region that is set or guessed; a wrong setting is said, and is in nobody's way."""
    from moodcheck import api
    from moodcheck.domain.crisis import Region

    try:
        return api.find_region(None)
    except UsageError as error:
        say(f"{error}\n")
        return Region()
