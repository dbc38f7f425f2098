"""A history with something in it that nobody but a counselor may see."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from moodcheck.core.administration import administer
from moodcheck.history.record import Record, SittingMode
from moodcheck.history.store.keys import SALT
from moodcheck.history.store.store import make_store, open_store
from tests.functional.person import ENTER, Person, make_key
from tests.shipped import SYMPTOMS, TAKEN_AT

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - a test's own
SECRETS = ("SECRET-1", "a secret in her own words", "a secret note")
"""A client's code, their words, and what was noted: all of it is shown to counselors alone."""


def history(folder: Path, *, is_closed: bool = True) -> Path:
    """Return the file of a history that holds one sitting of `SECRETS`, beside its passphrase."""
    path = folder / "history.db"
    path.touch(0o600)
    path.write_bytes(_content(is_closed=is_closed))
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return path


@cache
def _content(*, is_closed: bool) -> bytes:
    given: dict[str, object] = dict.fromkeys((item.id for item in SYMPTOMS.items), 0)
    given |= {"own_words": SECRETS[1], "low_mood": 3}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        with make_store(path, PASSPHRASE, TAKEN_AT) as store:
            record = store.begin(SECRETS[0], SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
            for item, answer in given.items():
                assert isinstance(answer, int | str)
                store.put(record, item, answer, TAKEN_AT)
            store.note(record, "low_mood", SECRETS[2], TAKEN_AT)
            if is_closed:
                store.finish(record, administer(SYMPTOMS, given, taken_at=TAKEN_AT), TAKEN_AT)
                store.close(record, TAKEN_AT)
        content = path.read_bytes()
    make_key(PASSPHRASE, content[:SALT])
    return content


def records(path: Path, client: str) -> tuple[Record, ...]:
    """Return what is kept of a client."""
    with open_store(path, PASSPHRASE) as store:
        return store.records(client)


def somebody(
    path: Path, command: str, *, columns: int = 90, rows: int = 40, **changes: str
) -> Person:
    """Return a person at a command on that history, whose passphrase comes from a file."""
    return Person(
        f"moodcheck {command} --passphrase-fd 3 3<passphrase",
        columns=columns,
        rows=rows,
        cwd=path.parent,
        MOODCHECK_STORE=str(path),
        **{"MOODCHECK_REGION": "GB", **changes},
    )


def tries(person: Person, passphrase: str) -> Person:
    """Type a passphrase, of which nothing is shown, and wait until there is an answer to it."""
    shown = len(person.reads_on().raw)
    person.press(passphrase, ENTER)
    return person.waits_until(lambda: len(person.raw) > shown, "an answer").reads_on()


def unlocks_after_wrong_tries(person: Person) -> Person:
    """Type the passphrase until it is taken: after wrong ones it has to be waited for."""
    while "before the next try" in tries(person, PASSPHRASE).view:
        time.sleep(0.3)
    return person


def shows_no_secret(person: Person) -> None:
    """Hold everything that was ever shown to this person against the secrets."""
    shown = person.raw.decode(errors="replace")
    assert [secret for secret in SECRETS if secret in shown] == []
