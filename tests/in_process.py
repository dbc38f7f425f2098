"""The command line, run in the process of the tests: where a process is not what is tested."""

from __future__ import annotations

import os
import re
import shlex
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import IO, BinaryIO

import pytest

from moodcheck.cli import app

COMMANDS = Path(sys.executable).parent
"""Where the installed command is."""

CONTROL = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x09\x0b-\x1f]")

_REDIRECTION = re.compile(r"\s(\d?)<\s*([^\s<]\S*)")
_QUOTED = re.compile("'[^']*'|\"[^\"]*\"")
_NEEDS_A_SHELL = re.compile("[|&;<>`$]")
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@dataclass(frozen=True)
class Ran:
    """A command that ended, with nobody at a terminal."""

    code: int
    output: bytes
    talk: bytes

    @property
    def said(self) -> str:
        """Standard error, one space between words."""
        return words(self.talk)

    @property
    def shown(self) -> str:
        """Standard output, one space between words."""
        return words(self.output)


def words(shown: bytes) -> str:
    """Return what can be read of bytes for a terminal, one space between words."""
    return " ".join(CONTROL.sub(b"", shown).decode(errors="replace").split())


def environment(home: Path, **changes: str) -> dict[str, str]:
    """Return a plain environment, in which nothing is wished for but what `changes` say."""
    # Whoever measures coverage also wants to know what the installed command runs.
    measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return {
        "PATH": f"{COMMANDS}{os.pathsep}{os.defpath}",
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        **measured,
        **changes,
    }


@dataclass(frozen=True)
class Plain:
    """A line for the shell that starts our command and needs no shell to do so."""

    arguments: list[str]
    files: dict[str, str]
    """What is to be read, by its descriptor; `<` where that is standard input."""


def without_a_shell(command: str) -> Plain | None:
    """Return what a line for the shell starts, or nothing where it takes a shell."""
    line = _REDIRECTION.sub("", command)
    if _NEEDS_A_SHELL.search(_QUOTED.sub("", line)):
        return None
    name, *arguments = shlex.split(line)
    if name != "moodcheck":
        return None
    return Plain(arguments, {at or "<": file for at, file in _REDIRECTION.findall(command)})


def run(
    command: str, entered: str | bytes | None = None, *, cwd: Path | None = None, **changes: str
) -> Ran:
    """Run a line for the shell that needs none, but for `<` and `3<`.

    With a pipe (or nothing) as standard input, where it is no file.
    """
    plain = without_a_shell(command)
    assert plain, f"this needs a shell: {command}"
    with tempfile.TemporaryDirectory() as home, ExitStack() as files:
        place, stdin, arguments = cwd or Path(home), None, plain.arguments
        for number, file in plain.files.items():
            opened = files.enter_context((place / file).open("rb"))
            if number == "<":
                stdin = opened
            else:
                arguments = _with_descriptor(arguments, number, opened.fileno())
        return moodcheck(
            arguments,
            stdin or files.enter_context(_pipe(entered)),
            cwd=place,
            env=environment(Path(home), **changes),
        )


def moodcheck(
    arguments: Sequence[str], stdin: BinaryIO, *, cwd: Path, env: Mapping[str, str]
) -> Ran:
    """Run the command line with these arguments, and put back what it changes in this process."""
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as talk,
    ):
        patch.chdir(cwd)
        for name in set(os.environ) - set(env):
            patch.delenv(name)
        for name, value in env.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["moodcheck", *arguments])
        streams = {
            name: TextIOWrapper(file, encoding="utf-8", errors="surrogateescape")
            for name, file in [("stdin", stdin), ("stdout", output), ("stderr", talk)]
        }
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        try:
            code = app.main()
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            for stream in streams.values():
                stream.detach()
        return Ran(int(code), _whole(output), _whole(talk))


@contextmanager
def _pipe(entered: str | bytes | None) -> Iterator[BinaryIO]:
    """Give the end of a pipe into which this is written, or nothing to read at all."""
    if entered is None:
        with Path(os.devnull).open("rb") as nothing:
            yield nothing
        return
    reading, writing = os.pipe()

    def write() -> None:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as stream:
            stream.write(entered.encode() if isinstance(entered, str) else entered)

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(reading, "rb") as stream:
        yield stream
    writer.join()


def _with_descriptor(arguments: list[str], number: str, given: int) -> list[str]:
    """Return arguments in which options name the descriptor that stands for a shell's."""
    return [
        str(given) if word == number and before.endswith("-fd") else word
        for before, word in pairwise(["", *arguments])
    ]


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
