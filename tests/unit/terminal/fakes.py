"""A reader that follows a script, a view that remembers, and every page there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from moodcheck.checkin import help_pages, pages, question_pages
from moodcheck.checkin.dialogue import Dialogue, Setting
from moodcheck.checkin.walkthrough import Question
from moodcheck.core.crisis import HelpPanel, Region, help_panel
from moodcheck.core.questionnaire_parts import Item
from moodcheck.report.document import Document
from moodcheck.report.summary_view import summary_document
from moodcheck.terminal.page import Page
from moodcheck.terminal.reader import Echo, Entry, IsInstant, Key, LineEditor
from tests.shipped import CONTEXT, DIRECTORY, LANGUAGE, SYMPTOMS, TODAY, answered, summary_of

GB = Region("GB")


@dataclass(frozen=True)
class Typed:
    """A text that stands in the line when a key is pressed that leaves it there."""

    text: str
    then: Key


@dataclass
class ScriptedReader:
    """Enters what the script says, and remembers when type-ahead was discarded."""

    script: list[Entry | Typed]
    idle_after: float | None = None
    asked_for: list[IsInstant] = field(default_factory=list)
    discarded_before: list[int] = field(default_factory=list)
    """How many entries had been made each time."""

    lines: list[LineEditor] = field(default_factory=list)
    """Where each entry was typed."""

    def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
        del echo
        self.asked_for.append(is_instant)
        self.lines.append(line)
        assert self.script, "There is nothing more to enter"
        entry = self.script.pop(0)
        if isinstance(entry, Typed):
            line.write_over(entry.text)
            return entry.then
        return entry

    def secret(self) -> str | Key:
        return self.entry(lambda _key: False, lambda _line: None, LineEditor())

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
    edits: bool = True
    said_keys: list[Page] = field(default_factory=list)

    def show(self, page: Page) -> None:
        self.shown.append(page)

    def scroll(self, lines: int) -> None:
        self.scrolled.append(lines)

    def echo(self, line: LineEditor) -> None:
        self.echoed.append(line.text)

    def say_keys(self, page: Page) -> None:
        self.said_keys.append(page)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def answered(self, text: str) -> None:
        self.repeated.append(text)

    def clear_all(self) -> None:
        self.times_cleared += 1

    @property
    def headings(self) -> list[str]:
        return [page.texts()[0] for page in self.shown if page.blocks]


def setting(
    *, needs_enter: bool = False, is_piped: bool = False, is_discreet: bool = False
) -> Setting:
    return Setting(
        questionnaire=SYMPTOMS,
        language=LANGUAGE,
        directory=DIRECTORY,
        region_called=CONTEXT.region_called,
        today=TODAY,
        traces=("Nothing is saved.",),
        needs_enter=needs_enter,
        is_piped=is_piped,
        is_discreet=is_discreet,
    )


def talk(
    *script: Entry | Typed, of: Setting | None = None, region: Region = GB
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
        stem=None if is_context else SYMPTOMS.stem,
        position=group.index(item) + 1,
        of=len(group),
        is_context=is_context,
        given=given,
    )


def panel(region: Region = GB, *, is_young: bool = False) -> HelpPanel:
    return help_panel(DIRECTORY, LANGUAGE, region, today=TODAY, is_young=is_young)


def page(name: str, *, own_words: str = "To sleep") -> Page:
    """Return one page of each kind."""
    here = panel()
    words = question(SYMPTOMS.context[-1], own_words)
    others = [question(item, 0) for item in SYMPTOMS.all_items[:-1]]
    make: dict[str, Callable[[], Page]] = {
        "welcome": lambda: pages.welcome(SYMPTOMS, LANGUAGE, here, traces=["Nothing is saved."]),
        "under 18": lambda: help_pages.under_18(LANGUAGE, here),
        "someone else": lambda: help_pages.for_someone_else(LANGUAGE, here),
        "question": lambda: replace(
            question_pages.question(question(), before="A few days"), needs_enter=True
        ),
        "chosen": lambda: question_pages.question(question(given=3)),
        "context": lambda: question_pages.question(question(SYMPTOMS.context[0])),
        "own words": lambda: question_pages.question(words, edits=True),
        "own words, said": lambda: question_pages.question(words),
        "why": lambda: question_pages.why(question(SYMPTOMS.items[10])),
        "help": lambda: help_pages.help_page(here),
        "help anywhere": lambda: help_pages.help_page(panel(Region())),
        "stop": lambda: help_pages.stop(here, has_answers=True),
        "review": lambda: question_pages.review([*others, words], LANGUAGE),
        "country": lambda: help_pages.region(here, DIRECTORY),
        "summary": lambda: pages.after_summary(_summary(own_words), is_discreet=True),
        "between": lambda: question_pages.between_parts(len(SYMPTOMS.context)),
        "file name": pages.file_name,
        "said": lambda: pages.message(own_words),
        "noted": lambda: help_pages.is_number_noted(here),
    }
    return make[name]()


EVERY_PAGE = (
    "welcome", "under 18", "someone else", "question", "chosen", "context", "own words",
    "own words, said", "why",
    "help", "help anywhere", "stop", "review", "country", "summary", "file name", "said", "noted",
    "between",
)  # fmt: skip


def _summary(own_words: str) -> Document:
    given = {SYMPTOMS.critical[0].item: 2, SYMPTOMS.context[-1].id: own_words}
    return summary_document(summary_of(answered(**given)))
