"""How far long work is, on standard error: nothing for what is done in a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from moodcheck.terminal.console import is_dumb, is_terminal, say
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 1.0
"""Seconds of work of which nothing is said."""

_SELDOM = 30.0
"""Seconds between two lines where no bar can be drawn."""


class ProgressBar:
    """Is told how far the work is, and shows it where that helps."""

    def __init__(self) -> None:
        self._began = self._said = monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, rows: int, share: float | None) -> None:
        """Take note that so many rows are done (0: not known), and which share of the work."""
        now = monotonic()
        if now - self._began < _PATIENCE:
            return
        if is_terminal(sys.stderr) and not is_dumb():
            self._draw(rows, share)
        elif now - self._said > _SELDOM:
            self._said = now
            say(_("Still at work: {done}.").format(done=_done(rows, share)) + "\n")

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self, rows: int, share: float | None) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn

            self._bar = Progress(
                BarColumn(),
                TextColumn("{task.description}"),
                console=Console(stderr=True, highlight=False),
                transient=True,
            )
            self._task = self._bar.add_task("", total=1.0)
            self._bar.start()
        if self._task is not None:
            self._bar.update(self._task, completed=share or 0.0, description=_done(rows, share))


def _done(rows: int, share: float | None) -> str:
    said = [_("{share} %").format(share=int(share * 100))] if share is not None else []
    said += [_("{rows} rows").format(rows=f"{rows:,}")] if rows else []
    return ", ".join(said)


@contextmanager
def progress_bar() -> Iterator[ProgressBar]:
    """Give something to tell progress to, and leave no bar behind."""
    bar = ProgressBar()
    try:
        yield bar
    finally:
        bar.close()
