"""What was done to a store and when; never what stood in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from moodcheck.domain.history import AuditAction, AuditEntry

if TYPE_CHECKING:
    import apsw


def enter(
    connection: apsw.Connection,
    action: AuditAction,
    at: datetime,
    record: str | None = None,
    detail: str = "",
) -> None:
    """Enter into the audit what the running change does."""
    connection.execute(
        "INSERT INTO audit (at, action, record, detail) VALUES (?, ?, ?, ?)",
        (at.isoformat(), action.value, record, detail),
    )


def read_audit(connection: apsw.Connection) -> tuple[AuditEntry, ...]:
    """Return the audit, in order."""
    rows = connection.execute("SELECT sequence, at, action, record, detail FROM audit ORDER BY 1")
    return tuple(
        AuditEntry(sequence, datetime.fromisoformat(at), AuditAction(action), record, detail)
        for sequence, at, action, record, detail in rows
    )


def forget_details(connection: apsw.Connection, record: str) -> None:
    """Leave of a record that is deleted only that something was done to it, and when."""
    connection.execute("UPDATE audit SET detail = '' WHERE record = ?", (record,))
