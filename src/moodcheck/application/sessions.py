"""A sitting that is kept: found again, gone on with, compared with the one before, acknowledged."""

from __future__ import annotations

from dataclasses import dataclass

from moodcheck.application.ports import Clock, HistoryStore
from moodcheck.domain.administration import Administration, Given, Unanswered
from moodcheck.domain.change import are_comparable
from moodcheck.domain.client_code import OWN, client_code, same_client
from moodcheck.domain.history import Acknowledgement, Record, RecordState, SittingMode
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.errors import UsageError

LONGEST_INITIALS = 8
LONGEST_NOTE = 2_000


@dataclass
class KeptSitting:
    """Commits a sitting to a store, one answer at a time."""

    store: HistoryStore
    clock: Clock
    client: str
    questionnaire: Questionnaire
    mode: SittingMode
    record: str | None = None
    """Its id; None until it was begun."""

    def begin(self) -> str:
        """Begin the record where it was not begun yet, and return its id."""
        if self.record is None:
            self.record = self.store.begin(self.client, self.questionnaire, self.mode, self.clock())
        return self.record

    def put(self, item: str, given: int | str | Unanswered) -> None:
        """Commit what was given for an item."""
        self.store.put(self.begin(), item, given, self.clock())

    def note(self, item: str, text: str) -> None:
        """Commit what the counselor notes at an item; an empty text takes the note away.

        Raises:
            UsageError: when it is too long.
        """
        _refuse_longer(text, LONGEST_NOTE)
        self.store.note(self.begin(), item, text, self.clock())

    def finish(self, administration: Administration) -> None:
        """Commit that all was asked that will be."""
        self.store.finish(self.begin(), administration, self.clock())


def given_so_far(record: Record) -> dict[str, Given]:
    """Return what was given before a sitting broke off; what was not reached is not in it."""
    sitting = record.administration
    reached = {
        item: reason
        for item, reason in sitting.unanswered.items()
        if reason is not Unanswered.NOT_REACHED
    }
    return {**sitting.answers, **sitting.words, **reached}


def own_unfinished(store: HistoryStore, questionnaire: Questionnaire) -> Record | None:
    """Return the person's own latest sitting with a questionnaire, where it broke off."""
    own = [one for one in store.records(OWN) if one.mode is SittingMode.OWN]
    fits = [one for one in own if one.administration.questionnaire == questionnaire]
    return fits[-1] if fits and fits[-1].state is RecordState.OPEN else None


def save_whole(store: HistoryStore, administration: Administration, clock: Clock) -> None:
    """Keep a person's own sitting that is over already."""
    kept = KeptSitting(
        store,
        lambda: administration.taken_at,
        OWN,
        administration.questionnaire,
        SittingMode.OWN,
    )
    kept.begin()
    kept.clock = clock
    for item, given in given_by(administration).items():
        kept.put(item, given)
    kept.finish(administration)


def given_by(administration: Administration) -> dict[str, int | str | Unanswered]:
    """Return what was given for each item."""
    return {**administration.answers, **administration.words, **administration.unanswered}


def counselors_code(text: str) -> str:
    """Return `text` as the code of a counselor's client.

    Raises:
        UsageError: when it cannot be one, or is the code of the person's own check-ins.
    """
    code = client_code(text)
    if same_client(code, OWN):
        raise UsageError(
            f"'{OWN}' is where a person's own check-ins are kept",
            mend=f"Use another client code, or moodcheck check --save for '{OWN}'",
        )
    return code


def known_code(store: HistoryStore, code: str) -> str | None:
    """Return a client code as it was first written; None where there is no such client."""
    return next((one for one in store.clients() if same_client(one, code)), None)


def unfinished(store: HistoryStore, client: str) -> tuple[Record, ...]:
    """Return the sittings of a client that a counselor has not closed, latest first."""
    found = (one for one in store.records(client) if one.state is not RecordState.CLOSED)
    return tuple(one for one in found if one.mode is not SittingMode.OWN)[::-1]


def previous(store: HistoryStore, record: Record) -> Record | None:
    """Return the sitting before this one that it can be compared with."""
    asked = record.administration.questionnaire
    earlier = [
        one
        for one in store.records(record.client)
        if one.sequence < record.sequence
        and one.state is not RecordState.OPEN
        and are_comparable(one.administration.questionnaire, asked)
    ]
    return earlier[-1] if earlier else None


def acknowledgement(initials: str, action: str, clock: Clock) -> Acknowledgement:
    """Return that somebody has seen a critical entry, now.

    Raises:
        UsageError: when there are no initials or no action, or they are too long.
    """
    if not initials.strip() or not action.strip():
        raise UsageError("Nothing was written", mend="Write your initials, and what was done")
    _refuse_longer(initials.strip(), LONGEST_INITIALS)
    _refuse_longer(action.strip(), LONGEST_NOTE)
    return Acknowledgement(initials.strip(), clock(), action.strip())


def _refuse_longer(text: str, longest: int) -> None:
    if len(text) > longest:
        raise UsageError(f"That is longer than {longest} characters", mend="Write less")
