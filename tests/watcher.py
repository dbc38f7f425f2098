"""A fresh Python that runs some code and writes down what the interpreter was asked for.

Started by `tests.watched`, with the name of the report, the code, and the code's own arguments.
"""

from __future__ import annotations

import atexit
import json
import os
import sys

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = {"os.mkdir", "os.rename", "os.link", "os.symlink", "os.truncate"}
PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "pty.spawn"}


def meaning(event: str, arguments: tuple[object, ...]) -> tuple[str, str] | None:
    """Return what an event of the interpreter means for a promise, if it means anything."""
    if event.startswith("socket."):
        return "network", event
    if event in PROGRAMS:
        return "programs", event
    if event == "import":
        return "imports", str(arguments[0])
    if event in CHANGES:
        return "writes", str(arguments[0])
    if event == "open" and isinstance(arguments[0], str | bytes):
        flags = arguments[2]
        return ("writes", str(arguments[0])) if isinstance(flags, int) and flags & WRITING else None
    return None


def main() -> None:
    report, code, *sys.argv[1:] = sys.argv[1:]
    file = open(report, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open until the very end
    seen: list[tuple[str, str]] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        meant = meaning(event, arguments)
        if meant is not None:
            seen.append(meant)

    atexit.register(lambda: json.dump(seen, file))
    sys.addaudithook(note)
    exec(compile(code, "<watched>", "exec"), {})  # noqa: S102 - that is what it is for


if __name__ == "__main__":
    main()
