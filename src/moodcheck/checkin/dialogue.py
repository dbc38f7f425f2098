"""Show a page until an accepted entry is made; what works on every page works here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from moodcheck.checkin import help_pages
from moodcheck.core import crisis
from moodcheck.core.administration import MOST_WORDS
from moodcheck.core.crisis import CrisisDirectory, HelpPanel, Region
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import MoodcheckError
from moodcheck.terminal.page import Page, View
from moodcheck.terminal.reader import SPACE, Entry, IsInstant, Key, LineEditor, Reader, WentIdle
from moodcheck.translation import gettext as _

Result = TypeVar("Result")

PageSource = Page | Callable[[], Page]
"""A page; or what makes it, where it changes with the country."""

_MOST_NUMBERS_LISTED = 9

_GOES_ON: frozenset[Entry] = frozenset({Key.ENTER, Key.LEFT, "g", "b"})

_SCROLL = {SPACE: 1, Key.DOWN: 1, Key.UP: -1}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sitting is about and what it promises."""

    questionnaire: Questionnaire
    language: Language
    directory: CrisisDirectory
    region_called: Callable[[str], Region]
    """Returns the country that people call so; raises UsageError where there is none."""
    today: date
    traces: tuple[str, ...]
    """What stays of this run, in words."""
    needs_enter: bool
    """Whether every entry needs Enter, for held keys and slow hands."""
    is_piped: bool
    is_discreet: bool
    is_kept: bool = False
    """Whether every answer is saved as it is given."""


