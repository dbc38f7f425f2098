"""The names that FHIR R4 and its guides give to what is read and written here."""

from __future__ import annotations

from uuid import UUID, uuid5

from moodcheck.interop.form import SCALE

_CORE = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"

ITEM_WEIGHT = f"{_CORE}itemWeight"
ORDINAL_VALUE = f"{_CORE}ordinalValue"
WEIGHTS = (
    ITEM_WEIGHT,
    ORDINAL_VALUE,
    f"{_CORE}questionnaire-ordinalValue",
    f"{_CORE}valueset-ordinalValue",
    f"{_CORE}codesystem-ordinalValue",
    f"{_CORE}iso21090-CO-value",
)
"""Extensions that give an option its weight, under the names of every guide so far."""

CALCULATED_EXPRESSION = f"{_SDC}sdc-questionnaire-calculatedExpression"
CALCULATIONS = (CALCULATED_EXPRESSION, f"{_CORE}questionnaire-calculatedExpression")

SHORT_TEXT = f"{_SDC}sdc-questionnaire-shortText"

ITEM_CONTROL = f"{_CORE}questionnaire-itemControl"
ITEM_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"

RECALL_PERIOD, STEM, NOTICE = "display.recall_period", "display.stem", "display.notice"
"""The linkIds of what a written Questionnaire only shows. No id of ours has a point."""

_CANONICAL = UUID("5c1f5a0c-59f0-5f0a-9d6e-3b3a2f0e7c41")
"""Known to nobody else, so that no other program gives a questionnaire one of our addresses."""


def canonical(questionnaire_id: str) -> str:
    """Return the address by which resources refer to a questionnaire, without its version."""
    return f"urn:uuid:{uuid5(_CANONICAL, questionnaire_id)}"


def scale_link(scale_id: str) -> str:
    """Return the linkId of the item that shows a scale's score."""
    return f"{SCALE}{scale_id}"


def help_link(item_id: str) -> str:
    """Return the linkId of the words that say why an item is asked."""
    return f"{item_id}.help"
