"""The author of a new questionnaire: what they said in options, and are asked for the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from moodcheck.cli.asked_lines import AskedLines
from moodcheck.core.questionnaire_draft import ID_OF_ANY, Draft, first_draft, proposed_id
from moodcheck.errors import UsageError
from moodcheck.files.private_file import refuse_unwritable
from moodcheck.loading.context import Context
from moodcheck.loading.questionnaire_draft import FEWEST_OPTIONS, Steps
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Given:
    """What was said in options; None or empty where nothing was."""

    title: str | None
    id: str | None
    language: str | None
    recall_period: str | None
    responses: str | None
    options: Sequence[str]
    high_stands_out: bool | None
    items: Sequence[str]
    critical: Sequence[int]
    """Numbers of items, from 1."""
    licence: str | None

    @property
    def is_enough(self) -> bool:
        """Whether nothing has to be asked."""
        return self.title is not None and bool(self.items)


class Author:
    """Takes one thing after another into a draft that the loader would take after each."""

    def __init__(self, context: Context, given: Given, file: Path | None) -> None:
        self._language = context.language
        self._given = given
        self._file = file
        self._lines = None if given.is_enough else AskedLines()
        """None where nothing is asked."""
        self._draft = first_draft(context.questionnaire_template)

    def drafted(self) -> Draft:
        """Return the whole draft.

        Raises:
            UsageError, CannotCreate: when an option says what cannot be used.
            LeftAtOnce: when the author leaves.
        """
        given, template = self._given, self._draft.template
        if self._lines:
            tell(
                _("Nothing is written before the last question. Ctrl-C leaves."),
                _("Enter alone takes what stands in [brackets]."),
            )
        self._take_text("title", given.title, _("What is it called?"))
        self._take_id(proposed_id(self._draft.title) or ID_OF_ANY)
        self._take_text(
            "language", given.language, _("The code of its language:"), template.language
        )
        if self._draft.language != template.language:
            tell(
                _("Translate the advice in the file, and the answers if you do not type your own.")
            )
        when = _("Which time does it ask about?")
        self._take_text("recall_period", given.recall_period, when, template.recall_period)
        self._take_responses()
        self._take_high()
        self._take_items()
        licence = _("Its licence, or what others may do with it:")
        self._take_text("licence", given.licence, licence, template.licence)
        return self._draft

    @property
    def _steps(self) -> Steps:
        return Steps(self._draft, self._language)

    def _take_text(self, name: str, given: str | None, question: str, default: str = "") -> None:
        def use(typed: str) -> Draft:
            return self._steps.changed(**{name: typed})

        self._take(f"--{name.replace('_', '-')}", given, question, use, default)

    def _take_id(self, proposed: str) -> None:
        def use(typed: str) -> Draft:
            draft = self._steps.changed(id=typed)
            if self._file is None:
                refuse_unwritable(file_of(draft))
            return draft

        self._take("--id", self._given.id, _("Its id, for commands:"), use, proposed)

    def _take(
        self,
        option: str,
        given: str | None,
        question: str,
        use: Callable[[str], Draft],
        default: str,
    ) -> None:
        """Take one thing: as its option says, as it is typed, or else as it is proposed."""
        if given is None and self._lines:
            self._draft = self._lines.ask(question, use, default)
        else:
            self._take_given(option, lambda: use((default if given is None else given).strip()))

    def _take_given(self, option: str, step: Callable[[], Draft]) -> None:
        try:
            self._draft = step()
        except UsageError as error:
            raise UsageError(f"{option}: {error.what}", mend=error.mend) from None

    def _take_responses(self) -> None:
        given = self._given
        if given.responses is not None and given.options:
            raise UsageError(
                "--responses and --option contradict each other", mend="Use one of the two"
            )
        if given.options:
            labels = [label.strip() for label in given.options]
            self._take_given("--option", partial(self._steps.with_options, labels))
        elif given.responses is not None:
            self._take_given("--responses", partial(self._steps.offering, given.responses))
        elif self._lines:
            self._choose_responses(self._lines)

    def _choose_responses(self, lines: AskedLines) -> None:
        offered = self._draft.template.responses
        choices = [
            f"{one.label}: {', '.join(option.label or '' for option in one.options)}"
            for one in offered.values()
        ]
        chosen = lines.choose(_("What can be answered?"), [*choices, _("Answers of your own")])
        if chosen < len(offered):
            self._draft = self._steps.offering(list(offered)[chosen])
        else:
            self._type_options(lines)

    def _type_options(self, lines: AskedLines) -> None:
        tell(_("Type them one by one, from the least to the most."))
        labels: list[str] = []

        def use(typed: str) -> Draft:
            tried = [*labels, typed] if labels else [typed] * FEWEST_OPTIONS
            draft = self._steps.with_options(tried)
            labels.append(typed)
            return draft

        while len(labels) < FEWEST_OPTIONS:
            self._draft = lines.ask(_("Answer {value}:").format(value=len(labels)), use)
        more = _("Answer {value}, or Enter alone if there are no more:")
        while draft := lines.ask_or_end(more.format(value=len(labels)), use):
            self._draft = draft

    def _take_high(self) -> None:
        high = self._given.high_stands_out
        if high is None and self._lines:
            question = _(
                "Is a high answer, such as '{label}', one to look at? It is then named first, and "
                "the advice is to make an appointment."
            )
            high = self._lines.agrees(question.format(label=self._draft.options[-1]["label"]))
        self._draft = self._steps.changed(high_stands_out=bool(high))

    def _take_items(self) -> None:
        given = self._given
        for text in given.items:
            self._take_given("--item", partial(self._steps.with_item, text.strip()))
        if self._lines and not given.items:
            self._type_items(self._lines)
        for number in given.critical:
            self._take_given("--critical", partial(self._steps.with_critical, number))

    def _type_items(self, lines: AskedLines) -> None:
        tell(_("Now the items, one by one: short sentences in plain words."))
        self._type_item(lines, lines.ask(_("Item 1:"), self._steps.with_item))
        more = _("Item {number}, or Enter alone if there are no more:")
        while with_next := lines.ask_or_end(
            more.format(number=len(self._draft.items) + 1), self._steps.with_item
        ):
            self._type_item(lines, with_next)

    def _type_item(self, lines: AskedLines, with_item: Draft) -> None:
        """Ask what else there is to know about the item that was just typed, and take it."""
        item = with_item.items[-1]
        question = _("Two or three words for it, for tables:")
        self._draft = lines.ask(
            question, lambda label: self._steps.with_item(item.text, label), item.label
        )
        if lines.agrees(_("Is it about death or suicide?")):
            self._draft = self._steps.with_critical(len(self._draft.items))
            said = _("From '{label}' on, an answer to it shows help lines at once.")
            tell(said.format(label=self._draft.first["label"]))


def file_of(draft: Draft) -> Path:
    """Return the file in the current folder that a questionnaire without a place is written to."""
    return Path(f"{draft.id}.yaml")
