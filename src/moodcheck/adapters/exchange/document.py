"""The shape of an exported history; `data/history.schema.json` is generated from it."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from moodcheck.domain.administration import MOST_WORDS, Unanswered
from moodcheck.domain.history import AuditAction, RecordState, SittingMode
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.domain.spec import Id, Spec, Text

NAME = "moodcheck.history"
NEWEST = 1
"""The newest version of the format that this version reads."""

Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]")]
"""ISO 8601 with its UTC offset."""

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of the questionnaire as canonical JSON: keys sorted, no spaces, UTF-8."""

RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{12}$")]
ClientCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=MOST_WORDS)]
Sequence = Annotated[int, Field(ge=0, lt=2**53)]


class AcknowledgementDocument(Spec):
    """That a human has seen a critical entry."""

    initials: Annotated[str, StringConstraints(min_length=1, max_length=8)]
    at: Moment
    action: Text


class CriticalDocument(Spec):
    """A critical item that was an alert, or was not answered."""

    item: Id
    alerted: int | None
    """The highest answer that was an alert, whatever it was changed to; null for none."""
    now: int | Unanswered
    raised_at: Moment
    acknowledgement: AcknowledgementDocument | None


class RecordDocument(Spec):
    """One sitting, whole."""

    id: RecordId
    client: ClientCode
    sequence: Sequence
    """The order of sittings; dates do not decide it."""
    mode: SittingMode
    state: RecordState
    questionnaire: Hash
    taken_at: Moment
    answers: dict[Id, int]
    words: dict[Id, Words]
    unanswered: dict[Id, Unanswered]
    notes: dict[Id, Words]
    critical: tuple[CriticalDocument, ...]
    not_acknowledged: tuple[Id, ...]
    """The critical items that nobody has acknowledged, though somebody has to."""


class AuditDocument(Spec):
    """One thing that was done; never what stood in it."""

    sequence: Sequence
    at: Moment
    action: AuditAction
    record: RecordId | None
    detail: Annotated[str, StringConstraints(max_length=1_000)]


class HistoryDocument(Spec):
    """A history, or one client's part of it."""

    format: Literal["moodcheck.history/1"]
    exported_at: Moment
    notice: Text
    """That it is not a diagnosis, and whom to see."""
    questionnaires: dict[Hash, Questionnaire]
    """Each questionnaire that a record was made with, once."""
    records: tuple[RecordDocument, ...]
    audit: tuple[AuditDocument, ...]
    """What was done to these records; kept for reading, and not imported."""


def history_schema() -> str:
    """Return the JSON Schema of an exported history, ending in a newline."""
    schema = HistoryDocument.model_json_schema(by_alias=True)
    schema["description"] = "Sittings saved by moodcheck, as they were kept."
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2) + "\n"
