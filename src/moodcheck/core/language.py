"""The words of one language: what the promises say, and what no output may say."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from moodcheck.core.administration import Unanswered
from moodcheck.core.data_model import DataModel, LanguageCode, Text

WithEmergency = Annotated[Text, StringConstraints(pattern=r"\{emergency\}")]
"""Words in which `{emergency}` stands for the number to call."""

WithNamesAndDate = Annotated[Text, StringConstraints(pattern=r"\{date\}.*\{names\}")]
"""Words in which `{date}` stands for a day, and `{names}` for help lines and their numbers."""


class HelpWords(DataModel):
    """The words around the help lines. They say nothing of what was asked or answered."""

    title: Text
    act_now: WithEmergency
    """What to do if the person has hurt themselves or might act now; always first, and short."""
    local_emergency: Text
    """Stands in place of the number where it is not known."""
    guessed_emergency: WithEmergency
    """Stands in place of the number where the country is a guess; `{country}` is its name."""
    region_is_a_guess: Annotated[Text, StringConstraints(pattern=r"\{country\}.*\{address\}")]
    no_lines: Annotated[Text, StringConstraints(pattern=r"\{country\}")]
    """Said where the country is known, but no line in it."""
    every_country: Text
    """Stands above the numbers of all known countries, where the person's own is not known."""
    international: Annotated[Text, StringConstraints(pattern=r"\{address\}")]
    comfort: Text
    tells_no_one: Text
    sources: Annotated[Text, StringConstraints(pattern=r"\{dates\}")]
    """Where the numbers come from, and that nobody has test-called them."""
    other_sources: Annotated[Text, StringConstraints(pattern=r"\{dates\}")]
    """The same for the other numbers, where some were confirmed."""
    from_to: Annotated[Text, StringConstraints(pattern=r"\{first\}.*\{last\}")]
    """Replaces `{dates}` where there are several dates."""
    confirmed: WithNamesAndDate
    confirmed_long_ago: WithNamesAndDate
    if_it_does_not_connect: WithEmergency


class SayWords(DataModel):
    """The sentences that a person could say, made from their own answers."""

    alert: Text
    """Said first where there is an alert."""
    often: Annotated[Text, StringConstraints(pattern=r"\{period\}.*\{how_often\}.*\{what\}")]
    less_often: Annotated[Text, StringConstraints(pattern=r"\{how_often\}.*\{what\}")]
    and_also: Annotated[Text, StringConstraints(pattern=r"\{what\}")]
    """Continues either of the two, where one sentence would be too long."""
    more: Text
    """That there are more symptoms than were said."""
    about: Annotated[Text, StringConstraints(pattern=r"\{what\}")]
    """What else to talk about."""
    and_about: Annotated[Text, StringConstraints(pattern=r"\{what\}")]
    """Continues `about`."""
    wish: Text
    """Said where the person did not write what they would like help with."""
    both: Annotated[Text, StringConstraints(pattern=r"\{some\}.*\{last\}")]
    """Joins the last part of a list to the others."""


class ChangeWords(DataModel):
    """What is said of a change between two sittings: of a score or an answer, never of a person."""

    reliable: Annotated[Text, StringConstraints(pattern=r"\{needed\}.*\{citation\}")]
    """A quotation, where a score changed as much as is published as reliable."""
    not_reliable: Annotated[Text, StringConstraints(pattern=r"\{needed\}.*\{citation\}")]
    points: Annotated[Text, StringConstraints(pattern=r"\{points\}")]
    """The published number of points that a reliable change needs."""
    more_than: Annotated[Text, StringConstraints(pattern=r"\{points\}")]
    """The same, where it was computed from a standard error."""
    answer: Annotated[Text, StringConstraints(pattern=r"\{before\}.*\{now\}")]
    """An answer that was an alert and was changed later; both stay."""


class HandOverWords(DataModel):
    """What is said when a client takes the keyboard, and gives it back."""

    promise: Text
    """What the counselor confirms before the keyboard changes hands."""
    tells_no_one: Text
    """Replaces `HelpWords.tells_no_one` while the client has the keyboard."""
    stays_visible: Text
    """That the counselor can read every answer once given, even one that was changed."""
    hand_back: Text
    going_idle: Text
    """Said before the idle lock."""
    beyond: Text
    """What the program cannot prevent, as the counselor is told."""
    inside: Text
    """The same about `{program}`, a program such as tmux that this terminal runs in."""


class BatchWords(DataModel):
    """What is said to whoever scores many rows at once."""

    notice: Text
    """Stands in every row, of which there may be a hundred million: few words, and no comma."""
    alert_asks: Text
    """What an alert is, and what to do about it."""
    no_new_alert: Text
    """What to do where all alerts stand in earlier files."""
    no_alert: Text
    """What the absence of alerts does not mean."""
    critical_unanswered: Text
    """What an unanswered critical item does not mean."""
    cohort_says_not: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What numbers of many rows do not say."""


class Language(DataModel):
    """The words of one language that the promises rest on, and those that are denied in it."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    language: LanguageCode
    not_a_diagnosis: Text
    notice: Text
    """The same in a few words, for where there is little room."""
    not_validated: Text
    validated: Annotated[Text, StringConstraints(pattern=r"\{citation\}")]
    critical_unanswered: Annotated[Text, StringConstraints(pattern=r"\{label\}")]
    published_band: Annotated[Text, StringConstraints(pattern=r"\{name\}.*\{range\}.*\{citation\}")]
    unanswered: Annotated[dict[Unanswered, Text], Field(min_length=len(Unanswered))]
    too_many_unanswered: Text
    """Why a scale has no score: too few of its items were answered …"""
    not_every_item_asked: Text
    """… or one of them is not part of this data."""
    nothing_stood_out: Text
    visit_questions: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What a person may want to ask at a visit, in the first person."""
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
    death_words: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Patterns of words that name death or suicide; matched without regard to case."""
    denied: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Patterns of words that diagnose, judge or blame; matched without regard to case."""
    allowed: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Patterns in which a denied word may stand: saying that this is not a diagnosis."""

    @cached_property
    def _death(self) -> re.Pattern[str]:
        return _any_of(self.death_words)

    @cached_property
    def _denied(self) -> re.Pattern[str]:
        return _any_of(self.denied)

    @cached_property
    def _allowed(self) -> re.Pattern[str]:
        return _any_of(self.allowed)

    @cached_property
    def _clinician(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in self.clinician_words)
        return re.compile(rf"\b(?:{words})s?\b", re.IGNORECASE)

    def denied_words(self, text: str) -> list[str]:
        """Return the denied words that `text` holds, outside the places where they are allowed."""
        allowed_left_out = self._allowed.sub(" ", _unbroken(text))
        return [found.group() for found in self._denied.finditer(allowed_left_out)]

    def names_death(self, text: str) -> bool:
        """Return whether `text` speaks of death, suicide or hurting oneself."""
        return bool(self._death.search(_unbroken(text)))

    def names_a_clinician(self, text: str) -> bool:
        """Return whether `text` names someone qualified to turn to."""
        return bool(self._clinician.search(text))


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)


def _unbroken(text: str) -> str:
    return " ".join(text.replace("’", "'").split())
