"""An Asker for a person at a terminal, or behind a pipe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from moodcheck.checkin import help_pages, pages, question_pages
from moodcheck.checkin.dialogue import Dialogue
from moodcheck.checkin.walkthrough import AfterStop, Move, MovedOn, Question
from moodcheck.core.administration import Unanswered
from moodcheck.errors import InputNotFound, MoodcheckError
from moodcheck.report.document import Document
from moodcheck.terminal.page import Page, View, by_number
from moodcheck.terminal.reader import Entry, Key, LineEditor
from moodcheck.translation import gettext as _

_MOVES: dict[Entry, Move] = {
    "b": Move.BACK,
    Key.LEFT: Move.BACK,
    "s": Move.SKIP,
    "f": Move.FINISH,
    "q": Move.STOP,
    Key.END: Move.STOP,
}

BACK: frozenset[Entry] = frozenset({Key.ENTER, Key.END, Key.LEFT, "b"})
"""Entries that leave a page on which there is nothing to choose."""

Answer = TypeVar("Answer", int, str, Unanswered)


class TerminalAsker:
    """Puts the questions to a person, one page each."""

    def __init__(self, dialogue: Dialogue, *, to_plain: Callable[[], View]) -> None:
        self.more_keys: dict[Entry, Callable[[Question], Unanswered | None]] = {}
        """What other entries do at a question; each may return why there is no answer."""
        self.dialogue = dialogue
        self.to_plain = to_plain
        """Ends the drawing of pages; returns the view that adds lines instead."""
        self.way_out = ""
        """Where Esc twice leads, in words, if not out at once."""
        self.help_was_shown = False
        """Whether an answer of this sitting brought up help lines, even if it was changed later."""
        self.left_after_alert = False
        """Whether the person left without a summary after that."""
        self._has_begun = False
        self._just_given = self._before = ""
        """What was answered just now, and at the question before the one that is asked."""
        self._lines: dict[str, LineEditor] = {}
        """Own words that were begun, by item."""

    def welcome(self) -> bool:
        """Say what this is, once; return whether the person wants to begin."""
        d, s = self.dialogue, self.dialogue.setting
        while not self._has_begun:
            match d.choose(
                lambda: pages.welcome(s.questionnaire, s.language, d.panel, traces=s.traces),
                {Key.ENTER, Key.END, "y", "o", "p", "q"},
            ):
                case Key.ENTER:
                    self._has_begun = True
                case "p":
                    d.view = self.to_plain()
                case "y":
                    d.is_young = True
                    if not d.goes_on(lambda: help_pages.under_18(s.language, d.panel)):
                        return False
                case "o":
                    if not d.goes_on(lambda: help_pages.for_someone_else(s.language, d.panel)):
                        return False
                case Key.END if s.is_piped:
                    raise InputNotFound(
                        "There is nobody to ask: standard input ended before the first question",
                        mend="Start moodcheck at a terminal, or use --answers FILE",
                    )
                case _:
                    return False
        return True

    def ask(self, question: Question) -> int | str | Unanswered | Move | MovedOn:
        """Ask until there is a value that the item offers, own words, why not, or a move."""
        self._before, self._just_given = self._just_given, ""
        moves = {entry for entry in _MOVES if question.is_context or entry != "f"}
        also: set[Entry] = {*moves, *self.more_keys, "?"}
        if question.item.type == "text":
            return self._ask_words(question, also)
        values = question_pages.values_by_key(question)
        while True:
            entry = self.dialogue.choose(
                self.page_of(question),
                {*values, *also},
                numbers_need_enter=question_pages.is_by_position(question),
            )
            if entry in values:
                return self._repeated(question, values[entry])
            given = self._given_by(entry, question)
            if given is not None:
                return given

    def _ask_words(self, question: Question, also: set[Entry]) -> str | Unanswered | Move | MovedOn:
        d, name = self.dialogue, question.item.id
        stand = question_pages.standing_words(question)
        # Kept until it is given: a lock or a hand-back may come between.
        line = self._lines.setdefault(name, d.new_line(stand, is_own_words=True))
        note = ""
        while True:
            entry = d.write(self.page_of(question), {*also, Key.ENTER}, line, note)
            note = ""
            if entry is Key.ENTER and stand and d.view.edits:
                line.write_over(stand)
                note = _("Your words are still here. To take them away, press Tab and then s.")
                continue
            if entry is Key.ENTER:
                given: str | Unanswered | Move | None = stand or Move.SKIP
            elif entry in also:
                given = self._given_by(entry, question)
            else:
                given = str(entry)
            if given is None:
                continue
            del self._lines[name]
            if isinstance(given, Move) and given is not Move.SKIP:
                words = line.text.strip()
                return MovedOn(words, given) if words not in {"", stand} else given
            return (
                given if isinstance(given, (Move, Unanswered)) else self._repeated(question, given)
            )

    def _given_by(self, entry: Entry, question: Question) -> Unanswered | Move | None:
        """Act on a key that is not an answer; return what it leads to, if anything."""
        if entry == "?":
            keys = self.page_of(question).keys
            self.dialogue.choose(question_pages.why(question, keys), BACK)
        elif entry in self.more_keys:
            given = self.more_keys[entry](question)
            return None if given is None else self._repeated(question, given)
        elif entry == "s":
            self._repeated(question, Unanswered.SKIPPED)
            return Move.SKIP
        else:
            return _MOVES[entry]
        return None

    def page_of(self, question: Question) -> Page:
        """Return the page of an item."""
        return question_pages.question(
            question, before=self._before, edits=self.dialogue.view.edits, way_out=self.way_out
        )

    def between_parts(self, context: int) -> Move | None:
        """Say that the scored items are done; return what is wanted other than to go on."""
        ways: dict[Entry, Move | None] = {
            Key.ENTER: None,
            **{entry: move for entry, move in _MOVES.items() if move is not Move.SKIP},
        }
        return ways[self.dialogue.choose(question_pages.between_parts(context), ways)]

    def help_after_alert(self) -> bool:
        """Show help lines at once; return whether the person wants to go on."""
        self.help_was_shown = True
        self._just_given = ""
        d = self.dialogue
        return d.goes_on(lambda: help_pages.help_page(d.panel), only_fresh_keys=True)

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        """Say what happens to the answers, and ask what is wanted."""
        ways: dict[Entry, AfterStop] = {
            "b": AfterStop.BACK,
            "l": AfterStop.LEAVE,
            Key.END: AfterStop.SUMMARY if has_answers else AfterStop.LEAVE,
        }
        if has_answers:
            ways["v"] = AfterStop.SUMMARY
        way = ways[self.dialogue.choose(lambda: self.stop_page(has_answers=has_answers), ways)]
        self.left_after_alert = way is AfterStop.LEAVE and self.help_was_shown
        return way

    def stop_page(self, *, has_answers: bool) -> Page:
        """Return what happens to the answers."""
        is_kept = self.dialogue.setting.is_kept
        return help_pages.stop(self.dialogue.panel, has_answers=has_answers, is_kept=is_kept)

    def review(self, questions: Sequence[Question]) -> str | Move | None:
        """Show all answers; return the id of one to change, STOP, or None to go on."""
        self._just_given = ""
        numbers = by_number(asked.item.id for asked in questions)
        chosen = self.dialogue.choose(
            self.review_page(questions),
            {*numbers, "v", "q", Key.END},
            only_fresh_keys=True,
            numbers_need_enter=True,
        )
        if chosen in numbers:
            return numbers[chosen]
        return None if chosen == "v" else Move.STOP

    def review_page(self, questions: Sequence[Question]) -> Page:
        """Return the page of all answers."""
        return question_pages.review(questions, self.dialogue.setting.language)

    def offer_after_summary(
        self,
        summary: Callable[[], Document] | None,
        write: Callable[[str], str],
        write_visit: Callable[[str], str],
        save: Callable[[], str] | None = None,
    ) -> None:
        """Show the summary with its menu until the person is done.

        Args:
            summary: makes the summary for the country as it is now; None where it was shown
                already.
            write: writes the summary to the file of that name; returns what to say of it.
            write_visit: writes a page for a visit in the same way.
            save: saves the sitting; returns what to say of it. None where it is saved already.
        """
        d = self.dialogue
        is_discreet = d.setting.is_discreet
        while True:
            can_be_saved = save is not None
            save_key: set[Entry] = {"s"} if can_be_saved else set()
            chosen = d.choose(
                lambda: pages.after_summary(
                    summary() if summary else None,
                    is_discreet=is_discreet,
                    can_be_saved=can_be_saved,  # noqa: B023 - shown at once
                ),
                {"w", "v", "d", "q", Key.END, *save_key},
            )
            if chosen == "w":
                self._show_message(d.ask_text(pages.file_name(), write))
            elif chosen == "v":
                self._show_message(d.ask_text(pages.file_name(is_for_visit=True), write_visit))
            elif chosen == "s" and save is not None:
                try:
                    self._show_message(save())
                    save = None
                except MoodcheckError as error:
                    self._show_message(str(error))
            else:
                return

    def goes_on_unsaved(self, why: str) -> bool:
        """Say why nothing can be saved; return whether the person goes on all the same."""
        d = self.dialogue
        way = d.choose(lambda: pages.not_saved(why, d.panel), {"g", "q", Key.END})
        self.left_after_alert = way != "g" and self.help_was_shown
        return way == "g"

    def resumes(self, began: str) -> bool | None:
        """Offer to go on with a sitting that broke off; None when the person leaves."""
        ways: dict[Entry, bool | None] = {"g": True, "n": False, "q": None, Key.END: None}
        return ways[self.dialogue.choose(pages.unfinished(began), ways)]

    def before_clearing(self) -> None:
        """Ask, after an alert, whether the number is noted before everything is cleared."""
        d = self.dialogue
        if not (d.setting.is_discreet and self.help_was_shown):
            return
        while d.choose(lambda: help_pages.is_number_noted(d.panel), {"y", "n", Key.END}) == "n":
            d.goes_on(lambda: help_pages.help_page(d.panel))

    def _show_message(self, text: str | None) -> None:
        if text is not None:
            self.dialogue.choose(pages.message(text), BACK)

    def _repeated(self, question: Question, given: Answer) -> Answer:
        d, language = self.dialogue, self.dialogue.setting.language
        self._just_given = question_pages.answer_words(question, given, language)
        d.view.answered(question_pages.answered(question, given, language))
        return given
