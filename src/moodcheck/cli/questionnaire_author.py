"""The author of a new questionnaire: what they said in options, and are asked for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from moodcheck.cli.asked_lines import AskedLines
from moodcheck.cli.questionnaire_questions import chosen_responses, typed_items
from moodcheck.core.questionnaire_draft import ID_OF_ANY, Draft, first_draft, proposed_id
from moodcheck.errors import UsageError
from moodcheck.files.private_file import refuse_unwritable
from moodcheck.loading.context import Context
from moodcheck.loading.questionnaire_draft import Steps
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
    not_critical: Sequence[int]
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
            with _naming(option):
                self._draft = use((default if given is None else given).strip())

    def _take_responses(self) -> None:
        given = self._given
        if given.responses is not None and given.options:
            raise UsageError(
                "--responses and --option contradict each other", mend="Use one of the two"
            )
        if given.options:
            with _naming("--option"):
                self._draft = self._steps.with_options([label.strip() for label in given.options])
        elif given.responses is not None:
            with _naming("--responses"):
                self._draft = self._steps.offering(given.responses)
        elif self._lines:
            self._draft = chosen_responses(self._lines, self._steps)

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
        if self._lines and not given.items:
            if given.critical or given.not_critical:
                raise UsageError(
                    "--critical and --not-critical number items of --item", mend="Use --item, too"
                )
            self._draft = typed_items(self._lines, self._steps)
            return
        for text in given.items:
            with _naming("--item"):
                self._draft = self._steps.with_item(text.strip())
        for number in given.critical:
            with _naming("--critical"):
                self._draft = self._steps.with_critical(number)
        with _naming("--not-critical"):
            self._steps.refuse_unwatched(given.not_critical)


def file_of(draft: Draft) -> Path:
    """Return the file in the current folder that a questionnaire without a place is written to."""
    return Path(f"{draft.id}.yaml")


@contextmanager
def _naming(option: str) -> Iterator[None]:
    """While inside, what is refused is said of this option."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{option}: {error.what}", mend=error.mend) from None
