"""How long the history makes a person wait: to unlock it, keep an answer, see a trend or the desk.

And how long an export takes, and its import.

Beside it, in the same run, the same answers in plain SQLite without a cipher. For information
only: times belong to a machine, so no test depends on them.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from moodcheck.core.administration import administer
from moodcheck.core.crisis import Region, help_panel
from moodcheck.history.record import (
    CriticalEntry,
    CriticalKind,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.history.store import writing
from moodcheck.history.store.store import EncryptedStore, make_store, open_store
from moodcheck.history.store.unlocking import unlock
from moodcheck.history.trend import trend
from moodcheck.history.views.clients_view import today_document
from moodcheck.history.views.trend_view import trend_document
from moodcheck.history.waiting import who_waits
from moodcheck.loading.context import Context
from moodcheck.report import render_plain, render_rich

PASSPHRASE = "seven quiet herons at noon"  # noqa: S105 - of an invented history
CONTEXT = Context()
A_CLIENT = 10
"""Sittings of one client."""
AN_ALERT = 400
"""Every so manieth sitting has an alert that nobody has acknowledged."""


@dataclass(frozen=True)
class Times:
    """Milliseconds, at the median."""

    unlock: float
    commit: float
    client: float
    """The trend of one client as it is drawn at a terminal; of plain SQLite, reading it alone."""
    desk: float | None = None
    """Who waits, of all clients, with alerts that nobody acknowledged among them."""


def milliseconds(do: Callable[[], object], rounds: int) -> float:
    """Return how long something takes, at the median."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        do()
        times.append(1_000 * (perf_counter() - start))
    return median(times)


def fill(store: EncryptedStore, count: int) -> None:
    """Keep `count` sittings of many clients."""
    asked, at = CONTEXT.questionnaire("symptoms"), CONTEXT.now()
    given = {item.id: 1 for item in asked.items}
    critical = asked.critical[0].item
    # One transaction for all: what is measured comes afterwards.
    with store._connection:  # noqa: SLF001 - thousands of commits would take an hour
        for number in range(count):
            sitting = administer(asked, given, taken_at=at + timedelta(minutes=number))
            alert = CriticalEntry(critical, CriticalKind.ALERT, 1, 1, at, None)
            record = Record(
                f"{number:012}", f"C-{number // A_CLIENT}", store.id, number + 1,
                SittingMode.READ_ALOUD, RecordState.CLOSED, sitting, {},
                () if number % AN_ALERT else (alert,),
            )  # fmt: skip
            writing.write_whole(store._connection, record)  # noqa: SLF001 - as above


def encrypted(folder: Path, count: int, rounds: int) -> Times:
    """Measure the history itself."""
    path = folder / "history.db"
    with make_store(path, PASSPHRASE, CONTEXT.now()) as store:
        fill(store, count)
    opening = milliseconds(lambda: unlock(path, PASSPHRASE, CONTEXT.now()).close_file(), rounds)
    with open_store(path, PASSPHRASE) as store:
        record = store.begin(
            "C-new", CONTEXT.questionnaire("symptoms"), SittingMode.READ_ALOUD, CONTEXT.now()
        )
        commit = milliseconds(lambda: store.put(record, "sleep", 2, CONTEXT.now()), 10 * rounds)
    with open_store(path, PASSPHRASE) as store:
        client = milliseconds(lambda: trend_of(store), 1)  # nothing is in its cache yet
    with open_store(path, PASSPHRASE) as store:
        desk = milliseconds(lambda: desk_of(store), 1)
    return Times(opening, commit, client, desk)


def desk_of(store: EncryptedStore) -> str:
    """Return who waits as `moodcheck session today` prints it."""
    panel = help_panel(
        CONTEXT.crisis_directory, CONTEXT.language, Region("US"), today=CONTEXT.now().date()
    )
    shown = who_waits(store, CONTEXT.language, panel, CONTEXT.now())
    return render_plain.render(today_document(shown), width=80)


