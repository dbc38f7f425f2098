"""A FHIR R4 Questionnaire → the neutral form, or everything that keeps it from being one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from moodcheck.core.data_model import is_id
from moodcheck.core.scale import MOST_ITEMS
from moodcheck.interop.fhir.calculations import calculation
from moodcheck.interop.fhir.elements import Element, quoted, refuse
from moodcheck.interop.fhir.names import CALCULATIONS, RECALL_PERIOD, SHORT_TEXT
from moodcheck.interop.fhir.options import ValueSets, codes_of, contained_value_sets, options_of
from moodcheck.interop.form import Form, FormItem, Kind

FORMAT = "FHIR Questionnaire"

_MOST_LEVELS = 32
_MOST_LINKS = 4 * MOST_ITEMS  # groups, headings and totals among them
_NEWER = frozenset({"coding", "question"})
"""Types of items that only FHIR R5 has."""

_OLDER = ("option", "options", "concept")
"""What items have in older versions of FHIR only."""

_KINDS: Mapping[str, Kind] = {
    "choice": "choice",
    "open-choice": "choice",
    "string": "text",
    "text": "text",
    "boolean": "other",
    "decimal": "other",
    "integer": "other",
    "date": "other",
    "dateTime": "other",
    "time": "other",
    "url": "other",
    "attachment": "other",
    "reference": "other",
    "quantity": "other",
}


def read_form(resource: Mapping[str, Any], shown: str) -> Form:
    """Return the form that a Questionnaire is.

    Args:
        resource: the Questionnaire as strict JSON has it (`files.strict_json`).
        shown: what messages call the file.

    Raises:
        BadData: when it is no Questionnaire of R4, or parts of it contradict each other or cannot
            be read; names every problem with its place.
    """
    top = Element(resource, "", [])
    _refuse_others(top)
    refuse(shown, FORMAT, top.problems)
    _refuse_modifiers(top)
    reading = _Reading(top, contained_value_sets(top))
    items = reading.with_calculations(list(reading.inside(top, None, 0)))
    _refuse_links(reading.links, top)
    if top.text("status") == "retired":
        reading.notes.append("the file says that this questionnaire is retired")
    form = Form(
        shown=shown,
        format=FORMAT,
        items=items,
        id=_id(top),
        version=top.text("version"),
        title=top.text("title"),
        language=top.text("language"),
        licence=top.text("copyright"),
        recall_period=reading.recall_period,
        codes=codes_of(top, "code"),
        notes=tuple(reading.notes),
    )
    refuse(shown, FORMAT, top.problems)
    return form


def _refuse_others(top: Element) -> None:
    kind = top.tree.get("resourceType")
    if kind != "Questionnaire":
        what = "this is not a FHIR Questionnaire"
        if isinstance(kind, str):
            what = f"this is a FHIR {kind[:64]}, not a Questionnaire"
        top.refuse(what, "Name the file of the Questionnaire itself")
    elif "group" in top.tree:
        _refuse_version(top, "DSTU2")
    elif "versionAlgorithmString" in top.tree or "versionAlgorithmCoding" in top.tree:
        _refuse_version(top, "R5")


def _refuse_version(element: Element, version: str) -> None:
    what = f"this is written for FHIR {version}, and moodcheck reads FHIR R4"
    element.refuse(what, "Ask for the Questionnaire as FHIR R4")


def _id(top: Element) -> str | None:
    identifiers = [one.text("value") for one in top.elements("identifier")]
    names = [*identifiers, top.text("name"), top.text("id")]
    named = [name for name in names if name is not None]
    return next(filter(is_id, named), named[0] if named else None)


def _refuse_links(links: list[str], top: Element) -> None:
    for link, times in Counter(links).items():
        if times > 1:
            what = f"the linkId {quoted(link)} is used {times} times"
            top.refuse(what, "Use each once, or nobody knows which item was answered")
    if not links and not top.problems:
        top.refuse("there is nothing to ask in it", "Use a Questionnaire that has items")


@dataclass(slots=True)
class _Reading:
    """What is found on the way through the groups of one Questionnaire."""

    top: Element
    value_sets: ValueSets
    notes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    expressions: dict[str, str] = field(default_factory=dict)
    """How the scores are worked out, by link."""
    recall_period: str | None = None

    def inside(self, parent: Element, stem: str | None, level: int) -> Iterator[FormItem]:
        """Yield what is asked inside an item or the whole, each before what is inside it."""
        for item in parent.elements("item"):
            link, kind = item.text("linkId"), item.text("type")
            if link is None or kind is None:
                item.refuse("an item needs a linkId and a type", "Compare it with FHIR R4")
                continue
            self.links.append(link)
            if len(self.links) > _MOST_LINKS or level > _MOST_LEVELS:
                what = f"there are more than {_MOST_LINKS:,} items, or {_MOST_LEVELS} levels"
                item.refuse(what, "Make it shorter, or flatter")
                return
            _refuse_modifiers(item)
            text = item.text("text")
            if kind == "group":
                yield from self.inside(item, text or stem, level + 1)
            elif kind != "display":
                yield self._question(item, link, kind, text, stem)
                yield from self.inside(item, stem, level + 1)
            elif link == RECALL_PERIOD:
                self.recall_period = text
            elif parent.tree.get("type") in {None, "group"}:
                stem = text or stem

    def with_calculations(self, items: list[FormItem]) -> tuple[FormItem, ...]:
        """Return the items, each score with how it is worked out, where we know to read that."""
        ranges = {
            item.link: (min(weights), max(weights))
            for item in items
            if (weights := [one.value for one in item.options if one.value is not None])
        }
        known = {link: calculation(one, ranges) for link, one in self.expressions.items()}
        return tuple(replace(item, calculation=known.get(item.link)) for item in items)

    def _question(
        self, item: Element, link: str, kind: str, text: str | None, stem: str | None
    ) -> FormItem:
        _refuse_other_versions(item, kind)
        expression = _expression(item)
        if expression is not None:
            self.expressions[link] = expression
        form_kind = _KINDS.get(kind, "other")
        if form_kind != "choice" and (expression is not None or item.flag("readOnly")):
            form_kind = "score"
        if form_kind == "choice" and item.flag("repeats"):
            form_kind = "other"
            self.notes.append(f"{quoted(link)} takes several answers at once")
        if kind == "open-choice":
            self.notes.append(f"{quoted(link)} takes other answers than those it offers")
        if "enableWhen" in item.tree:
            self.notes.append(f"{quoted(link)} is asked only after some answers")
        return FormItem(
            link=link,
            text=text or "",
            kind=form_kind,
            place=item.place,
            type=kind,
            label=_label(item),
            help=_help(item),
            stem=stem,
            codes=codes_of(item, "code"),
            options=options_of(item, self.value_sets) if form_kind == "choice" else (),
        )


def _label(item: Element) -> str | None:
    return next((one.text("valueString") for one in item.extensions(SHORT_TEXT)), None)


def _help(item: Element) -> str | None:
    """Return the words inside a question that belong to it."""
    inside = [one for one in item.elements("item") if one.tree.get("type") == "display"]
    texts = [text for one in inside if (text := one.text("text")) is not None]
    return " ".join(texts) or None


def _expression(item: Element) -> str | None:
    for extension in item.extensions(*CALCULATIONS):
        expression = extension.element("valueExpression")
        if expression is None:
            extension.refuse("a calculation must be a valueExpression", "Compare it with SDC")
            continue
        # Not a text to show: LForms and others write it over several lines.
        found = expression.tree.get("expression")
        if isinstance(found, str):
            return found
        expression.refuse("it has no expression", "Compare it with SDC")
    return None


def _refuse_modifiers(element: Element) -> None:
    if "modifierExtension" in element.tree:
        what = "a modifierExtension changes what this means, and this one is not understood"
        element.refuse(what, "Ask whoever wrote the file for one without it")


def _refuse_other_versions(item: Element, kind: str) -> None:
    if kind in _NEWER:
        _refuse_version(item, "R5")
    elif kind not in _KINDS:
        item.refuse(f"{quoted(kind)} is no type of FHIR R4", "Compare it with FHIR R4", key="type")
    elif any(key in item.tree for key in _OLDER):
        _refuse_version(item, "STU3")
