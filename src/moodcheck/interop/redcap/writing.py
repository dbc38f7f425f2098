"""A questionnaire → a data dictionary with one form, and what that has no place for."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import TYPE_CHECKING

from moodcheck.errors import BadData
from moodcheck.interop.code_systems import loinc_in
from moodcheck.interop.exported import Exported
from moodcheck.interop.redcap.calculations import written
from moodcheck.interop.redcap.choices import choices_of
from moodcheck.interop.redcap.columns import Column
from moodcheck.interop.redcap.markup import label_of
from moodcheck.interop.redcap.names import RECORD_ID, field_names, form_name, score_names
from moodcheck.interop.scale_calculation import calculation_of
from moodcheck.interop.unsaid import unsaid

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import Item
    from moodcheck.core.scale import Codes, Scale
    from moodcheck.interop.unsaid import Place

Cells = dict[Column, str]

_RECORD = "Record"
_NOT_SCORED = "Not scored"
_SCORES = "Scores"


def export(asked: Questionnaire, *, notice: str) -> Exported:
    """Return the file that brings a questionnaire into a project of REDCap.

    Args:
        asked: the questionnaire.
        notice: that a score is no diagnosis, and whom to see; it stands below each.

    Raises:
        BadData: when it has no wording: every field of REDCap shows some.
    """
    if not asked.has_wording:
        raise BadData(
            f"The questionnaire {asked.id} has no wording, and a form of REDCap shows nothing else",
            mend="Bring its wording first, with 'moodcheck questionnaire import'",
        )
    table = StringIO()
    writer = csv.writer(table)
    writer.writerow(Column)
    writer.writerows([cells.get(column, "") for column in Column] for cells in _rows(asked, notice))
    return Exported(table.getvalue().encode(), tuple(_unsaid(asked)))


def _rows(asked: Questionnaire, notice: str) -> Iterator[Cells]:
    of_form = {Column.FORM: form_name(asked)}
    names, scores = field_names(asked), score_names(asked)
    yield {Column.NAME: RECORD_ID, Column.TYPE: "text", Column.LABEL: _RECORD} | of_form
    parts = ((asked.stem or asked.recall_period, asked.items), (_NOT_SCORED, asked.context))
    for header, items in parts:
        for position, item in enumerate(items):
            cells = _field(asked, item) | of_form
            cells |= {Column.SECTION: "" if position else label_of(header)}
            yield cells | {Column.NAME: names[item.id]}
    calculated = [(scale, how) for scale in asked.scales if (how := _how(asked, scale)) is not None]
    for position, (scale, how) in enumerate(calculated):
        yield {
            Column.NAME: scores[scale.id],
            Column.SECTION: "" if position else _SCORES,
            Column.TYPE: "calc",
            Column.LABEL: label_of(scale.label),
            Column.CHOICES: how,
            Column.NOTE: label_of(notice),
            Column.ANNOTATION: _annotation(scale.codes),
        } | of_form


def _field(asked: Questionnaire, item: Item) -> Cells:
    return {
        Column.TYPE: "notes" if item.type == "text" else "radio",
        Column.LABEL: label_of(item.text or ""),
        Column.CHOICES: choices_of(asked.options(item.id)),
        Column.NOTE: label_of(item.help or ""),
        Column.ANNOTATION: _annotation(item.codes),
    }


def _annotation(codes: Mapping[str, str]) -> str:
    code = codes.get("loinc", "")
    return f"LOINC:{code}" if loinc_in(code) == code else ""


def _kept(codes: Codes, place: Place) -> list[str]:
    """Return the systems whose codes are written."""
    return ["loinc"] if place in {"item", "scale"} and _annotation(codes) else []


def _how(asked: Questionnaire, scale: Scale) -> str | None:
    """Return how REDCap works out the score of a scale; None where it cannot."""
    names = field_names(asked)
    calculation = calculation_of(asked, scale, names.__getitem__)
    if calculation is None:
        return None
    ranges = {names[item]: asked.extremes(item) for item in asked.items_of(scale)}
    return written(calculation, ranges)


def _unsaid(asked: Questionnaire) -> Iterator[str]:
    names = field_names(asked)
    for critical in asked.critical:
        yield (
            "REDCap shows no help lines and tells no one: set an alert in the project for "
            f"[{names[critical.item]}] >= {critical.at_least}"
        )
    yield from unsaid(asked, _kept)
    for scale in asked.scales:
        if _how(asked, scale) is not None and asked.computation(scale).most_unanswered:
            yield f"the score '{scale.id}' stays empty in REDCap when any answer is missing"
        elif calculation_of(asked, scale) is not None and scale.method == "count":
            yield f"the score '{scale.id}' is not in it, because it counts answers"
    yield "its title, version, language and licence are not in it, nor short names of items"
    renamed = [f"{item} as {name}" for item, name in names.items() if item != name]
    if renamed:
        yield f"ids that REDCap does not take are written otherwise: {', '.join(renamed)}"
    if asked.stem is not None:
        yield "the time that is asked about is not in it, apart from what stands above the items"
