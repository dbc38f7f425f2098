"""The closing view: every answer of a session's sittings, until they are closed or left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from moodcheck.checkin import question_pages
from moodcheck.checkin.dialogue import Dialogue
from moodcheck.checkin.walkthrough import Question
from moodcheck.core.administration import Administration, Clock, Unanswered
from moodcheck.core.crisis import Region
from moodcheck.core.summary import Summary
from moodcheck.history import follow_up, sittings
from moodcheck.history.critical import CriticalLine
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import Acknowledgement, Record, RecordState
from moodcheck.history.review import ReviewedItem, SessionReview, session_review
from moodcheck.history.session import review_pages
from moodcheck.history.session.choosing import Choosing
from moodcheck.terminal.page import Page, by_number
from moodcheck.terminal.reader import Entry, Key

_WHY_NOT: dict[Entry, Unanswered] = {"s": Unanswered.SKIPPED, "d": Unanswered.DECLINED}


@dataclass(frozen=True, slots=True)
class ClosingView:
    """Shows sittings of one client, takes notes and corrections, and who acknowledges what."""

    dialogue: Dialogue
    choosing: Choosing
    store: HistoryStore
    clock: Clock
    summarize: Callable[[Administration, Region], Summary]

    def show(self, records: Sequence[str], *, was_told: bool = False) -> None:
        """Show records, by id, until they are closed or left as they are.

        `was_told`: the client was just told what their answers lead to.

        Raises:
            LeftError: when the counselor left.
        """
        while True:
            reviews = [self._reviewed(self.store.record(one), was_told=was_told) for one in records]
            numbered = self._numbered(reviews)
            now = self.clock()
            chosen = self.choosing.ask(
                lambda: review_pages.closing(reviews, self.dialogue.panel, now),  # noqa: B023 - at once
                {*numbered, *_next_steps(reviews), "n"},
                numbers_need_enter=True,
            )
            if chosen in numbered:
                self._at(*numbered[chosen])
            elif chosen == "a":
                self._acknowledge_all(reviews)
            elif chosen == "n":
                self._note_on(reviews)
            else:
                if chosen == "c":
                    self._close(reviews, now)
                return

    def _reviewed(self, record: Record, *, was_told: bool) -> SessionReview:
        summary = self.summarize(record.administration, self.dialogue.region)
        before = sittings.previous(self.store, record)
        apart = sittings.kept_apart(self.store, record)
        language, now = self.dialogue.setting.language, self.clock()
        return session_review(
            record, before, summary, language, now, apart=apart, was_told=was_told
        )

    @staticmethod
    def _numbered(reviews: Sequence[SessionReview]) -> dict[Entry, tuple[Record, ReviewedItem]]:
        return by_number((one.record, item) for one in reviews for item in one.in_order)

    def _at(self, record: Record, one: ReviewedItem) -> None:
        """Take a note at an item, or the right answer in place of one entered by mistake."""
        asked = _question(record, one)
        can_be_corrected = record.state is RecordState.ANSWERED and bool(asked.options)
        chosen = self.choosing.ask(
            review_pages.item(one, asked, can_be_corrected=can_be_corrected),
            {Key.ENTER, "b", "n", *({"c"} if can_be_corrected else set())},
        )
        if chosen == "n":
            self._note(
                review_pages.note(one.item.label, one.note),
                lambda text: self.store.note(record.id, one.item.id, text, self.clock()),
            )
        elif chosen == "c":
            self._correct(record, one, asked)

    def _correct(self, record: Record, one: ReviewedItem, asked: Question) -> None:
        ways: dict[Entry, int | Unanswered] = {**question_pages.values_by_key(asked), **_WHY_NOT}
        chosen = self.choosing.ask(
            review_pages.correction(one, asked),
            {*ways, Key.ENTER, "b"},
            numbers_need_enter=question_pages.is_by_position(asked),
        )
        if chosen in ways and ways[chosen] != asked.given:
            self.store.correct(record.id, one.item.id, ways[chosen], self.clock())

    def _note_on(self, reviews: Sequence[SessionReview]) -> None:
        record = reviews[0].record
        if len(reviews) > 1:
            numbered = by_number(one.record for one in reviews)
            chosen = self.choosing.ask(
                review_pages.which_for_a_note(reviews),
                {*numbered, Key.ENTER, "b"},
                numbers_need_enter=True,
            )
            if chosen not in numbered:
                return
            record = numbered[chosen]
        self._note(
            review_pages.sitting_note(record),
            lambda text: self.store.note(record.id, None, text, self.clock()),
        )

    def _note(self, page: Page, keep: Callable[[str], None]) -> None:
        self.dialogue.ask_text(page, lambda text: keep(follow_up.note_text(text)))

    def _close(self, reviews: Sequence[SessionReview], now: datetime) -> None:
        for one in reviews:
            if one.record.state is RecordState.ANSWERED:
                self.store.close(one.record.id, now)

    def _acknowledge_all(self, reviews: Sequence[SessionReview]) -> None:
        lines = [line for one in reviews for line in one.critical if line.needs_acknowledgement]
        seen = self._acknowledgement(lines)
        if seen is not None:
            for line in lines:
                self.store.acknowledge(line.record.id, line.entry.item, seen)

    def _acknowledgement(self, lines: Sequence[CriticalLine]) -> Acknowledgement | None:
        """Ask who has seen what nobody acknowledged, and what was done; None for not now."""
        d = self.dialogue
        by = d.ask_text(review_pages.initials(lines), follow_up.initials)
        if by is None:
            return None
        action = d.ask_text(review_pages.action(lines), follow_up.follow_up_text) or ""
        so_far = Acknowledgement(by, self.clock(), action)
        fields: dict[Entry, str] = dict(review_pages.FOLLOW_UP)
        while True:
            chosen = self.choosing.ask(
                review_pages.follow_up(lines, so_far), {*fields, Key.ENTER, "b"}
            )
            if chosen in fields:
                so_far = self._filled(so_far, fields[chosen])
            elif chosen == "b":
                return None
            elif so_far.says_something:
                return so_far

    def _filled(self, so_far: Acknowledgement, field: str) -> Acknowledgement:
        page = review_pages.follow_up_line(field, getattr(so_far, field))
        text = self.dialogue.ask_text(page, follow_up.note_text)
        if text is None:
            return so_far
        filled: dict[str, Any] = {field: text.strip()}
        return replace(so_far, **filled)


def _next_steps(reviews: Sequence[SessionReview]) -> set[Entry]:
    if any(one.record.unacknowledged for one in reviews):
        return {"a", "l"}
    return {"c"} if any(one.record.state is RecordState.ANSWERED for one in reviews) else set()


def _question(record: Record, one: ReviewedItem) -> Question:
    """Return an item as it can be answered anew."""
    sitting = record.administration
    name = one.item.id
    return Question(
        item=one.item,
        options=sitting.questionnaire.options(name),
        stem=None,
        position=1,
        of=1,
        is_context=False,
        given=sitting.answers.get(name, sitting.unanswered.get(name)),
    )
