"""What is wrong with the words of a questionnaire: denied ones, and those still to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moodcheck.core.data_model import DataPath, Fault
from moodcheck.core.language import Language
from moodcheck.core.questionnaire_parts import Item, QuestionnaireParts

PLACEHOLDER = "[fill in]"
"""Marks where the author of a copy has to write something."""

_QUOTED = re.compile("“[^”]*”")


def wording_faults(questionnaire: QuestionnaireParts, language: Language) -> Iterator[Fault]:
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


def _texts(q: QuestionnaireParts) -> Iterator[tuple[DataPath, str]]:
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


def unwatched(questionnaire: QuestionnaireParts, language: Language) -> Iterator[Fault]:
    """Yield each item whose label or text names death or suicide, where nothing is critical."""
    if questionnaire.critical:
        return
    for section, items in (("items", questionnaire.items), ("context", questionnaire.context)):
        for i, item in enumerate(items):
            for key, text in (("label", item.label), ("text", item.text or "")):
                if language.names_death(text):
                    what = (
                        f"item '{item.id}' names death or suicide, and nothing is critical, so no "
                        "answer brings up help lines"
                    )
                    yield Fault((section, i, key), what, _how_to_watch(questionnaire, item))
                    break


def _how_to_watch(questionnaire: QuestionnaireParts, item: Item) -> str:
    values = sorted(option.value for option in questionnaire.options(item.id))
    if len(values) > 1:
        return f"Add critical: [{{item: {item.id}, at_least: {values[1]}}}]"
    return "Offer answers to choose from, and name it under 'critical'"


def unfilled(questionnaire: QuestionnaireParts) -> Iterator[Fault]:
    """Yield each place where a copy still has to be filled in."""
    for path, text, name, mend in _places_to_fill(questionnaire):
        if PLACEHOLDER in (text or ""):
            yield Fault(path, f"{name} is not filled in yet", mend)


def _places_to_fill(
    q: QuestionnaireParts,
) -> Iterator[tuple[DataPath, str | None, str, str]]:
    """Yield the path, text and name of each place that a copy marks, and how to fill it in."""
    wording = "Write it here, word for word as it was published"
    licence = "Write what lets you use the wording, or whom you asked"
    yield ("title",), q.title, "the title", "Write what people call it"
    yield ("licence",), q.licence, "the licence", licence
    yield ("recall_period",), q.recall_period, "the time that is asked about", wording
    for name, options in q.responses.items():
        for i, option in enumerate(options):
            what = f"the label of {option.value} in '{name}'"
            yield ("responses", name, i, "label"), option.label, what, wording
    for section, items in (("items", q.items), ("context", q.context)):
        for i, item in enumerate(items):
            for key, text in (("text", item.text), ("help", item.help)):
                yield (section, i, key), text, f"the {key} of item '{item.id}'", wording
