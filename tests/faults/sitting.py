"""What a counselor does with a history, as a script that a fault breaks off.

Started with what to do, the file, and the file in which it notes what has been committed.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from moodcheck import api
from moodcheck.adapters.history.deleting import delete_store
from moodcheck.adapters.history.store import EncryptedStore, make_store, open_store
from moodcheck.domain.administration import administer
from moodcheck.domain.history import Acknowledgement, SittingMode
from moodcheck.terminal.console import run

OLD, NEW = "seven quiet herons at noon", "nine loud geese at dusk"


def main() -> int:
    """Do it behind the boundary at which errors become one message and an exit code."""
    return run(_do)


def _do() -> int:
    what, path, notes = sys.argv[1:]
    descriptor = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def committed(done: str) -> None:
        os.write(descriptor, f"{done}\n".encode())

    if what in {"make", "remove"}:
        make(Path(path)) if what == "make" else delete_store(Path(path))
        committed(what)
        return 0
    with open_store(Path(path), OLD) as store:
        committed("open")
        {"sit": sit, "delete": delete, "rekey": rekey}[what](store, committed)
    return 0


def make(path: Path) -> None:
    """Make a new history."""
    make_store(path, OLD, api.now()).close_file()


def sit(store: EncryptedStore, committed: object) -> None:
    """Answer every item, change an alert, note, finish, acknowledge, close."""
    assert callable(committed)
    asked, at = api.load("symptoms"), api.now()
    critical = asked.critical[0].item
    record = store.begin("C-014", asked, SittingMode.READ_ALOUD, at)
    committed(f"begin {record}")
    given = {item.id: 2 for item in asked.items}
    for item, answer in given.items():
        store.put(record, item, answer, at)
        committed(f"put {item} {answer}")
    store.put(record, critical, 0, at)
    committed(f"put {critical} 0")
    store.note(record, "sleep", "since spring", at)
    committed("note")
    store.finish(record, administer(asked, given | {critical: 0}, taken_at=at), at)
    committed("finish")
    seen = Acknowledgement("AB", at + timedelta(minutes=1), "Called")
    store.acknowledge(record, critical, seen)
    committed("acknowledge")
    store.close(record, at)
    committed("close")


def delete(store: EncryptedStore, committed: object) -> None:
    """Delete the first record."""
    assert callable(committed)
    store.delete([store.records()[0].id], api.now())
    committed("delete")


def rekey(store: EncryptedStore, committed: object) -> None:
    """Change the passphrase."""
    assert callable(committed)
    store.change_passphrase(NEW, api.now())
    committed("rekey")


if __name__ == "__main__":
    sys.exit(main())
