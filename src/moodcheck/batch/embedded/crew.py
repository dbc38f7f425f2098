"""Whoever works on parts side by side: this process, and others beside it.

Python runs in one thread at a time, so threads leave cores idle, and take turns to no purpose; a
process takes half a second to start and megabytes of its own, so there is none before there is
enough to do.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from moodcheck.batch.embedded.table import Piece
    from moodcheck.batch.embedded.taken import Part

Done = TypeVar("Done")
Done_co = TypeVar("Done_co", covariant=True)

READY = b"ready\n"
"""What a process says once it has loaded what it works with."""

_ENOUGH = 2
"""Parts that a process is given, so that whenever it is done with one it finds the next."""

_MOST_UNDER_WAY = 3
"""Parts, for each process, of which those that are done wait for one in front of them."""

_PIPE_BYTES = 1024 * 1024
_MODULE = "moodcheck.batch.embedded.crew_process"


class HandLost(Exception):
    """A process has ended, or could not do what it was asked."""


class Hand(Protocol[Done_co]):
    """Works on one thing at a time."""

    def work(self, pieces: Sequence[Piece]) -> Done_co:
        """Return what came of pieces that follow each other."""


class Crew(Generic[Done]):
    """Works on one part here, and on others in processes beside this one."""

    def __init__(self, made: Callable[[], Hand[Done]], hands: int) -> None:
        """Begin with this process alone.

        Args:
            made: makes what works, in any process; can be pickled.
            hands: how many parts are worked on at a time, at most.
        """
        self._made = made
        self._here = made()
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

    def grow(self) -> None:
        """Start processes, each of which is given parts as soon as it is ready.

        They are started once, however often this is asked for.
        """
        missing, self._left_to_hire = self._left_to_hire, 0
        for _ in range(missing):
            # A Python inside another program cannot start itself.
            if os.name != "posix" or not sys.executable:
                return
            with suppress(OSError):
                self._beside.append(Beside(self._made))

    def each(self, parts: Iterable[Part]) -> Iterator[tuple[Part, Done]]:
        """Yield each part and what comes of it, in their order, with a few of them under way."""
        under_way: deque[tuple[Part, Future[Done]]] = deque()
        for part in parts:
            free = min(self._beside, key=lambda one: one.waiting, default=None)
            if free is not None and free.waiting < _ENOUGH:
                under_way.append((part, free.begin(_pieces(part))))
            else:
                under_way.append((part, self._worked_on(part)))
            most = _MOST_UNDER_WAY * len(self._beside)
            while under_way and (len(under_way) > most or under_way[0][1].done()):
                yield self._finished(*under_way.popleft())
        while under_way:
            yield self._finished(*under_way.popleft())

    def _worked_on(self, part: Part) -> Future[Done]:
        done: Future[Done] = Future()
        try:
            done.set_result(self._here.work(_pieces(part)))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised in its turn
            done.set_exception(error)
        return done

    def _finished(self, part: Part, done: Future[Done]) -> tuple[Part, Done]:
        try:
            return part, done.result()
        except HandLost:
            # Whatever is wrong over there: what is wrong with the pieces shows here.
            return part, self._here.work(_pieces(part))


def _pieces(part: Part) -> Sequence[Piece]:
    return [piece for _, piece in part]


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
            env={**os.environ, "POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            # A group of its own, so that an interrupt at the terminal is for this process alone.
            process_group=0,
        )
        assert self._process.stdin is not None  # noqa: S101 - a pipe …
        assert self._process.stdout is not None  # noqa: S101 - … and so is this
        self._to, self._from = self._process.stdin, self._process.stdout
        self._made = made
        self._reader: object = None
        # Whoever writes to it may have to wait until it reads, and the other way round.
        self._sending, self._receiving = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self.is_ready = self._receiving.submit(self._prepared)
        """Whether it has loaded all that it needs."""
        self._given: list[Future[Done]] = []

    @property
    def waiting(self) -> int:
        """How many things it has not done yet; more than anybody has until it can do any."""
        if not (self.is_ready.done() and self.is_ready.result()):
            return sys.maxsize
        self._given = [one for one in self._given if not one.done()]
        return len(self._given)

    def begin(self, pieces: Sequence[Piece]) -> Future[Done]:
        """Let it work on pieces that follow each other, after what it was given before.

        What comes of them is a HandLost where nothing does.
        """
        sent = self._sending.submit(self._send, pieces)
        self._given.append(self._receiving.submit(self._received, sent))
        return self._given[-1]

    def _prepared(self) -> bool:
        """Wait until it has loaded all that it needs; return whether it has."""
        try:
            pickle.dump(self._made, self._to)
            self._to.flush()
            return self._from.readline() == READY
        except (OSError, ValueError, pickle.PicklingError):
            return False

    def _send(self, pieces: Sequence[Piece]) -> None:
        pickle.dump([*map(self._sent, pieces)], self._to, pickle.HIGHEST_PROTOCOL)
        self._to.flush()

    def _received(self, sent: Future[None]) -> Done:
        """Return what came of pieces once they were sent; raises HandLost when nothing did."""
        try:
            sent.result()
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
        self._sending.shutdown(cancel_futures=True)
        self._receiving.shutdown(cancel_futures=True)
        for pipe in (self._to, self._from):
            with suppress(OSError):
                pipe.close()
