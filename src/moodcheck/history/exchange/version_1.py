"""Files of `moodcheck.history/1`, which have no hashes: one that contradicts itself is refused."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import StringConstraints

from moodcheck.core.administration import Unanswered
from moodcheck.core.data_model import DataModel, Id, Text
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import Problem
from moodcheck.history.exchange import document as newest
from moodcheck.history.exchange.rebuilding import wrong
from moodcheck.history.record import AuditAction, CriticalKind, Record, RecordState, SittingMode

KEY = "records"
_NO_HASH = "0" * 64


class CriticalDocument(DataModel):
    """A critical item that was an alert, or was not answered."""

    item: Id
    alerted: int | None
    now: int | Unanswered
    raised_at: newest.Moment
    acknowledgement: newest.AcknowledgementDocument | None


class RecordDocument(DataModel):
    """One sitting, whole."""

    id: newest.RecordId
    client: newest.ClientCode
    sequence: newest.SequenceNumber
    mode: SittingMode
    state: RecordState
    questionnaire: newest.Hash
    taken_at: newest.Moment
    answers: dict[Id, int]
    words: dict[Id, newest.Words]
    unanswered: dict[Id, Unanswered]
    notes: dict[Id, newest.Words]
    critical: tuple[CriticalDocument, ...]
    not_acknowledged: tuple[Id, ...]


class AuditDocument(DataModel):
    """One thing that was done; read, and not imported."""

    sequence: newest.SequenceNumber
    at: newest.Moment
    action: AuditAction
    record: newest.RecordId | None
    detail: Annotated[str, StringConstraints(max_length=1_000)]


class HistoryDocument(DataModel):
    """A history, or one client's part of it."""

    format: Literal["moodcheck.history/1"]
    exported_at: newest.Moment
    notice: Text
    questionnaires: dict[newest.Hash, Questionnaire]
    records: tuple[RecordDocument, ...]
    audit: tuple[AuditDocument, ...]


def origin_of(document: HistoryDocument) -> str:
    """Return an id for the history that wrote a file, which did not have one.

    Two files of one history get the same, since their audits begin with the same moment.
    """
    made = [one.at for one in document.audit if one.action is AuditAction.STORE_MADE]
    return sha256((made[0] if made else document.exported_at).encode()).hexdigest()[:16]


def as_newest(row: RecordDocument, origin: str) -> newest.SittingDocument:
    """Return a sitting in the shape of the newest version; its hash is made up."""
    known = {name: getattr(row, name) for name in RecordDocument.model_fields}
    known["critical"] = tuple(
        newest.CriticalDocument.model_construct(
            kind=CriticalKind.UNANSWERED if one.alerted is None else CriticalKind.ALERT,
            **{name: getattr(one, name) for name in CriticalDocument.model_fields},
        )
        for one in row.critical
    )
    return newest.SittingDocument.model_construct(
        origin=origin, corrections=(), note="", changed_outside=False,
        previous=None, hash=_NO_HASH, **known,
    )  # fmt: skip


def contradictions(record: Record, row: RecordDocument, place: str) -> Iterator[Problem]:
    """Yield what no store would have written; above all, an alert without its entry."""
    told = {one.item: one for one in row.critical}
    for entry in record.critical:
        said = told.get(entry.item)
        if entry.kind is CriticalKind.ALERT and (said is None or said.alerted != entry.alerted):
            yield wrong(f"{place}.critical", f"the alert of item {entry.item} is not there")
        elif said is not None and said.now != entry.now:
            what = "it does not say what the sitting says"
            yield wrong(f"{place}.critical.{entry.item}", what)
    needs = row.mode is not SittingMode.OWN
    left = tuple(one.item for one in row.critical if needs and one.acknowledgement is None)
    if row.not_acknowledged != left:
        yield wrong(f"{place}.not_acknowledged", "these are not the items nobody acknowledged")
