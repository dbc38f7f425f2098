"""A counselor's session at the terminal, from the unlocked store to the closed sittings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from moodcheck.checkin import pages, question_pages
from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.dialogue import Dialogue
from moodcheck.checkin.sitting import Person
from moodcheck.checkin.walkthrough import AfterStop, Question
from moodcheck.core.administration import Administration, Clock, Unanswered
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.summary import Summary
from moodcheck.errors import Locked, MoodcheckError
from moodcheck.history.critical import in_words
from moodcheck.history.follow_up import note_text
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.history.session import review_pages, session_pages
from moodcheck.history.session.choosing import Choosing, LeftError
from moodcheck.history.session.hand_over import HandOver
from moodcheck.history.session.lock import Lock
from moodcheck.history.session.review_view import ClosingView
from moodcheck.history.sittings import KeptSitting
from moodcheck.report.document import Paragraph
from moodcheck.terminal.page import Page, View
from moodcheck.terminal.reader import Entry, Key
from moodcheck.translation import gettext as _


@dataclass(frozen=True, slots=True)
class SessionServices:
    """What a session needs from outside."""

    store: HistoryStore
    opens: Callable[[str], bool]
    """Returns whether a passphrase is that of the store."""
    wait: Callable[[], float]
    """Returns how many seconds have to pass before the next try, after wrong ones."""
    clock: Clock
    summarize: Callable[[Administration, Region], Summary]
    write: Callable[[Administration, str], str]
    """Writes answers to a new file of that name, plain to read; returns what to say of it."""
    lock_after: float
    """Minutes without a key."""
    inside: str = ""
    """A program that this terminal runs inside of, with keys of its own: tmux, screen."""


class CounselorSession:
    """One session with one client: one hand-over or reading aloud, and one closing view."""

    def __init__(self, person: Person, services: SessionServices) -> None:
        self._person = person
        self._services = services
        self._dialogue = person.dialogue
        self._client = ""
        self.lock = Lock(person.dialogue, services.opens, services.wait)
        self.choosing = Choosing(person.dialogue, services.store, services.clock)
        self.view = ClosingView(
            person.dialogue, self.choosing, services.store, services.clock, services.summarize
        )

    def conduct(
        self, code: str, questionnaires: Sequence[Questionnaire], mode: SittingMode
    ) -> tuple[Record, ...]:
        """Lead through a sitting with each questionnaire; return the records, none if none began.

        A sitting that broke off is gone on with first.

        Raises:
            Locked: when it was left alone at a terminal that cannot be locked.
            MoodcheckError: when something could not be kept; what was committed before stays.
        """
        s = self._services
        self._dialogue.lock_after(60 * s.lock_after)
        self._dialogue.on_idle = self._went_idle
        self._client = code
        kept: list[KeptSitting] = []
        try:
            self.choosing.show_unacknowledged(code)
            client = self._client = self.choosing.client(code)
            record = self.choosing.sitting(client)
            if record is None or record.state is RecordState.OPEN:
                can_be_locked = self._person.keyboard is not None
                self.choosing.confirm(
                    client, mode, s.lock_after, can_be_locked=can_be_locked, inside=s.inside
                )
                plan = _Plan(s, client, mode, record, list(questionnaires))
                was_told = self._ask(plan, kept)
                self.view.show([one.record.id for one in kept], was_told=was_told)
            else:
                kept = [KeptSitting(s.store, s.clock, record)]
                self.view.show([record.id])
        except LeftError:
            pass
        finally:
            for one in kept:
                s.store.let_go(one.record.id)
        return tuple(s.store.record(one.record.id) for one in kept)

    def _went_idle(self) -> None:
        if self._person.keyboard is None:
            raise Locked(
                "Nothing was typed for a while, so the session has ended",
                mend="The answers so far are saved: start it again to go on",
            )
        self.lock.went_idle()
        if not self._dialogue.is_handed_over:
            self.choosing.show_unacknowledged(self._client, self.lock.wrong_tries())

    def _ask(self, plan: _Plan, kept: list[KeptSitting]) -> bool:
        """Have everything asked; return whether the client was told what it leads to."""
        if plan.mode is SittingMode.HAND_OVER:
            was_told = self._hand_over(plan, kept)
            self.choosing.show_unacknowledged(self._client, self.lock.wrong_tries())
            return was_told
        while (one := plan.next_sitting()) is not None:
            kept.append(one)
            self._read_aloud(one)
        return False

    def _read_aloud(self, kept: KeptSitting) -> None:
        asker = ReadAloudAsker(
            self._dialogue, kept.record.notes, kept.note, to_plain=self._person.asker.to_plain
        )

        def ask() -> None:
            administration = kept.run(asker)
            if administration is None:
                raise LeftError
            kept.finish(administration)

        self._do_until_saved(kept, ask)

    def _hand_over(self, plan: _Plan, kept: list[KeptSitting]) -> bool:
        """Let the client answer until the keyboard is handed back, and keep what was answered.

        Returns whether they were told what it leads to.
        """
        if self._person.keyboard is None:
            raise ValueError("a hand-over needs a keyboard that can be guarded")
        handed_over = HandOver(
            self._person,
            self._person.keyboard,
            self.lock,
            plan.next_sitting,
            plan.another_follows,
            self._services.summarize,
            kept,
        )
        answered = handed_over.run()
        if handed_over.failure is not None and not any(one.not_saved for one in kept):
            raise handed_over.failure
        for one, administration in answered:
            self._do_until_saved(one, partial(one.finish, administration))
        return handed_over.was_told

    def _do_until_saved(self, kept: KeptSitting, action: Callable[[], None]) -> None:
        while True:
            try:
                return action()
            except MoodcheckError as error:
                self._save_again(kept, error)

    def _save_again(self, kept: KeptSitting, error: MoodcheckError) -> None:
        """Show what is not saved and why, until it is.

        Raises:
            MoodcheckError: the error, when it is given up.
        """
        d = self._dialogue
        asked, language = kept.record.administration.questionnaire, d.setting.language
        while True:
            why = str(error)
            answers = [
                f"{asked.item(item).label}: {in_words(given, item, asked, language)}"
                for item, given in kept.not_saved.items()
            ]
            chosen = d.choose(
                lambda: session_pages.not_saved(why, answers, d.panel),  # noqa: B023 - shown at once
                {"t", "l", Key.END, *({"w"} if answers else set())},
                only_fresh_keys=True,
            )
            if chosen == "w":
                message = d.ask_text(
                    session_pages.file_name(),
                    lambda name: self._services.write(kept.administration, name),
                )
                if message is not None:
                    d.choose(pages.message(message), {Key.ENTER, Key.END})
            elif chosen == "t":
                try:
                    kept.save_again()
                except MoodcheckError as again:
                    error = again
                else:
                    return
            else:
                raise error


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

    def page_of(self, question: Question) -> Page:
        """Return the page of an item, with the note that was taken there."""
        page = super().page_of(question)
        note = self._notes.get(question.item.id)
        text = Paragraph(_("Your note: {note}").format(note=note))
        blocks = (*page.blocks, text) if note else page.blocks
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

        self.dialogue.ask_text(review_pages.note(item.label, self._notes.get(item.id, "")), keep)


@dataclass
class _Plan:
    """Which sittings a session has, one after the other."""

    services: SessionServices
    client: str
    mode: SittingMode
    resumed: Record | None
    questionnaires: list[Questionnaire]

    def __post_init__(self) -> None:
        if self.resumed is None:
            return
        ids = [one.id for one in self.questionnaires]
        going_on = self.resumed.administration.questionnaire.id
        # What is gone on with stands for the same one of this session, or for all of it.
        self.questionnaires = (
            [one for one in self.questionnaires if one.id != going_on] if going_on in ids else []
        )

    def another_follows(self) -> bool:
        """Return whether there is a next sitting."""
        return self.resumed is not None or bool(self.questionnaires)

    def next_sitting(self) -> KeptSitting | None:
        """Begin the next sitting, or go on with one; None when there is no other."""
        s = self.services
        if self.resumed is not None:
            record, self.resumed = self.resumed, None
        elif self.questionnaires:
            begun = s.store.begin(self.client, self.questionnaires[0], self.mode, s.clock())
            record = s.store.record(begun)
            self.questionnaires.pop(0)
        else:
            return None
        return KeptSitting(s.store, s.clock, record)
