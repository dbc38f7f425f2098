"""Tables change by steps that are never changed: every store that was ever written is read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from moodcheck.errors import BadData
from moodcheck.history.store.connection import open_connection
from moodcheck.history.store.schema import STEPS, migrate
from moodcheck.history.store.store import make_store, open_store
from tests.shipped import TAKEN_AT

if TYPE_CHECKING:
    import apsw

PASSPHRASE = "a passphrase from long ago"  # noqa: S105 - a test's own
FROZEN = Path(__file__).parent / "frozen"
"""A store of each version, as it was written then; `frozen/README.md` says what is in them."""


def opened(path: Path) -> apsw.Connection:
    return open_connection(path, PASSPHRASE).connection


def tables(connection: apsw.Connection) -> list[tuple[object, ...]]:
    """Return what the tables of a store are made of."""
    return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_a_store_of_every_version_is_read_and_then_like_a_new_one(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "history.db"
    shutil.copy(FROZEN / f"schema-{version}.db", path)
    with open_store(path, PASSPHRASE) as store:
        first, second = store.records()
        # A sitting keeps the version of the questionnaire that it was taken with.
        assert first.administration.questionnaire.version == "1.0.0"
        assert store.verify().problems == ()
        assert [one.action for one in store.audit()][:2] == ["store_made", "begun"]
    assert (first.client, first.mode, first.state) == ("C-014", "hand_over", "closed")
    assert first.administration.taken_at.isoformat() == "2026-11-24T09:30:00.000001+01:00"
    assert first.administration.answers == {"low_mood": 3, "sleep": 0, "death_thoughts": 0}
    assert first.administration.words == {"own_words": "To sleep – для себя"}
    assert first.administration.unanswered["eating"] == "declined"
    assert first.notes == {"sleep": "since spring"}
    (entry,) = first.critical
    assert (entry.alerted, entry.now) == (2, 0)
    assert entry.acknowledgement is not None
    assert (entry.acknowledgement.initials, entry.acknowledgement.action) == ("AB", "Called")
    assert (second.client, second.mode, second.state) == ("me", "own", "open")
    make_store(tmp_path / "new.db", PASSPHRASE, TAKEN_AT).close_file()
    old, new = opened(path), opened(tmp_path / "new.db")
    assert tables(old) == tables(new)
    assert old.pragma("user_version") == new.pragma("user_version") == len(STEPS)
    old.close()
    new.close()


def test_a_store_of_every_version_is_frozen() -> None:
    assert {file.name for file in FROZEN.glob("*.db")} == {
        f"schema-{version}.db" for version in range(1, len(STEPS) + 1)
    }


def test_a_further_step_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(FROZEN / f"schema-{len(STEPS)}.db", path)
    connection = opened(path)
    steps = [*STEPS, "ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'unknown'"]
    migrate(connection, path, steps)
    migrate(connection, path, steps)

    assert connection.execute("SELECT text, author FROM note").fetchall() == [
        ("since spring", "unknown")
    ]
    assert connection.pragma("user_version") == len(steps)
    connection.close()


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(FROZEN / f"schema-{len(STEPS)}.db", path)
    connection = opened(path)
    before = tables(connection)
    with pytest.raises(BadData):
        migrate(connection, path, [*STEPS, "DROP TABLE note; SELECT * FROM nowhere"])

    assert tables(connection) == before
    assert connection.pragma("user_version") == len(STEPS)
    connection.close()


def test_two_programs_that_bring_it_up_to_date_at_once_do_so_once(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(FROZEN / f"schema-{len(STEPS)}.db", path)
    steps = [*STEPS, "ALTER TABLE note ADD COLUMN author TEXT"]
    one, other = opened(path), opened(path)

    class Late:
        """Looks at the version before the other one has changed it."""

        looks = 0

        def __getattr__(self, name: str) -> object:
            return getattr(one, name)

        def pragma(self, name: str, *value: object) -> object:
            found = one.pragma(name, *value)
            self.looks += 1
            if self.looks == 1:
                migrate(other, path, steps)
            return found

    late: object = Late()
    migrate(late, path, steps)  # type: ignore[arg-type] # a connection, but for one pragma

    assert one.pragma("user_version") == len(steps)
    one.close()
    other.close()


def test_a_store_of_a_newer_moodcheck_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    shutil.copy(FROZEN / f"schema-{len(STEPS)}.db", path)
    connection = opened(path)
    connection.pragma("user_version", len(STEPS) + 1)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(BadData, match="newer moodcheck"):
        open_store(path, PASSPHRASE)

    assert path.read_bytes() == before