def trend_of(store: EncryptedStore) -> str:
    """Return the trend of one client as a person at a terminal sees it."""
    found = trend(
        store.records("C-0"),
        CONTEXT.crisis_directory,
        CONTEXT.language,
        region=Region("US"),
        now=CONTEXT.now(),
    )
    return render_rich.render(trend_document(found), width=80)


def plain(folder: Path, count: int, rounds: int) -> Times:
    """Measure the least that any program could do: one table, no cipher, as durable."""
    path = folder / "plain.db"
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=wal")
    database.execute("PRAGMA synchronous=full")
    database.execute("CREATE TABLE given (client TEXT, record INTEGER, item TEXT, value INTEGER)")
    database.execute("CREATE INDEX by_client ON given (client)")
    items = [item.id for item in CONTEXT.questionnaire("symptoms").items]
    database.execute("BEGIN")
    rows = ((f"C-{n // A_CLIENT}", n, item, 1) for n in range(count) for item in items)
    database.executemany("INSERT INTO given VALUES (?, ?, ?, ?)", rows)
    database.execute("COMMIT")

    def put() -> None:
        database.execute("INSERT INTO given VALUES ('C-new', -1, 'sleep', 2)")

    def of_a_client() -> None:
        database.execute("SELECT * FROM given WHERE client = 'C-0'").fetchall()

    def unlock() -> None:
        opened = sqlite3.connect(path)
        opened.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        opened.close()

    times = Times(
        milliseconds(unlock, rounds), milliseconds(put, 10 * rounds), milliseconds(of_a_client, 1)
    )
    database.close()
    return times


def importing(folder: Path, count: int) -> tuple[float, float]:
    """Return the seconds that an export takes, and its import through the installed command."""
    origin, other = folder / "origin.db", folder / "other.db"
    export, passphrase = folder / "all.json", folder / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    with make_store(origin, PASSPHRASE, CONTEXT.now()) as store:
        fill(store, count)
    make_store(other, PASSPHRASE, CONTEXT.now()).close_file()

    def run(*arguments: str | Path, store: Path) -> float:
        with passphrase.open("rb") as opened:
            number = opened.fileno()
            command = [sys.executable, "-m", "moodcheck", "history", *arguments]
            command += ["--passphrase-fd", str(number), "--store", store]
            start = perf_counter()
            subprocess.run(command, check=True, pass_fds=[number], stderr=subprocess.DEVNULL)
            return perf_counter() - start

    return run("export", "--all", "--output", export, store=origin), run(
        "import", export, store=other
    )


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 1_000, 20_000, 100_000])
    parser.add_argument("--imported", type=int, default=20_000)
    wishes = parser.parse_args()
    load = f"load {os.getloadavg()[0]:.1f} at start"
    python = f"Python {platform.python_version()}"
    print(f"{platform.system()}, {os.cpu_count()} cores, {python}, {load}\n")
    print("| sittings | store | unlock | commit an answer | one client's sittings | who waits |")
    print("|---|---|---|---|---|---|")
    for count in wishes.sizes:
        for name, measure in (("encrypted", encrypted), ("plain SQLite", plain)):
            with TemporaryDirectory() as folder:
                times = measure(Path(folder), count, wishes.rounds)
            every = (times.unlock, times.commit, times.client, times.desk)
            shown = ("" if one is None else f"{one:.1f} ms" for one in every)
            print(f"| {count:,} | {name} | {' | '.join(shown)} |")
    with TemporaryDirectory() as folder:
        exported, imported = importing(Path(folder), wishes.imported)
    print(f"\n{wishes.imported:,} sittings: export {exported:.1f} s, import {imported:.1f} s")
    print("\nTo reach: unlock under 150 ms, commit under 20 ms,")
    print("one client among 100,000 and who waits among 20,000 under 300 ms,")
    print("import of 20,000 under 15 s")


if __name__ == "__main__":
    main()
