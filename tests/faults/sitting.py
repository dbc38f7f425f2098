"""What a counselor does with a history, as a script that a fault breaks off.

Started once with a history to begin with. Each line that it then reads names what to do, the file,
the file in which is noted what has been committed, and the file for what it says. It does that in
a process of its own, so that nothing has to be loaded again, and answers with its number; that
waits for another line, and how it ended is the last answer.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import pbkdf2_hmac
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from moodcheck.core.administration import administer
from moodcheck.history.record import (
    Acknowledgement,
    AuditAction,
    AuditEntry,
    Import,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.history.store import keys
from moodcheck.history.store.deleting import delete_store
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from moodcheck.loading.context import Context
from moodcheck.terminal.console import run

ORIGIN = "0123456789abcdef"
ONCE = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
GOES = "A-1-KETTLE-LANE"
"""The code of the client who is deleted: too long to stand among encrypted bytes by chance."""

OLD, NEW = "seven quiet herons at noon", "nine loud geese at dusk"


def main() -> int:
    """Do each thing behind the boundary at which errors become one message and an exit code."""
    sys.dont_write_bytecode = True  # a write that is none of the history's
    _rehearse(Path(sys.argv[1]))
    for line in sys.stdin:
        what, path, notes, said = line.rstrip("\n").split("\t")
        held, let_go = os.pipe()
        if not (child := os.fork()):
            os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT), sys.stderr.fileno())
            os.read(held, 1)
            return run(lambda: _do(what, Path(path), Path(notes)))  # noqa: B023 - a fork ends here
        print(child, flush=True)  # noqa: T201 - an answer
        sys.stdin.readline()
        os.write(let_go, b"\n")
        _child, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - an answer
        os.close(held)
        os.close(let_go)
    return 0


def _rehearse(template: Path) -> None:
    """Load everything, and make the key of the history that all begin with."""
    patch.object(keys, "pbkdf2_hmac", cache(pbkdf2_hmac)).start()
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, folder))
        for what in (*DOINGS.keys() - {"rekey"}, "remove"):
            _do(what, path, Path(folder) / "notes")


def _do(what: str, path: Path, notes: Path) -> int:
    descriptor = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def committed(done: str) -> None:
        os.write(descriptor, f"{done}\n".encode())

    if what in {"make", "remove"}:
        make(path) if what == "make" else delete_store(path)
        committed(what)
        return 0
    with open_store(path, OLD) as store:
        committed("open")
        DOINGS[what](store, path, committed)
    return 0


def make(path: Path) -> None:
    """Make a new history."""
    make_store(path, OLD, Context().now()).close_file()


def sit(store: EncryptedStore, _path: Path, committed: object) -> None:
    """Answer every item, change an alert, note, finish, correct, acknowledge, close, rename."""
    assert callable(committed)
    asked, at = Context().questionnaire("symptoms"), Context().now()
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
    store.correct(record, "sleep", 1, at)
    committed("correct")
    seen = Acknowledgement("AB", at + timedelta(minutes=1), "Called", told="Her sister")
    for entry in store.record(record).unacknowledged:
        store.acknowledge(record, entry.item, seen)
    committed("acknowledge")
    store.close(record, at)
    committed("close")
    store.set_interval("C-014", 7, at)
    committed("interval")
    store.rename_client("C-014", "C-041", at)
    committed("rename")


def delete(store: EncryptedStore, _path: Path, committed: object) -> None:
    """Delete one record."""
    assert callable(committed)
    store.delete([store.records(GOES)[0].id], Context().now())
    committed("delete")


def rekey(store: EncryptedStore, _path: Path, committed: object) -> None:
    """Change the passphrase."""
    assert callable(committed)
    store.change_passphrase(NEW, Context().now())
    committed("rekey")


def import_records(store: EncryptedStore, _path: Path, committed: object) -> None:
    """Take an export in, with what its audit tells."""
    assert callable(committed)
    came = Import("", Context().now(), "later.json", ORIGIN, ())
    store.import_records(brought(3, 6), told_of(3, 6), came)
    committed("import")


def undo(store: EncryptedStore, _path: Path, committed: object) -> None:
    """Undo the import that is there."""
    assert callable(committed)
    store.undo_import(store.imports()[0].id, Context().now())
    committed("undo")


def back_up(store: EncryptedStore, path: Path, committed: object) -> None:
    """Write a copy beside it."""
    assert callable(committed)
    store.backup(path.with_name("copy.db"), Context().now())
    committed("backup")


def brought(first: int, last: int) -> list[Record]:
    """Return records of another store, as an import brings them."""
    asked = Context().questionnaire("symptoms")
    given = {item.id: 1 for item in asked.items}
    return [
        Record(
            f"{number:012}", f"D-{number}", ORIGIN, number, SittingMode.READ_ALOUD,
            RecordState.CLOSED, administer(asked, given, taken_at=ONCE), {"sleep": "since May"}, (),
        )
        for number in range(first, last)
    ]  # fmt: skip


def told_of(first: int, last: int) -> list[AuditEntry]:
    """Return what their store did to them."""
    return [
        AuditEntry(number, ONCE, AuditAction.BEGUN, f"{number:012}", "", f"D-{number}", "", ORIGIN)
        for number in range(first, last)
    ]


DOINGS: Mapping[str, Callable[[EncryptedStore, Path, object], None]] = {
    "sit": sit, "delete": delete, "rekey": rekey, "import": import_records, "undo": undo,
    "backup": back_up,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
