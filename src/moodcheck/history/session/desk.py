"""A counselor's desk: unlocked once, who waits, and everything about one client in single keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from moodcheck.checkin import pages
from moodcheck.checkin.sitting import Person
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import Locked, UsageError
from moodcheck.history import follow_up
from moodcheck.history.client_code import counselors_code
from moodcheck.history.keeping import known_client, records_of
from moodcheck.history.record import AuditAction, Record, SittingMode
from moodcheck.history.session import desk_pages, review_pages, session_pages
from moodcheck.history.session.choosing import LeftError
from moodcheck.history.session.counselor import CounselorSession, SessionServices
from moodcheck.history.today import ClientToday
from moodcheck.history.trend import trend
from moodcheck.history.waiting import about_client, matching_clients, who_waits
from moodcheck.terminal.page import Page, by_number
from moodcheck.terminal.reader import Entry, Key

_BACK: frozenset[Entry] = frozenset({Key.ENTER, "b"})


@dataclass(frozen=True, slots=True)
class DeskServices:
    """What a desk needs from outside, beyond the services of a session."""

    questionnaires: tuple[Questionnaire, ...]
    """What a session that is begun here asks."""
    export: Callable[[str, str], str]
    """Writes a client's sittings to a file of that name; returns what to say of it."""
    write_sheet: Callable[[str, Region, str], str]
    """Writes one page about a client's last sitting, with the help lines of a region, to a file of
    that name; returns what to say of it."""


