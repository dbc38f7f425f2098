"""`moodcheck questionnaire new`: a few questions, and then a questionnaire to go on with."""

from __future__ import annotations

import contextlib
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from moodcheck.cli.asked_lines import can_be_asked
from moodcheck.cli.questionnaire_author import Author, Given, file_of
from moodcheck.errors import ExitCode, UsageError
from moodcheck.files.private_file import refuse_unwritable, write_private
from moodcheck.loading.context import Context
from moodcheck.loading.questionnaire_draft import draft_text
from moodcheck.terminal.console import tell
from moodcheck.terminal.signals import Interrupted, LeftAtOnce
from moodcheck.translation import gettext as _


def new(
    context: Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The new YAML file. If left out: ID.yaml, here."),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What people call it.")] = None,
    new_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id. If left out: from the title.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="The language it is in.")
    ] = None,
    recall_period: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The time that is asked about.")
    ] = None,
    responses: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Answers that moodcheck offers, by name."),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="An answer of your own, from the least to the most."),
    ] = None,
    high_stands_out: Annotated[
        bool | None,
        typer.Option(
            "--high-stands-out", help="A high answer is one to look at, and to see someone for."
        ),
    ] = None,
    item: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="An item, in the words to ask it with.")
    ] = None,
    critical: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help="The number of an item that is about death or suicide."),
    ] = None,
    not_critical: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help="The number of one that only sounds like it."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What others may do with it.")
    ] = None,
) -> int:
    """Start a questionnaire of your own from a few questions, and end with a valid file.

    What options say is not asked. With --title and at least one --item nothing is asked, and what
    no option says is as Enter would have it. Options with an item, an answer or a
    number may be repeated.

    Example: moodcheck questionnaire new --title "Rest check-in" --item "You were tired."
    """
    given = Given(
        title=title,
        id=new_id,
        language=language,
        recall_period=recall_period,
        responses=responses,
        options=option or [],
        high_stands_out=high_stands_out,
        items=item or [],
        critical=critical or [],
        not_critical=not_critical or [],
        licence=licence,
    )
    if not (given.is_enough or can_be_asked()):
        raise UsageError(
            "There is nobody at a terminal to ask",
            mend="Use --title TEXT and --item TEXT, and --item again for each further item",
        )
    if file is not None:
        refuse_unwritable(file)
    place = _written(context, given, file)
    if place is None:
        return ExitCode.INTERRUPTED
    _say_what_comes_next(place)
    return ExitCode.OK


def _written(context: Context, given: Given, file: Path | None) -> Path | None:
    """Ask what is not given, and write a file; return where, or None when the person left."""
    try:
        draft = Author(context, given, file).drafted()
        place = file or file_of(draft)
        write_private(place, draft_text(draft))
    except (Interrupted, LeftAtOnce):
        # After a hang-up there is nobody left to read it.
        with contextlib.suppress(OSError):
            tell("", _("Nothing was written."))
        return None
    return place


def _say_what_comes_next(place: Path) -> None:
    said = _("Written to {name}, which only you can open. Change it in any editor. Then:")
    typed = quote(str(place))
    tell(
        said.format(name=str(place)),
        f"  moodcheck questionnaire validate {typed}",
        f"  moodcheck check {typed}",
        f"  moodcheck questionnaire add {typed}",
    )