class Dialogue:
    """One person, one reader, one view. Holds the country, which the person can change."""

    def __init__(self, setting: Setting, reader: Reader, view: View, region: Region) -> None:
        self.setting = setting
        self.view = view
        self.region = region
        self.is_young = False
        self.is_handed_over = False
        """Whether a client has the keyboard, who is told whom to tell."""
        self.on_idle: Callable[[], None] = lambda: None
        """Called when nobody pressed a key for too long; afterwards the page is shown again."""
        self._reader = reader
        self._page = Page(())
        self._is_helping = False
        """Whether a page of help lines is shown."""

    def lock_after(self, seconds: float) -> None:
        """Do `on_idle` after so long without a key, and after a pause, from now on."""
        self._reader.idle_after = seconds

    @contextmanager
    def idle_by(self, on_idle: Callable[[], None], seconds: float) -> Iterator[None]:
        """While inside, `on_idle` is done after at most so long without a key."""
        before = self.on_idle, self._reader.idle_after
        self.on_idle = on_idle
        self._reader.idle_after = min(seconds, before[1] or seconds)
        try:
            yield
        finally:
            self.on_idle, self._reader.idle_after = before

    @property
    def panel(self) -> HelpPanel:
        """The help lines for the country as it is now."""
        s = self.setting
        panel = crisis.help_panel(
            s.directory, s.language, self.region, today=s.today, is_young=self.is_young
        )
        if self.is_handed_over:
            return replace(panel, tells_no_one=s.language.hand_over.tells_no_one)
        return panel

    def choose(
        self,
        source: PageSource,
        accepted: Collection[Entry],
        *,
        only_fresh_keys: bool = False,
        numbers_need_enter: bool = False,
    ) -> Entry:
        """Show a page until one of the accepted entries is made, and return it.

        Args:
            source: what to show; again after help lines or a change of country.
            accepted: what ends the page. `h`, `?` and scrolling work beside it, and `r` where
                the page offers it.
            only_fresh_keys: what was typed before the page was there does not count.
            numbers_need_enter: a digit may be the beginning of a number.
        """
        page = self._show(source)

        def is_instant(key: str) -> bool:
            needs_enter = page.takes_country or self.setting.needs_enter
            return not (needs_enter or (numbers_need_enter and key.isdecimal()))

        if only_fresh_keys:
            self._reader.discard_type_ahead()
        line = self.new_line()
        while True:
            entry = self._entry(is_instant, line)
            known = entry.lower() if isinstance(entry, str) else entry
            if known in accepted:
                return known
            if known in _SCROLL:
                self.view.scroll(_SCROLL[known])
                continue
            line = self.new_line()
            if known == "?":
                self.view.say_keys(page)
            elif self._is_for_every_page(known):
                if self._wants_to_stop(known) and "q" in accepted:
                    return "q"
                page = self._show(source)
            elif page.takes_country and isinstance(entry, str) and entry[0].isalpha():
                page = self._show(source) if self._set_country(entry) else page
            else:
                keys = _in_order(accepted, {key for key, _what in page.keys})
                self.view.note(_("Please use one of: {keys}.").format(keys=keys))

    def write(self, page: Page, accepted: Collection[Entry], line: LineEditor, note: str) -> Entry:
        """Show a page on which own words are written, and return them; or an accepted entry.

        A letter that is accepted is one when it is all that was written, and after Tab, which
        leaves the words as they are. Whatever else is looked at, they stay in `line`.

        Args:
            page: what to show; again after help lines.
            accepted: what else ends the page.
            line: what is written already; changed in place.
            note: a remark to begin with; empty for none.
        """
        self._show(page, line)
        if note:
            self.view.note(note)
            self.view.echo(line)
        while True:
            entry = self._entry(_never, line)
            known = entry.lower() if isinstance(entry, str) else entry
            if entry is Key.TAB:
                known = self._key_beside_the_words(accepted)
            elif known in accepted or known == "?" or self._is_for_every_page(known):
                line.write_over("")
            elif isinstance(entry, str) and entry != SPACE:
                if len(entry) <= MOST_WORDS:
                    return entry
                self.view.note(_("That is too long: {most} letters fit.").format(most=MOST_WORDS))
                continue
            if known in accepted:
                return known
            if known in _SCROLL:
                self.view.scroll(_SCROLL[known])
            elif self._wants_to_stop(known) and "q" in accepted:
                return "q"
            else:
                self._show(page, line)

    def goes_on(self, source: PageSource, *, only_fresh_keys: bool = False) -> bool:
        """Show a page of help lines; return whether the person wants to go on."""
        accepted: set[Entry] = {*_GOES_ON, "q", Key.END}
        was_helping, self._is_helping = self._is_helping, True
        try:
            return self.choose(source, accepted, only_fresh_keys=only_fresh_keys) in _GOES_ON
        finally:
            self._is_helping = was_helping

    def ask_text(self, page: Page, use: Callable[[str], Result]) -> Result | None:
        """Ask for a text until `use` accepts it; return its result, None when nothing was typed.

        `use` refuses a text by raising a MoodcheckError. `b` and `h` are keys where the page
        offers them, and texts elsewhere.
        """
        keys = {key for key, _what in page.keys} & {"b", "h"}
        line = self.new_line()
        self._show(page, line)
        while True:
            entry = self._entry(_never, line)
            if entry in _SCROLL:
                self.view.scroll(_SCROLL[entry])
                continue
            if entry is Key.TAB:
                continue
            line = self.new_line()
            if not isinstance(entry, str) or (entry in keys and entry == "b"):
                return None
            if entry in keys and entry == "h":
                self._wants_to_stop("h")
                self._show(page, line)
                continue
            try:
                return use(entry)
            except MoodcheckError as error:
                self.view.note(str(error))

    def secret(self, page: Page) -> str | None:
        """Ask for a passphrase, typed after the page is there; None when nothing was typed."""
        self._show(page)
        self._reader.discard_type_ahead()
        while True:
            try:
                entry = self._reader.secret()
            except WentIdle:
                self._show(page)
                continue
            if isinstance(entry, str):
                return entry
            if entry not in _SCROLL:
                return None
            self.view.scroll(_SCROLL[entry])

    def new_line(self, text: str = "", *, is_own_words: bool = False) -> LineEditor:
        """Return a line to type in, beginning with `text` where the view can show changes to it."""
        line = LineEditor(is_own_words=is_own_words, moves=self.view.edits)
        if self.view.edits:
            line.write_over(text)
        return line

    def _entry(self, is_instant: IsInstant, line: LineEditor) -> Entry:
        page = self._page
        while True:
            try:
                return self._reader.entry(is_instant, self.view.echo, line)
            except WentIdle:
                self.on_idle()
                self._show(page, line if line.text else None)

    def _show(self, source: PageSource, line: LineEditor | None = None) -> Page:
        """Show a page; with `line`, what is written on it so far."""
        page = source if isinstance(source, Page) else source()
        self._page = replace(page, needs_enter=self.setting.needs_enter)
        self.view.show(self._page)
        if line is not None:
            self.view.echo(line)
        return self._page

    def _key_beside_the_words(self, accepted: Collection[Entry]) -> Entry:
        note = _("Your words stay. Now press one of: {keys}. Enter goes back to writing.")
        self.view.note(note.format(keys=_in_order(accepted, {"h"})))
        entry = self._entry(lambda _key: not self.setting.needs_enter, self.new_line())
        known = entry.lower() if isinstance(entry, str) else entry
        return Key.TAB if known is Key.ENTER else known

    def _is_for_every_page(self, known: Entry) -> bool:
        return known == "h" or (known == "r" and "r" in dict(self._page.keys))

    def _wants_to_stop(self, known: Entry) -> bool:
        """Do what `h` or `r` does; return whether the person wants to stop."""
        if known == "r" and self._is_for_every_page(known):
            page = help_pages.region(self.panel, self.setting.directory)
            self.region = self.ask_text(page, self.setting.region_called) or self.region
        elif known == "h" and not self._is_helping:
            return not self.goes_on(lambda: help_pages.help_page(self.panel))
        return False

    def _set_country(self, country: str) -> bool:
        """Change the country, or say why there is none of that name; return whether it changed."""
        try:
            self.region = self.setting.region_called(country)
        except MoodcheckError as error:
            self.view.note(str(error))
            return False
        return True


def _never(_char: str) -> bool:
    return False


def _in_order(accepted: Collection[Entry], keys: Collection[str]) -> str:
    texts = {entry for entry in accepted if isinstance(entry, str)}
    texts |= {key for key in keys if ", " not in key}  # a number and Enter: it has the numbers
    numbers = sorted(int(text) for text in texts if text.isdecimal())
    if len(numbers) > _MOST_NUMBERS_LISTED:
        texts = {text for text in texts if not text.isdecimal()}
        texts.add(f"{numbers[0]}–{numbers[-1]}")
    return ", ".join(sorted(texts, key=lambda text: (not text[0].isdecimal(), len(text), text)))
