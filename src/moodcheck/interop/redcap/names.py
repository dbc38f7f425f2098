"""Names of fields and forms as REDCap takes them, made of our ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

RECORD_ID = "record_id"
"""The field that names the record; the first of every dictionary."""

_RESERVED = "redcap_"


def form_name(questionnaire: Questionnaire) -> str:
    """Return what the form of a questionnaire is called."""
    return _name(questionnaire.id)


def field_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the field of each item, by the item's id: each its own, and most of them equal."""
    taken = {RECORD_ID, f"{form_name(questionnaire)}_complete"}
    return {item.id: _free(_name(item.id), taken) for item in questionnaire.all_items}


def score_names(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the field that the score of each scale has or would have, by the scale's id."""
    taken = {
        RECORD_ID,
        f"{form_name(questionnaire)}_complete",
        *field_names(questionnaire).values(),
    }
    return {scale.id: _free(f"{_name(scale.id)}_score", taken) for scale in questionnaire.scales}


def _name(name: str) -> str:
    """Return small letters, digits and single underscores, a letter first and no underscore last.

    REDCap takes up to 100 characters; an id has at most 64.
    """
    found = re.sub("[_-]+", "_", name).strip("_")
    return f"item_{found}" if found.startswith(_RESERVED) else found


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number where it is taken, and enter it."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found
