"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from moodcheck.terminal.console import is_dumb, is_terminal

RegionOption = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="CC",
        help="Country for the help lines, as two letters (US, GB, …). Else MOODCHECK_REGION.",
    ),
]

PlainOption = Annotated[
    bool,
    typer.Option(
        "--plain", help="Only add lines: for screen readers and logs. Also MOODCHECK_PLAIN=1."
    ),
]

EnterOption = Annotated[
    bool,
    typer.Option("--enter", help="Take entries only with Enter: for held keys and slow hands."),
]


class Format(StrEnum):
    """How a summary is written."""

    RICH = "rich"
    PLAIN = "plain"
    JSON = "json"


class PlainOrJson(StrEnum):
    """How a list or a description is written."""

    PLAIN = "plain"
    JSON = "json"


PlainOrJsonOption = Annotated[
    PlainOrJson, typer.Option("--format", help="plain to read, json to process.")
]


def wants_plain(*, plain: bool) -> bool:
    """Return whether the person's terminal or wish rules out drawing."""
    return plain or is_dumb() or os.environ.get("MOODCHECK_PLAIN", "0") not in {"", "0"}


def format_for_stdout(chosen: Format | None, *, plain: bool) -> Format:
    """Return the format for standard output: as chosen, else by who reads it."""
    if chosen is not None:
        return chosen
    return Format.PLAIN if wants_plain(plain=plain) or not is_terminal(sys.stdout) else Format.RICH
