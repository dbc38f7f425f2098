"""Starts the command at a terminal again and again, in forks of a process that has loaded it once.

Run as a script. It reads requests as lines of JSON and answers each with a line of its own:

- {"terminal": …, "cwd": …, "env": …, "arguments": […], "files": {…}} starts the command there with
  these arguments and files at these descriptors; with "shell" instead of arguments, a line for the
  shell. The answer is the number of its process.
- {"ended": number} is answered with its exit code, or null while it runs.
- {"passphrase": …, "salt": …} makes a key beforehand, which takes its time on purpose.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import sys
import termios
from functools import cache
from hashlib import pbkdf2_hmac
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import moodcheck
from moodcheck.__main__ import main
from moodcheck.history.store import keys

Request = dict[str, Any]

PACKAGE = Path(moodcheck.__path__[0])


def serve() -> None:
    """Answer requests until there are no more."""
    _load()
    for line in sys.stdin:
        asked = json.loads(line)
        if "ended" in asked:
            child, status = os.waitpid(asked["ended"], os.WNOHANG)
            _answer(os.waitstatus_to_exitcode(status) if child else None)
        elif "salt" in asked:
            keys.StoreKey.new(asked["passphrase"], bytes.fromhex(asked["salt"]))
            _answer(None)
        else:
            terminal = os.open(asked["terminal"], os.O_RDWR | os.O_NOCTTY)
            if not (child := os.fork()):
                _begin(asked, terminal)
                return
            os.close(terminal)
            _answer(child)


def _load() -> None:
    """Import all but what scores files: engines have threads, which do not live on in a fork."""
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if "batch" not in parts:
            import_module(".".join(parts).removesuffix(".__init__"))
    patch.object(keys, "pbkdf2_hmac", cache(pbkdf2_hmac)).start()
    gc.freeze()


def _answer(answer: int | None) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - that is how it talks


def _begin(asked: Request, terminal: int) -> None:
    """Become the command: first of a session of its own, at its terminal."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in (0, 1, 2):
        os.dup2(terminal, number)
    os.closerange(3, terminal + 1)
    os.chdir(asked["cwd"])
    if "shell" in asked:
        os.execve("/bin/sh", ["sh", "-c", asked["shell"]], asked["env"])  # noqa: S606 - it is the shell
    os.environ.clear()
    os.environ.update(asked["env"])
    for number, path in asked["files"].items():
        file = os.open(path, os.O_RDONLY)
        os.dup2(file, int(number))
        if file != int(number):
            os.close(file)
    sys.argv = ["moodcheck", *asked["arguments"]]
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        # Line by line, as Python does at a terminal.
        stream = open(number, mode, 1, encoding="utf-8", errors="surrogateescape", closefd=False)  # noqa: SIM115 - a descriptor has no path, and stays open
        setattr(sys, name, stream)
    main()


if __name__ == "__main__":
    serve()
