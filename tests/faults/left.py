"""What is left of a history after a script that worked in it was broken off."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

from moodcheck.adapters.history.store import make_store, open_store
from moodcheck.domain.history import Record, SittingMode
from moodcheck.errors import Locked, MoodcheckError
from tests.faults.sitting import NEW, OLD
from tests.in_the_clear import anywhere
from tests.shipped import SYMPTOMS, TAKEN_AT

WORDS = "words of {} "
NOTED = {"begin", "put", "note", "finish", "acknowledge", "close"}


@cache
def template() -> Path:
    """Return a history with two records in it, made once."""
    path = Path(mkdtemp()) / "history.db"
    with make_store(path, OLD, TAKEN_AT) as store:
        for client in ("A-1", "B-2"):
            record = store.begin(client, SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
            store.put(record, "own_words", WORDS.format(client) * 20, TAKEN_AT)
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
        if left[:2] != before():
            yield "another record has changed"
        yield from _lost(left[2:], committed)
    elif what == "rekey" and left != before():
        yield "a record has changed"
    elif what == "delete":
        yield from _wrong_deletion(path, left, is_committed="delete" in committed)


def _wrong_deletion(path: Path, left: tuple[Record, ...], *, is_committed: bool) -> Iterator[str]:
    if left not in (before(), before()[1:]):
        yield "half a deletion"
    if is_committed and left != before()[1:]:
        yield "a deletion was taken back"
    if is_committed and WORDS.format("A-1").encode() in anywhere(path, OLD):
        yield "what was deleted is still on a page"


def _opens(path: Path, passphrase: str) -> bool:
    try:
        open_store(path, passphrase).close_file()
    except Locked:
        return False
    return True


def _lost(left: tuple[Record, ...], committed: list[str]) -> Iterator[str]:
    """Yield what was committed and is not there."""
    done = [line.split() for line in committed]
    if [name for name, *_rest in done if name in NOTED] and not left:
        yield "a record was lost"
        return
    answers = {item: int(value) for name, *rest in done if name == "put" for item, value in [rest]}
    critical = SYMPTOMS.critical[0].item
    for item, value in answers.items():
        # The critical item is changed to 0, which may be committed and its note not be written.
        kept = {value, 0} if item == critical else {value}
        if left[0].administration.answers.get(item) not in kept:
            yield f"the answer to {item} was lost"
    if critical in answers and [entry.alerted for entry in left[0].critical] != [2]:
        yield "an alert was lost"
    if ["note"] in done and not left[0].notes:
        yield "a note was lost"
    if ["finish"] in done and left[0].state == "open":
        yield "finishing was lost"
    if ["acknowledge"] in done and left[0].unacknowledged:
        yield "an acknowledgement was lost"
    if ["close"] in done and left[0].state != "closed":
        yield "closing was lost"
