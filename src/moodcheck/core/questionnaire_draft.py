"""A questionnaire that is being started: what its author has said so far, as it will be written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from moodcheck.core.consistency import RESERVED_IDS
from moodcheck.core.data_model import LONGEST_ID, DataModel, Id, LanguageCode, Text, free_id, is_id
from moodcheck.core.questionnaire_parts import SCHEMA, ResponseSet

OWN_RESPONSES = "answers"
"""The name of a response set that the author typed."""

ID_OF_ANY = "questionnaire"
"""The id of one whose title has no letter that an id may have."""

_LONGEST_LABEL = 32
"""Characters of the short name that is proposed for an item."""

Tree = dict[str, Any]
"""A part of a questionnaire file, as it will be written."""


class TemplateResponses(DataModel):
    """Answers to choose from, as they are offered to the author."""

    label: Text
    """What they say of an item: how often it was, how much."""
    options: ResponseSet


class TemplateRule(DataModel):
    """A rule of advice, before anybody knows the items."""

    id: Id
    for_: Annotated[Literal["critical", "stands_out", "everyone"], Field(alias="for")]
    label: Text
    text: Text


class QuestionnaireTemplate(DataModel):
    """What a new questionnaire says where its author says nothing else."""

    schema_version: Annotated[Literal[1], Field(alias="schema")]
    language: LanguageCode
    version: Text
    recall_period: Text
    licence: Text
    source: Text
    scale: Text
    """The label of the scale that adds up all items."""
    responses: Annotated[dict[Id, TemplateResponses], Field(min_length=1)]
    advice: Annotated[tuple[TemplateRule, ...], Field(min_length=1)]
    many_is_one_in: Annotated[int, Field(ge=1)]
    """One in so many items, answered above the lowest, is breadth that matters as height does."""


@dataclass(frozen=True, slots=True)
class DraftItem:
    """An item as its author typed it."""

    id: str
    label: str
    text: str
    is_critical: bool
    """Whether it is about death or suicide."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the author has said so far. What is wrong with it, the loader finds."""

    template: QuestionnaireTemplate
    title: str
    id: str
    language: str
    recall_period: str
    licence: str
    responses: str
    """The name of the response set that all items offer."""
    options: tuple[Tree, ...]
    """At least two."""
    high_stands_out: bool = False
    """Whether a high answer is one to look at."""
    items: tuple[DraftItem, ...] = ()

    @property
    def first(self) -> Tree:
        """The option just above the lowest, from which on a critical item is an alert."""
        return sorted(self.options, key=lambda option: int(option["value"]))[1]

    def tree(self) -> Tree:
        """Return it as the content of a questionnaire file."""
        critical = [_at_least(item.id, self.first) for item in self.items if item.is_critical]
        hidden = () if self.high_stands_out else ("stands_out",)
        return {
            "schema": SCHEMA,
            "id": self.id,
            "version": self.template.version,
            "title": self.title,
            "language": self.language,
            "licence": self.licence,
            "source": {"document": self.template.source},
            "validated": False,
            "recall_period": self.recall_period,
            "responses": {
                self.responses: [
                    {key: value for key, value in option.items() if key not in hidden}
                    for option in self.options
                ]
            },
            "items": [
                {"id": one.id, "label": one.label, "text": one.text, "responses": self.responses}
                for one in self.items
            ],
            "scales": [
                {"id": "total", "label": self.template.scale, "method": "sum", "items": "all"}
            ],
            **({"critical": critical} if critical else {}),
            "advice": [
                rule for one in self.template.advice for rule in self._advice(one, critical)
            ],
        }

    def _advice(self, rule: TemplateRule, critical: list[Tree]) -> list[Tree]:
        """Return the rule, or nothing where there is nothing that it could look at."""
        said = {"label": rule.label, "text": rule.text}
        match rule.for_:
            case "everyone":
                return [{"id": rule.id, **said}]
            case "critical":
                when = critical
            case "stands_out":
                when = self._high_or_many() if self.high_stands_out else []
        return [{"id": rule.id, "when": when, **said}] if when else []

    def _high_or_many(self) -> list[Tree]:
        """Return the conditions for answers to look at: one that stands out, or many lower ones."""
        lowest_high = min(
            (option for option in self.options if option.get("stands_out")),
            key=lambda option: int(option["value"]),
        )
        found = [_at_least("any", lowest_high)]
        many = max(2, -(-len(self.items) // self.template.many_is_one_in))
        if lowest_high["value"] > self.first["value"] and many <= len(self.items):
            found.append(_at_least("any", self.first) | {"how_many": many})
        return found


def _at_least(item: str, option: Tree) -> Tree:
    return {"item": item, "at_least": option["value"]}


def first_draft(template: QuestionnaireTemplate) -> Draft:
    """Return what stands there before the author has said anything: valid, but for its items."""
    name = next(iter(template.responses))
    return Draft(
        template,
        title="?",
        id=ID_OF_ANY,
        language=template.language,
        recall_period=template.recall_period,
        licence=template.licence,
        responses=name,
        options=offered_options(template, name),
    )


def offered_options(template: QuestionnaireTemplate, name: str) -> tuple[Tree, ...]:
    """Return the options of a response set of the template."""
    options = template.responses[name].options
    return tuple(option.model_dump(exclude_unset=True) for option in options)


def own_options(labels: Sequence[str]) -> tuple[Tree, ...]:
    """Return options with these labels, two at least, counted from 0; the last stands out."""
    *lower, last = ({"value": value, "label": label} for value, label in enumerate(labels))
    return (*lower, last | {"stands_out": True})


def proposed_id(text: str, *, joined_by: str = "-") -> str:
    """Return an id made of the ASCII letters and digits of a text; empty where they make none."""
    spelled = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall("[a-z0-9]+", spelled.replace("'", ""))
    name = joined_by.join(words)[:LONGEST_ID].strip(joined_by)
    return name if is_id(name) else ""


def proposed_label(text: str) -> str:
    """Return the first words of an item, for tables; never empty where `text` is not."""
    label, *words = text.split() or [text]
    for word in words:
        if len(label) + 1 + len(word) > _LONGEST_LABEL:
            break
        label = f"{label} {word}"
    return label.rstrip(".,;:!?") or text


def item_id(label: str, others: Collection[str]) -> str:
    """Return an id for the item of that label, unlike those of the others."""
    name = proposed_id(label, joined_by="_")
    if not name or name in RESERVED_IDS:
        name = f"item_{len(others) + 1}"
    return free_id(name, others)
