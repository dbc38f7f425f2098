"""A person at a terminal, who types into the installed command and reads what is shown."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Self

import pyte

from tests.functional.window import Window
from tests.in_process import Ran, environment, without_a_shell, words

ENTER, ESC, TAB, BACKSPACE = "\r", "\x1b", "\t", "\x7f"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
CTRL_C, CTRL_D, CTRL_Z, CTRL_BACKSLASH = "\x03", "\x04", "\x1a", "\x1c"

ENTERS_DRAWING, LEAVES_DRAWING = b"\x1b[?1049h", b"\x1b[?1049l"
CLEARS_SCROLLBACK = b"\x1b[3J"

PATIENCE = 20.0
"""Seconds until something that should have been shown counts as missing."""

_QUIET, _BLINK = 0.005, 0.05
# Either the page itself, or the way back to a cursor that stands inside what is typed.
_ENDS_A_PAGE = re.compile(rb"\x1b\[(J|J\x1b\[\d+D)\Z")
_WAKES = re.compile(rb"[\x00-\x1f]")
"""Keys for which a terminal that gives whole lines wakes a command at once."""


def run_in_shell(
    command: str, entered: str | bytes | None = None, *, cwd: Path | None = None, **changes: str
) -> Ran:
    """Run a line for the shell, in processes of its own: `in_process.run` is much faster."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            input=entered.encode() if isinstance(entered, str) else entered,
            stdin=subprocess.DEVNULL if entered is None else None,
            capture_output=True,
            check=False,
            cwd=cwd or home,
            env=environment(Path(home), **changes),
            timeout=3 * PATIENCE,
        )
    return Ran(done.returncode, done.stdout, done.stderr)


