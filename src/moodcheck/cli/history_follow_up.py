"""`moodcheck history acknowledge|note`: what was done about a sitting, and what to remember."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from moodcheck.cli.history_options import SittingArgument, sitting_opened
from moodcheck.cli.options import StoreOptions, with_store_options
from moodcheck.errors import ExitCode, UsageError
from moodcheck.history import follow_up
from moodcheck.history.critical import CriticalLine, critical_lines
from moodcheck.history.record import Acknowledgement, CriticalEntry, Record, RecordState
from moodcheck.history.views.critical_text import critical_sentence, follow_up_names
from moodcheck.loading.context import Context
from moodcheck.terminal.console import is_terminal, say, tell
from moodcheck.translation import gettext as _


@with_store_options
def acknowledge(
    context: Context,
    sitting: SittingArgument,
    item: Annotated[
        str | None,
        typer.Argument(metavar="ITEM", help="One item. If left out: everything that waits."),
    ] = None,
    initials: Annotated[str | None, typer.Option(help="Your initials, 1 to 8 characters.")] = None,
    action: Annotated[str, typer.Option(metavar="TEXT", help="What you did.")] = "",
    spoken_with: Annotated[str, typer.Option(metavar="TEXT", help="Whom you spoke with.")] = "",
    told: Annotated[str, typer.Option(metavar="TEXT", help="Who was told.")] = "",
    plan: Annotated[str, typer.Option(metavar="TEXT", help="What was agreed.")] = "",
    next_contact: Annotated[
        str, typer.Option(metavar="TEXT", help="When and how you will be in touch next.")
    ] = "",
    *,
    store: StoreOptions,
) -> int:
    """Say that you have seen what waits in a sitting, and what you did about it.

    At a terminal it asks for whatever you leave out. A script gives --initials and at least one of
    the others, which then hold for everything that waits.

    Example: moodcheck history acknowledge k3v9x0 death_thoughts
    """
    texts = {
        "action": action,
        "spoken_with": spoken_with,
        "told": told,
        "plan": plan,
        "next_contact": next_contact,
    }
    with sitting_opened(context, store, sitting) as (history, found):
        waiting = follow_up.to_acknowledge(found, item)
        if not waiting:
            tell(_("Nothing in this sitting waits to be acknowledged."))
            return ExitCode.OK
        lines = critical_lines([found], context.language, context.now())
        by, said = initials, texts
        for entry in waiting:
            _show(lines, entry)
            by = by or _asked(_("Your initials: "), option="--initials")
            if not any(texts.values()) and not (any(said.values()) and _is_the_same()):
                said = _asked_follow_up()
            seen = Acknowledgement(by.strip(), context.now(), **said)
            follow_up.acknowledge(history, found.id, entry, seen)
            tell(_("Acknowledged."))
        _say_what_is_left(history.record(found.id))
    return ExitCode.OK


@with_store_options
def note(
    context: Context,
    sitting: SittingArgument,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[ITEM] TEXT",
            help="The note, after the item it is about, if any; - to be asked for it.",
        ),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the note that is there.")
    ] = False,
    *,
    store: StoreOptions,
) -> int:
    """Write a note of a sitting, or of one item in it. An empty text takes a note away.

    With - in place of the text it is asked for, or read from standard input; so nothing of it
    stays in your shell's history.

    Example: moodcheck history note k3v9x0 sleep "New baby at home"
    """
    if len(words) > 2:  # noqa: PLR2004 - an item and a text
        raise UsageError("There are too many words", mend="Put the note in quotation marks")
    *items, text = words
    with sitting_opened(context, store, sitting) as (history, found):
        if text == "-":
            text = _line(_("Note: ")) or ""
        item = items[0] if items else None
        follow_up.note(history, found, item, text.strip(), may_replace=replace, at=context.now())
    tell(_("The note is saved.") if text.strip() else _("The note was taken away."))
    return ExitCode.OK


def _show(lines: tuple[CriticalLine, ...], entry: CriticalEntry) -> None:
    tell(*(critical_sentence(line) for line in lines if line.entry is entry))


def _is_the_same() -> bool:
    typed = _asked(
        _("Did you do the same about this? Type y, or Enter for no: "), option="--action"
    )
    return typed.lower() in {"y", "yes"}


def _asked_follow_up() -> dict[str, str]:
    """Ask for each line of a follow-up until one of them says something."""
    tell(_("What did you do about it? Fill in at least one line; Enter leaves a line out."))
    while True:
        said = {
            field: _asked(f"{name}: ", option="--action")
            for field, name in follow_up_names().items()
        }
        if any(said.values()):
            return said
        tell(_("Please fill in at least one line."))


def _asked(prompt: str, *, option: str) -> str:
    """Return what is typed at the prompt.

    Raises:
        UsageError: when there is nobody at a terminal, or they end it with Ctrl-D.
    """
    typed = _line(prompt) if is_terminal(sys.stdin) else None
    if typed is None:
        raise UsageError(
            "Nothing more was acknowledged: your initials and what you did are needed",
            mend=f"Use {option}, or see 'moodcheck history acknowledge --help'",
        )
    return typed


def _line(prompt: str) -> str | None:
    """Return a line from standard input; None where there is none."""
    if is_terminal(sys.stdin):
        say(prompt)
    typed = sys.stdin.readline() if sys.stdin is not None else ""
    if not typed and is_terminal(sys.stdin):
        say("\n")
    return typed.strip() if typed else None


def _say_what_is_left(found: Record) -> None:
    if found.unacknowledged:
        tell(_("Something else in this sitting still has to be acknowledged."))
    elif found.state is not RecordState.CLOSED:
        said = _("All of it is acknowledged. To close it: moodcheck session start {client}")
        tell(said.format(client=found.client))
