"""What running the command line in this process changes, it changes back."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from moodcheck.cli import app


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    output: str
    talk: str


Run = Callable[..., Ran]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Run]:
    """Run the command line in an empty folder, with nobody at a terminal."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    kept = {number: signal.getsignal(number) for number in numbers}
    for name in ("MOODCHECK_REGION", "MOODCHECK_PLAIN", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["moodcheck", *arguments])
        code = app.main()
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    yield run_it
    for number, handler in kept.items():
        signal.signal(number, handler)
