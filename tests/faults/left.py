"""What is left of a history after a script that worked in it was broken off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

from moodcheck.errors import Locked, MoodcheckError
from moodcheck.history.order import in_order
from moodcheck.history.record import Import, Record, SittingMode
from moodcheck.history.store.store import make_store, open_store
from tests.faults.sitting import GOES, NEW, OLD, ORIGIN, brought, told_of
from tests.in_the_clear import anywhere
from tests.shipped import SYMPTOMS, TAKEN_AT

WORDS = "words of {} "
NOTED = {"begin", "put", "note", "finish", "correct", "acknowledge", "close", "interval", "rename"}


@cache
def template() -> Path:
    """Return a history with two records and an import in it, made once."""
    path = Path(mkdtemp()) / "history.db"
    with make_store(path, OLD, TAKEN_AT) as store:
        for client in (GOES, "B-2"):
            record = store.begin(client, SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
            store.put(record, "own_words", WORDS.format(client) * 20, TAKEN_AT)
        store.import_records(
            brought(0, 3), told_of(0, 3), Import("", TAKEN_AT, "c.json", ORIGIN, ())
        )
    return path


@cache
def before() -> tuple[Record, ...]:
    """Return what stands in the template."""
    with open_store(template(), OLD) as store:
        return store.records()


def wrong_files(path: Path, what: str, committed: list[str]) -> Iterator[str]:
    """Yield why a history could not be made after all, or is still there."""
    if what in committed and path.exists() != (what == "make"):
        yield "it was not done"
    if what == "remove":
        # As the message advises, which names no other file.
        path.unlink(missing_ok=True)
    try:
        started = open_store if path.exists() else partial(make_store, at=TAKEN_AT)
        with started(path, OLD) as store:
            yield from map(str, store.verify().problems)
    except MoodcheckError as error:
        yield f"the next start: {error}"
    if (left := [file.name for file in path.parent.iterdir()]) != [path.name]:
        yield f"the folder holds {left}"


def wrong_contents(path: Path, what: str, committed: list[str]) -> Iterator[str]:
    """Yield what is wrong with a history in which a script worked."""
    opening = []
    for passphrase in (OLD, NEW) if what == "rekey" else (OLD,):
        try:
            opening.append(open_store(path, passphrase))
        except Locked:
            continue
    if len(opening) != 1:
        yield f"{len(opening)} passphrases open it"
        return
    if "rekey" in committed and not _opens(path, NEW):
        yield "a change of passphrase was taken back"
    with opening[0] as store:
        yield from map(str, store.verify().problems)
        left = store.records()
    if what == "sit":
        new = tuple(record for record in left if record.client in {"C-014", "C-041"})
        if tuple(record for record in left if record not in new) != before():
            yield "another record has changed"
        yield from _lost(new, committed)
    else:
        yield from _wrong_records(what, left, is_committed=what in committed)
    if what in GONE and what in committed and GONE[what] in anywhere(path, OLD):
        yield "what was deleted is still on a page"
    if what == "backup":
        yield from _wrong_copy(path, is_committed="backup" in committed)


GONE = {"delete": GOES.encode(), "undo": b"since May"}
"""What nothing may hold any more once it was deleted."""


def _wrong_records(what: str, left: tuple[Record, ...], *, is_committed: bool) -> Iterator[str]:
    is_brought = {record.id for record in brought(0, 6)}.__contains__
    done = {
        "delete": tuple(record for record in before() if record.client != GOES),
        "undo": tuple(record for record in before() if not is_brought(record.id)),
        "import": in_order([*before(), *brought(3, 6)]),
    }.get(what, before())
    if left not in (before(), done):
        yield f"half of it was done: {what}"
    if is_committed and left != done:
        yield f"it was taken back: {what}"


def _wrong_copy(path: Path, *, is_committed: bool) -> Iterator[str]:
    copy = path.with_name("copy.db")
    if is_committed and not copy.exists():
        yield "a backup is not there"
    if copy.exists():
        with open_store(copy, OLD) as store:
            yield from map(str, store.verify().problems)
            if store.records() != before():
                yield "a backup is not what was copied"
    expected = {path.name, *[copy.name] * copy.exists()}
    if (found := {file.name for file in path.parent.iterdir()}) != expected:
        yield f"the folder holds {sorted(found)}"


def _opens(path: Path, passphrase: str) -> bool:
    try:
        open_store(path, passphrase).close_file()
    except Locked:
        return False
    return True


def _lost(left: tuple[Record, ...], committed: list[str]) -> Iterator[str]:
    """Yield what was committed and is not there."""
    done = [line.split() for line in committed]
    names = {name for name, *_rest in done}
    if not left:
        if names & NOTED:
            yield "a record was lost"
        return
    answers = {item: int(value) for name, *rest in done if name == "put" for item, value in [rest]}
    critical = SYMPTOMS.critical[0].item
    for item, value in answers.items():
        # Two are changed later, which may be committed and its note not be written.
        kept = {value, {critical: 0, "sleep": 1}.get(item, value)}
        if left[0].administration.answers.get(item) not in kept:
            yield f"the answer to {item} was lost"
    alerts = {entry.item: entry.alerted for entry in left[0].critical}
    if critical in answers and alerts.get(critical) != 2:
        yield "an alert was lost"
    for name, is_there in KEPT.items():
        if name in names and not is_there(left[0]):
            yield f"it was committed and is lost: {name}"


KEPT: Mapping[str, Callable[[Record], bool]] = {
    "note": lambda record: bool(record.notes),
    "finish": lambda record: record.state != "open",
    "correct": lambda record: [one.before for one in record.corrections] == [2],
    "acknowledge": lambda record: not record.unacknowledged,
    "close": lambda record: record.state == "closed",
    "rename": lambda record: record.client == "C-041",
}
"""What is left of each of these once it was committed."""
