"""A reader that follows a script, a view that remembers, and every page there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from moodcheck.application.ports import Question
from moodcheck.domain.crisis import HelpPanel, Region, help_panel
from moodcheck.domain.questionnaire import Item
from moodcheck.formats import rich_text
from moodcheck.terminal import pages
from moodcheck.terminal.dialogue import Dialogue, Setting
from moodcheck.terminal.page import Page
from moodcheck.terminal.reader import Entry, IsInstant
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY, answered, summary_of

GB = Region("GB")


@dataclass
class ScriptedReader:
    """Enters what the script says, and remembers when type-ahead was discarded."""

    script: list[Entry]
    asked_for: list[IsInstant] = field(default_factory=list)
    discarded_before: list[int] = field(default_factory=list)
    """How many entries had been made each time."""

    def entry(self, is_instant: IsInstant, echo: Callable[[str], None]) -> Entry:
        del echo
        self.asked_for.append(is_instant)
        assert self.script, "There is nothing more to enter"
        return self.script.pop(0)

    def discard_type_ahead(self) -> None:
        self.discarded_before.append(len(self.asked_for))


@dataclass
class RememberingView:
    """Remembers everything that it was given to show."""

    shown: list[Page] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    echoed: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    scrolled: list[int] = field(default_factory=list)
    times_cleared: int = 0

    def show(self, page: Page) -> None:
        self.shown.append(page)

    def scroll(self, lines: int) -> None:
        self.scrolled.append(lines)

    def echo(self, typed: str) -> None:
        self.echoed.append(typed)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def answered(self, text: str) -> None:
        self.repeated.append(text)

    def clear_all(self) -> None:
        self.times_cleared += 1

    @property
    def headings(self) -> list[str]:
        return [page.lines[0].text for page in self.shown if page.lines]


def setting(
    *, needs_enter: bool = False, is_piped: bool = False, is_discreet: bool = False
) -> Setting:
    return Setting(
        questionnaire=SYMPTOMS,
        language=LANGUAGE,
        directory=DIRECTORY,
        today=TODAY,
        traces=("Nothing is saved.",),
        needs_enter=needs_enter,
        is_piped=is_piped,
        is_discreet=is_discreet,
    )


def talk(
    *script: Entry, of: Setting | None = None, region: Region = GB
) -> tuple[Dialogue, RememberingView, ScriptedReader]:
    """Return a dialogue with somebody who will enter `script`."""
    view, reader = RememberingView(), ScriptedReader(list(script))
    return Dialogue(of or setting(), reader, view, region), view, reader


def question(item: Item = SYMPTOMS.items[0], given: int | str | None = None) -> Question:
    is_context = item in SYMPTOMS.context
    group = SYMPTOMS.context if is_context else SYMPTOMS.items
    return Question(
        item=item,
        options=SYMPTOMS.options(item.id),
        recall_period=None if is_context else SYMPTOMS.recall_period,
        position=group.index(item) + 1,
        of=len(group),
        is_context=is_context,
        given=given,
    )


def panel(region: Region = GB, *, is_young: bool = False) -> HelpPanel:
    return help_panel(DIRECTORY, LANGUAGE, region, today=TODAY, is_young=is_young)


def every_page(*, own_words: str = "To sleep", width: int = 80) -> dict[str, Page]:
    """Return one page of each kind, by name; `width` is for the one that is rendered."""
    here = panel()
    words = SYMPTOMS.context[-1]
    questions = [question(item, 0) for item in SYMPTOMS.all_items[:-1]]
    summary = summary_of(answered(**{SYMPTOMS.critical[0].item: 2, words.id: own_words}))
    known = [(code, country.name) for code, country in DIRECTORY.countries.items()]
    return {
        "welcome": pages.welcome(SYMPTOMS, LANGUAGE, here, traces=["Nothing is saved."]),
        "under 18": pages.under_18(LANGUAGE, here),
        "someone else": pages.for_someone_else(LANGUAGE, here),
        "question": pages.question(question(), needs_enter=True),
        "chosen": pages.question(question(given=3), needs_enter=False),
        "context": pages.question(question(SYMPTOMS.context[0]), needs_enter=False),
        "own words": pages.question(question(words, own_words), needs_enter=False),
        "why": pages.why(question(SYMPTOMS.items[10])),
        "help": pages.help_page(here),
        "help anywhere": pages.help_page(panel(Region())),
        "stop": pages.stop(here, has_answers=True),
        "review": pages.review([*questions, question(words, own_words)], LANGUAGE),
        "region": pages.region(here, known),
        "summary": pages.after_summary(
            rich_text.summary(summary, width=width, colour=True), is_discreet=True
        ),
        "file name": pages.file_name(),
        "said": pages.said(own_words),
        "noted": pages.is_number_noted(here),
    }
