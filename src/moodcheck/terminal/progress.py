"""How far long work is, on standard error: a bar for eyes, a rare line for readers and logs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from moodcheck.terminal.console import is_dumb, is_terminal, say
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from rich.progress import Progress

BAR_AFTER = 1.0
"""Seconds of work of which nothing is said."""

LINE_EVERY = 10.0
"""Seconds between two lines for whoever reads line by line at a terminal."""

LOG_EVERY = 60.0
"""Seconds between two lines elsewhere: the log of a long night stays short."""


class ProgressBar:
    """Shows how far long work is, where that helps."""

    def __init__(self, *, plain: bool, clock: Callable[[], float]) -> None:
        """Draw nothing if `plain`; `clock` gives seconds that only rise."""
        self._draws = is_terminal(sys.stderr) and not plain and not is_dumb()
        self._every = LINE_EVERY if is_terminal(sys.stderr) else LOG_EVERY
        self._clock = clock
        self._due = clock() + (BAR_AFTER if self._draws else self._every)
        self._bar: Progress | None = None

    def __call__(self, rows: int, share: float | None) -> None:
        """Report the rows that are done (0: not known) and the share of the work, from 0 to 1."""
        now = self._clock()
        if now < self._due:
            return
        if self._draws:
            self._draw(rows, share)
        else:
            self._due = now + self._every
            say(_("Still at work: {done}.").format(done=_done(rows, share)) + "\n")

    def close(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self, rows: int, share: float | None) -> None:
        if self._bar is None:
            self._bar = _begun()
        # Without a total, the bar only shows that something goes on.
        total = None if share is None else 1.0
        (task,) = self._bar.task_ids
        self._bar.update(task, total=total, completed=share or 0.0, description=_done(rows, share))


@contextmanager
def progress_bar(
    *, plain: bool = False, clock: Callable[[], float] = monotonic
) -> Iterator[ProgressBar]:
    """Yield a progress bar and remove it at the end; arguments as for `ProgressBar`."""
    bar = ProgressBar(plain=plain, clock=clock)
    try:
        yield bar
    finally:
        bar.close()


def _begun() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(file=sys.stderr, no_color=True, highlight=False)
    weights = BarColumn(style="dim", complete_style="", finished_style="", pulse_style="")
    bar = Progress(weights, TextColumn("{task.description}"), console=console, transient=True)
    bar.add_task("")
    bar.start()
    return bar


def _done(rows: int, share: float | None) -> str:
    # Never "100 %" before the end.
    parts = [_("{share} %").format(share=min(int(share * 100), 99))] if share is not None else []
    parts += [_("{rows} rows").format(rows=f"{rows:,}")] if rows else []
    return ", ".join(parts) or _("it has begun")
