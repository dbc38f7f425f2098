"""Before a counselor's sitting: what has to be seen first, which client, and which sitting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from moodcheck.checkin import pages
from moodcheck.checkin.dialogue import Dialogue, PageSource
from moodcheck.core.administration import Clock
from moodcheck.errors import did_you_mean
from moodcheck.history import sittings
from moodcheck.history.critical import Waiting, waiting
from moodcheck.history.keeping import known_client
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.history.session import hand_over_pages, session_pages
from moodcheck.terminal.page import Page, by_number
from moodcheck.terminal.reader import Entry, Key


class LeftError(Exception):
    """The counselor left; what was answered is kept."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is chosen before the first question. Every question can be left."""

    dialogue: Dialogue
    store: HistoryStore
    clock: Clock

    def show_unacknowledged(self, client: str, wrong_tries: int = 0) -> None:
        """Show, at every unlock, what nobody has acknowledged and how many passphrases failed.

        Of other clients it shows only how much, until a key says that nobody else is looking.
        """
        language = self.dialogue.setting.language
        found = waiting(self.store.unacknowledged(), client, language, self.clock())
        if not (found.theirs or found.others or wrong_tries):
            return
        accepted: set[Entry] = {Key.ENTER, "v"} if found.others else {Key.ENTER}
        page = session_pages.attention(found, wrong_tries, language.notice)
        while self.ask(page, accepted, only_fresh_keys=True) == "v":
            self._show_others(found)

    def _show_others(self, found: Waiting) -> None:
        d = self.dialogue
        page = session_pages.of_others(found.others, d.setting.language.notice)
        self.ask(page, {Key.ENTER, "b"})
        # Lines that were only added would stay for whoever sits down next.
        d.view.clear_all()

    def client(self, code: str) -> str:
        """Return the client code as it was first written; ask before a new one is made."""
        known = known_client(self.store, code)
        if known is not None:
            return known
        # The code of another client is another client's data.
        hint = did_you_mean(code, self.store.clients())
        accepted: set[Entry] = {"y", "v"} if hint else {"y"}
        page = session_pages.unknown_client(code, has_hint=bool(hint))
        while self.ask(page, accepted, only_fresh_keys=True) == "v":
            self.ask(pages.message(hint), {Key.ENTER, "b"})
            self.dialogue.view.clear_all()
        return code

    def sitting(self, client: str) -> Record | None:
        """Return the sitting to go on with; None for a new one, or where all are closed."""
        while records := sittings.unfinished(self.store, client):
            record = self._one_of(records)
            if record is None or record.state is not RecordState.OPEN:
                return record
            chosen = self.ask(session_pages.broken_off(record), {"g", "v", "b"})
            if chosen == "v":
                self.store.finish(record.id, record.administration, self.clock())
            if chosen != "b":
                return self.store.record(record.id)
        return None

    def confirm(
        self, client: str, mode: SittingMode, minutes: float, *, can_be_locked: bool, inside: str
    ) -> None:
        """Have the counselor confirm what they should know before the questions begin."""
        d, language = self.dialogue, self.dialogue.setting.language
        is_hand_over = mode is SittingMode.HAND_OVER

        def page() -> Page:
            if is_hand_over:
                return hand_over_pages.start_hand_over(
                    client, language, d.panel, minutes, inside=inside
                )
            return hand_over_pages.start_read_aloud(
                client, language, d.panel, minutes, can_be_locked=can_be_locked
            )

        self.ask(page, {"y"} if is_hand_over else {Key.ENTER}, only_fresh_keys=is_hand_over)

    def ask(
        self,
        source: PageSource,
        accepted: Collection[Entry],
        *,
        only_fresh_keys: bool = False,
        numbers_need_enter: bool = False,
    ) -> Entry:
        """Ask what can be left with `q`.

        Args:
            source: as in `Dialogue.choose`.
            accepted: what ends the page, besides `q`.
            only_fresh_keys: as in `Dialogue.choose`.
            numbers_need_enter: as in `Dialogue.choose`.

        Raises:
            LeftError: when it was left.
        """
        chosen = self.dialogue.choose(
            source,
            {*accepted, "q", Key.END},
            only_fresh_keys=only_fresh_keys,
            numbers_need_enter=numbers_need_enter,
        )
        if chosen in {"q", Key.END}:
            raise LeftError
        return chosen

    def _one_of(self, records: Sequence[Record]) -> Record | None:
        numbers = by_number(records)
        chosen = self.ask(
            session_pages.unfinished(records), {*numbers, "n"}, numbers_need_enter=True
        )
        return numbers.get(chosen)
