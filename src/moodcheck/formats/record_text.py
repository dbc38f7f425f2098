"""A record as text: the summary of its sitting, with what a human has to see before all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.domain.client_code import OWN, same_client
from moodcheck.formats import plain
from moodcheck.formats.beside import Beside
from moodcheck.formats.critical_text import critical_sentence, moment
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.domain.history import AuditEntry, Record
    from moodcheck.domain.record_summary import RecordList, RecordSummary


def record_plain(shown: RecordSummary, *, width: int = 80) -> str:
    """Return a record as lines of at most `width` columns."""
    return plain.summary(shown.summary, width=width, beside=_beside(shown))


def record_rich(shown: RecordSummary, *, width: int, colour: bool) -> str:
    """Return a record as text with ANSI styles."""
    from moodcheck.formats import rich_text

    return rich_text.summary(shown.summary, width=width, colour=colour, beside=_beside(shown))


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


def audit(entries: tuple[AuditEntry, ...], *, width: int = 80) -> str:
    """Return what was done to the history, one thing a line."""
    lines = [
        " ".join(filter(None, [moment(entry.at), entry.action, entry.record, entry.detail]))
        for entry in entries
    ]
    return plain.joined([[safe_text(line) for line in lines]], width)


def _beside(shown: RecordSummary) -> Beside:
    asked = shown.record.administration.questionnaire
    notes = [
        f"  {safe_text(asked.item(item).label)}: {safe_text(text)}"
        for item, text in shown.record.notes.items()
    ]
    heading = [_("Notes:")] if notes else []
    return Beside(
        before=tuple(critical_sentence(line) for line in shown.critical),
        after=(*heading, *notes, _line(shown.record).strip()),
        is_own=same_client(shown.record.client, OWN),
    )


def _line(record: Record) -> str:
    asked = record.administration.questionnaire
    parts = [
        safe_text(record.id),
        moment(record.administration.taken_at),
        safe_text(record.client),
        f"{asked.id} {asked.version}",
        record.state,
    ]
    parts += [_("NOT ACKNOWLEDGED")] if record.unacknowledged else []
    return f"  {', '.join(parts)}"
