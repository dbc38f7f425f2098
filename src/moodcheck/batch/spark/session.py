"""The Spark session that somebody has, or a local one, whose Java says nothing unless it fails."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, BinaryIO

from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from moodcheck.batch.spark.failures import ConnectNotReached, SparkNotStarted, translated_errors
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from py4j.java_gateway import JVMView  # type: ignore[import-untyped]

_STARTED = "moodcheck: Spark has started"
"""The line of Java's standard error after which nothing is held back."""

_PATIENCE = 1
"""Seconds to wait for the last words of a Java that failed."""


@contextmanager
def quiet_start() -> Iterator[JVMView]:
    """Give the Java that runs already, or one started here; use the block to start Spark on it.

    What one started here says in the block is said only when the block fails. What it says
    later, of errors, goes to standard error as it comes.
    """
    running = SparkContext._gateway  # noqa: SLF001 - nothing public tells whether one runs
    if running is not None:
        yield running.jvm
        return
    reads, writes = os.pipe()
    relay = _Relay(os.fdopen(reads, "rb"))
    try:
        try:
            # Under spark-submit this starts nothing: Java is there, and its user listens to it.
            gateway = launch_gateway(  # type: ignore[no-untyped-call]
                popen_kwargs={"stderr": writes}
            )
        finally:
            os.close(writes)
        SparkContext._ensure_initialized(gateway=gateway)  # noqa: SLF001 - as `builder` does
        yield gateway.jvm
    except Exception:
        relay.show()
        raise
    if gateway.proc is not None:
        gateway.jvm.java.lang.System.err.println(_STARTED)


class _Relay:
    """Takes lines in, holds them back until a line says that Spark has started, then says them."""

    def __init__(self, lines: BinaryIO) -> None:
        self._lines = lines
        self._held: list[str] | None = []
        self._lock = Lock()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def show(self) -> None:
        """Say what was held back, and hold nothing back any more."""
        self._listener.join(_PATIENCE)
        with self._lock:
            for line in self._held or ():
                _say(line)
            self._held = None

    def _listen(self) -> None:
        with self._lines:
            for raw in self._lines:
                line = safe_text(raw.decode(errors="replace").rstrip("\r\n").expandtabs())
                with self._lock:
                    if self._held is None:
                        _say(line)
                    elif line == _STARTED:
                        self._held = None
                    else:
                        self._held.append(line)


def _say(line: str) -> None:
    with suppress(OSError, ValueError):  # whoever listened may be gone
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


_EVERYWHERE = {"spark.sql.session.timeZone": "UTC"}
_OFFLINE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # What it writes is for its owner alone.
    "spark.hadoop.fs.permissions.umask-mode": "077",
}
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Is there under spark-submit, whose user says what is logged."""

_ON_THIS_MACHINE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


@contextmanager
def session() -> Iterator[SparkSession]:
    """Give the session that is active, that the environment names, or a local one.

    Only a session that was made here is stopped at the end.

    Raises:
        SparkNotStarted: when there is no Java to run it, or the cluster does not answer.
        ConnectNotReached: when the server of `SPARK_REMOTE` gives none, or cannot be asked.
        IOFailed, BadData, SessionTooSmall: as `translated_errors`.
    """
    active = SparkSession.getActiveSession()
    if active is not None:
        with translated_errors():
            yield active
        return
    made = _made()
    try:
        with translated_errors():
            yield made
    finally:
        made.stop()


def _made() -> SparkSession:
    with warnings.catch_warnings():
        # It warns of pandas, which nothing here uses, and that it gives up, which we say.
        warnings.simplefilter("ignore")
        return _connected() if "SPARK_REMOTE" in os.environ else _started()


def _connected() -> SparkSession:
    try:
        return _built(_EVERYWHERE)
    except (PySparkException, ImportError, OSError, RuntimeError, ValueError) as error:
        raise ConnectNotReached(error) from None


def _started() -> SparkSession:
    try:
        with quiet_start() as java:
            # With Java, a configuration has what spark-submit and files of defaults say.
            return _built(settings(SparkConf(_jvm=java)))
    except (PySparkException, Py4JError, OSError, RuntimeError):
        raise SparkNotStarted from None


def _built(chosen: dict[str, str]) -> SparkSession:
    builder = SparkSession.builder.appName("moodcheck")
    for setting, value in chosen.items():
        builder = builder.config(setting, value)
    return builder.getOrCreate()


def settings(decided: SparkConf) -> dict[str, str]:
    """Return what is set for a session of our own, where that much is decided already."""
    chosen = _EVERYWHERE | _OFFLINE
    if master := os.environ.get("SPARK_MASTER"):
        chosen["spark.master"] = master
    else:
        master = decided.get("spark.master", "local[*]") or ""
    if _SUBMITTED not in os.environ and not decided.contains("spark.log.level"):
        chosen["spark.log.level"] = "ERROR"
    # On a cluster, its workers must find this machine by the name that others know.
    return chosen | (_ON_THIS_MACHINE if master.startswith("local") else {})
