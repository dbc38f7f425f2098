"""The streams, and the boundary at which every error becomes one message and an exit code."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import shutil
import sys
import traceback
import unicodedata
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from moodcheck.errors import ExitCode, IOFailed, MoodcheckError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.signals import Interrupted, LeftAtOnce, end_by_exception

_WORD = re.compile(r" *[^ ]+")

_WITH_STAND_INS = "moodcheck.readable"

_STAND_INS = str.maketrans(
    {
        "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "•": "*",
        "·": "-", "→": "->", "←": "<-", "╌": ".", "─": "-", "━": "=", "│": "|",
        "┃": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "\xa0": " ",
        "░": ".", "▒": ":", "▓": "#",
    }
)  # fmt: skip


def run(command: Callable[[], int]) -> int:
    """Run a command and return its exit code; nobody ever sees a traceback."""
    make_streams_readable()
    end_by_exception()
    try:
        code = command()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except MoodcheckError as error:
        return _fail(error, error.exit_code)
    except (Interrupted, KeyboardInterrupt):
        return _end_quietly(ExitCode.INTERRUPTED)
    except LeftAtOnce:
        return _end_quietly(ExitCode.OK)
    except OSError as error:
        return _io_failure(error)
    except Exception as error:  # noqa: BLE001 - the boundary: what gets here is a bug of ours
        return _fail(_bug(error), ExitCode.BUG)
    return code


def write_out(content: str | bytes) -> None:
    """Write to standard output: a text in its encoding, bytes as they are.

    Raises:
        IOFailed: when there is no standard output.
    """
    stream = _standard_output()
    if isinstance(content, bytes):
        stream.flush()
        stream.buffer.write(content)
    else:
        stream.write(content)
    stream.flush()


def write_file_out(path: Path) -> None:
    """Write the bytes of a file to standard output.

    Raises:
        IOFailed: when there is no standard output.
    """
    stream = _standard_output()
    stream.flush()
    with path.open("rb") as file:
        shutil.copyfileobj(file, stream.buffer, 1024 * 1024)
    stream.buffer.flush()


def _standard_output() -> TextIO:
    if sys.stdout is None:
        raise IOFailed("There is no standard output to write to", mend="Use --output FILE")
    return sys.stdout


def say(text: str) -> None:
    """Write to standard error, where everything goes that is not data."""
    if sys.stderr is not None:
        sys.stderr.write(text)
        sys.stderr.flush()


def write_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output; outside text in them comes out fit to show.

    Raises:
        IOFailed: when there is no standard output.
    """
    write_out("".join(f"{safe_text(line)}\n" for line in lines))


def tell(*said: str | MoodcheckError) -> None:
    """Say sentences and failures, each on lines of its own; at a terminal no word is broken.

    Outside text in them comes out fit to show.
    """
    lines = [line for one in said for line in _lines_of(one)]
    if is_terminal(sys.stderr):
        columns, _rows = size_of(sys.stderr)
        lines = [_broken_between_words(line, columns) for line in lines]
    say("\n".join(lines) + "\n")


def _lines_of(said: str | MoodcheckError) -> list[str]:
    # A failure has made its texts fit to show, and says each of its problems in a line.
    return [safe_text(said)] if isinstance(said, str) else str(said).split("\n")


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether the stream is a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def size_of(stream: TextIO | None) -> tuple[int, int]:
    """Return the columns and rows of the terminal behind a stream; 80 by 24 where there is none."""
    if stream is None:
        return 80, 24
    try:
        size = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return 80, 24
    return size.columns or 80, size.lines or 24


def is_dumb() -> bool:
    """Return whether the terminal says that it can only print lines."""
    return os.environ.get("TERM", "dumb" if sys.platform != "win32" else "") in {"dumb", "unknown"}


def _broken_between_words(line: str, columns: int) -> str:
    broken, column = "", 0
    for word in _WORD.findall(line):
        # A path that fits no line stays whole, so that it can be copied.
        if column + len(word) > columns >= len(word.strip()):
            broken, column, word = f"{broken}\n", 0, word.strip()  # noqa: PLW2901 - without its space
        # After a full line the cursor waits at its end, and the next word goes below.
        broken, column = broken + word, (column + len(word) - 1) % columns + 1
    return broken


def _fail(failure: str | MoodcheckError, code: ExitCode) -> int:
    with contextlib.suppress(OSError, ValueError):
        say("moodcheck: ")
        tell(failure)
    return _end_quietly(code)


def _io_failure(error: OSError) -> int:
    if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
        return _end_quietly(ExitCode.READER_GONE)
    reason = error.strerror or "unknown reason"
    message = f"Reading or writing broke off: {reason}. Make room or name another place."
    return _fail(message, ExitCode.IO_FAILED)


def _bug(error: Exception) -> str:
    # The message of the exception is left out: it may quote an answer.
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return (
        f"This is a mistake in moodcheck ({type(error).__name__} at {place}). "
        "Nothing was saved. Please report it with this line."
    )


def _end_quietly(code: ExitCode) -> int:
    """Return `code`, with nothing left in the streams that could fail when Python ends."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def make_streams_readable() -> None:
    """Let stdout and stderr write a stand-in for what their encoding lacks, and never fail."""
    codecs.register_error(_WITH_STAND_INS, _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_WITH_STAND_INS)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return ascii_stand_in(error.object[error.start : error.end]), error.end


def ascii_stand_in(text: str) -> str:
    """Return `text` in ASCII: accents dropped, lines and bars drawn with signs, else `?`."""
    plain = unicodedata.normalize("NFKD", text.translate(_STAND_INS))
    without_marks = "".join(char for char in plain if not unicodedata.combining(char))
    return without_marks.encode("ascii", "replace").decode("ascii")
