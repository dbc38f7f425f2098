"""Saved sittings as documents: one of them whole, or which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.history.client_code import OWN, same_client
from moodcheck.history.record import RecordState
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.report.document import (
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Kind,
    Paragraph,
    Section,
    Table,
)
from moodcheck.report.outcome import overview
from moodcheck.report.summary_view import summary_document
from moodcheck.report.times import moment
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.history.listing import RecordList, RecordSummary
    from moodcheck.history.record import Correction, Record


def record_document(shown: RecordSummary, *, for_client: bool = False) -> Document:
    """Return a record: its summary, what a human has to see, and what was written down about it.

    For the client it has what they answered and what they were told, and nothing of what the
    counselor wrote down or did.
    """
    if for_client:
        return summary_document(shown.summary)
    record = shown.record
    unseen = tuple(Paragraph(critical_sentence(line), is_strong=True) for line in shown.critical)
    which = Section("", (Paragraph(", ".join(_about(record))),))
    return summary_document(
        shown.summary,
        before=(Section("", unseen),),
        after=(_corrections(record), _notes(record), which),
        is_own=same_client(record.client, OWN),
    )


def list_document(shown: RecordList) -> Document:
    """Return which records there are, after what a human has to see of them."""
    unseen = tuple(
        Paragraph(critical_sentence(line), is_strong=True)
        for line in shown.critical
        if line.needs_acknowledgement
    )
    count = len(shown.records)
    title = ngettext("{count} sitting", "{count} sittings", count).format(count=count)
    columns = (
        Column(_("Sitting"), Kind.CODE),
        Column(_("When"), Kind.CODE),
        Column(_("Client")),
        Column(_("Questionnaire")),
        Column(_("State")),
    )
    table = (Table(columns, tuple(map(_row, shown.records))),) if shown.records else ()
    return overview(shown, title, [Section("", unseen), Section("", table)], notice=shown.notice)


def state_word(state: RecordState) -> str:
    """Return how far a sitting has come."""
    return {
        RecordState.OPEN: _("interrupted"),
        RecordState.ANSWERED: _("not closed"),
        RecordState.CLOSED: _("closed"),
    }[state]


def _notes(record: Record) -> Section:
    asked = record.administration.questionnaire
    notes = [Fact(_("This sitting"), record.note)] if record.note else []
    notes += [Fact(asked.item(item).label, text) for item, text in record.notes.items()]
    return Section(_("Notes"), (Facts(tuple(notes)),) if notes else ())


def _corrections(record: Record) -> Section:
    asked = record.administration.questionnaire
    said = _("entered as {before}, put right {when}")
    corrected = tuple(
        Fact(
            asked.item(one.item).label,
            said.format(before=_entered(record, one), when=moment(one.at)),
        )
        for one in record.corrections
    )
    return Section(_("Put right after the sitting"), (Facts(corrected),) if corrected else ())


def _entered(record: Record, one: Correction) -> str:
    if not isinstance(one.before, int):
        return str(one.before).replace("_", " ")
    option = record.administration.questionnaire.option(one.item, one.before)
    return f"{option.value} {option.label or ''}".strip()


def _row(record: Record) -> tuple[Cell, ...]:
    *texts, state = _about(record)
    return (*map(Cell, texts), Cell(state, is_strong=bool(record.unacknowledged)))


def _about(record: Record) -> tuple[str, ...]:
    """Return what identifies a record, and last how far it has come."""
    asked = record.administration.questionnaire
    state = [_("NOT ACKNOWLEDGED")] if record.unacknowledged else []
    state.append(state_word(record.state))
    state += [_("changed outside moodcheck")] if record.changed_outside else []
    return (
        record.short_id,
        moment(record.administration.taken_at),
        record.client,
        f"{asked.id} {asked.version}",
        ", ".join(state),
    )
