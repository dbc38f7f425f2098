"""Sittings → one Bundle that holds all that is needed to read them, and is always the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from moodcheck.interop.fhir.problems import lost
from moodcheck.interop.fhir.sitting import Resource, Sitting, urn
from moodcheck.interop.fhir.sitting_observations import observations
from moodcheck.interop.fhir.sitting_response import response
from moodcheck.interop.fhir.writing import questionnaire_resource
from moodcheck.report.json import as_text
from moodcheck.report.summary_view import summary_document
from moodcheck.report.times import timestamp

if TYPE_CHECKING:
    from moodcheck.core.summary import Summary
    from moodcheck.errors import Problem


def summary_bundle(summary: Summary) -> str:
    """Return one sitting that nobody keeps as a Bundle: it is nobody's, as far as it says."""
    asked = summary.questionnaire
    given = ",".join(f"{line.item.id}={line.value}" for line in (*summary.items, *summary.context))
    name = f"{asked.canonical_json}/{timestamp(summary.taken_at)}/{given}"
    return bundle([Sitting(summary=summary, document=summary_document(summary), name=name)])


def bundle(sittings: Sequence[Sitting], *, without: Sequence[Problem] = ()) -> str:
    """Return the sittings as a FHIR R4 Bundle: JSON, ASCII alone, ending in a newline.

    Each person and each questionnaire is in it once; then come the sittings in the order in which
    they are given, each with its response, its panel, its items and its scores. Its texts are fit
    to show.

    Args:
        sittings: what is written.
        without: what is missing among them, because it could not be read; said first.
    """
    entries = [
        {"fullUrl": name, "resource": resource} for name, resource in _entries(sittings, without)
    ]
    return as_text({"resourceType": "Bundle", "type": "collection", "entry": entries})


def _entries(
    sittings: Sequence[Sitting], without: Sequence[Problem]
) -> Iterator[tuple[str, Resource]]:
    if without:
        yield urn("lost", *map(str, without)), lost(without)
    people = {one.subject.urn: one.subject for one in sittings if one.subject is not None}
    for name, person in people.items():
        yield name, person.patient
    asked = [one.summary.questionnaire for one in sittings]
    for content, found in {one.canonical_json: one for one in asked}.items():
        yield urn("questionnaire", content), questionnaire_resource(found)
    for one in sittings:
        yield one.urn("response"), response(one)
        yield from observations(one)
