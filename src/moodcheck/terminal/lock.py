"""What stands between whoever is at the keyboard and what is stored."""

from __future__ import annotations

from collections.abc import Callable

from moodcheck.errors import MoodcheckError
from moodcheck.terminal import hand_over_pages
from moodcheck.terminal.dialogue import Dialogue
from moodcheck.terminal.page import Page
from moodcheck.terminal.signals import LeftAtOnce
from moodcheck.translation import gettext as _


class Lock:
    """Asks for the passphrase of the history; nothing but that passphrase opens it."""

    def __init__(self, dialogue: Dialogue, opens: Callable[[str], bool]) -> None:
        self._dialogue = dialogue
        self._opens = opens
        self._wrong_tries = 0

    def wrong_tries(self) -> int:
        """Return how many wrong passphrases were typed since this was last asked."""
        tries, self._wrong_tries = self._wrong_tries, 0
        return tries

    def wait_until_opened(self) -> None:
        """Clear everything, and come back only when the passphrase was typed.

        A counselor may still leave, which clears as well; a client has no way out.
        """
        d = self._dialogue
        d.view.clear_all()
        while True:
            try:
                if self._is_opened(
                    lambda problem: hand_over_pages.locked(d.panel, problem=problem)
                ):
                    return
            except LeftAtOnce:
                if not d.is_handed_over:
                    raise

    def wait_until_handed_back(self) -> bool:
        """Clear everything and ask for the hand-back.

        Returns whether the counselor typed the passphrase, rather than the client going on.
        """
        d = self._dialogue
        d.view.clear_all()
        while True:
            try:
                back_or_unlock = d.choose(
                    lambda: hand_over_pages.hand_back(d.setting.language, d.panel),
                    {"b", "u"},
                    only_fresh_keys=True,
                )
                if back_or_unlock == "b":
                    return False
                if self._is_opened(
                    lambda problem: hand_over_pages.unlock(d.panel, problem=problem)
                ):
                    return True
            except LeftAtOnce:
                continue

    def _is_opened(self, page: Callable[[str], Page]) -> bool:
        """Ask until the passphrase is right, or nothing is typed."""
        problem = ""
        while True:
            said = problem
            typed = self._dialogue.secret(lambda: page(said))  # noqa: B023 - used at once
            if typed is None:
                return False
            try:
                if self._opens(typed):
                    return True
            except MoodcheckError as error:
                problem = str(error)
            else:
                self._wrong_tries += 1
                problem = _("That is not the passphrase.")
