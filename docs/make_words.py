"""Write every sentence that a person can meet in a sitting: `make_words.py [FOLDER]`.

A sitting is held here from the welcome to the end, with somebody at the keys who opens every page
that a page leads to. So `words.md` has what the pages say now, in the order in which they say it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import textstat

from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.dialogue import Dialogue
from moodcheck.checkin.help_pages import help_page
from moodcheck.checkin.walkthrough import walk
from moodcheck.cli.check_in import setting_of
from moodcheck.cli.options import CheckOptions, StoreOptions
from moodcheck.core.administration import Administration, administer
from moodcheck.core.crisis import Region, help_panel
from moodcheck.core.summary import summarize
from moodcheck.loading.context import Context
from moodcheck.report.document import Option
from moodcheck.report.render_plain import render
from moodcheck.report.summary_view import summary_document, summary_in_short
from moodcheck.terminal.page import Page
from moodcheck.terminal.reader import Echo, Entry, IsInstant, Key, LineEditor

HERE = Path(__file__).parent
TAKEN_AT = datetime(2026, 1, 15, 18, 30, tzinfo=UTC)
TODAY = date(2026, 1, 15)
COUNTRY = Region("GB")
UNBROKEN = 10_000
"""Columns, so that no sentence is broken."""

CONTEXT = Context()
QUESTIONNAIRE = CONTEXT.questionnaire("symptoms")
LANGUAGE, DIRECTORY = CONTEXT.language, CONTEXT.crisis_directory

SIDES = ("y", "o", "r", "h", "q", "w", "v")
"""Keys that lead to a page and back; each is pressed where it is first offered as what it is."""

ONWARDS = ("Enter", "g", "d", "v", "b")

NOT_OF_A_SITTING = {"schema_version", "language", "denied", "allowed", "clinician_words", "batch"}

INTRODUCTION = """\
# Every sentence of a sitting

Written by `just docs` from the pages themselves; do not edit it here. It is for whoever reviews the
words: all that a person can read in a check-in, in the order in which it comes, each sentence once,
with its reading grade (Flesch and Kincaid). Questions are held at grade 6 or lower and all else at
8 or lower, a paragraph at a time. A label or the name of a key has no grade: the formula says
nothing about parts of a sentence. Lists of answers are left out. The country is an example, and so
are the answers: the highest to every question.
"""


@dataclass
class Recorder:
    """A view that keeps what it is given to show."""

    said: list[tuple[str, str]] = field(default_factory=list)
    """Where something stands, and what."""
    page: Page = field(default_factory=lambda: Page(()))
    is_new: bool = False
    edits: bool = False

    def show(self, page: Page) -> None:
        """Keep what a page says."""
        self.page, self.is_new = page, True
        self.said += said_on(page)

    def note(self, text: str) -> None:
        """Keep it, with the page that it was said on."""
        self.said.append((heading_of(self.page), text))

    def answered(self, text: str) -> None:
        """Leave it out: it repeats an item and an answer."""

    def scroll(self, lines: int) -> None:
        """Do nothing."""

    def say_keys(self, page: Page) -> None:
        """Do nothing: they were kept with the page."""

    def echo(self, line: LineEditor) -> None:
        """Do nothing."""

    def clear_all(self) -> None:
        """Do nothing."""


@dataclass
class Curious:
    """A reader who opens everything once, and then goes on."""

    view: Recorder
    idle_after: float | None = None
    opened: set[str] = field(default_factory=set)

    def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
        """Return a key that leads to a page not seen yet; else one that leads on."""
        del is_instant, echo, line
        if not self.view.is_new:
            raise SystemExit(f"make_words.py does not know what to enter: {self.view.said[-1]}")
        self.view.is_new = False
        page = self.view.page
        keys = dict(page.keys)
        options = [one.key for one in page.blocks if isinstance(one, Option)]
        is_question = "?" in keys
        why = f"? {heading_of(page)}"
        if is_question and why not in self.opened:
            self.opened.add(why)
            return "?"
        for key in SIDES:
            # q leaves from everywhere but a question, where it asks first.
            once = f"{key} {keys[key]}" if key == "v" and key in keys else key
            if key in keys and once not in self.opened and (key != "q" or is_question):
                self.opened.add(once)
                return key
        if is_question:
            return options[-1] if options else "To sleep through the night."
        if "l" in keys:
            return "b"
        return next(Key.ENTER if key == "Enter" else key for key in ONWARDS if key in keys)

    def secret(self) -> str | Key:
        """Type no passphrase."""
        return Key.ENTER

    def discard_type_ahead(self) -> None:
        """Do nothing: nothing is typed ahead."""


def main() -> None:
    """Write the page, by default beside this file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    (folder / "words.md").write_text(page_of_words(), encoding="utf-8")


def page_of_words() -> str:
    """Return the whole page."""
    seen = set(labels_with_answers())
    parts = [f"## {title}\n\n{table(rows, seen)}" for title, rows in everything()]
    return "\n".join([INTRODUCTION, *parts])


def labels_with_answers() -> Iterator[str]:
    """Yield what stands in lists of answers: both parts of it are on the page by themselves."""
    for item in QUESTIONNAIRE.all_items:
        labels = [option.label or "" for option in QUESTIONNAIRE.options(item.id)]
        for answer in (*labels, *LANGUAGE.unanswered.values()):
            yield from (f"{item.label}: {answer}", f"{item.label}: {answer}.")


