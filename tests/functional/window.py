"""What a terminal's window shows: pyte's screen, with what pyte leaves out."""

from __future__ import annotations

import copy
from typing import Any

import pyte

_ALTERNATE = 1049
_SCROLLBACK = 3


class Window(pyte.Screen):
    """What a terminal's window shows, with the alternate screen that pyte leaves out.

    And with what was scrolled out of it: pyte's own screen with a history takes four times as long.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self._scrolled: list[Any] = []
        self._normal: tuple[Any, Any, list[Any]] | None = None
        super().__init__(columns, rows)

    @property
    def is_alternate(self) -> bool:
        """Whether the alternate screen is shown."""
        return self._normal is not None

    @property
    def scrolled(self) -> list[str]:
        """The rows above the window."""
        return [
            "".join(row[x].data for x in range(self.columns)).rstrip() for row in self._scrolled
        ]

    def index(self) -> None:
        """Keep the row that leaves at the top."""
        top, bottom = self.margins or (0, self.lines - 1)
        if self.cursor.y == bottom:
            self._scrolled.append(self.buffer[top])
        super().index()

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - pyte's own signature
        """Forget what was scrolled, too, where that is asked for."""
        super().erase_in_display(how, *args, **kwargs)
        if how == _SCROLLBACK:
            self._scrolled = []

    def reset(self) -> None:
        """Forget everything."""
        super().reset()
        self._scrolled = []

    def set_mode(self, *modes: int, **kwargs: Any) -> None:  # noqa: ANN401 - pyte's own signature
        """Keep the normal screen when the alternate one is asked for."""
        super().set_mode(*modes, **kwargs)
        if kwargs.get("private") and _ALTERNATE in modes and not self.is_alternate:
            kept = self.buffer, self.cursor, self._scrolled
            self._normal = copy.deepcopy(kept)
            self.erase_in_display(2)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:  # noqa: ANN401 - pyte's own signature
        """Bring back the normal screen."""
        super().reset_mode(*modes, **kwargs)
        if kwargs.get("private") and _ALTERNATE in modes and self._normal is not None:
            self.buffer, self.cursor, self._scrolled = self._normal
            self._normal = None
