"""A record as text: the summary of its sitting, with what a human has to see before all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.history.client_code import OWN, same_client
from moodcheck.history.views.critical_text import critical_sentence, moment
from moodcheck.history.views.state_text import state_word
from moodcheck.report import plain
from moodcheck.report.beside import Beside
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.history.listing import RecordList, RecordSummary
    from moodcheck.history.record import Correction, Record


def record_plain(shown: RecordSummary, *, width: int = 80, for_client: bool = False) -> str:
    """Return a record as lines of at most `width` columns.

    For the client it has what they answered and what they were told, and nothing of what the
    counselor wrote down or did.
    """
    return plain.summary(shown.summary, width=width, beside=_beside(shown, for_client=for_client))


def record_rich(shown: RecordSummary, *, width: int, for_client: bool = False) -> str:
    """Return a record as text with ANSI styles, as `record_plain`."""
    from moodcheck.report import rich_text

    return rich_text.summary(
        shown.summary, width=width, beside=_beside(shown, for_client=for_client)
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


def _beside(shown: RecordSummary, *, for_client: bool) -> Beside:
    if for_client:
        return Beside(is_own=True)
    return Beside(
        before=tuple(critical_sentence(line) for line in shown.critical),
        after=(*_corrections(shown.record), *_notes(shown.record), _line(shown.record).strip()),
        is_own=same_client(shown.record.client, OWN),
    )


def _notes(record: Record) -> list[str]:
    asked = record.administration.questionnaire
    notes = [f"  {_('This sitting')}: {safe_text(record.note)}"] if record.note else []
    notes += [
        f"  {safe_text(asked.item(item).label)}: {safe_text(text)}"
        for item, text in record.notes.items()
    ]
    return [_("Notes:"), *notes] if notes else []


def _corrections(record: Record) -> list[str]:
    asked = record.administration.questionnaire
    said = _("  {label}: entered as {before}, put right {when}")
    lines = [
        said.format(
            label=safe_text(asked.item(one.item).label),
            before=_entered(record, one),
            when=moment(one.at),
        )
        for one in record.corrections
    ]
    return [_("Put right after the sitting:"), *lines] if lines else []


def _entered(record: Record, one: Correction) -> str:
    if not isinstance(one.before, int):
        return safe_text(str(one.before)).replace("_", " ")
    option = record.administration.questionnaire.option(one.item, one.before)
    return f"{option.value} {safe_text(option.label or '')}".strip()


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
