"""A scale: what it combines, how, and what was published about its scores."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from moodcheck.core.data_model import DataModel, Id, Text

MOST_ITEMS = 500
"""How many items, context items among them, a questionnaire may have."""

MOST_SCALES = 50
"""How many scales a questionnaire may have."""

Codes = dict[str, str]
"""The codes of a thing in other systems, by system: `{"loinc": "44249-1"}`."""

Number = int | FiniteFloat
"""A number as it was published: a double stands for the decimal that is written, exactly."""

Alternatives = Annotated[tuple[Id, ...], Field(min_length=2, max_length=MOST_ITEMS)]
"""Items that count as one: the highest of those that were answered."""


class Band(DataModel):
    """A published range: it starts at a score and ends where the next band starts."""

    at_least: int
    name: Text
    """The name in the cited publication; shown only as a quotation."""


class CutPoint(DataModel):
    """A published score at which studies looked further. Never a verdict about a person."""

    at_least: int
    citation: Text
    note: Text | None = None


class MissingRule(DataModel):
    """The published rule by which a scale is prorated when items are unanswered."""

    name: Text
    citation: Text


class ReliableChange(DataModel):
    """Published parameters of reliable change: either `points`, or `sd` and `reliability`."""

    points: Annotated[int, Field(ge=1)] | None = None
    sd: Annotated[float, Field(gt=0)] | None = None
    reliability: Annotated[float, Field(gt=0, lt=1)] | None = None
    citation: Text


class Rescale(DataModel):
    """The scores that become 0 and 100."""

    low: Number
    high: Number


class Scale(DataModel):
    """Items, other scales or both, combined by a method. A subscale is a scale."""

    id: Id
    label: Text
    method: Literal["sum", "mean", "count", "maximum"]
    items: Annotated[tuple[Id, ...], Field(max_length=MOST_ITEMS)] | Literal["all"] = ()
    alternatives: Annotated[tuple[Alternatives, ...], Field(max_length=MOST_SCALES)] = ()
    """Groups of its items, each of which counts as one item."""
    scales: Annotated[tuple[Id, ...], Field(max_length=MOST_SCALES)] = ()
    """Scales that count as one item each, by their scores."""
    at_least: int | dict[Id, int] | None = None
    """For `count`: an answer counts from this value on; one for all, or one for each."""
    reverse_keyed: tuple[Id, ...] = ()
    weights: dict[Id, Number] = {}
    """What is counted more often than once, or less; 1 for what is not named."""
    multiply_by: Annotated[int, Field(ge=1, le=1_000)] = 1
    rescale: Literal[True] | Rescale | None = None
    """Last of all, `(score - low) / (high - low) * 100`; `true` is for its own range."""
    max_unanswered: Annotated[int, Field(ge=0)] = 0
    """How many items may be unanswered before there is no score."""
    max_unanswered_share: Annotated[float, Field(gt=0, lt=1)] | None = None
    """The same as a share of its items: as many as are whole in it."""
    round_prorated: bool = True
    """Whether a sum that is completed is rounded to a whole number."""
    missing_rule: MissingRule | None = None
    bands: tuple[Band, ...] = ()
    citation: Text | None = None
    """Where the bands were published."""
    cut_points: tuple[CutPoint, ...] = ()
    reliable_change: ReliableChange | None = None
    codes: Codes = {}
