"""A hand-over: the client has the keyboard until the counselor takes it back by the passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from moodcheck.checkin import help_pages, question_pages
from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.dialogue import Dialogue
from moodcheck.checkin.sitting import Keyboard, Person
from moodcheck.checkin.walkthrough import AfterStop, Question
from moodcheck.core.administration import Administration
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.summary import Summary
from moodcheck.history.session import hand_over_pages
from moodcheck.history.session.lock import Lock
from moodcheck.history.sittings import KeptSitting
from moodcheck.terminal.page import Page, View
from moodcheck.terminal.reader import Entry, Key
from moodcheck.terminal.signals import LeftAtOnce
from moodcheck.translation import gettext as _


class HandOverAsker(TerminalAsker):
    """Asks a client who has the keyboard. Every way out raises `LeftAtOnce`."""

    def __init__(
        self,
        dialogue: Dialogue,
        questionnaire: Questionnaire,
        *,
        to_plain: Callable[[], View],
        another_follows: Callable[[], bool],
        is_first: bool = True,
    ) -> None:
        super().__init__(dialogue, to_plain=to_plain)
        self.way_out = _("hand back")
        self._questionnaire = questionnaire
        self._another_follows = another_follows
        self._is_first = is_first

    def welcome(self) -> bool:
        """Say, once, what the client should know; there is no way but to begin or to leave."""
        d, language = self.dialogue, self.dialogue.setting.language
        accepted: set[Entry] = {Key.ENTER, "p", "q", Key.END, *({"y"} if self._is_first else set())}
        while not self._has_begun:
            match d.choose(self._welcome_page, accepted, only_fresh_keys=True):
                case Key.ENTER:
                    self._has_begun = True
                case "p":
                    d.view = self.to_plain()
                case "y":
                    d.is_young = True
                    if not d.goes_on(lambda: help_pages.under_18(language, d.panel)):
                        raise LeftAtOnce
                case _:
                    raise LeftAtOnce
        return True

    def _welcome_page(self) -> Page:
        d = self.dialogue
        if not self._is_first:
            return hand_over_pages.next_questionnaire(self._questionnaire, d.panel)
        return hand_over_pages.client_welcome(self._questionnaire, d.setting.language, d.panel)

    def review_page(self, questions: Sequence[Question]) -> Page:
        """Return the page of all answers, which leads to the next questions or the hand-back."""
        done = _("done, hand back")
        if self._another_follows():
            done = _("done, go on to the next questions")
        return question_pages.review(questions, self.dialogue.setting.language, what_next=done)

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        """Lead to the hand-back."""
        del has_answers
        raise LeftAtOnce


@dataclass
class HandOver:
    """What a client is asked, one questionnaire after the other, and what came of it."""

    person: Person
    keyboard: Keyboard
    lock: Lock
    next_sitting: Callable[[], KeptSitting | None]
    """Begins the next sitting; None when all were begun."""
    another_follows: Callable[[], bool]
    """Returns whether there is a next sitting to begin."""
    summarize: Callable[[Administration, Region], Summary]
    kept: list[KeptSitting] = field(default_factory=list)
    """The sittings that were begun."""
    failure: Exception | None = None
    """The last error while the client had the keyboard; it is shown to the counselor."""
    was_told: bool = False
    """Whether the client was told at the end what their answers lead to."""
    _over: dict[str, Administration] = field(default_factory=dict)
    _askers: dict[str, HandOverAsker] = field(default_factory=dict)

    def run(self) -> list[tuple[KeptSitting, Administration]]:
        """Let the client answer until the keyboard is handed back; return what there is.

        Whatever goes wrong meanwhile leads to the hand-back, and never out of it.
        """
        d = self.person.dialogue
        d.is_handed_over = True
        with self.keyboard.guarded():
            d.view.clear_all()
            is_handed_back = False
            while not is_handed_back:
                self.failure = None
                try:
                    self._ask()
                except LeftAtOnce:
                    pass
                except Exception as error:  # noqa: BLE001 - no mistake of ours opens the shell
                    self.failure = error
                is_handed_back = self.lock.wait_until_handed_back()
        d.is_handed_over = d.is_young = False
        d.view.clear_all()
        return [(one, self._over.get(one.record.id) or one.administration) for one in self.kept]

    def _ask(self) -> None:
        """Ask on from where the client is, to the end."""
        current = self.kept[-1] if self.kept else self._begun()
        while current is not None:
            # The client may change answers from here on, so the result so far no longer counts.
            self._over.pop(current.record.id, None)
            self.was_told = False
            administration = current.run(self._asker(current))
            if administration is not None:
                self._over[current.record.id] = administration
            current = self._begun()
        self._advise()

    def _begun(self) -> KeptSitting | None:
        begun = self.next_sitting()
        if begun is not None:
            self.kept.append(begun)
        return begun

    def _asker(self, kept: KeptSitting) -> HandOverAsker:
        name = kept.record.id
        if name not in self._askers:
            self._askers[name] = HandOverAsker(
                self.person.dialogue,
                kept.record.administration.questionnaire,
                to_plain=self.person.asker.to_plain,
                another_follows=self.another_follows,
                is_first=not self._askers,
            )
        return self._askers[name]

    def _advise(self) -> None:
        """Tell the client what their answers lead to, before they hand back."""
        d = self.person.dialogue

        def page() -> Page:
            summaries = [self.summarize(one, d.region) for one in self._over.values()]
            was_shown = any(asker.help_was_shown for asker in self._askers.values())
            return hand_over_pages.advised(summaries, d.panel, help_was_shown=was_shown)

        self.was_told = True
        d.choose(page, {Key.ENTER, Key.END, "q"}, only_fresh_keys=True)
