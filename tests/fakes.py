"""A history that forgets when the test ends: the store itself, in memory and without a cipher."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import apsw

from moodcheck.core.administration import Unanswered
from moodcheck.errors import IOFailed
from moodcheck.history.record import Import, Record
from moodcheck.history.store.connection import Opened
from moodcheck.history.store.keys import StoreKey
from moodcheck.history.store.schema import migrate
from moodcheck.history.store.store import EncryptedStore
from tests.shipped import TAKEN_AT

NOWHERE = Path("nowhere")


class ForgetfulStore(EncryptedStore):
    """An unlocked `HistoryStore` in memory."""

    def __init__(self) -> None:
        connection = apsw.Connection(":memory:")
        connection.pragma("foreign_keys", 1)
        migrate(connection, NOWHERE)
        super().__init__(Opened(connection, StoreKey(bytes(32), bytes(16))), NOWHERE)
        self.is_full = False
        """Whether the next answer finds the disk full."""

    def put(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        if self.is_full:
            raise IOFailed("The history cannot be written: the disk is full", mend="Make room")
        super().put(record, item, given, at)

    def keep(self, *records: Record) -> None:
        """Keep records as an import brings them, each a sitting of this store."""
        self.import_records(records, (), Import("", TAKEN_AT, "history.json", "", ()))