class Desk:
    """Shows who waits, opens a client, and hides everyone else while a client is present."""

    def __init__(
        self, person: Person, services: SessionServices, desk_services: DeskServices
    ) -> None:
        self._person = person
        self._dialogue = person.dialogue
        self._services = services
        self._desk_services = desk_services
        self._store = services.store
        self._session = CounselorSession(person, services)
        self._ask = self._session.choosing.ask
        self._is_hidden = False
        """Whether a client is present, so that nothing of others may be shown."""

    def run(self) -> None:
        """Stay until the counselor leaves.

        Raises:
            Locked: when it was left alone at a terminal that cannot be locked.
            MoodcheckError: when the history cannot be read any more.
        """
        try:
            while True:
                self._watch()
                code = self._while_present() if self._is_hidden else self._chosen()
                if code is not None:
                    self._at(code)
        except LeftError:
            return

    def _watch(self) -> None:
        """Lock after a while without a key; a session that was begun here has its own such lock."""
        self._dialogue.lock_after(60 * self._services.lock_after)
        self._dialogue.on_idle = self._went_idle

    def _went_idle(self) -> None:
        if self._person.keyboard is None:
            raise Locked(
                "Nothing was typed for a while, so the desk is closed",
                mend="Everything is saved: start it again to go on",
            )
        self._session.lock.went_idle()
        if tries := self._session.lock.wrong_tries():
            self._say(session_pages.wrong_tries(tries))

    def _chosen(self) -> str | None:
        """Show who waits; return the code of a client to open."""
        d, language = self._dialogue, self._dialogue.setting.language
        today = who_waits(self._store, language, d.panel, self._services.clock())
        numbered = by_number(one.client for one in today.clients)
        chosen = self._ask(
            lambda: desk_pages.desk(replace(today, help=d.panel)),
            {*numbered, "s", "p"},
            numbers_need_enter=True,
        )
        if chosen == "p":
            self._hide()
        return self._searched() if chosen == "s" else numbered.get(chosen)

    def _hide(self) -> None:
        self._is_hidden = True
        # Lines that were only added would stay in sight.
        self._dialogue.view.clear_all()

    def _while_present(self) -> str | None:
        chosen = self._ask(desk_pages.hidden(), {"s", "v"}, only_fresh_keys=True)
        if chosen == "s":
            return self._typed_code()
        if self._ask(desk_pages.alone(), {"y", *_BACK}, only_fresh_keys=True) == "y":
            self._is_hidden = False
        return None

    def _searched(self) -> str | None:
        """Ask for a code or a part of one; return the client's code."""
        text = self._dialogue.ask_text(desk_pages.search(), str.strip)
        if text is None:
            return None
        known = known_client(self._store, text)
        codes = matching_clients(self._store, text)
        if known is not None or not codes:
            return self._known_or_new(text)
        numbered = by_number(codes)
        chosen = self._ask(desk_pages.found(codes), {*numbered, *_BACK}, numbers_need_enter=True)
        return numbered.get(chosen)

    def _typed_code(self) -> str | None:
        """Ask for the whole code of the client who is present; no other code is shown."""
        text = self._dialogue.ask_text(desk_pages.whole_code(), counselors_code)
        return None if text is None else self._known_or_new(text)

    def _known_or_new(self, text: str) -> str | None:
        """Return a code as it was first written, or as typed where no such client exists yet."""
        try:
            code = counselors_code(text)
        except UsageError as error:
            self._say(pages.message(str(error)))
            return None
        # A new code is asked about when a session with it begins.
        return known_client(self._store, code) or code

    def _at(self, code: str) -> None:
        """Do what there is to do about one client, until the counselor goes back."""
        steps: dict[Entry, Callable[[ClientToday], None]] = {
            "r": lambda one: self._sit_down(one, SittingMode.READ_ALOUD),
            "o": lambda one: self._sit_down(one, SittingMode.HAND_OVER),
            "a": lambda one: self._look([line.record.id for line in one.waiting][:1]),
            "l": lambda one: self._look([record.id for record in self._records(one)][-1:]),
            "w": self._which,
            "t": self._trend,
            "n": self._note,
            "x": self._export,
            "f": self._sheet,
            "i": self._interval,
        }
        while True:
            self._watch()
            one, chosen = self._asked_at(code, steps)
            if chosen == "b":
                return
            try:
                if chosen == "p":
                    self._hide()
                else:
                    steps[chosen](one)
            except LeftError:
                continue
            except UsageError as error:
                self._say(pages.message(str(error)))

    def _asked_at(self, code: str, steps: Collection[Entry]) -> tuple[ClientToday, Entry]:
        """Show one client; return what there is to do about them, and what was chosen."""
        now, language = self._services.clock(), self._dialogue.setting.language
        one = about_client(self._store, code, language, now)
        last = self._records(one)[-1:] if one.sittings else ()
        notes = [record.note for record in last if record.note]
        possible: set[Entry] = {"b", "p", "r", "o", *(steps if one.sittings else ())}
        possible -= set() if one.waiting else {"a"}
        possible -= {"p"} if self._is_hidden else set()
        return one, self._ask(
            desk_pages.client(one, notes, language.notice, now, is_hidden=self._is_hidden), possible
        )

    def _sit_down(self, one: ClientToday, mode: SittingMode) -> None:
        if mode is SittingMode.HAND_OVER and self._person.keyboard is None:
            raise UsageError(
                "A hand-over needs a terminal that can be cleared and locked",
                mend="Read aloud here, or use another terminal",
            )
        self._hide()
        self._session.conduct(one.client, self._desk_services.questionnaires, mode)
        self._dialogue.view.clear_all()

    def _records(self, one: ClientToday) -> Sequence[Record]:
        return self._store.records(one.client)

    def _look(self, records: Sequence[str]) -> None:
        for record in records:
            self._store.log_access(AuditAction.SHOWN, self._services.clock(), record=record)
        self._session.view.show(records)

    def _which(self, one: ClientToday) -> None:
        records = self._records(one)[::-1]
        numbered = by_number(record.id for record in records)
        chosen = self._ask(
            desk_pages.sittings(records), {*numbered, *_BACK}, numbers_need_enter=True
        )
        if chosen in numbered:
            self._look([numbered[chosen]])

    def _trend(self, one: ClientToday) -> None:
        s, clock = self._dialogue.setting, self._services.clock
        self._store.log_access(AuditAction.TREND_SHOWN, clock(), client=one.client)
        history = trend(
            records_of(self._store, one.client),
            s.directory,
            s.language,
            region=self._dialogue.region,
            now=clock(),
        )
        if self._ask(desk_pages.trend(history), {*_BACK, "d"}) == "d":
            self._say(desk_pages.whole_trend(history))

    def _note(self, one: ClientToday) -> None:
        record = self._records(one)[-1]

        def keep(text: str) -> None:
            note = follow_up.note_text(text)
            self._store.note(record.id, None, note, self._services.clock())

        self._dialogue.ask_text(review_pages.sitting_note(record), keep)

    def _export(self, one: ClientToday) -> None:
        message = self._dialogue.ask_text(
            desk_pages.export_name(), lambda name: self._desk_services.export(one.client, name)
        )
        if message is not None:
            self._say(pages.message(message))

    def _sheet(self, one: ClientToday) -> None:
        write, where = self._desk_services.write_sheet, self._dialogue.region
        message = self._dialogue.ask_text(
            desk_pages.sheet_name(), lambda name: write(one.client, where, name)
        )
        if message is not None:
            self._say(pages.message(message))

    def _interval(self, one: ClientToday) -> None:
        def keep(text: str) -> None:
            if not text.isdecimal():
                raise UsageError("That is not a number of days", mend="Type a whole number")
            days = int(text) or None
            self._store.set_interval(one.client, days, self._services.clock())

        self._dialogue.ask_text(desk_pages.interval(one), keep)

    def _say(self, page: Page) -> None:
        self._dialogue.choose(page, {Key.ENTER, Key.END, "b"})
