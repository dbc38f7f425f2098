"""Options that several commands share, and what they mean."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.core.crisis import Region
from moodcheck.errors import UsageError
from moodcheck.history.store.store_file import default_store
from moodcheck.loading.context import Context
from moodcheck.report import formats
from moodcheck.report.formats import Format
from moodcheck.report.help_block import help_document
from moodcheck.report.render_plain import render
from moodcheck.terminal.console import is_dumb, is_terminal, say, size_of

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


StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="FILE",
        help="The file of the history. If left out: MOODCHECK_STORE, or your own.",
    ),
]

PassphraseOption = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd", metavar="N", help="Read the passphrase from this open file descriptor."
    ),
]

CodeOption = Annotated[
    int | None,
    typer.Option(
        "--recovery-code-fd",
        metavar="N",
        help="Read a recovery code from this open file descriptor instead.",
    ),
]

KeyringOption = Annotated[
    bool,
    typer.Option(
        "--keyring",
        help="Keep the passphrase in the keyring of your operating system (an optional part).",
    ),
]

_PARAMETERS = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=option)
    for name, option, default in (
        ("store", StoreOption, None),
        ("passphrase_fd", PassphraseOption, None),
        ("recovery_code_fd", CodeOption, None),
        ("keyring", KeyringOption, False),
    )
]


class PlainOrJson(StrEnum):
    """How a list or a description is written."""

    PLAIN = "plain"
    JSON = "json"


PlainOrJsonOption = Annotated[
    PlainOrJson, typer.Option("--format", help="plain for people, json for programs.")
]


@dataclass(frozen=True, slots=True)
class StoreOptions:
    """Which history, and where its passphrase comes from."""

    store: Path | None = None
    passphrase_fd: int | None = None
    keyring: bool = False
    recovery_code_fd: int | None = None

    @property
    def path(self) -> Path:
        """Where the history is, or will be."""
        if self.store is not None:
            return self.store
        setting = os.environ.get("MOODCHECK_STORE")
        return Path(setting) if setting else default_store()


def with_store_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of the history, as its last ones; it takes them as `store`."""

    @wraps(command)
    def with_options(
        *,
        store: Path | None,
        passphrase_fd: int | None,
        recovery_code_fd: int | None,
        keyring: bool,
        **others: object,
    ) -> int:
        if passphrase_fd is not None and recovery_code_fd is not None:
            raise UsageError(
                "--passphrase-fd and --recovery-code-fd contradict each other",
                mend="Use one of the two",
            )
        return command(
            **others, store=StoreOptions(store, passphrase_fd, keyring, recovery_code_fd)
        )

    own = signature(command, eval_str=True)
    others = [one for one in own.parameters.values() if one.name != "store"]
    # Typer reads the options of a command from its signature.
    whole = own.replace(parameters=[*others, *_PARAMETERS])
    with_options.__signature__ = whole  # type: ignore[attr-defined]
    return with_options


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How the person wants to be asked and shown."""

    plain: bool
    enter: bool
    discreet: bool
    format: Format | None
    output: str | None
    save: bool
    store: StoreOptions


def refuse_for_stdout(chosen: Format | None) -> None:
    """Say before the questions, not after them, that a summary cannot be shown in a format.

    Raises:
        UsageError: when that is a PDF for a terminal.
        PartNotInstalled: when the part that writes this format is not installed.
    """
    if chosen is Format.PDF and is_terminal(sys.stdout):
        raise UsageError("A terminal cannot show a PDF", mend="Name a file with --output")
    formats.refuse_if_part_missing(chosen)


def wants_plain(*, plain: bool) -> bool:
    """Return whether the person's terminal or wish rules out drawing."""
    return plain or is_dumb() or os.environ.get("MOODCHECK_PLAIN", "0") not in {"", "0"}


def format_for_stdout(chosen: Format | None, *, plain: bool) -> Format:
    """Return the format for standard output: as chosen, else by who reads it."""
    if chosen is not None:
        return chosen
    return Format.PLAIN if wants_plain(plain=plain) or not is_terminal(sys.stdout) else Format.RICH


def find_region(context: Context, name: str | None, *, show: Callable[[str], None] = say) -> Region:
    """Return the region as named, set or guessed.

    Whoever mistypes a country may need its numbers now: `show` is given all that are known.

    Raises:
        UsageError: when what was named or set is not a country.
    """
    try:
        return context.region(name)
    except UsageError:
        show(render(help_document(context.help_panel(Region())), width=size_of(sys.stderr)[0]))
        raise
