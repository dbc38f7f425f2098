"""What the promises need in words, in one language. Words are data; this is their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from moodcheck.core.administration import Unanswered
from moodcheck.core.fault import Fault, Path
from moodcheck.core.spec import LanguageCode, Spec, Text

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

WithEmergency = Annotated[Text, StringConstraints(pattern=r"\{emergency\}")]
"""Words in which `{emergency}` stands for the number to call."""

WithNamesAndDate = Annotated[Text, StringConstraints(pattern=r"\{date\}.*\{names\}")]
"""Words in which `{date}` stands for a day, and `{names}` for help lines and their numbers."""


class HelpWords(Spec):
    """What stands around the help lines. Says nothing of what was asked or answered."""

    title: Text
    act_now: WithEmergency
    """What to do if the person has hurt themselves or might act now; always first, and short."""
    local_emergency: Text
    """Stands for the number where it is not known."""
    guessed_emergency: WithEmergency
    """Stands for the number where the country is a guess; `{country}` is its name."""
    region_is_a_guess: Annotated[Text, StringConstraints(pattern=r"\{country\}.*\{address\}")]
    no_lines: Annotated[Text, StringConstraints(pattern=r"\{country\}")]
    """Said where the country is known and no line in it is."""
    every_country: Text
    """Stands above the numbers of all known countries, where nobody said where the person is."""
    international: Annotated[Text, StringConstraints(pattern=r"\{address\}")]
    comfort: Text
    tells_no_one: Text
    sources: Annotated[Text, StringConstraints(pattern=r"\{dates\}")]
    """Where the numbers come from, and that nobody has test-called them."""
    other_sources: Annotated[Text, StringConstraints(pattern=r"\{dates\}")]
    """The same of what is left, where some of them were confirmed."""
    from_to: Annotated[Text, StringConstraints(pattern=r"\{first\}.*\{last\}")]
    """Stands for `{dates}` where there are several."""
    confirmed: WithNamesAndDate
    confirmed_long_ago: WithNamesAndDate
    if_it_does_not_connect: WithEmergency


class SayWords(Spec):
    """The sentences that a person could say, made from their own answers."""

    alert: Text
    """Said first where there is an alert."""
    often: Annotated[Text, StringConstraints(pattern=r"\{period\}.*\{how_often\}.*\{what\}")]
    less_often: Annotated[Text, StringConstraints(pattern=r"\{how_often\}.*\{what\}")]
    and_also: Annotated[Text, StringConstraints(pattern=r"\{what\}")]
    """Goes on with either, where one sentence would be too long."""
    more: Text
    """That there are more symptoms than were said."""
    about: Annotated[Text, StringConstraints(pattern=r"\{what\}")]
    """What else to talk about."""
    and_about: Annotated[Text, StringConstraints(pattern=r"\{what\}")]
    """Goes on with that."""
    wish: Text
    """Stands for what the person would like help with, where they wrote nothing of it."""
    both: Annotated[Text, StringConstraints(pattern=r"\{some\}.*\{last\}")]
    """Joins the last part of a list to the others."""


class ChangeWords(Spec):
    """What is said of a change between two sittings. About a score or an answer, never a person."""

    reliable: Annotated[Text, StringConstraints(pattern=r"\{needed\}.*\{citation\}")]
    """A quotation, where a score changed as much as is published as reliable."""
    not_reliable: Annotated[Text, StringConstraints(pattern=r"\{needed\}.*\{citation\}")]
    points: Annotated[Text, StringConstraints(pattern=r"\{points\}")]
    """What is needed, where that many points are published."""
    more_than: Annotated[Text, StringConstraints(pattern=r"\{points\}")]
    """The same, where it comes from a standard error."""
    answer: Annotated[Text, StringConstraints(pattern=r"\{before\}.*\{now\}")]
    """An answer that was an alert and was changed later; both stay."""


class HandOverWords(Spec):
    """What is said when a client takes the keyboard, and gives it back."""

    promise: Text
    """What the counselor confirms before the keyboard changes hands."""
    tells_no_one: Text
    """Stands for `HelpWords.tells_no_one` while the client has the keyboard."""
    stays_visible: Text
    """That answers once given can be read by the counselor, whatever becomes of them."""
    hand_back: Text
    going_idle: Text
    """What is said before it locks."""
    beyond: Text
    """What the program cannot keep from happening; the counselor is told."""
    inside: Text
    """The same of a program that this terminal runs inside of, `{program}`."""


class BatchWords(Spec):
    """What is said where many rows were scored at once, to whoever runs that."""

    notice: Text
    """What every row says. There may be a hundred million of them: no comma, and few words."""
    alert_asks: Text
    """What an alert is, and what it asks for."""
    no_alert: Text
    """What it does not mean that there is none."""
    critical_unanswered: Text
    """What it does not mean that a critical item has no answer."""


class Language(Spec):
    """The words of one language that promises rest on, and the words that are denied in it."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    language: LanguageCode
    not_a_diagnosis: Text
    notice: Text
    """The same in a few words, to stand where little room is."""
    not_validated: Text
    validated: Annotated[Text, StringConstraints(pattern=r"\{citation\}")]
    critical_unanswered: Annotated[Text, StringConstraints(pattern=r"\{label\}")]
    published_band: Annotated[Text, StringConstraints(pattern=r"\{name\}.*\{range\}.*\{citation\}")]
    unanswered: Annotated[dict[Unanswered, Text], Field(min_length=len(Unanswered))]
    too_many_unanswered: Text
    """Why a scale has no score."""
    nothing_stood_out: Text
    forgotten_passphrase: Text
    """What to know before choosing the passphrase of a new history."""
    help: HelpWords
    say: SayWords
    change: ChangeWords
    hand_over: HandOverWords
    batch: BatchWords
    under_18: tuple[Text, ...]
    for_someone_else: tuple[Text, ...]
    clinician_words: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Words that name a clinician; every advice holds one of them."""
    denied: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Patterns of words that diagnose, judge or blame; matched without regard to case."""
    allowed: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Patterns in which a denied word may stand: saying that this is not a diagnosis."""

    @cached_property
    def _denied(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in self.denied), re.IGNORECASE)

    @cached_property
    def _allowed(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in self.allowed), re.IGNORECASE)

    @cached_property
    def _clinician(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in self.clinician_words)
        return re.compile(rf"\b(?:{words})s?\b", re.IGNORECASE)

    def denied_words(self, text: str) -> list[str]:
        """Return the denied words that `text` holds, outside the places where they are allowed."""
        unbroken = " ".join(text.replace("’", "'").split())
        return [found.group() for found in self._denied.finditer(self._allowed.sub(" ", unbroken))]

    def names_a_clinician(self, text: str) -> bool:
        """Return whether `text` names someone qualified to turn to."""
        return bool(self._clinician.search(text))


_QUOTED = re.compile("“[^”]*”")


def wording_faults(questionnaire: Questionnaire, language: Language) -> Iterator[Fault]:
    """Yield every place where the questionnaire's words diagnose, or its advice names no clinician.

    Band names, and what an item of a published questionnaire has in quotation marks, are left
    out: they are quotations of the publication, and shown as such.
    """
    for i, rule in enumerate(questionnaire.advice):
        if not language.names_a_clinician(rule.text):
            mend = f"Say whom to see: {', '.join(language.clinician_words)}"
            yield Fault(("advice", i, "text"), f"advice '{rule.id}' names no clinician", mend)
    for path, text in _texts(questionnaire):
        for word in language.denied_words(text):
            what = f"'{word}' diagnoses, judges or blames"
            yield Fault(path, what, "Describe what can be noticed instead")


def _texts(q: Questionnaire) -> Iterator[tuple[Path, str]]:
    for name in ("title", "recall_period", "stem"):
        yield (name,), getattr(q, name) or ""
    for name, options in q.responses.items():
        for i, option in enumerate(options):
            yield ("responses", name, i, "label"), option.label or ""
            yield ("responses", name, i, "say"), option.say or ""
    for section, items in (("items", q.items), ("context", q.context)):
        for i, item in enumerate(items):
            asked = item.text or ""
            yield (section, i, "text"), _QUOTED.sub("", asked) if q.validated else asked
            for key in ("label", "help", "say", "visit"):
                yield (section, i, key), getattr(item, key) or ""
    for i, scale in enumerate(q.scales):
        yield ("scales", i, "label"), scale.label
    for i, rule in enumerate(q.advice):
        yield ("advice", i, "label"), rule.label
        yield ("advice", i, "text"), rule.text
