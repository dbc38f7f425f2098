"""Walk a person through a questionnaire: in order, back, skip, help, stop, review."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

from moodcheck.core.administration import Administration, Clock, Given, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Item, ResponseOption
from moodcheck.errors import MoodcheckError


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it is asked."""

    item: Item
    options: tuple[ResponseOption, ...]
    stem: str | None
    """What stands above the item; None where it has its own time, as context items do."""
    position: int
    """From 1, among the scored items or among the context items."""
    of: int
    is_context: bool
    given: Given
    """What was given before; None at first."""


class Move(Enum):
    """What a person may want at a question other than answering it."""

    BACK = auto()
    SKIP = auto()
    FINISH = auto()
    """Leave out the remaining context items."""
    STOP = auto()


@dataclass(frozen=True, slots=True)
class MovedOn:
    """Own words that were being written when the person went elsewhere; they are kept."""

    words: str
    move: Move


class AfterStop(Enum):
    """What a person may want when they stopped."""

    BACK = auto()
    SUMMARY = auto()
    LEAVE = auto()
    """Leave without a summary; what was not kept is gone."""


SaveAnswer = Callable[[str, int | str | Unanswered], None]
"""Saves what was given for the item of that id; it is committed when this returns."""


class Asker(Protocol):
    """Whoever puts the questions to a person."""

    def welcome(self) -> bool:
        """Say what this is; return whether the person wants to begin."""

    def ask(self, question: Question) -> int | str | Unanswered | Move | MovedOn:
        """Ask until there is a value that the item offers, own words, why not, or a move."""

    def between_parts(self, context: int) -> Move | None:
        """Say that the scored items are done and how many context items follow.

        Returns BACK, FINISH or STOP, or None to go on.
        """

    def help_after_alert(self) -> bool:
        """Show help lines at once; return whether the person wants to go on."""

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        """Say what happens to the answers, and ask what is wanted."""

    def review(self, questions: Sequence[Question]) -> str | Move | None:
        """Show all answers; return the id of one to change, STOP, or None to go on."""


def _save_nothing(_item: str, _given: int | str | Unanswered) -> None:
    """Do nothing: answers are saved only where somebody asked for it."""


def walk(
    questionnaire: Questionnaire,
    asker: Asker,
    clock: Clock,
    *,
    before: Mapping[str, Given] | None = None,
    save: SaveAnswer = _save_nothing,
) -> Administration | None:
    """Walk a person through every item and return the administration.

    None when the person left without a summary. Items that were neither answered nor skipped are
    `not_reached`; an alert shows help before anything else is asked.

    Args:
        questionnaire: what is asked.
        asker: who puts the questions.
        clock: returns the time of the sitting.
        before: what was given in a sitting that was interrupted. The walk goes on at the first
            item that is not in it, after help where there is an alert.
        save: called with every answer and every skip as soon as it is given, before help is
            shown. Where it raises an error, help is shown first, and then the error goes on.
    """
    walkthrough = _Walkthrough(questionnaire, asker, save, dict(before or {}))
    given = walkthrough.run() if asker.welcome() else None
    return None if given is None else administer(questionnaire, given, taken_at=clock())


class _LeftError(Exception):
    """The person left; nothing is kept."""


class _StoppedError(Exception):
    """The person stopped and wants to see what there is."""


@dataclass
class _Walkthrough:
    questionnaire: Questionnaire
    asker: Asker
    save: SaveAnswer
    given: dict[str, Given] = field(default_factory=dict)

    def run(self) -> dict[str, Given] | None:
        try:
            # A sitting may have broken off between an alert and its help lines.
            for item_id, given in tuple(self.given.items()):
                self._help_if_alert(item_id, given)
            self._ask_all()
            self._review()
        except _LeftError:
            return None
        except _StoppedError:
            pass
        reached = {item.id: self.given.get(item.id) for item in self.questionnaire.all_items}
        return {
            item: Unanswered.NOT_REACHED if given is None else given
            for item, given in reached.items()
        }

    def _ask_all(self) -> None:
        items = self.questionnaire.all_items
        index = next((i for i, item in enumerate(items) if item.id not in self.given), len(items))
        is_new_part = index == len(self.questionnaire.items)
        while index < len(items):
            move = self._between_parts() if is_new_part else None
            match move or self._ask(items[index]):
                case Move.BACK:
                    index, is_new_part = max(0, index - 1), False
                case Move.FINISH:
                    return
                case _:
                    index += 1
                    is_new_part = index == len(self.questionnaire.items)

    def _between_parts(self) -> Move | None:
        """Say that the scored items are done; return what is wanted other than to go on."""
        while (move := self.asker.between_parts(len(self.questionnaire.context))) is Move.STOP:
            self._stop()
        return move

    def _review(self) -> None:
        while True:
            questions = [self._question(item) for item in self.questionnaire.all_items]
            match self.asker.review(questions):
                case None:
                    return
                case str() as item_id:
                    self._ask(self.questionnaire.item(item_id))
                case _:
                    self._stop()

    def _ask(self, item: Item) -> Move | None:
        while True:
            answer = self.asker.ask(self._question(item))
            if isinstance(answer, MovedOn):
                self._keep(item.id, answer.words)
                answer = answer.move
            match answer:
                case Move.STOP:
                    self._stop()
                case Move.SKIP:
                    self._keep(item.id, Unanswered.SKIPPED)
                    return None
                case Move() as move:
                    return move
                case given:
                    self._keep(item.id, given)
                    return None

    def _keep(self, item_id: str, given: int | str | Unanswered) -> None:
        self.given[item_id] = given
        try:
            self.save(item_id, given)
        except MoodcheckError:
            self._help_if_alert(item_id, given)
            raise
        self._help_if_alert(item_id, given)

    def _help_if_alert(self, item_id: str, answer: Given) -> None:
        for critical in self.questionnaire.critical:
            if critical.item != item_id or not isinstance(answer, int):
                continue
            if critical.is_alert(answer) and not self.asker.help_after_alert():
                self._stop()

    def _stop(self) -> None:
        match self.asker.how_to_stop(has_answers=bool(self.given)):
            case AfterStop.LEAVE:
                raise _LeftError
            case AfterStop.SUMMARY:
                raise _StoppedError
            case AfterStop.BACK:
                return

    def _question(self, item: Item) -> Question:
        q = self.questionnaire
        is_context = item not in q.items
        group = q.context if is_context else q.items
        return Question(
            item=item,
            options=q.options(item.id),
            stem=None if is_context else q.stem or f"{q.recall_period}:",
            position=group.index(item) + 1,
            of=len(group),
            is_context=is_context,
            given=self.given.get(item.id),
        )
