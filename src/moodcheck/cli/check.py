"""`moodcheck check`: walk through a questionnaire, or score given answers, and show the summary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.checkin.answers_file import read_answers
from moodcheck.cli.options import (
    CheckOptions,
    EnterOption,
    PlainOption,
    RegionOption,
    StoreOptions,
    find_region,
    format_for_stdout,
    refuse_for_stdout,
    with_store_options,
)
from moodcheck.cli.show import say_document, say_last, say_refused, show, write
from moodcheck.core.administration import administer
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import AnswersRefused, InputNotFound
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import refuse_unwritable
from moodcheck.loading.context import Context
from moodcheck.report.formats import Format, format_for_file
from moodcheck.report.help_block import help_document
from moodcheck.terminal.console import is_terminal, tell


@with_store_options
def check(
    context: Context,
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")] = "symptoms",
    region: RegionOption = None,
    plain: PlainOption = False,
    enter: EnterOption = False,
    discreet: Annotated[
        bool, typer.Option("--discreet", help="Leave nothing on the screen or in its scrollback.")
    ] = False,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Ask nothing: read the answers from this JSON file; - is standard input.",
        ),
    ] = None,
    format: Annotated[Format | None, typer.Option(help="The format of the summary.")] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Write the summary to this new file, which only you can open."
        ),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Save every answer in your encrypted history.")
    ] = False,
    *,
    store: StoreOptions,
) -> int:
    """Walk through the questions, then see a summary.

    The summary is for you to take to a doctor, a therapist or another clinician. It is not a
    diagnosis. Nothing is saved unless you name a file or use --save.

    Example: moodcheck check --region GB --plain
    """
    options = CheckOptions(
        plain=plain,
        enter=enter,
        discreet=discreet,
        format=format,
        output=output,
        save=save,
        store=store,
    )
    if output is not None:
        _refuse_output(output, format)
    else:
        refuse_for_stdout(format)
    asked, where = context.questionnaire(questionnaire), find_region(context, region)
    if answers is not None:
        _score_answers(context, asked, where, answers, options)
    else:
        # Pages are drawn with Rich, which nobody who gives answers waits for.
        from moodcheck.cli.check_in import check_in

        check_in(context, asked, where, options)
    return 0


def _refuse_output(name: str, chosen: Format | None) -> None:
    """Say before the questions, not after them, that a file cannot be written."""
    path = whole_path(name)
    format_for_file(path, chosen)
    refuse_unwritable(path)


def _score_answers(
    context: Context, asked: Questionnaire, where: Region, source: str, options: CheckOptions
) -> None:
    stdout_format = format_for_stdout(options.format, plain=options.plain)
    try:
        administration = administer(asked, _given(source, asked), taken_at=context.now())
    except AnswersRefused as refused:
        say_refused(context, refused, where, stdout_format)
        raise
    not_saved = None
    if options.save:
        from moodcheck.cli import saving

        not_saved = saving.save_answers(context, administration, options.store)
    summary = context.summarize(administration, where)
    if options.output is not None:
        tell(write(summary, options.output, options.format))
    else:
        show(summary, stdout_format)
    is_read_here = options.output is None and stdout_format.is_read_here
    if summary.help_first and not is_read_here:
        # A file or a script may be read by nobody; whoever started this still sees the help lines.
        say_document(help_document(summary.help))
    elif is_read_here and is_terminal(sys.stdout):
        say_last(summary, is_drawn=stdout_format is Format.RICH)
    if not_saved is not None:
        raise not_saved


def _given(source: str, asked: Questionnaire) -> dict[str, object]:
    if source != "-":
        return read_answers(Path(source), asked)
    if sys.stdin is None:
        raise InputNotFound("There is no standard input to read answers from", mend="Name a file")
    return read_answers(sys.stdin.buffer, asked)
