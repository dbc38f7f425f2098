"""A summary, or another document, in the format that was asked for: on a stream or in a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from moodcheck.cli.options import refuse_for_stdout
from moodcheck.core.crisis import Region
from moodcheck.core.summary import Summary
from moodcheck.errors import AnswersRefused
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import write_private
from moodcheck.loading.context import Context
from moodcheck.report import formats, json, markdown, render_plain
from moodcheck.report.document import Document
from moodcheck.report.formats import Format, format_for_file, format_for_report
from moodcheck.report.help_block import help_document
from moodcheck.report.summary_view import summary_document, summary_in_short
from moodcheck.report.visit_view import visit_document
from moodcheck.terminal.console import is_terminal, say, size_of, tell, write_out
from moodcheck.translation import gettext as _

_FILE_WIDTH = 80
"""Columns of a summary in a text file."""

_MOST_SIGNS = 12
"""How many signs that no font can write are named; the others are counted."""


def show(summary: Summary, chosen: Format) -> None:
    """Write a summary to standard output."""
    if chosen.is_for_programs:
        write_out(for_programs(summary, chosen))
    else:
        show_document(summary_document(summary), chosen)


def for_programs(summary: Summary, chosen: Format) -> str:
    """Return a summary as JSON: our own, or FHIR."""
    if chosen is Format.JSON:
        return json.summary(summary)
    from moodcheck.interop.fhir.sitting_bundle import summary_bundle  # few wait for it

    return summary_bundle(summary)


def show_document(document: Document, chosen: Format = Format.PLAIN) -> None:
    """Write a document to standard output, as wide as its terminal.

    Raises:
        UsageError: when that is a PDF for a terminal.
        PartNotInstalled: when the part that writes this format is not installed.
    """
    refuse_for_stdout(chosen)
    width = size_of(sys.stdout)[0]
    if chosen is not Format.PDF:
        write_out(as_text(document, chosen, width=width))
        return
    content, note = in_format(document, chosen, width=width)
    write_out(content)
    if note:
        tell(note)


def say_document(document: Document, chosen: Format = Format.PLAIN) -> None:
    """Show a document on standard error, as wide as its terminal."""
    say(as_text(document, chosen, width=size_of(sys.stderr)[0]))


def write(summary: Summary, name: str, chosen: Format | None) -> str:
    """Write a summary to a new file and return what the person should know of it.

    Raises:
        UsageError: when the name is no local file's, or ends as no format of ours.
        PartNotInstalled: when the part that writes this format is not installed.
        CannotCreate, IOFailed: as `files.private_file`.
    """
    path = whole_path(name)
    kind = format_for_file(path, chosen)
    is_data = kind.is_for_programs
    shown = for_programs(summary, kind) if is_data else summary_document(summary)
    return f"{write_file(shown, path, kind)} {summary.not_a_diagnosis}"


def write_visit(summary: Summary, questions: Sequence[str], name: str) -> str:
    """Write a page for a visit to a new file and return what the person should know of it.

    Raises:
        UsageError, PartNotInstalled, CannotCreate, IOFailed: as `write`.
    """
    path = whole_path(name)
    shown = visit_document(summary, questions)
    return f"{write_file(shown, path, format_for_report(path, None))} {summary.not_a_diagnosis}"


def write_file(shown: Document | str, path: Path, chosen: Format) -> str:
    """Write a document, or JSON made of it, to a new file.

    Returns:
        Where it is, who can read it, and what is missing in it if anything is.

    Raises:
        UsageError, PartNotInstalled, CannotCreate, IOFailed: as `write`.
    """
    if isinstance(shown, str):
        content, note = shown.encode(), ""
    else:
        content, note = in_format(shown, chosen, width=_FILE_WIDTH)
    write_private(path, content)
    said = _("Written to {name}. It is not encrypted: whoever can open your files can read it.")
    return f"{said.format(name=path)} {note}".strip()


def say_refused(context: Context, refused: AnswersRefused, where: Region, chosen: Format) -> None:
    """Show what refused answers may hide: help lines, and for a script one JSON object."""
    panel = context.help_panel(where)
    said = context.language.not_a_diagnosis
    if chosen is Format.JSON:
        write_out(json.refusal(refused, panel, said))
    elif chosen is Format.FHIR:
        from moodcheck.interop.fhir import problems

        write_out(problems.refusal(refused, help_document(panel, said)))
    if refused.alerts_cannot_be_ruled_out:
        say_document(help_document(panel))


def say_last(summary: Summary, *, is_drawn: bool) -> None:
    """Say on standard error what should stay in view, where a person sits there."""
    if is_terminal(sys.stderr):
        width, _rows = size_of(sys.stderr)
        said = render_plain.render(summary_in_short(summary), width=width, bold=is_drawn)
        # Apart from the summary, which ends just above it.
        say(f"\n{said}")


def in_format(document: Document, chosen: Format, *, width: int) -> tuple[bytes, str]:
    """Return a document in a format, and what has to be known of that, if anything."""
    if chosen is not Format.PDF:
        return as_text(document, chosen, width=width).encode(), ""
    made = formats.pdf(document)
    return made.content, _what_is_missing(made.unwritable)


def as_text(document: Document, chosen: Format, *, width: int) -> str:
    """Return a document in a format that is text."""
    match chosen:
        case Format.RICH:
            from moodcheck.report import render_rich  # Rich is slow to load

            return render_rich.render(document, width=width)
        case Format.HTML:
            return formats.html(document)
        case Format.MARKDOWN:
            return markdown.render(document)
        case _:
            return render_plain.render(document, width=width)


def _what_is_missing(unwritable: Sequence[str]) -> str:
    if not unwritable:
        return ""
    said = _(
        "No font on this computer can write {signs}: in the PDF empty boxes stand for them, and "
        "it does not claim to be accessible. HTML and Markdown have all of it."
    )
    named = [f"{sign} (U+{ord(sign[0]):04X})" for sign in unwritable[:_MOST_SIGNS]]
    left = len(unwritable) - _MOST_SIGNS
    more = [_("{count} more").format(count=left)] if left > 0 else []
    return said.format(signs=", ".join([*named, *more]))
