"""A file → its bytes, and no more of them than its reader has room for."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from moodcheck.errors import InputNotFound
from moodcheck.files.paths import refuse_url

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MOST_BYTES = 256 * 1024
"""How large a data file may be."""


def read_file(
    source: Path | Traversable, *, most: int = MOST_BYTES, called: str = "", pipes: bool = False
) -> tuple[str, bytes]:
    """Return the name of `source`, fit to show, and its content.

    Args:
        source: where it is.
        most: how many bytes it may have; of a larger file one byte more is read.
        called: what messages put before its name.
        pipes: whether a pipe or a device is read, too: a shell's `<(command)` is one.

    Raises:
        UsageError: when its name looks like an address on a network.
        InputNotFound: when it is not there, is no ordinary file, or may not be read.
    """
    refuse_url(str(source))
    name = str(source)
    try:
        with _opened(source, pipes=pipes) as file:
            return name, file.read(most + 1)
    except FileNotFoundError:
        why, mend = "there is no such file", "Check its name and its folder"
    except IsADirectoryError:
        why, mend = "it is a folder", "Choose a file in it"
    except PermissionError:
        why, mend = "you are not allowed to", "Ask its owner, or change its permissions"
    except _NotAFile:
        why, mend = "it is not an ordinary file", "Save its content in a file first"
    except (OSError, ValueError):
        why, mend = "that cannot be a file name, or its disk is failing", "Try another file"
    raise InputNotFound(f"{called}{name} cannot be read: {why}", mend=mend)


class _NotAFile(Exception):
    """A device, a pipe or a socket."""


def _opened(source: Path | Traversable, *, pipes: bool) -> BinaryIO:
    if isinstance(source, Path):
        return open(source, "rb", opener=None if pipes else _open_without_waiting)
    if source.is_dir():
        raise IsADirectoryError
    return source.open("rb")  # type: ignore[return-value]  # the protocol says IO[Any]


def _open_without_waiting(path: str, _flags: int) -> int:
    # Without O_NONBLOCK, opening a named pipe waits for a writer that may never come.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    raise IsADirectoryError if stat.S_ISDIR(mode) else _NotAFile
