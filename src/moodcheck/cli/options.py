"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.errors import UsageError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import is_dumb, is_terminal

if TYPE_CHECKING:
    from pathlib import Path

RegionOption = Annotated[
    str | None,
    typer.Option(
        "--region",
        metavar="COUNTRY",
        help="The country for the help lines: a name or two letters. If left out: "
        "MOODCHECK_REGION.",
    ),
]

PlainOption = Annotated[
    bool,
    typer.Option(
        "--plain",
        help="Show plain lines only, for screen readers and logs. MOODCHECK_PLAIN=1 does the same.",
    ),
]

EnterOption = Annotated[
    bool,
    typer.Option(
        "--enter", help="Wait for Enter after every key, for hands that are slow or hold keys down."
    ),
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
    PlainOrJson, typer.Option("--format", help="plain for people, json for programs.")
]


ENDINGS = {".txt": Format.PLAIN, ".json": Format.JSON}
"""What the name of a file says of its format; without an ending it is plain text."""


def format_for_file(path: Path, chosen: Format | None) -> Format:
    """Return the format for a file: as chosen, else by its ending.

    Raises:
        UsageError: when the ending is that of another kind of file.
    """
    ending = path.suffix.lower()
    if ending and ending not in ENDINGS:
        known = " or ".join(ENDINGS)
        raise UsageError(
            f"A summary cannot be written as '{safe_text(ending)}'",
            mend=f"Choose a name that ends in {known}",
        )
    return chosen or ENDINGS.get(ending, Format.PLAIN)


def wants_plain(*, plain: bool) -> bool:
    """Return whether the person's terminal or wish rules out drawing."""
    return plain or is_dumb() or os.environ.get("MOODCHECK_PLAIN", "0") not in {"", "0"}


def format_for_stdout(chosen: Format | None, *, plain: bool) -> Format:
    """Return the format for standard output: as chosen, else by who reads it."""
    if chosen is not None:
        return chosen
    return Format.PLAIN if wants_plain(plain=plain) or not is_terminal(sys.stdout) else Format.RICH
