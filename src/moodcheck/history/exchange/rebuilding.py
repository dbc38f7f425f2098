"""The sittings of a document → records, each checked against what a store would have kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from moodcheck.core.administration import Administration, administer
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.wording import wording_faults
from moodcheck.errors import BadData, Problem
from moodcheck.history.critical import critical_entries, is_possible
from moodcheck.history.exchange.document import (
    YEARS,
    AcknowledgementDocument,
    CorrectionDocument,
    CriticalDocument,
    SittingDocument,
)
from moodcheck.history.record import Acknowledgement, Correction, CriticalEntry, Record

Asked = Mapping[str, Questionnaire]
"""Questionnaires by the hash of their content."""

EXPORT_AGAIN = "Export it again, and change nothing in the file"


def rebuild_records(
    sittings: Sequence[SittingDocument], asked: Asked, changed: Collection[str], *, key: str
) -> tuple[list[Record], list[Problem]]:
    """Return the records, and everything that is wrong with them.

    Args:
        sittings: as they stand in the file.
        asked: the questionnaires in it.
        changed: ids of the sittings that are not what was exported. Nobody's acknowledgement of
            them is believed.
        key: under which the file has them, for messages.
    """
    problems: list[Problem] = []
    records: list[Record] = []
    for position, row in enumerate(sittings):
        try:
            record = _record(row, asked, f"{key}[{position}]")
        except BadData as error:
            problems += error.problems
        else:
            records.append(_as_changed(record) if row.id in changed else record)
    counts = Counter(row.id for row in sittings)
    twice = [name for name, count in counts.items() if count > 1]
    problems += [wrong(key, f"the id {name} is there more than once") for name in twice]
    return records, problems


def questionnaire_problems(asked: Asked, language: Language) -> Iterator[Problem]:
    """Yield what is wrong with the questionnaires of a file."""
    for name, questionnaire in asked.items():
        place = f"questionnaires.{name[:12]}…"
        if questionnaire.content_hash != name:
            yield wrong(place, "its content is not what its hash says")
        for fault in wording_faults(questionnaire, language):
            yield Problem(place, fault.what, fault.mend)


def moment(text: str, place: str) -> datetime:
    """Return a time with its UTC offset. Raises BadData when it is none, or no sitting's."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = datetime.min  # noqa: DTZ901 - without an offset, so it is refused below
    if at.tzinfo is None:
        raise refused(wrong(place, "this is no time with its UTC offset"))
    if at.year not in YEARS:
        what = f"the year {at.year} is outside {YEARS[0]} to {YEARS[-1]}, so it is no real time"
        raise refused(wrong(place, what))
    return at


def wrong(place: str, what: str) -> Problem:
    """Return a problem that exporting again mends."""
    return Problem(place, what, EXPORT_AGAIN)


def refused(*problems: Problem) -> BadData:
    """Return the error that refuses one sitting."""
    return BadData("A sitting cannot be imported", problems=problems)


def _record(row: SittingDocument, asked: Asked, place: str) -> Record:
    if row.questionnaire not in asked:
        raise refused(wrong(f"{place}.questionnaire", "no questionnaire has this hash"))
    questionnaire = asked[row.questionnaire]
    if unknown := [item for item in row.notes if item not in questionnaire]:
        raise refused(*(wrong(f"{place}.notes", f"there is no item {item}") for item in unknown))
    sitting = _administration(row, questionnaire, place)
    told = [_critical(one, sitting, f"{place}.critical") for one in row.critical]
    if len({entry.item for entry in told}) < len(told):
        raise refused(wrong(f"{place}.critical", "an item is there twice"))
    return Record(
        id=row.id,
        client=row.client,
        origin=row.origin,
        sequence=row.sequence,
        mode=row.mode,
        state=row.state,
        administration=sitting,
        notes=MappingProxyType(dict(row.notes)),
        critical=critical_entries(sitting, row.state, told),
        note=row.note,
        corrections=tuple(_correction(one, questionnaire, place) for one in row.corrections),
        changed_outside=row.changed_outside,
    )


def _administration(
    row: SittingDocument, questionnaire: Questionnaire, place: str
) -> Administration:
    everything: dict[str, object] = {**row.answers, **row.words, **row.unanswered}
    if len(everything) < len(row.answers) + len(row.words) + len(row.unanswered):
        raise refused(wrong(place, "an item is answered and unanswered at once"))
    if missing := [item.id for item in questionnaire.all_items if item.id not in everything]:
        raise refused(wrong(place, f"of these items it says nothing: {', '.join(missing)}"))
    taken_at = moment(row.taken_at, f"{place}.taken_at")
    try:
        sitting = administer(questionnaire, everything, taken_at=taken_at)
    except BadData as error:
        raise refused(
            *(Problem(f"{place}, {one.where}", one.what, one.mend) for one in error.problems)
        ) from None
    if (sitting.answers, sitting.words) != (row.answers, row.words):
        raise refused(wrong(place, "it could not be kept as it stands there"))
    return sitting


def _critical(row: CriticalDocument, sitting: Administration, place: str) -> CriticalEntry:
    entry = CriticalEntry(
        item=row.item,
        kind=row.kind,
        alerted=row.alerted,
        now=row.now,
        raised_at=moment(row.raised_at, f"{place}.raised_at"),
        acknowledgement=_acknowledgement(row.acknowledgement, place),
    )
    if not is_possible(sitting, entry):
        what = "this is no critical item, or what it calls an alert is none"
        raise refused(wrong(f"{place}.{row.item}", what))
    return entry


def _as_changed(record: Record) -> Record:
    """Return a record as changed, without acknowledgements: they may be part of the change."""
    unseen = tuple(replace(entry, acknowledgement=None) for entry in record.critical)
    return replace(record, critical=unseen, changed_outside=True)


def _acknowledgement(row: AcknowledgementDocument | None, place: str) -> Acknowledgement | None:
    if row is None:
        return None
    at = moment(row.at, f"{place}.acknowledgement.at")
    seen = Acknowledgement(
        row.initials, at, row.action, row.spoken_with, row.told, row.plan, row.next_contact
    )
    if not seen.says_something:
        raise refused(wrong(f"{place}.acknowledgement", "it does not say what was done"))
    return seen


def _correction(row: CorrectionDocument, questionnaire: Questionnaire, place: str) -> Correction:
    place = f"{place}.corrections"
    given = [one for one in (row.value, row.words, row.unanswered) if one is not None]
    if row.item not in questionnaire or len(given) != 1:
        raise refused(wrong(place, f"it does not say what stood at item {row.item}"))
    return Correction(row.item, given[0], moment(row.at, f"{place}.at"))
