"""What a questionnaire is made of, and look-ups among its parts."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from moodcheck.core.computation import Computation
from moodcheck.core.data_model import DataModel, Id, LanguageCode, Text
from moodcheck.core.scale import MOST_ITEMS, MOST_SCALES, Codes, Scale
from moodcheck.core.scale_computation import computation

SCHEMA = 1
"""The newest questionnaire schema that this version reads."""

MOST_CONDITIONS = 20
"""How many entries a `when` or an `all` may have."""

ANSWER = "{answer}"
"""Stands for the answer in the `say` of a context item."""


class ResponseOption(DataModel):
    """A value and its label, offered by an item."""

    value: Annotated[int, Field(ge=-1_000, le=1_000)]
    label: Text | None = None
    """None where the words are their author's and did not come with the data."""
    say: Text | None = None
    """The answer as part of a person's own sentence: `almost every day`."""
    stands_out: bool = False
    """Whether the answer is named at the top of the answers, with what to do about it."""
    codes: Codes = {}


ResponseSet = Annotated[tuple[ResponseOption, ...], Field(min_length=1, max_length=101)]
"""The options that items share; 101 of them are a scale from 0 to 100."""


class Item(DataModel):
    """One question. Items that stand under `context` are asked and shown, never scored."""

    id: Id
    label: Text
    """Our own short name of what the item is about, for tables."""
    text: Text | None = None
    """The question itself; None where its wording is its author's."""
    help: Text | None = None
    """Why it is asked."""
    type: Literal["choice", "text"] = "choice"
    """`text`: the person's own words; only among the context items."""
    responses: Id | None = None
    """The response set it offers; None for `text`."""
    say: Text | None = None
    """How the person could say it. For a scored item, what follows "I". For a context item, what
    follows "I would like to tell you about", or a whole sentence with `{answer}` in it."""
    visit: Text | None = None
    """What to bring to a visit or say there, if the answer stands out; only of context items."""
    source: Text | None = None
    codes: Codes = {}


class CriticalItem(DataModel):
    """An item whose answer matters by itself; an answer of `at_least` or more is an alert."""

    item: Id
    at_least: int

    def is_alert(self, value: int) -> bool:
        """Return whether this answer to it is an alert."""
        return value >= self.at_least


class Condition(DataModel):
    """Fits when the item was answered `at_least` that high; for `any`, when enough items were.

    An unanswered item fits no condition. A higher answer never makes fewer conditions fit.
    """

    item: Id
    at_least: int
    how_many: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = 1
    """For `any`: how many of the scored items have to be that high."""

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that have to fit together: this one alone."""
        return (self,)


class Together(DataModel):
    """Fits when each of its conditions fits."""

    all: Annotated[tuple[Condition, ...], Field(min_length=2, max_length=MOST_CONDITIONS)]

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions that have to fit together."""
        return self.all


def _form_of_entry(entry: object) -> str:
    is_together = isinstance(entry, Together) or (isinstance(entry, dict) and "all" in entry)
    return (Together if is_together else Condition).__name__


When = Annotated[
    Annotated[Condition, Tag(Condition.__name__)] | Annotated[Together, Tag(Together.__name__)],
    Discriminator(_form_of_entry),
]
"""One entry of `when`: a condition, or several that have to fit together."""


