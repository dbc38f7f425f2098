"""Runs `moodcheck score` on files in an empty folder, as whoever got them would."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.core.small import document

QUESTIONNAIRE = "small.yaml"
"""Three items a, b and c, each 0 to 3; c is critical from 1 on."""


@dataclass(frozen=True)
class Scored:
    """What a run left behind."""

    code: int
    said: str
    """Standard error, where it is no report."""
    report: dict[str, Any] | None
    scores: str | None
    rejects: str | None
    alerts: str | None


def score(folder: Path, files: Mapping[str, bytes], *options: str) -> Scored:
    """Write files into the folder, score them all, and read what came of it."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return score_there(folder, *files, *options)


def score_there(folder: Path, *arguments: str) -> Scored:
    """Score with these arguments what is in the folder."""
    (folder / QUESTIONNAIRE).write_text(json.dumps(document()), encoding="utf-8")
    command = [sys.executable, "-m", "moodcheck", "score", *arguments]
    command += ["--questionnaire", QUESTIONNAIRE, "--output", "scores.csv", "--report", "json"]
    done = subprocess.run(
        command, check=False, cwd=folder, capture_output=True, text=True, timeout=100
    )
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    report, said = _told(done.stderr)
    outputs = ("scores.csv", "scores.rejects.csv", "scores.alerts.csv")
    return Scored(
        done.returncode,
        said,
        report,
        *(_content(folder / name) for name in outputs),
    )


def _told(stderr: str) -> tuple[dict[str, Any] | None, str]:
    """Return the report, if there is one, and the message, if there is one."""
    start, end = stderr.find("{\n"), stderr.rfind("\n}\n")
    if start < 0:
        return None, stderr
    return json.loads(stderr[start : end + 2]), stderr[:start] + stderr[end + 3 :]


def _content(path: Path) -> str | None:
    return path.read_bytes().decode() if path.exists() else None
