"""The database stays in its folder and its memory, and what it says is never repeated."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from moodcheck.batch.embedded.connection import opened, translated_errors, watched
from moodcheck.errors import BadData, IOFailed


def test_it_spills_into_the_spool_fetches_nothing_and_keeps_the_order(tmp_path: Path) -> None:
    names = (
        "temp_directory",
        "memory_limit",
        "autoinstall_known_extensions",
        "autoload_known_extensions",
        "allow_community_extensions",
        "preserve_insertion_order",
    )
    with opened(tmp_path) as connection:
        values = [
            connection.execute("SELECT current_setting(?)", [name]).fetchone() for name in names
        ]

    assert values == [(str(tmp_path),), ("274.6 MiB",), (False,), (False,), (False,), (True,)]


def test_it_is_closed_and_all_that_it_wrote_lies_in_the_spool(tmp_path: Path) -> None:
    with opened(tmp_path) as connection:
        connection.execute("CREATE TABLE one AS SELECT 1")

    with pytest.raises(duckdb.ConnectionException):
        connection.execute("SELECT 1")
    assert {path.name for path in tmp_path.iterdir()} <= {"rows.duckdb", "rows.duckdb.wal"}


def test_a_spool_without_room_is_said_to_be_that_and_no_fault_of_a_row(tmp_path: Path) -> None:
    with pytest.raises(IOFailed, match="--spool"):
        fill(tmp_path, "SELECT range, repeat('x', 900) FROM range(99999)")


def test_a_row_that_does_not_fit_is_said_to_be_that(tmp_path: Path) -> None:
    with pytest.raises(IOFailed, match="many kilobytes"):
        fill(tmp_path, "SELECT repeat('x', 99000000)")


def fill(spool: Path, query: str) -> None:
    """Keep the rows of a query where there is room for few."""
    with opened(spool) as connection:
        connection.execute("SET memory_limit = '20MB'")
        connection.execute("SET max_temp_directory_size = '1MB'")
        connection.execute(f"CREATE TEMP TABLE kept AS {query}")


def test_a_cell_that_the_engine_quotes_is_not_repeated() -> None:
    with pytest.raises(BadData) as caught, translated_errors():
        duckdb.connect().execute("SELECT CAST('secret' AS INTEGER)")

    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("statement", ["SELEKT 1", "SELECT x", "SELECT * FROM nothing_there"])
def test_a_mistake_of_ours_is_not_blamed_on_an_input(statement: str) -> None:
    with pytest.raises(duckdb.ProgrammingError), translated_errors():
        duckdb.connect().execute(statement)


def test_ctrl_c_inside_a_statement_stays_ctrl_c() -> None:
    with pytest.raises(KeyboardInterrupt), translated_errors():
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")


def test_whoever_watches_hears_shares_of_the_whole_and_nothing_once_it_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("moodcheck.batch.embedded.connection._POLL", 0.001)
    heard: list[tuple[int, float | None]] = []
    is_heard = threading.Event()

    def progress(rows: int, share: float | None) -> None:
        heard.append((rows, share))
        is_heard.set()

    before = threading.active_count()
    with watched(duckdb.connect(), 100, progress):
        assert is_heard.wait(20)

    assert threading.active_count() == before
    assert all(share is not None and rows == int(100 * share) for rows, share in heard)
    assert all(share is not None and 0 <= share <= 1 for _, share in heard)
