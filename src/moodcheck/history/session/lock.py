"""What stands between whoever is at the keyboard and what is stored."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from moodcheck.checkin.dialogue import Dialogue
from moodcheck.errors import MoodcheckError
from moodcheck.history.session import hand_over_pages
from moodcheck.terminal.page import Page
from moodcheck.terminal.signals import LeftAtOnce
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

GRACE = 60.0
"""Seconds at most between the request to hand it back and the lock."""


class _StillIdleError(Exception):
    """Nobody pressed a key after the request to hand it back."""


class Lock:
    """Asks for the passphrase of the history; nothing but that passphrase opens it."""

    def __init__(
        self, dialogue: Dialogue, opens: Callable[[str], bool], wait: Callable[[], float]
    ) -> None:
        self._dialogue = dialogue
        self._opens = opens
        self._wait = wait
        self._wrong_tries = 0
        self._is_asking_back = False
        self._is_taken_back = False
        """Whether the counselor said already that they are the one to unlock it."""

    def wrong_tries(self) -> int:
        """Return how many wrong passphrases were typed since this was last asked."""
        tries, self._wrong_tries = self._wrong_tries, 0
        return tries

    def went_idle(self) -> None:
        """Lock what was left alone. A client is first asked to hand it back, and may go on."""
        if self._dialogue.is_handed_over and not self._is_asking_back and self._is_woken():
            return
        self.wait_until_opened()

    def wait_until_opened(self) -> None:
        """Clear everything, and come back only when the passphrase was typed.

        A counselor may still leave, which clears as well; a client has no way out.
        """
        d = self._dialogue
        d.view.clear_all()
        asked = d.setting.language.hand_over.hand_back if d.is_handed_over else ""
        while True:
            try:
                if self._is_opened(
                    lambda problem: hand_over_pages.locked(
                        d.panel, problem=problem, hand_back=asked
                    )
                ):
                    return
            except LeftAtOnce:
                if not d.is_handed_over:
                    raise

    def wait_until_handed_back(self) -> bool:
        """Clear everything and ask for the hand-back.

        Returns whether the counselor typed the passphrase, rather than the client going on.
        """
        self._dialogue.view.clear_all()
        self._is_asking_back = True
        try:
            while True:
                try:
                    if self._goes_on():
                        return False
                    if self._is_opened(
                        lambda problem: hand_over_pages.unlock(
                            self._dialogue.panel, problem=problem
                        )
                    ):
                        return True
                except LeftAtOnce:
                    continue
        finally:
            self._is_asking_back = False

    def _goes_on(self) -> bool:
        """Ask for the hand-back; return whether the client goes on instead."""
        if self._is_taken_back:
            self._is_taken_back = False
            return False
        return self._chooses_to_go_on()

    def _chooses_to_go_on(self, *, is_going_idle: bool = False) -> bool:
        d, language = self._dialogue, self._dialogue.setting.language
        chosen = d.choose(
            lambda: hand_over_pages.hand_back(language, d.panel, is_going_idle=is_going_idle),
            {"b", "u"},
            only_fresh_keys=True,
        )
        return chosen == "b"

    def _is_woken(self) -> bool:
        """Ask for the hand-back for a while; return whether the client is there and goes on.

        Raises:
            LeftAtOnce: when it is handed back.
        """
        d = self._dialogue
        d.view.clear_all()
        try:
            with d.idle_by(_still_idle, GRACE):
                goes_on = self._chooses_to_go_on(is_going_idle=True)
        except _StillIdleError:
            return False
        if not goes_on:
            self._is_taken_back = True
            raise LeftAtOnce
        return True

    def _is_opened(self, page: Callable[[str], Page]) -> bool:
        """Ask until the passphrase is right, or nothing is typed."""
        problem = ""
        while True:
            typed = self._dialogue.secret(page(problem))
            if typed is None:
                return False
            if (seconds := ceil(self._wait())) > 0:
                # A passphrase that comes too soon is not tried, right or wrong.
                problem = _too_soon(seconds)
                continue
            try:
                if self._opens(typed):
                    return True
            except MoodcheckError as error:
                problem = str(error)
            else:
                self._wrong_tries += 1
                problem = _("That is not the passphrase.")
                if (seconds := ceil(self._wait())) > 1:
                    problem = f"{problem} {_too_soon(seconds)}"


def _too_soon(seconds: int) -> str:
    text = ngettext(
        "Wait {count} second before the next try.", "Wait {count} seconds before the next try.",
        seconds,
    )  # fmt: skip
    return text.format(count=seconds)


def _still_idle() -> None:
    raise _StillIdleError
