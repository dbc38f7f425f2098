"""A process that works on pieces: reads them from standard input, writes what came of them."""

from __future__ import annotations

import os
import pickle
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from moodcheck.batch.embedded.crew import READY
from moodcheck.batch.embedded.table import Piece


def main() -> None:
    """Work until there is nothing more to read, or nobody reads what comes of it."""
    given = os.fdopen(os.dup(0), "rb")
    taken = os.fdopen(os.dup(1), "wb")
    # Whatever else is printed is no part of what is written.
    os.dup2(2, 1)
    worker = pickle.load(given)()  # noqa: S301 - from the process that started this one
    taken.write(READY)
    taken.flush()

    def write(done: object) -> None:
        pickle.dump(done, taken, protocol=pickle.HIGHEST_PROTOCOL)
        taken.flush()

    reader: Any = None
    # What was done is taken, and what comes next is given, while something is worked on.
    with ThreadPoolExecutor(1) as reading, ThreadPoolExecutor(1) as writing:
        following = reading.submit(pickle.load, given)
        written: Future[None] | None = None
        while True:
            pieces = []
            for new_reader, content in following.result():
                reader = new_reader or reader
                pieces.append(Piece(reader, content, 0))
            following = reading.submit(pickle.load, given)
            try:
                done = worker.work(pieces)
            except Exception:  # noqa: BLE001 - whatever it is, it shows where the pieces come from
                done = None
            if written is not None:
                written.result()
            written = writing.submit(write, done)


if __name__ == "__main__":
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        main()
    # Not by way of what would flush pipes that nobody reads.
    os._exit(0)
