"""A record as text: the summary of its sitting, with what a human has to see before all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.history.client_code import OWN, same_client
from moodcheck.history.views.critical_text import critical_sentence
from moodcheck.history.views.state_text import state_word
from moodcheck.report import plain
from moodcheck.report.document import Document, Fact, Facts, Paragraph, Section
from moodcheck.report.summary_view import summary_document
from moodcheck.report.times import moment
from moodcheck.safe_text import safe_text
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
    which = Section("", (Paragraph(_line(record).strip()),))
    return summary_document(
        shown.summary,
        before=(Section("", unseen),),
        after=(_corrections(record), _notes(record), which),
        is_own=same_client(record.client, OWN),
    )


def record_list(shown: RecordList, *, width: int = 80) -> str:
    """Return records one a line, after what a human has to see of them."""
    unseen = [critical_sentence(line) for line in shown.critical if line.needs_acknowledgement]
    sections = [unseen, [how_many(shown), *map(_line, shown.records)], [safe_text(shown.notice)]]
    panel = plain.help_section(shown.help)
    return plain.joined([panel, *sections] if shown.help_first else sections, width)


def how_many(shown: RecordList) -> str:
    """Return how many records there are."""
    count = len(shown.records)
    return ngettext("{count} sitting", "{count} sittings", count).format(count=count)


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


def _line(record: Record) -> str:
    asked = record.administration.questionnaire
    parts = [
        safe_text(record.short_id),
        moment(record.administration.taken_at),
        safe_text(record.client),
        f"{asked.id} {asked.version}",
        state_word(record.state),
    ]
    parts += [_("NOT ACKNOWLEDGED")] if record.unacknowledged else []
    parts += [_("changed outside moodcheck")] if record.changed_outside else []
    return f"  {', '.join(parts)}"
