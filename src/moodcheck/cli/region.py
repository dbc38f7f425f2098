"""The country that a command was given, and help all the same where it cannot be understood."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from moodcheck.errors import UsageError
from moodcheck.terminal.console import say, size_of

if TYPE_CHECKING:
    from moodcheck.core.crisis import HelpPanel, Region


def find_region(said: str | None, *, show: Callable[[str], None] = say) -> Region:
    """Return the region as given, set or guessed.

    Whoever mistypes a country may need its numbers now: `show` is given all that are known.

    Raises:
        UsageError: when what was given or set is not a country.
    """
    from moodcheck import api
    from moodcheck.core.crisis import Region
    from moodcheck.report.help_block import help_document
    from moodcheck.report.render_plain import render

    try:
        return api.find_region(said)
    except UsageError:
        show(render(help_document(panel_for(Region())), width=size_of(sys.stderr)[0]))
        raise


def panel_for(where: Region) -> HelpPanel:
    """Return the help lines for a region, today."""
    from moodcheck import api
    from moodcheck.core.crisis import help_panel

    return help_panel(api.crisis_directory(), api.language(), where, today=api.now().date())
