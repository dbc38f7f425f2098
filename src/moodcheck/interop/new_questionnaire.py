"""A form that no known scoring fits → the tree of a questionnaire file, if it says enough."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from moodcheck.core.consistency import RESERVED_IDS
from moodcheck.core.data_model import LONGEST_ID, free_id, is_id
from moodcheck.errors import BadData, Problem, did_you_mean
from moodcheck.interop.form import SCALE, Calculation, Form, FormItem
from moodcheck.interop.taken_over import ResponseSets, licence_of, stem_of

if TYPE_CHECKING:
    from moodcheck.core.language import Language
    from moodcheck.core.questionnaire_parts import AdviceRule

Tree = dict[str, Any]

_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}")
_LONGEST_LABEL = 60
_TODAY = "today"
_ENOUGH = "Write the rest by hand: see the guide to writing a questionnaire"


@dataclass(frozen=True, slots=True)
class New:
    """A questionnaire of its own, and what the form says that it cannot."""

    tree: Tree
    ids: Mapping[str, str]
    """The id of each item, by its link."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a form does not say, and whoever brings it does."""

    id: str
    """What the questionnaire will be called."""
    critical: Collection[str]
    """The items about death or suicide, by link or id."""
    origin: str
    """Where it comes from, as a sentence."""
    advice: Sequence[AdviceRule]
    """Rules of which `today`, for alerts, and the one that always fits are taken."""


def new_questionnaire(form: Form, wishes: Wishes, language: Language) -> New:
    """Return the questionnaire that a form is by itself.

    Args:
        form: has wording, weights and calculations.
        wishes: what it lacks.
        language: which words our own labels may not have.

    Raises:
        BadData: naming everything that keeps it from being scored.
    """
    return _New(form, wishes, language).made()


