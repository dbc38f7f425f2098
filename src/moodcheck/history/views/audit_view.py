"""What was done to a history, as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.history.record import SHORTEST_ID, AuditAction
from moodcheck.report.document import Cell, Column, Document, Kind, Section, Table
from moodcheck.report.times import moment
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


def audit_document(entries: Sequence[AuditEntry]) -> Document:
    """Return what was done, in its order; an empty document where nothing was."""
    columns = (
        Column(_("When"), Kind.CODE),
        Column(_("What")),
        Column(_("Client")),
        Column(_("Sitting"), Kind.CODE),
        Column(_("Detail")),
    )
    table = (Table(columns, tuple(map(_row, entries))),) if entries else ()
    return Document("", (Section("", table),))


def _row(entry: AuditEntry) -> tuple[Cell, ...]:
    sitting = (entry.record or "")[:SHORTEST_ID]
    texts = (moment(entry.at), _action(entry), entry.client or "", sitting, _detail(entry))
    return tuple(map(Cell, texts))


def _action(entry: AuditEntry) -> str:
    """Return what was done; of imported sittings, that it was done before they came."""
    done = _(_WORDS[entry.action])
    return _("{done}, before it was imported").format(done=done) if entry.origin else done


def _detail(entry: AuditEntry) -> str:
    if entry.action is AuditAction.DELETED and entry.detail:
        return _("something in it was not acknowledged")
    return entry.detail
