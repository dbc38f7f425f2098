"""Saved sittings as a FHIR R4 Bundle, for a clinic's own record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moodcheck.history.record import RecordState
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.record_view import record_document
from moodcheck.interop.fhir.sitting import Sitting, Status, Subject
from moodcheck.interop.fhir.sitting_bundle import bundle

if TYPE_CHECKING:
    from moodcheck.errors import Problem
    from moodcheck.history.listing import RecordSummary
    from moodcheck.history.record import Record


def history_bundle(
    shown: Sequence[RecordSummary],
    history: str,
    *,
    without: Sequence[Problem] = (),
    for_client: bool = False,
) -> str:
    """Return sittings as a Bundle; clients are named by their codes alone.

    Args:
        shown: the sittings.
        history: the id of the history that they are saved in, where the codes are known.
        without: what could not be read of it.
        for_client: whether it has nothing of what the counselor wrote down or did.
    """
    sittings = [_sitting(one, history, for_client=for_client) for one in shown]
    return bundle(sittings, without=without)


def _sitting(shown: RecordSummary, history: str, *, for_client: bool) -> Sitting:
    record = shown.record
    notes: dict[str, tuple[str, ...]] = {}
    if not for_client:
        for line in shown.critical:
            notes[line.entry.item] = (critical_sentence(line, names_client=False),)
        for item, text in record.notes.items():
            notes[item] = (*notes.get(item, ()), text)
    critical = tuple(notes[line.entry.item][0] for line in shown.critical if notes)
    return Sitting(
        summary=shown.summary,
        document=record_document(shown, for_client=for_client),
        name=record.id,
        subject=Subject(record.client, history),
        status=_status(record),
        remarks=() if for_client else (*critical, record.note),
        item_remarks=notes,
    )


def _status(record: Record) -> Status:
    if record.state is RecordState.OPEN:
        return "in-progress"
    return "amended" if record.corrections else "completed"