@dataclass(slots=True)
class _New:
    """What is worked out on the way."""

    form: Form
    wishes: Wishes
    language: Language
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sets: ResponseSets = field(default_factory=ResponseSets)
    ids: dict[str, str] = field(default_factory=dict)

    def made(self) -> New:
        form = self.form
        asked = [item for item in form.items if item.kind in {"choice", "text"}]
        self.ids = _ids(item.link for item in asked)
        critical = list(self._critical())
        scores = [item for item in form.items if item.calculation is not None]
        self._refuse_what_cannot_be_scored(scores)
        scored = {link for item in scores if item.calculation for link in item.calculation.links}
        scored |= {link for link in self.ids if self.ids[link] in critical}
        items = [self._item(one, is_scored=True) for one in asked if one.link in scored]
        context = [self._item(one, is_scored=False) for one in asked if one.link not in scored]
        alerts = [self._alert(item_id, items) for item_id in critical]
        tree: Tree = {
            "schema": 1,
            "id": self.wishes.id,
            "version": _version(form),
            "title": self._title(),
            "language": form.language or self.language.language,
            "licence": licence_of(form),
            "source": {"document": self.wishes.origin},
            "validated": False,
            **self._above(asked),
            "responses": self.sets.named,
            "items": items,
            "context": context,
            "scales": list(self._scales(scores, [item["id"] for item in items])),
            "critical": alerts,
            "advice": list(_advice(self.wishes.advice, alerts)),
            "codes": dict(form.codes),
        }
        if self.problems:
            title = (
                f"{form.shown} fits no questionnaire that comes with moodcheck, and cannot be one"
            )
            raise BadData(f"{title} of its own", problems=self.problems)
        return New(
            {key: value for key, value in tree.items() if value != {}}, self.ids, tuple(self.notes)
        )

    def _critical(self) -> Iterator[str]:
        """Yield the ids of the critical items, and note what is wrong with them."""
        known = {name: item_id for link, item_id in self.ids.items() for name in (link, item_id)}
        choices = {item.link for item in self.form.choices}
        choices |= {self.ids[link] for link in choices}
        for name in sorted(self.wishes.critical):
            if name in choices:
                yield known[name]
            else:
                offered = sorted(self.ids[item.link] for item in self.form.choices)
                mend = f"{did_you_mean(name, offered)}Use one of: {', '.join(offered)}"
                what = f"--critical names '{name[:64]}', which is no item that offers answers"
                self.problems.append(Problem("", what, mend))
        for item in self.form.choices:
            is_critical = {item.link, self.ids[item.link]} & set(self.wishes.critical)
            if self.language.names_death(item.all_words) and not is_critical:
                what = "its words name death or suicide, so an answer to it has to be an alert"
                mend = f"Use --critical {self.ids[item.link]}"
                self.problems.append(Problem(item.place, what, mend))

    def _refuse_what_cannot_be_scored(self, scores: Sequence[FormItem]) -> None:
        for item in self.form.items:
            if item.kind == "score" and item.calculation is None:
                self.notes.append(
                    f"'{item.link[:64]}' is worked out in a way that is not understood"
                )
        if not scores:
            what = "it does not say, in a way that is understood, how answers become a score"
            self.problems.append(Problem("", what, _ENOUGH))

    def _above(self, asked: Sequence[FormItem]) -> Tree:
        stem, period = stem_of(asked), self.form.recall_period
        if period is None:
            return {"recall_period": stem or "The time that the questions name"}
        return {"recall_period": period} | ({} if stem is None else {"stem": stem})

    def _title(self) -> str:
        title = self.form.title
        return title if title and not self.language.denied_words(title) else self.wishes.id

    def _item(self, item: FormItem, *, is_scored: bool) -> Tree:
        item_id = self.ids[item.link]
        if not item.text:
            self.problems.append(Problem(item.place, "this item has no words", "Write its text"))
        told: Tree = {
            "id": item_id,
            "label": self._label(item),
            "text": item.text,
            "help": item.help,
            "codes": dict(item.codes) or None,
        }
        if item.kind == "text":
            told["type"] = "text"
            if is_scored:
                self.problems.append(Problem(item.place, "words cannot be scored", _ENOUGH))
        else:
            told["responses"] = self.sets.name_of(
                self._options(item, is_scored=is_scored), "answers"
            )
        return {key: value for key, value in told.items() if value is not None}

    def _label(self, item: FormItem) -> str:
        label = item.label or item.text
        if item.label is None and len(label) > _LONGEST_LABEL:
            label = f"{label[:_LONGEST_LABEL].rsplit(' ', 1)[0]} …"
        return label if label and not self.language.denied_words(label) else self.ids[item.link]

    def _options(self, item: FormItem, *, is_scored: bool) -> list[Tree]:
        values = [option.value for option in item.options if option.value is not None]
        if len(values) < len(item.options):
            if is_scored:
                what = "its answers have no weights, so it cannot be scored"
                self.problems.append(Problem(item.place, what, "Add itemWeight to each"))
            values = list(range(len(item.options)))
        return [
            {"value": value, "label": option.label}
            | ({"codes": dict(option.codes)} if _are_real(option.codes, value) else {})
            for option, value in zip(item.options, values, strict=True)
        ]

    def _scales(self, scores: Sequence[FormItem], items: Sequence[str]) -> Iterator[Tree]:
        names = _ids(item.link.removeprefix(SCALE) for item in scores)
        for item, scale_id in zip(scores, names.values(), strict=True):
            if item.calculation is not None:
                label = item.text if not self.language.denied_words(item.text) else scale_id
                scale = self._scale(item.calculation, items)
                codes = {"codes": dict(item.codes)} if item.codes else {}
                yield {"id": scale_id, "label": label or scale_id, **scale, **codes}

    def _scale(self, calculation: Calculation, items: Sequence[str]) -> Tree:
        members = [self.ids[link] for link in calculation.links if link in self.ids]
        scale: Tree = {
            "method": calculation.method,
            "items": "all" if members == list(items) else members,
        }
        if calculation.at_least is not None:
            scale["at_least"] = calculation.at_least
        if calculation.reverse_keyed:
            scale["reverse_keyed"] = [self.ids[link] for link in calculation.reverse_keyed]
        if calculation.multiply_by != 1:
            scale["multiply_by"] = calculation.multiply_by
        if calculation.max_unanswered:
            self.notes.append(
                "a score with unanswered items needs a published rule, so there is none then"
            )
        return scale

    def _alert(self, item_id: str, items: Sequence[Tree]) -> Tree:
        [item] = [one for one in items if one["id"] == item_id]
        values = sorted(option["value"] for option in self.sets.named[item["responses"]])
        return {"item": item_id, "at_least": values[1] if len(values) > 1 else values[0] + 1}


def _version(form: Form) -> str:
    return form.version if form.version and _VERSION.fullmatch(form.version) else "1.0.0"


def _are_real(codes: Mapping[str, str], value: int) -> bool:
    """Return whether a code is more than the value itself, which we write where there is none."""
    return bool(codes) and codes != {"": str(value)}


def _advice(rules: Sequence[AdviceRule], alerts: Sequence[Tree]) -> Iterator[Tree]:
    for rule in rules:
        when = {"when": list(alerts)} if rule.id == _TODAY and alerts else {}
        if when or rule.when is None:
            yield {"id": rule.id, **when, "label": rule.label, "text": rule.text}


def as_id(name: str) -> str:
    """Return the id that is nearest to a name of another program."""
    plain = re.sub(r"[^a-z0-9_-]+", "_", name.lower()).strip("_-")[: LONGEST_ID - 4]
    plain = plain if plain[:1].isalpha() else f"q_{plain}"
    return plain if is_id(plain) and plain not in RESERVED_IDS else f"q_{plain}"


def _ids(links: Iterator[str]) -> dict[str, str]:
    """Return an id for each link, no two alike."""
    ids: dict[str, str] = {}
    for link in links:
        ids[link] = free_id(as_id(link), ids.values())
    return ids
