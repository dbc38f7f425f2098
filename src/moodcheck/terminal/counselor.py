"""A counselor's session at the terminal, from the unlocked store to the closed sitting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from moodcheck.application import sessions
from moodcheck.application.ports import Clock, HistoryStore
from moodcheck.application.sessions import KeptSitting
from moodcheck.domain.administration import Administration
from moodcheck.domain.closing import Closing, closing
from moodcheck.domain.crisis import Region
from moodcheck.domain.critical_line import CriticalLine
from moodcheck.domain.history import Record, RecordState, SittingMode
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.domain.summary import Summary
from moodcheck.errors import Locked, MoodcheckError
from moodcheck.terminal import session_pages
from moodcheck.terminal.choosing import Choosing, LeftError
from moodcheck.terminal.lock import Lock
from moodcheck.terminal.session_askers import HandOverAsker, ReadAloudAsker
from moodcheck.terminal.signals import LeftAtOnce
from moodcheck.terminal.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Means:
    """What a session needs from outside."""

    store: HistoryStore
    opens: Callable[[str], bool]
    """Returns whether a passphrase is that of the store."""
    clock: Clock
    summarize: Callable[[Administration, Region], Summary]
    lock_after: float
    """Minutes without a key."""
    inside: str = ""
    """A program that this terminal runs inside of, with keys of its own: tmux, screen."""


class CounselorSession:
    """One session with one client."""

    def __init__(self, person: Sitting, means: Means) -> None:
        self._person = person
        self._keyboard = person.keyboard
        self._means = means
        self._dialogue = person.dialogue
        self._lock = Lock(person.dialogue, means.opens)
        self._choosing = Choosing(person.dialogue, means.store, means.clock)
        self._client = ""

    def conduct(self, code: str, questionnaire: Questionnaire, mode: SittingMode) -> Record | None:
        """Lead through a sitting with a client; return its record, None where none was begun.

        Raises:
            Locked: when it was left alone at a terminal that cannot be locked.
            MoodcheckError: when something could not be kept; what was committed before stays.
        """
        self._dialogue.lock_after(60 * self._means.lock_after)
        self._dialogue.on_idle = self._locked
        record = None
        try:
            self._client = code
            self._choosing.show_unacknowledged(code)
            client = self._choosing.client(code)
            record = self._choosing.sitting(client)
            if record is None or record.state is RecordState.OPEN:
                self._confirm(client, mode)
                record = record or self._begun(client, questionnaire, mode)
                self._ask(record, mode)
            self._close(record.id)
        except LeftError:
            pass
        return None if record is None else self._means.store.record(record.id)

    def _confirm(self, client: str, mode: SittingMode) -> None:
        m = self._means
        can_be_locked = self._keyboard is not None
        self._choosing.confirm(
            client, mode, m.lock_after, can_be_locked=can_be_locked, inside=m.inside
        )

    def _locked(self) -> None:
        if self._keyboard is None:
            raise Locked(
                "Nothing was typed for a while, so the session has ended",
                mend="The answers so far are saved: start it again to go on",
            )
        self._lock.went_idle()
        if not self._dialogue.is_handed_over:
            self._choosing.show_unacknowledged(self._client, self._lock.wrong_tries())

    def _begun(self, client: str, questionnaire: Questionnaire, mode: SittingMode) -> Record:
        m = self._means
        return m.store.record(m.store.begin(client, questionnaire, mode, m.clock()))

    def _ask(self, record: Record, mode: SittingMode) -> None:
        kept = KeptSitting(self._means.store, self._means.clock, record.id)
        if mode is SittingMode.HAND_OVER:
            self._hand_over(kept)
            self._choosing.show_unacknowledged(self._client, self._lock.wrong_tries())
        else:
            self._read_aloud(kept)

    def _read_aloud(self, kept: KeptSitting) -> None:
        d = self._dialogue
        asker = ReadAloudAsker(d, kept.now.notes, kept.note, to_plain=self._person.to_plain)
        administration = kept.walked(asker)
        if administration is None:
            raise LeftError
        kept.finish(administration)

    def _hand_over(self, kept: KeptSitting) -> None:
        """Let the client answer until the keyboard is handed back, and keep what was answered."""
        if self._keyboard is None:
            raise ValueError("a hand-over needs a keyboard that can be guarded")
        d = self._dialogue
        asker = HandOverAsker(
            d, kept.now.administration.questionnaire, to_plain=self._person.to_plain
        )
        failure, administration = None, None
        d.is_handed_over = True
        with self._keyboard.guarded():
            d.view.clear_all()
            is_handed_back = False
            while not is_handed_back:
                try:
                    administration = kept.walked(asker)
                except LeftAtOnce:
                    administration = None
                except MoodcheckError as error:
                    failure = error
                is_handed_back = self._lock.wait_until_handed_back()
        d.is_handed_over = d.is_young = False
        d.view.clear_all()
        if failure is not None:
            raise failure
        kept.finish(administration or kept.now.administration)

    def _close(self, record_id: str) -> None:
        """Show the closing view until the sitting is closed, or left as it is."""
        store, clock = self._means.store, self._means.clock
        while True:
            shown = self._closing(store.record(record_id))
            is_open = shown.record.state is not RecordState.CLOSED
            next_steps = {"a", "l"} if shown.record.unacknowledged else {"c"} if is_open else set()
            match self._choosing.ask(
                lambda: session_pages.closing(shown, self._dialogue.panel),  # noqa: B023 - at once
                next_steps,
            ):
                case "a":
                    self._acknowledge_all(shown)
                case "c":
                    store.close(record_id, clock())
                    return
                case _:
                    return

    def _closing(self, record: Record) -> Closing:
        m = self._means
        summary = m.summarize(record.administration, self._dialogue.region)
        before = sessions.previous(m.store, record)
        return closing(record, before, summary, self._dialogue.setting.language, m.clock())

    def _acknowledge_all(self, shown: Closing) -> None:
        for line in shown.critical:
            if line.needs_acknowledgement and not self._acknowledge(line):
                return

    def _acknowledge(self, line: CriticalLine) -> bool:
        """Ask who has seen a critical entry and what was done; return whether it was said."""
        d, m = self._dialogue, self._means
        initials = d.take(session_pages.initials(line), sessions.initials)
        if initials is None:
            return False
        seen = d.take(
            session_pages.action(line),
            lambda action: sessions.acknowledgement(initials, action, m.clock),
        )
        if seen is not None:
            m.store.acknowledge(line.record.id, line.entry.item, seen)
        return seen is not None