class AdviceRule(DataModel):
    """What to advise when any one entry of `when` fits; without `when` it always fits."""

    id: Id
    when: Annotated[tuple[When, ...], Field(min_length=1, max_length=MOST_CONDITIONS)] | None = None
    label: Text
    text: Text

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition that it looks at, alone or with others."""
        return tuple(part for entry in self.when or () for part in entry.parts)


class Source(DataModel):
    """Where the questionnaire comes from."""

    document: Text
    note: Text | None = None


class Validation(DataModel):
    """The publication that studied the questionnaire."""

    citation: Text


class QuestionnaireParts(DataModel):
    """Everything that a questionnaire file holds; the parts may contradict each other."""

    schema_version: Annotated[int, Field(alias="schema", ge=1, le=SCHEMA)]
    id: Id
    version: Annotated[str, StringConstraints(pattern=r"^\d{1,4}\.\d{1,4}\.\d{1,4}$")]
    title: Text
    language: LanguageCode
    licence: Text
    source: Source
    validated: Literal[False] | Validation
    recall_period: Text
    stem: Text | None = None
    """Shown above each scored item when it is asked; when None, the recall period is."""
    responses: Annotated[dict[Id, ResponseSet], Field(max_length=100)]
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    context: Annotated[tuple[Item, ...], Field(max_length=MOST_ITEMS)] = ()
    scales: Annotated[tuple[Scale, ...], Field(min_length=1, max_length=MOST_SCALES)]
    critical: Annotated[tuple[CriticalItem, ...], Field(max_length=50)] = ()
    advice: Annotated[tuple[AdviceRule, ...], Field(min_length=1, max_length=20)]
    codes: Codes = {}

    @cached_property
    def all_items(self) -> tuple[Item, ...]:
        """Scored items in their order, then the context items."""
        return (*self.items, *self.context)

    @property
    def has_wording(self) -> bool:
        """Whether every item can be asked; the wording of some instruments is their authors'."""
        labels = [option.label for options in self.responses.values() for option in options]
        return None not in labels and None not in [item.text for item in self.all_items]

    @cached_property
    def choices(self) -> frozenset[str]:
        """The ids of the items and context items that offer response options."""
        return frozenset(item.id for item in self.all_items if item.type == "choice")

    @cached_property
    def _extremes(self) -> dict[str | None, tuple[int, int]]:
        values = {name: [one.value for one in options] for name, options in self.responses.items()}
        return {name: (min(offered), max(offered)) for name, offered in values.items()}

    @cached_property
    def _scales_by_id(self) -> dict[str, Scale]:
        return {scale.id: scale for scale in self.scales}

    @cached_property
    def _computations(self) -> dict[str, Computation]:
        return {}

    @cached_property
    def _by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.all_items}

    def __contains__(self, item_id: object) -> bool:
        """Return whether an item or context item has that id."""
        return item_id in self._by_id

    def item(self, item_id: str) -> Item:
        """Return the item or context item of that id. Raises KeyError for any other."""
        return self._by_id[item_id]

    def options(self, item_id: str) -> tuple[ResponseOption, ...]:
        """Return what the item offers, in its order; nothing for the person's own words."""
        name = self.item(item_id).responses
        return self.responses.get(name, ()) if name is not None else ()

    def option(self, item_id: str, value: int) -> ResponseOption:
        """Return the option of that value. Raises KeyError where the item offers no such value."""
        for option in self.options(item_id):
            if option.value == value:
                return option
        raise KeyError(item_id)

    def items_of(self, scale: Scale) -> tuple[str, ...]:
        """Return the ids of the items that a scale combines itself, and not by way of another."""
        return tuple(item.id for item in self.items) if scale.items == "all" else scale.items

    def extremes(self, item_id: str) -> tuple[int, int]:
        """Return the lowest and the highest value that an item with options offers."""
        return self._extremes[self.item(item_id).responses]

    def scale(self, scale_id: str) -> Scale:
        """Return the scale of that id. Raises KeyError for any other."""
        return self._scales_by_id[scale_id]

    def computation(self, scale: Scale) -> Computation:
        """Return how the score of a scale is computed.

        Raises:
            Uncomputable: when no score can come of it; never in a consistent questionnaire.
        """
        if scale.id not in self._computations:
            self._computations[scale.id] = computation(
                scale,
                self.items_of(scale),
                self.extremes,
                lambda other: self.computation(self.scale(other)),
            )
        return self._computations[scale.id]

    def range_of(self, scale: Scale) -> tuple[int | float, int | float]:
        """Return the lowest and the highest score that a scale can have."""
        return self.computation(scale).extremes