def everything() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each part: its title, and what is said in it and where."""
    recorder, administration = sitting()
    yield "From the welcome to the end", recorder.said
    nothing = administer(QUESTIONNAIRE, {}, taken_at=TAKEN_AT)
    lowest = {item.id: QUESTIONNAIRE.extremes(item.id)[0] for item in QUESTIONNAIRE.items}
    low = administer(QUESTIONNAIRE, lowest, taken_at=TAKEN_AT)
    yield "The summary", [*summary(administration), *summary(low), *summary(nothing)]
    yield (
        "Advice, the most urgent first",
        [(rule.id, text) for rule in QUESTIONNAIRE.advice for text in (rule.label, rule.text)],
    )
    yield (
        "Help lines where the country is not known, is guessed, or has none",
        [
            row
            for where in (Region(), Region("US", is_guess=True), Region("NO"))
            for row in said_on(help_page(help_panel(DIRECTORY, LANGUAGE, where, today=TODAY)))
        ],
    )
    yield "What else is saved, cleared or left behind", list(other_sittings())
    yield "Other words that a sitting may need", list(words(LANGUAGE.model_dump()))


def sitting() -> tuple[Recorder, Administration]:
    """Hold a sitting, and return what was shown and what was answered."""
    recorder = Recorder()
    asker = asker_for(recorder, options())
    administration = walk(QUESTIONNAIRE, asker, lambda: TAKEN_AT)
    if administration is None:
        raise SystemExit("make_words.py: the sitting ended before the summary.")
    asker.offer_after_summary(None, write=str, write_visit=str, save=str)
    return recorder, administration


def other_sittings() -> Iterator[tuple[str, str]]:
    """Yield what is said where something is saved or nothing is to stay."""
    for one in (options(save=True, output="visit.txt"), options(discreet=True)):
        recorder = Recorder()
        asker = asker_for(recorder, one)
        asker.how_to_stop(has_answers=True)
        if one.save:
            asker.goes_on_unsaved("The passphrase is wrong.")
            asker.resumes(f"{TAKEN_AT:%Y-%m-%d %H:%M}")
        else:
            asker.help_after_alert()
            asker.before_clearing()
        yield from recorder.said


def options(
    *, save: bool = False, discreet: bool = False, output: str | None = None
) -> CheckOptions:
    """Return how the person wants to be asked."""
    return CheckOptions(
        plain=False,
        enter=False,
        discreet=discreet,
        format=None,
        output=output,
        save=save,
        store=StoreOptions(Path("history.db"), None, keyring=False),
    )


def asker_for(recorder: Recorder, one: CheckOptions) -> TerminalAsker:
    """Return an asker that shows its pages to the recorder."""
    setting = replace(
        setting_of(CONTEXT, QUESTIONNAIRE, one, is_kept=one.save),
        today=TODAY,
        is_piped=False,
    )
    if one.save or one.discreet:
        for trace in setting.traces:
            # Where this computer keeps things is no part of the sentence.
            recorder.said.append(("welcome", re.sub(r" \S*/(?=\S)", " …/", trace)))
    dialogue = Dialogue(setting, Curious(recorder), recorder, COUNTRY)
    return TerminalAsker(dialogue, to_plain=lambda: recorder)


def heading_of(page: Page) -> str:
    """Return what stands at the top of a page."""
    return page.texts()[0] if page.blocks else "after the summary"


def said_on(page: Page) -> list[tuple[str, str]]:
    """Return what a page says, its keys too, with its heading."""
    where = heading_of(page)
    lines = [(where, text.strip()) for text in page.texts()]
    return [*lines, *((where, f"{key}: {what}") for key, what in page.keys)]


def summary(administration: Administration) -> list[tuple[str, str]]:
    """Return what a summary says, with its headings."""
    shown = summarize(administration, DIRECTORY, LANGUAGE, region=COUNTRY, today=TODAY)
    where, rows = "", []
    documents = (summary_document(shown), summary_in_short(shown))
    text = "".join(render(one, width=UNBROKEN) for one in documents)
    for line in text.splitlines():
        where = line.rstrip(":") if line.endswith(":") and not line.startswith(" ") else where
        rows.append((where, line.strip()))
    return rows


def words(found: Mapping[str, object], where: str = "") -> Iterator[tuple[str, str]]:
    """Yield the sentences of the language, by the names under which they stand."""
    for name, value in found.items():
        if name in NOT_OF_A_SITTING:
            continue
        if isinstance(value, Mapping):
            yield from words(value, f"{name} ")
        elif isinstance(value, tuple):
            yield from ((f"{where}{name}", str(one)) for one in value)
        else:
            yield f"{where}{name}", str(value)


def table(rows: Iterable[tuple[str, str]], seen: set[str]) -> str:
    """Return the sentences that were not seen before, as a table."""
    lines = ["| where | words | grade |", "| --- | --- | ---: |"]
    before = ""
    for where, text in rows:
        for sentence in re.split(r"(?<=[.?!]) +(?=[A-Z\"“])", " ".join(text.split())):
            if not sentence or sentence in seen or is_filled_in(sentence, seen):
                continue
            seen.add(sentence)
            shown = where if where != before else ""
            before = where
            lines.append(f"| {cell(shown)} | {cell(sentence)} | {grade(sentence)} |")
    return "\n".join([*lines, ""])


def is_filled_in(sentence: str, seen: set[str]) -> bool:
    """Return whether a sentence with places to fill was seen with something in them."""
    if "{" not in sentence:
        return False
    pattern = re.compile("(.+)".join(map(re.escape, re.split(r"\{\w+\}", sentence))))
    return any(pattern.fullmatch(one) for one in seen)


def grade(sentence: str) -> str:
    """Return the reading grade of a whole sentence; nothing for parts of one."""
    is_whole = sentence[-1:] in ".?!" and " " in sentence and "{" not in sentence
    return f"{textstat.flesch_kincaid_grade(sentence):.1f}" if is_whole else ""


def cell(text: str) -> str:
    """Return a text as it can stand in a table."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
