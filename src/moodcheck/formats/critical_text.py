"""What a human has to see, as sentences: what was answered, and whether anybody has seen it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.domain.critical_line import CriticalLine


def critical_sentence(line: CriticalLine) -> str:
    """Return a critical entry as one sentence, with the record that it stands in."""
    record = line.record
    answer = f"{safe_text(line.label)}: {safe_text(line.answer)}"
    where = _("client {client}, {when}, record {record}").format(
        client=safe_text(record.client),
        when=moment(record.administration.taken_at),
        record=safe_text(record.id),
    )
    said = f"{answer} ({where})."
    seen = line.entry.acknowledgement
    if line.needs_acknowledgement:
        return f"{_('NOT ACKNOWLEDGED')} {_age(line.age)}: {said}"
    if seen is None:
        return said
    acknowledged = _("Acknowledged by {initials}, {when}: {action}").format(
        initials=safe_text(seen.initials), when=moment(seen.at), action=safe_text(seen.action)
    )
    return f"{said} {acknowledged}"


def moment(at: datetime) -> str:
    """Return when something was, to the minute, in the time of the place where it was."""
    return at.strftime("%Y-%m-%d %H:%M")


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds()) // 3600
    if not hours:
        return _("for less than an hour")
    if hours < 2 * 24:
        return ngettext("for {count} hour", "for {count} hours", hours).format(count=hours)
    return _("for {count} days").format(count=hours // 24)
