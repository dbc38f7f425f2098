"""Who asks in a counselor's session: the client's screen after a hand-over, or the counselor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from moodcheck.checkin import help_pages, question_pages
from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.dialogue import Dialogue
from moodcheck.checkin.ports import AfterStop, Question
from moodcheck.core.administration import Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.history.follow_up import note_text
from moodcheck.history.session import hand_over_pages, review_pages, session_pages
from moodcheck.report.document import Paragraph
from moodcheck.terminal.key import Key
from moodcheck.terminal.page import Page, View
from moodcheck.terminal.reader import Entry
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
        self._questionnaire = questionnaire
        self._another_follows = another_follows
        self._is_first = is_first

    def welcome(self) -> bool:
        """Say, once, what the client should know; there is no way but to begin or to leave."""
        d, language = self.dialogue, self.dialogue.setting.language
        accepted: set[Entry] = {Key.ENTER, "p", "q", Key.END, *({"y"} if self._is_first else set())}
        while not self._has_begun:
            match d.choose(
                self._welcome_page,
                accepted,
                only_fresh_keys=True,
            ):
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

    def page_of(self, question: Question, way_out: str = "") -> Page:
        """Return the page of an item, with Esc Esc leading to the hand-back."""
        return super().page_of(question, way_out or _("hand back"))

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


class ReadAloudAsker(TerminalAsker):
    """Asks a counselor who reads the items aloud, and takes notes."""

    def __init__(
        self,
        dialogue: Dialogue,
        notes: Mapping[str, str],
        keep_note: Callable[[str, str], None],
        *,
        to_plain: Callable[[], View],
    ) -> None:
        super().__init__(dialogue, to_plain=to_plain)
        self.more_keys = {"n": self._note, "d": lambda _question: Unanswered.DECLINED}
        self._notes = dict(notes)
        self._keep_note = keep_note

    def welcome(self) -> bool:
        """Begin: the counselor was told everything before."""
        return True

    def page_of(self, question: Question, way_out: str = "") -> Page:
        """Return the page of an item, with the note that was taken there."""
        page = super().page_of(question, way_out)
        note = self._notes.get(question.item.id)
        said = _("Your note: {note}").format(note=note) if note else ""
        blocks = (*page.blocks, Paragraph(said)) if said else page.blocks
        keys = (("n", _("note")), ("d", _("declined")), *page.keys)
        return replace(page, blocks=blocks, keys=keys)

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        """Say that the answers are kept, and ask what is wanted."""
        del has_answers
        d = self.dialogue
        ways: dict[Entry, AfterStop] = {
            "b": AfterStop.BACK,
            "v": AfterStop.SUMMARY,
            "l": AfterStop.LEAVE,
            Key.END: AfterStop.LEAVE,
        }
        return ways[d.choose(lambda: session_pages.stop_reading(d.panel), ways)]

    def review_page(self, questions: Sequence[Question]) -> Page:
        """Return the page of all answers, which leads to the closing view."""
        language = self.dialogue.setting.language
        return question_pages.review(questions, language, what_next=_("done, see it all"))

    def _note(self, question: Question) -> None:
        item = question.item

        def keep(text: str) -> None:
            note = note_text(text)
            self._keep_note(item.id, note)
            self._notes[item.id] = note

        self.dialogue.take(review_pages.note(item.label, self._notes.get(item.id, "")), keep)
