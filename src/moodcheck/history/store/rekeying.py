"""Another passphrase for a store: from one moment on, with no moment between the two."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import IOFailed
from moodcheck.history.record import AuditAction
from moodcheck.history.store.auditing import enter
from moodcheck.history.store.connection import changing
from moodcheck.history.store.deleting import leave_no_page
from moodcheck.history.store.faults import told
from moodcheck.history.store.keys import StoreKey

if TYPE_CHECKING:
    import apsw


def encrypt_anew(connection: apsw.Connection, path: Path, key: StoreKey, at: datetime) -> None:
    """Encrypt every page with another key.

    Raises:
        IOFailed: when that broke off; says which of the two passphrases holds.
    """
    with told(path):
        connection.pragma("rekey", key.pragma)  # all pages, in one transaction
    try:
        with changing(connection, path):
            enter(connection, AuditAction.PASSPHRASE_CHANGED, at)
        leave_no_page(connection, path)
    except IOFailed as error:
        raise IOFailed(
            "The new passphrase holds from now on, but old pages may still open with the old "
            f"one. {error.what}",
            mend="Change it once more when that is mended",
        ) from None