class Child:
    """A command at the other end of a terminal."""

    def __init__(
        self, command: str, *, rows: int, columns: int, cwd: Path, env: Mapping[str, str]
    ) -> None:
        """Start a line for the shell, the command in place of the shell."""
        self.code: int | None = None
        self.terminal, theirs = os.openpty()
        self.resize(rows, columns)
        started: dict[str, object] = {
            "terminal": os.ttyname(theirs), "cwd": str(cwd), "env": dict(env),
        }  # fmt: skip
        plain = without_a_shell(command)
        # Python looks at its own variables only when it starts.
        is_for_python = any(name.startswith("PYTHON") for name in env)
        if plain and "<" not in plain.files and not is_for_python:
            started |= {"arguments": plain.arguments, "files": plain.files}
        else:
            started |= {"shell": f"exec {command}"}
        self.pid: int = _ask(started)
        os.close(theirs)

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the terminal's window; the command is told by its terminal."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)

    def read(self, seconds: float) -> bytes:
        """Return what is shown, as soon as there is something; nothing after that time."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.terminal, 65_536)
        except OSError:  # its end is closed: there will be no more
            time.sleep(_QUIET)
            return b""

    @property
    def is_alive(self) -> bool:
        if self.code is None:
            self.code = _ask({"ended": self.pid})
        return self.code is None

    def kill(self) -> None:
        """End it, if it has not ended."""
        if self.is_alive:
            os.kill(self.pid, signal.SIGKILL)
            while self.is_alive:
                time.sleep(0.001)


class Person:
    """Someone at a terminal of their own. Waits for what should be shown, never for a time."""

    def __init__(
        self,
        command: str = "moodcheck",
        *,
        columns: int = 80,
        rows: int = 24,
        cwd: Path | None = None,
        **changes: str,
    ) -> None:
        """Start a line for the shell in a new terminal, the command in place of the shell."""
        self._home = tempfile.TemporaryDirectory()
        home = Path(self._home.name)
        self.command = command
        self.raw = b""
        """Every byte that was shown."""
        self._pressed_at = 0
        self._pressed_in: tuple[str, str] | None = None
        self._is_hung_up = False
        self._child = Child(
            command,
            rows=rows,
            columns=columns,
            cwd=cwd or home,
            env=environment(home, **changes),
        )
        self.found_settings = self.settings
        """How the terminal was set when the person sat down."""
        self._window = Window(columns, rows)
        self._stream = pyte.ByteStream(self._window)
        self._screen: str | None = None  # until it is looked at

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._child.kill()
        if not self._is_hung_up:
            os.close(self.terminal)
        self._home.cleanup()

    def __repr__(self) -> str:
        return f"<a person at {self.command}>"

    @property
    def home(self) -> Path:
        """Where the command was started, unless it was told another place."""
        return Path(self._home.name)

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def terminal(self) -> int:
        """The descriptor of the other end of the terminal."""
        return self._child.terminal

    @property
    def settings(self) -> list[Any]:
        """How the terminal is set now."""
        return termios.tcgetattr(self.terminal)

    @property
    def screen(self) -> str:
        """The window as it is, row by row."""
        if self._screen is None:
            self._screen = "\n".join(line.rstrip() for line in self._window.display)
        return self._screen

    @property
    def scrollback(self) -> str:
        """What was shown above the window and can be scrolled back to."""
        return "\n".join(self._window.scrolled)

    @property
    def is_drawn(self) -> bool:
        """Whether pages replace each other, in the alternate screen."""
        return self._window.is_alternate

    @property
    def view(self) -> str:
        """What the person reads now, one space between words.

        The whole screen where pages replace each other, else all that came since the last key.
        """
        if self.is_drawn:
            return " ".join(self.screen.split())
        return words(self.raw[self._pressed_at :])

    @property
    def is_stopped(self) -> bool:
        """Whether the command is paused, as by Ctrl-Z."""
        state = subprocess.run(
            ["/bin/ps", "-o", "stat=", "-p", str(self.pid)], capture_output=True, check=False
        )
        return state.stdout.strip().startswith(b"T")

    def press(self, *keys: str) -> Self:
        """Press keys one after the other without waiting for anything."""
        return self.type_bytes("".join(keys).encode())

    def type_bytes(self, typed: bytes) -> Self:
        """Let the terminal send bytes once they are waited for: some pages forget earlier ones."""
        self.waits_until(lambda: self._is_awaited, "a command that waits for a key")
        is_by_line = self.settings[3] & termios.ICANON
        wakes = _WAKES.search(typed) if is_by_line else typed
        self._pressed_in = self._nap if wakes else None
        self._pressed_at = len(self.raw)
        os.write(self.terminal, typed)
        return self

    def sees(self, *texts: str) -> Self:
        """Wait until all of the texts can be read."""
        self._waits(lambda: all(map(self._can_read, texts)), texts)
        return self

    def sees_no_more(self, text: str) -> Self:
        """Wait until a text cannot be read any longer."""
        self._waits(lambda: _one_space(text) not in self.view, ("anything without", text))
        return self

    def resize(self, columns: int, rows: int) -> Self:
        """Change the size of the window; the command is told by its terminal."""
        self._window.resize(rows, columns)
        self._screen = None
        self._pressed_at = len(self.raw)
        self._child.resize(rows, columns)
        return self

    def sends(self, number: int) -> Self:
        """Send a signal to the command."""
        self._pressed_at = len(self.raw)
        os.kill(self.pid, number)
        return self

    def is_paused(self) -> Self:
        """Wait until the command is paused."""
        return self.waits_until(lambda: self.is_stopped, "a pause")

    def changes_from(self, screen: str) -> Self:
        """Wait until a whole page is on the screen that is not the one before."""
        return self.waits_until(
            lambda: self.screen != screen and not self._is_half_drawn, "another screen"
        )

    def waits_until(self, is_so: Callable[[], bool], wanted: str) -> Self:
        """Wait until something is so that `sees` cannot say."""
        self._waits(is_so, (wanted,))
        return self

    def is_asked_for_keys(self) -> Self:
        """Wait until the command takes single keys from the terminal."""
        return self.waits_until(lambda: self.settings != self.found_settings, "single keys")

    def reads_on(self) -> Self:
        """Take in what is shown, whatever that is."""
        while self._reads(_QUIET):
            pass
        return self

    def hangs_up(self) -> int:
        """Close the window under the command, and return its exit code."""
        os.close(self.terminal)
        self._is_hung_up = True
        end = time.monotonic() + PATIENCE
        while self._child.is_alive:
            assert time.monotonic() < end, "It outlived its window"
            time.sleep(_BLINK)
        return int(self._child.code or 0)

    def ends(self) -> int:
        """Wait until the command has ended, and return its exit code."""
        self._waits(lambda: not self._child.is_alive, ("its end",))
        return int(self._child.code or 0)

    def _waits(self, is_so: Callable[[], bool], wanted: tuple[str, ...]) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            # Asked before reading, so that what came meanwhile is asked about again.
            was_so = is_so()
            if not self._reads(_QUIET if was_so else _BLINK) and was_so:
                return
            assert time.monotonic() < end, f"Waited for {wanted}; there is\n{self.screen}"

    @property
    def _is_awaited(self) -> bool:
        """Whether the command sleeps again after the last key, as it does until there is one."""
        state, nap = self._nap
        return state in {"T", "Z", ""} or (state == "S" and (state, nap) != self._pressed_in)

    @property
    def _nap(self) -> tuple[str, str]:
        """What the command does, and how often it has slept; of a shell, what that has started.

        Nothing where there is no `/proc`: there, a page that forgets keys may miss one.
        """
        pid = str(self.pid)
        with suppress(FileNotFoundError, ProcessLookupError):
            while below := Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split():
                pid = below[-1]
            said = dict(
                line.split(":\t", 1)
                for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
            )
            return said["State"][0], f"{pid} {said['voluntary_ctxt_switches']}"
        return "", ""

    @property
    def _is_half_drawn(self) -> bool:
        return self.is_drawn and not _ENDS_A_PAGE.search(self.raw[-16:])

    def _can_read(self, text: str) -> bool:
        return not self._is_half_drawn and _one_space(text) in self.view

    def _reads(self, seconds: float) -> bool:
        """Read what has been shown, if anything comes within that time."""
        if self._is_hung_up or not (chunk := self._child.read(seconds)):
            return False
        self.raw += chunk
        self._stream.feed(chunk)
        self._screen = None
        return True


def make_key(passphrase: str, salt: bytes) -> None:
    """Make the key of a history once, for whoever will unlock it or a copy: it takes its time."""
    _ask({"passphrase": passphrase, "salt": salt.hex()})


def _ask(request: Mapping[str, object]) -> Any:  # noqa: ANN401 - whatever is answered
    server = _fork_server()
    assert server.stdin
    assert server.stdout
    server.stdin.write(f"{json.dumps(request)}\n")
    server.stdin.flush()
    return json.loads(server.stdout.readline())


@cache
def _fork_server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("fork_server.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(server.communicate)
    return server


def _one_space(text: str) -> str:
    return " ".join(text.split())
