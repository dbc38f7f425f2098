"""What was done to a history, in words; the same in lines and in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.history.record import AuditAction
from moodcheck.report import plain
from moodcheck.report.times import moment
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moodcheck.history.record import AuditEntry

_WORDS = {
    AuditAction.STORE_MADE: "history made",
    AuditAction.UNLOCK_FAILED: "wrong passphrases before this unlock",
    AuditAction.UNLOCKED_BY_CODE: "opened with the recovery code",
    AuditAction.BEGUN: "sitting begun",
    AuditAction.CHANGED: "answer saved",
    AuditAction.NOTED: "note written or removed",
    AuditAction.CORRECTED: "answer corrected",
    AuditAction.FINISHED: "sitting finished",
    AuditAction.ACKNOWLEDGED: "acknowledged",
    AuditAction.CLOSED: "sitting closed",
    AuditAction.MOVED: "filed under another code",
    AuditAction.RENAMED: "client given another code",
    AuditAction.INTERVAL_SET: "days between sittings set",
    AuditAction.LISTED: "list looked at",
    AuditAction.SHOWN: "sitting looked at",
    AuditAction.TREND_SHOWN: "trend looked at",
    AuditAction.REPORTED: "report made",
    AuditAction.EXPORTED: "exported",
    AuditAction.IMPORTED: "imported",
    AuditAction.IMPORT_UNDONE: "import undone",
    AuditAction.BACKED_UP: "backup made",
    AuditAction.DELETED: "one record deleted",
    AuditAction.PASSPHRASE_CHANGED: "passphrase changed",
    AuditAction.RECOVERY_CODE_SHOWN: "recovery code shown",
}


def audit(entries: Sequence[AuditEntry], *, width: int = 80) -> str:
    """Return what was done to the history, one thing a line."""
    lines = []
    for entry in entries:
        whose = ", ".join(filter(None, [entry.client, entry.record]))
        what = ": ".join(filter(None, [action(entry), detail(entry)]))
        line = f"{moment(entry.at)} {what} ({whose})" if whose else f"{moment(entry.at)} {what}"
        lines.append(safe_text(line))
    return plain.joined([lines], width) if lines else ""


def action(entry: AuditEntry) -> str:
    """Return what was done; of imported sittings, that it was done before they came."""
    done = _(_WORDS[entry.action])
    return _("{done}, before it was imported").format(done=done) if entry.origin else done


def detail(entry: AuditEntry) -> str:
    """Return what is known of it beyond that, not yet made fit to show."""
    if entry.action is AuditAction.DELETED and entry.detail:
        return _("something in it was not acknowledged")
    return entry.detail
