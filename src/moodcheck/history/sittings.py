"""Sittings that are kept: walked and committed answer by answer, found again and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from types import MappingProxyType

from moodcheck.checkin.walkthrough import Asker, walk
from moodcheck.core.administration import Administration, Clock, Given, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import MoodcheckError
from moodcheck.history.change import are_comparable
from moodcheck.history.client_code import OWN
from moodcheck.history.follow_up import written
from moodcheck.history.order import in_order
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import Record, RecordState, SittingMode


class KeptSitting:
    """Commits a sitting to a store, one answer at a time.

    Answers that could not be saved are kept here until they are, or until somebody gives them up.
    """

    def __init__(self, store: HistoryStore, clock: Clock, record: Record) -> None:
        self._store = store
        self._clock = clock
        self._given = given_so_far(record.administration)
        self.record = record
        """As it was when this began."""
        self.not_saved: dict[str, int | str | Unanswered] = {}
        """What was given and is not in the store, by item."""

    @property
    def administration(self) -> Administration:
        """What was given so far, saved or not."""
        sitting = self.record.administration
        not_reached = dict.fromkeys(
            (item.id for item in sitting.questionnaire.all_items), Unanswered.NOT_REACHED
        )
        return administer(
            sitting.questionnaire, {**not_reached, **self._given}, taken_at=sitting.taken_at
        )

    def run(self, asker: Asker) -> Administration | None:
        """Go on from where the sitting is, as `walk` does, and commit every answer.

        Raises:
            MoodcheckError: when an answer could not be saved; it is in `not_saved` then, and
                another call goes on after it.
        """
        sitting = self.record.administration
        return walk(
            sitting.questionnaire,
            asker,
            lambda: sitting.taken_at,
            before=self._given,
            save=self.put,
        )

    def put(self, item: str, given: int | str | Unanswered) -> None:
        """Commit what was given for an item, after what could not be saved before."""
        self._given[item] = given
        self.not_saved[item] = given
        self.save_again()

    def save_again(self) -> None:
        """Commit what is not saved yet."""
        for item, given in tuple(self.not_saved.items()):
            self._store.put(self.record.id, item, given, self._clock())
            del self.not_saved[item]

    def note(self, item: str, text: str) -> None:
        """Commit what the counselor notes at an item; an empty text takes the note away.

        Raises:
            UsageError: as `written`.
        """
        self._store.note(self.record.id, item, written(text), self._clock())

    def finish(self, administration: Administration) -> None:
        """Commit the administration as it ended."""
        self.save_again()
        self._store.finish(self.record.id, administration, self._clock())


def given_so_far(sitting: Administration) -> dict[str, Given]:
    """Return what was given before a sitting broke off, without the items it did not reach."""
    reached: Mapping[str, Given] = {
        item: reason
        for item, reason in sitting.unanswered.items()
        if reason is not Unanswered.NOT_REACHED
    }
    return {**sitting.answers, **sitting.words, **reached}


def unfinished(store: HistoryStore, client: str) -> tuple[Record, ...]:
    """Return a client's sittings that are not closed, or not acknowledged, latest first."""
    found = (one for one in store.records(client) if one.needs_acknowledgement)
    return tuple(one for one in found if one.state is not RecordState.CLOSED or one.unacknowledged)[
        ::-1
    ]


def previous(store: HistoryStore, record: Record) -> Record | None:
    """Return the sitting before this one that it can be compared with."""
    asked = record.administration.questionnaire
    earlier = [
        one
        for one in _before(store, record)
        if are_comparable(one.administration.questionnaire, asked)
    ]
    return earlier[-1] if earlier else None


def kept_apart(store: HistoryStore, record: Record) -> Questionnaire | None:
    """Return the questionnaire of this id that was used last, where it is scored differently."""
    asked = record.administration.questionnaire
    earlier = [one.administration.questionnaire for one in _before(store, record)]
    same_id = [one for one in earlier if one.id == asked.id]
    return same_id[-1] if same_id and not are_comparable(same_id[-1], asked) else None


def _before(store: HistoryStore, record: Record) -> list[Record]:
    """Return the client's sittings before this one that are over."""
    others = (one for one in store.records(record.client) if one.id != record.id)
    before = takewhile(lambda one: one.id != record.id, in_order((*others, record)))
    return [one for one in before if one.state is not RecordState.OPEN]


@dataclass
class OwnSitting:
    """A person's own sitting, begun in the store with its first answer."""

    store: HistoryStore
    clock: Clock
    questionnaire: Questionnaire
    began: datetime
    given: dict[str, Given] = field(default_factory=dict)
    """What was given so far, kept or not."""
    record: str | None = None
    """Its id; None until it is begun."""
    failure: MoodcheckError | None = None
    """Why something could not be kept; from then on nothing is."""

    def resume(self, record: Record) -> None:
        """Go on with a record that broke off."""
        self.record = record.id
        self.began = record.administration.taken_at
        self.given = given_so_far(record.administration)

    def run(self, asker: Asker) -> Administration | None:
        """Go on from where the sitting is, and commit every answer as long as that works.

        Raises:
            MoodcheckError: when an answer could not be saved; another call goes on without saving.
        """
        save = self._put if self.failure is None else self._remember
        administration = walk(
            self.questionnaire, asker, lambda: self.began, before=self.given, save=save
        )
        if administration is not None:
            self._try(lambda record: self.store.finish(record, administration, self.clock()))
        return administration

    def _remember(self, item: str, given: int | str | Unanswered) -> None:
        self.given[item] = given

    def _put(self, item: str, given: int | str | Unanswered) -> None:
        self._remember(item, given)
        self._try(lambda record: self.store.put(record, item, given, self.clock()))
        if self.failure is not None:
            raise self.failure

    def _try(self, commit: Callable[[str], None]) -> None:
        if self.failure is not None:
            return
        try:
            if self.record is None:
                self.record = self.store.begin(OWN, self.questionnaire, SittingMode.OWN, self.began)
            commit(self.record)
        except MoodcheckError as error:
            self.failure = error


def own_unfinished(store: HistoryStore, questionnaire: Questionnaire) -> Record | None:
    """Return the person's own latest sitting with a questionnaire, where it broke off."""
    own = [one for one in store.records(OWN) if one.mode is SittingMode.OWN]
    fits = [one for one in own if one.administration.questionnaire == questionnaire]
    return fits[-1] if fits and fits[-1].state is RecordState.OPEN else None


def save_whole(
    store: HistoryStore,
    administration: Administration,
    clock: Clock,
    *,
    alerts: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Keep a person's own sitting that is over already.

    `alerts` are answers that were alerts when they were given, by item. They stay in the record,
    whatever was answered later.
    """
    sitting = administration
    record = store.begin(OWN, sitting.questionnaire, SittingMode.OWN, sitting.taken_at)
    kept = KeptSitting(store, clock, store.record(record))
    given: dict[str, int | str] = {**sitting.answers, **sitting.words}
    changed = {item: alert for item, alert in alerts.items() if given.get(item) != alert}
    for item, answer in (*changed.items(), *given.items()):
        kept.put(item, answer)
    kept.finish(sitting)
