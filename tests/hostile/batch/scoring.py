"""Runs `moodcheck score` on files in an empty folder, as whoever got them would."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.in_process import run
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


def score_piped(folder: Path, content: bytes, *options: str) -> Scored:
    """Score what comes through standard input."""
    (folder / "piped").write_bytes(content)
    return score_there(folder, "-", *options, stdin=" < piped")


def score_there(folder: Path, *arguments: str, stdin: str = "") -> Scored:
    """Score with these arguments what is in the folder."""
    (folder / QUESTIONNAIRE).write_text(json.dumps(document()), encoding="utf-8")
    options = ["--questionnaire", QUESTIONNAIRE, "--output", "scores.csv", "--report", "json"]
    done = run(shlex.join(["moodcheck", "score", *arguments, *options]) + stdin, cwd=folder)
    talk = done.talk.decode()
    assert "Traceback" not in talk
    assert done.output == b""
    report, said = _told(talk)
    scores = "scores.partial.csv" if done.code == 3 else "scores.csv"
    outputs = (scores, "scores.rejects.csv", "scores.alerts.csv")
    return Scored(
        done.code,
        said,
        report,
        *(_content(folder / name) for name in outputs),
    )


def _told(talk: str) -> tuple[dict[str, Any] | None, str]:
    """Return the report, if there is one, and the message, if there is one."""
    start, end = talk.find("{\n"), talk.rfind("\n}\n")
    if start < 0:
        return None, talk
    return json.loads(talk[start : end + 2]), talk[:start] + talk[end + 3 :]


def _content(path: Path) -> str | None:
    return path.read_bytes().decode() if path.exists() else None
