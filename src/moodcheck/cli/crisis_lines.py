"""`moodcheck crisis-lines`: help lines at once, with nothing in the way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from moodcheck.cli.options import Format, PlainOption, RegionOption, format_for_stdout
from moodcheck.errors import UsageError
from moodcheck.terminal.console import say, size_of, write_out

if TYPE_CHECKING:
    from moodcheck.domain.crisis import Region


def crisis_lines(
    region: RegionOption = None,
    plain: PlainOption = False,
) -> int:
    """Show help lines for your country, and nothing else.

    Example: moodcheck crisis-lines --region GB
    """
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


def _region_at_hand() -> Region:
    """Return the region that is set or guessed; a wrong setting is said, and is in nobody's way."""
    from moodcheck import api
    from moodcheck.domain.crisis import Region

    try:
        return api.find_region(None)
    except UsageError as error:
        say(f"MOODCHECK_REGION: {error}\n")
        return Region()
