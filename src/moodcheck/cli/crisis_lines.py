"""`moodcheck crisis-lines`: help lines at once, with nothing in the way."""

from __future__ import annotations

import sys

from moodcheck.cli.options import Format, PlainOption, RegionOption, format_for_stdout
from moodcheck.terminal.console import size_of, wants_colour, write_out


def crisis_lines(
    region: RegionOption = None,
    plain: PlainOption = False,
) -> int:
    """Show help lines for your country, and nothing else.

    Example: moodcheck crisis-lines --region GB
    """
    from moodcheck import api
    from moodcheck.domain.crisis import help_panel

    panel = help_panel(
        api.crisis_directory(), api.language(), api.find_region(region), today=api.now().date()
    )
    width, _rows = size_of(sys.stdout)
    if format_for_stdout(None, plain=plain) is Format.RICH:
        from moodcheck.formats import rich_text

        write_out(rich_text.help_panel(panel, width=width, colour=wants_colour()))
    else:
        from moodcheck.formats import plain as plain_format

        write_out(plain_format.help_panel(panel, width=width))
    return 0
