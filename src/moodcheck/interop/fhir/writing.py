"""A questionnaire → a FHIR R4 Questionnaire, and what FHIR has no place for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from moodcheck.interop.code_systems import system_address
from moodcheck.interop.exported import Exported
from moodcheck.interop.fhir.calculations import written
from moodcheck.interop.fhir.names import (
    CALCULATED_EXPRESSION,
    ITEM_CONTROL,
    ITEM_CONTROLS,
    ITEM_WEIGHT,
    NOTICE,
    ORDINAL_VALUE,
    RECALL_PERIOD,
    SHORT_TEXT,
    STEM,
    canonical,
    help_link,
    scale_link,
)
from moodcheck.interop.scale_calculation import calculation_of
from moodcheck.interop.unsaid import unsaid

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import Item, ResponseOption
    from moodcheck.core.scale import Codes, Scale
    from moodcheck.interop.form import Calculation
    from moodcheck.interop.unsaid import Place

Tree = dict[str, Any]


def export(questionnaire: Questionnaire, *, notice: str) -> Exported:
    """Return the file that holds the questionnaire for programs that read FHIR R4.

    Args:
        questionnaire: what is written.
        notice: stands below the scores, that they are no diagnosis.
    """
    resource = questionnaire_resource(questionnaire)
    resource["item"].append({"linkId": NOTICE, "type": "display", "text": notice})
    content = json.dumps(resource, ensure_ascii=False, indent=2) + "\n"
    return Exported(content.encode(), tuple(unsaid(questionnaire, _kept)))


def questionnaire_resource(questionnaire: Questionnaire) -> Tree:
    """Return the Questionnaire as plain JSON; the same for the same questionnaire."""
    scored = [_item(questionnaire, item) for item in questionnaire.all_items]
    scores = [
        _score(questionnaire, scale, how)
        for scale in questionnaire.scales
        if (how := calculation_of(questionnaire, scale)) is not None
    ]
    resource: Tree = {
        "resourceType": "Questionnaire",
        "language": questionnaire.language,
        "url": canonical(questionnaire.id),
        "identifier": [{"value": questionnaire.id}],
        "version": questionnaire.version,
        "name": _computer_name(questionnaire.id),
        "title": questionnaire.title,
        "status": "active",
        "subjectType": ["Patient"],
        "copyright": questionnaire.licence,
        "code": codings(questionnaire.codes),
        "item": [*_headings(questionnaire), *scored, *scores],
    }
    return _without_empty(resource)


def coding(option: ResponseOption) -> Tree:
    """Return what chooses an option: its first code that has a system, else its own value."""
    coded = next(iter(codings(option.codes)), {"code": str(option.value)})
    return coded if option.label is None else {**coded, "display": option.label}


def chosen_coding(option: ResponseOption) -> Tree:
    """Return what says that an option was chosen, and what it counts."""
    return {"extension": _weights(option), **coding(option)}


def codings(codes: Mapping[str, str]) -> list[Tree]:
    """Return the codes whose system has an address."""
    pairs = ((system_address(system), code) for system, code in codes.items())
    return [{"system": system, "code": code} for system, code in pairs if system is not None]


def _computer_name(questionnaire_id: str) -> str:
    # FHIR asks for a name that could be one in a program: `Phq9`.
    words = questionnaire_id.replace("-", "_").split("_")
    return "".join(word.capitalize() for word in words)


def _headings(questionnaire: Questionnaire) -> Iterator[Tree]:
    headings = ((RECALL_PERIOD, questionnaire.recall_period), (STEM, questionnaire.stem))
    for link, text in headings:
        if text is not None:
            yield {"linkId": link, "type": "display", "text": text}


def _item(questionnaire: Questionnaire, item: Item) -> Tree:
    return _without_empty(
        {
            "extension": [{"url": SHORT_TEXT, "valueString": item.label}],
            "linkId": item.id,
            "code": codings(item.codes),
            "text": item.text,
            "type": item.type,
            "answerOption": [_option(option) for option in questionnaire.options(item.id)],
            "item": [] if item.help is None else [_help(item.id, item.help)],
        }
    )


def _option(option: ResponseOption) -> Tree:
    return {"extension": _weights(option), "valueCoding": coding(option)}


def _weights(option: ResponseOption) -> list[Tree]:
    # The guides moved from one name to the other; programs read either.
    return [{"url": url, "valueDecimal": option.value} for url in (ITEM_WEIGHT, ORDINAL_VALUE)]


def _help(item_id: str, text: str) -> Tree:
    control = {"coding": [{"system": ITEM_CONTROLS, "code": "help"}]}
    return {
        "extension": [{"url": ITEM_CONTROL, "valueCodeableConcept": control}],
        "linkId": help_link(item_id),
        "type": "display",
        "text": text,
    }


def _score(questionnaire: Questionnaire, scale: Scale, how: Calculation) -> Tree:
    ranges = {item_id: questionnaire.extremes(item_id) for item_id in how.links}
    expression = {"language": "text/fhirpath", "expression": written(how, ranges)}
    return _without_empty(
        {
            "extension": [{"url": CALCULATED_EXPRESSION, "valueExpression": expression}],
            "linkId": scale_link(scale.id),
            "code": codings(scale.codes),
            "text": scale.label,
            "type": "decimal" if scale.method == "mean" else "integer",
            "readOnly": True,
        }
    )


def _kept(codes: Codes, place: Place) -> list[str]:
    """Return the systems whose codes are written: an answer is chosen by one code alone."""
    kept = [system for system in codes if system_address(system) is not None]
    return kept[:1] if place == "answer" else kept


def _without_empty(tree: Tree) -> Tree:
    return {key: value for key, value in tree.items() if value not in (None, [])}
