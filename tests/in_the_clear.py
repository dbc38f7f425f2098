"""What stands in the pages of a history, read without its cipher."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from moodcheck.history.store.connection import open_connection
from moodcheck.history.store.store_file import PAGE

_LOG_HEAD, _FRAME_HEAD = 32, 24
"""Bytes before the first frame of a log, and before the page in each."""


def in_the_clear(path: Path, passphrase: str) -> bytes:
    """Return every page of a store without its cipher: those in use, free ones, and the log's."""
    with TemporaryDirectory() as folder:
        for file in path.parent.glob(f"{path.name}*"):
            shutil.copy(file, folder)
        copy = Path(folder) / path.name
        log = copy.with_name(copy.name + "-wal")
        database = open_connection(copy, passphrase).connection
        pages = [(0, at) for at in range(0, copy.stat().st_size, PAGE)]
        frames = range(_LOG_HEAD, log.stat().st_size, _FRAME_HEAD + PAGE)
        pages += [(1, at + _FRAME_HEAD) for at in frames]
        read = [database.read("main", which, at, PAGE) for which, at in pages]
        database.close()
    assert read[0][1].startswith(b"SQLite format 3")
    assert all(was_whole for was_whole, _page in read)
    return b"".join(page for _was_whole, page in read)


def anywhere(path: Path, passphrase: str) -> bytes:
    """Return every byte in the folder of a store, and every page of it without its cipher."""
    files = [file.read_bytes() for file in path.parent.rglob("*") if file.is_file()]
    return b"".join([*files, in_the_clear(path, passphrase)])
