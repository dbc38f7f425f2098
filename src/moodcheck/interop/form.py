"""A form as another program describes it, whatever file it came in: neutral, and not ours yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Codes = Mapping[str, str]
"""Codes by system: `loinc` and the like (`interop.code_systems`), else the system's own name."""

Kind = Literal["choice", "text", "score", "other"]
"""`choice` offers options; `text` takes words; `score` is worked out by the other program; `other`
is what moodcheck cannot ask, such as a date."""

SCALE = "scale."
"""What we write before the id of a scale to name the item that shows its score."""

Method = Literal["sum", "mean", "count"]


@dataclass(frozen=True, slots=True)
class FormOption:
    """One answer that an item offers."""

    label: str | None
    """Its words, on one line; None where the file has only a code."""
    value: int | None
    """Its weight; None where the file gives none."""
    codes: Codes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calculation:
    """How a score is worked out of other items; in what our scales can say and no more."""

    method: Method
    links: tuple[str, ...]
    """The items that it combines."""
    reverse_keyed: tuple[str, ...] = ()
    at_least: int | None = None
    """For `count`: an answer counts from this value on."""
    multiply_by: int = 1
    max_unanswered: int = 0


@dataclass(frozen=True, slots=True)
class FormItem:
    """One thing that a form asks or works out."""

    link: str
    """Its name in the other program: a linkId, a variable. No two items of a form share one."""
    text: str
    """What it asks, on one line; may be empty."""
    kind: Kind
    place: str
    """Where it stands in its file, for messages: `item[3].item[0]`, `line 12`."""
    type: str
    """What the other program calls its kind."""
    label: str | None = None
    """A short name of what it is about."""
    help: str | None = None
    stem: str | None = None
    """The words that stand above it and others: of its group, or of a heading."""
    codes: Codes = field(default_factory=dict)
    options: tuple[FormOption, ...] = ()
    calculation: Calculation | None = None
    """How a `score` is worked out; None where the file does not say, or not in a way we know."""

    @property
    def all_words(self) -> str:
        """What it says of itself."""
        return f"{self.text} {self.label or ''}"


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form; groups are flattened. Every text in it is one line that is fit to show."""

    shown: str
    """The name of its file, fit to show."""
    format: str
    """What kind of file it is, as people call it: `FHIR Questionnaire`."""
    items: tuple[FormItem, ...]
    id: str | None = None
    """What the other program calls it; need not be an id that moodcheck takes."""
    version: str | None = None
    title: str | None = None
    language: str | None = None
    licence: str | None = None
    """What it says about who may use it."""
    recall_period: str | None = None
    """Where it is said apart from the stem."""
    codes: Codes = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """What the file says and moodcheck cannot, each a sentence without its full stop."""

    @property
    def choices(self) -> tuple[FormItem, ...]:
        """The items that offer options, in their order."""
        return tuple(item for item in self.items if item.kind == "choice")

    def is_in(self, language: str) -> bool:
        """Return whether its words are in a language, as far as it says."""
        return (self.language or "en").startswith(language)

    def item(self, link: str) -> FormItem:
        """Return the item of that link. Raises KeyError for any other."""
        for item in self.items:
            if item.link == link:
                return item
        raise KeyError(link)
