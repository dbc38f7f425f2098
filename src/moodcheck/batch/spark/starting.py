"""Java for Spark, started here: what it says while it starts is shown only if it does not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, BinaryIO

from pyspark import SparkContext
from pyspark.java_gateway import launch_gateway

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
