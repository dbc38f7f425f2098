"""The document of a history → records, each held to what a store would have kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType

from moodcheck.adapters.exchange.document import (
    AcknowledgementDocument,
    CriticalDocument,
    HistoryDocument,
    RecordDocument,
)
from moodcheck.domain.administration import Administration, administer
from moodcheck.domain.change import given
from moodcheck.domain.history import Acknowledgement, CriticalEntry, CriticalKind, Record
from moodcheck.domain.language import Language, wording_faults
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.domain.questionnaire_document import document_of, hash_of
from moodcheck.domain.safety import alerts, is_alert
from moodcheck.errors import BadData, Problem
from moodcheck.safe_text import safe_text

_EXPORT_AGAIN = "Export it again, and change nothing in the file"


def rebuilt(
    document: HistoryDocument, language: Language
) -> tuple[tuple[Record, ...], list[Problem]]:
    """Return the records of a document, and everything that is wrong with them."""
    problems = list(_questionnaire_problems(document, language))
    records = []
    for position, row in enumerate(document.records):
        place = f"records[{position}]"
        try:
            records.append(_record(row, document.questionnaires, place))
        except BadData as error:
            problems += error.problems
    counts = Counter(row.id for row in document.records)
    twice = [name for name, count in counts.items() if count > 1]
    problems += [_wrong("records", f"the id {name} is there more than once") for name in twice]
    return tuple(records), problems


def _questionnaire_problems(document: HistoryDocument, language: Language) -> Iterator[Problem]:
    for name, questionnaire in document.questionnaires.items():
        place = f"questionnaires.{name[:12]}…"
        if hash_of(document_of(questionnaire)) != name:
            yield _wrong(place, "its content is not what its hash says")
        for fault in wording_faults(questionnaire, language):
            yield Problem(place, safe_text(fault.what), safe_text(fault.mend))


def _record(row: RecordDocument, questionnaires: dict[str, Questionnaire], place: str) -> Record:
    if row.questionnaire not in questionnaires:
        raise _refused(_wrong(f"{place}.questionnaire", "no questionnaire has this hash"))
    questionnaire = questionnaires[row.questionnaire]
    record = Record(
        id=row.id,
        client=row.client,
        origin="",
        sequence=row.sequence,
        mode=row.mode,
        state=row.state,
        administration=_administration(row, questionnaire, place),
        notes=MappingProxyType(dict(row.notes)),
        critical=tuple(_critical(one, f"{place}.critical") for one in row.critical),
    )
    problems = list(_contradictions(record, row, place))
    if problems:
        raise _refused(*problems)
    return record


def _administration(
    row: RecordDocument, questionnaire: Questionnaire, place: str
) -> Administration:
    everything: dict[str, object] = {**row.answers, **row.words, **row.unanswered}
    if len(everything) < len(row.answers) + len(row.words) + len(row.unanswered):
        raise _refused(_wrong(place, "an item is answered and unanswered at once"))
    if missing := [item.id for item in questionnaire.all_items if item.id not in everything]:
        raise _refused(_wrong(place, f"of these items it says nothing: {', '.join(missing)}"))
    taken_at = _moment(row.taken_at, f"{place}.taken_at")
    try:
        sitting = administer(questionnaire, everything, taken_at=taken_at)
    except BadData as error:
        raise _refused(
            *(Problem(f"{place}, {one.where}", one.what, one.mend) for one in error.problems)
        ) from None
    if (sitting.answers, sitting.words) != (row.answers, row.words):
        raise _refused(_wrong(place, "it could not be kept as it stands there"))
    return sitting


def _critical(row: CriticalDocument, place: str) -> CriticalEntry:
    raised_at = _moment(row.raised_at, f"{place}.raised_at")
    seen = row.acknowledgement
    acknowledgement = _acknowledgement(seen, place) if seen else None
    kind = CriticalKind.UNANSWERED if row.alerted is None else CriticalKind.ALERT
    return CriticalEntry(row.item, kind, row.alerted, row.now, raised_at, acknowledgement)


def _acknowledgement(row: AcknowledgementDocument, place: str) -> Acknowledgement:
    at = _moment(row.at, f"{place}.acknowledgement.at")
    return Acknowledgement(row.initials, at, row.action)


def _contradictions(record: Record, row: RecordDocument, place: str) -> Iterator[Problem]:
    """Yield what a store would never have kept; above all, an alert that nobody would see."""
    for name in record.notes:
        if name not in record.administration.questionnaire:
            yield _wrong(f"{place}.notes", f"there is no item {name}")
    yield from _critical_contradictions(record, f"{place}.critical")
    yield from _missing_alerts(record, f"{place}.critical")
    if tuple(entry.item for entry in record.unacknowledged) != row.not_acknowledged:
        yield _wrong(f"{place}.not_acknowledged", "these are not the items nobody acknowledged")


def _critical_contradictions(record: Record, place: str) -> Iterator[Problem]:
    sitting = record.administration
    questionnaire = sitting.questionnaire
    known = {critical.item: critical for critical in questionnaire.critical}
    times = Counter(entry.item for entry in record.critical)
    for entry in record.critical:
        if entry.item not in known or times[entry.item] > 1:
            yield _wrong(f"{place}.{entry.item}", "it is no critical item, or there twice")
            continue
        values = {one.value for one in questionnaire.options(entry.item)}
        is_none = entry.alerted is not None and (
            entry.alerted not in values or not is_alert(known[entry.item], entry.alerted)
        )
        if is_none:
            yield _wrong(f"{place}.{entry.item}", "what it calls an alert is none")
        if entry.now != given(sitting, entry.item):
            yield _wrong(f"{place}.{entry.item}", "it does not say what the sitting says")


def _missing_alerts(record: Record, place: str) -> Iterator[Problem]:
    sitting = record.administration
    alerted = {entry.item: entry.alerted for entry in record.critical}
    for item in alerts(sitting):
        highest = alerted.get(item)
        if highest is None or highest < sitting.answers[item]:
            yield _wrong(place, f"the alert of item {item} is not there")


def _moment(text: str, place: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = datetime.min  # noqa: DTZ901 - without an offset, so it is refused below
    if at.tzinfo is None:
        raise _refused(_wrong(place, "this is no time with its UTC offset"))
    return at


def _wrong(place: str, what: str) -> Problem:
    return Problem(place, what, _EXPORT_AGAIN)


def _refused(*problems: Problem) -> BadData:
    return BadData("A record cannot be imported", problems=problems)
