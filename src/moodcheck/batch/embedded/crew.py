"""Whoever works on pieces side by side: threads here, and processes beside this one.

Python runs in one thread at a time, so threads alone leave cores idle; a process takes most of a
second to start and megabytes of its own, so there is none before there is enough to do.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from moodcheck.batch.embedded.table import Piece

Done = TypeVar("Done")
Done_co = TypeVar("Done_co", covariant=True)

READY = b"ready\n"
"""What a process says once it has loaded what it works with."""

_PIPE_BYTES = 1024 * 1024
_MODULE = "moodcheck.batch.embedded.crew_process"


class HandLost(Exception):
    """A process has ended, or could not do what it was asked."""


class Hand(Protocol[Done_co]):
    """Works on one thing at a time."""

    def work(self, pieces: Sequence[Piece]) -> Done_co:
        """Return what came of pieces that follow each other."""


class Crew(Generic[Done]):
    """Works on as many things at a time as it has hands."""

    def __init__(self, made: Callable[[], Hand[Done]], hands: int) -> None:
        """Begin with hands that are all in this process.

        Args:
            made: makes what works, in any process; can be pickled.
            hands: how many.
        """
        self._made = made
        self._here = made()
        self._free: SimpleQueue[Hand[Done]] = SimpleQueue()
        for _ in range(hands):
            self._free.put(self._here)
        self._may_leave: SimpleQueue[None] = SimpleQueue()
        self._hiring = ThreadPoolExecutor(max(1, hands - 1))
        self._beside: list[Beside[Done]] = []
        self._left_to_hire = hands - 1

    def __enter__(self) -> Self:
        """Return the crew."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End every process."""
        for one in self._beside:
            one.end()
        self._hiring.shutdown()

    def work(self, pieces: Sequence[Piece]) -> Done:
        """Return what came of pieces that follow each other; in as many threads as it has hands."""
        hand = self._free.get()
        try:
            return hand.work(pieces)
        except HandLost:
            # Whatever is wrong over there: what is wrong with the pieces shows here.
            hand = self._here
            return hand.work(pieces)
        finally:
            self._put_back(hand)

    def grow(self) -> None:
        """Let processes take the place of all hands here but one, each as soon as it is ready.

        They are started once, however often this is asked for.
        """
        missing, self._left_to_hire = self._left_to_hire, 0
        for _ in range(missing):
            # A Python inside another program cannot start itself.
            if os.name != "posix" or not sys.executable:
                return
            with suppress(OSError):
                self._beside.append(Beside(self._made))
                self._hiring.submit(self.hire, self._beside[-1])

    def hire(self, one: Beside[Done]) -> None:
        """Let a process take the place of a hand here, once it is ready."""
        if one.is_ready():
            self._may_leave.put(None)
            self._free.put(one)

    def _put_back(self, hand: Hand[Done]) -> None:
        if hand is self._here:
            with suppress(Empty):
                self._may_leave.get_nowait()
                return
        self._free.put(hand)


class Beside(Generic[Done]):
    """A process beside this one, which works on what it is given, one thing after the other."""

    def __init__(self, made: Callable[[], Hand[Done]]) -> None:
        """Start it, for what makes its worker there.

        Raises:
            OSError: when it cannot be started.
        """
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and a module of ours
            # Not what lies in the working folder.
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE_BYTES,
            # One thread: there is a process for each core.
            env={**os.environ, "POLARS_MAX_THREADS": "1"},
            # A group of its own, so that an interrupt at the terminal is for this process alone.
            process_group=0,
        )
        assert self._process.stdin is not None  # noqa: S101 - a pipe …
        assert self._process.stdout is not None  # noqa: S101 - … and so is this
        self._to, self._from = self._process.stdin, self._process.stdout
        self._made = made
        self._reader: object = None

    def is_ready(self) -> bool:
        """Wait until it has loaded all that it needs; return whether it has."""
        try:
            pickle.dump(self._made, self._to)
            self._to.flush()
            return self._from.readline() == READY
        except (OSError, ValueError):
            return False

    def work(self, pieces: Sequence[Piece]) -> Done:
        """Return what came of pieces that follow each other.

        Raises:
            HandLost: when nothing did.
        """
        try:
            pickle.dump([*map(self._sent, pieces)], self._to, pickle.HIGHEST_PROTOCOL)
            self._to.flush()
            done: Done | None = pickle.load(self._from)  # noqa: S301 - a module of ours wrote it
        except (OSError, EOFError, pickle.UnpicklingError):
            done = None
        if done is None:
            raise HandLost
        return done

    def _sent(self, piece: Piece) -> tuple[object, object]:
        """Return a piece as it is sent: with its reader, unless that is the one of the last."""
        is_known = piece.reader is self._reader
        self._reader = piece.reader
        return None if is_known else piece.reader, piece.content

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()
