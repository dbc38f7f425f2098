"""A summary, or another document, in the format that was asked for: on a stream or in a file."""

from __future__ import annotations

import sys

from moodcheck.cli.options import Format, format_for_file
from moodcheck.core.crisis import Region
from moodcheck.core.summary import Summary
from moodcheck.errors import AnswersRefused
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import write_private
from moodcheck.loading.context import Context
from moodcheck.report import json, render_plain
from moodcheck.report.document import Document
from moodcheck.report.help_block import help_document
from moodcheck.report.summary_view import summary_document, summary_in_short
from moodcheck.terminal.console import is_terminal, say, size_of, write_out
from moodcheck.translation import gettext as _

_FILE_WIDTH = 80
"""Columns of a summary in a text file."""


def show(summary: Summary, chosen: Format) -> None:
    """Write a summary to standard output."""
    write_out(rendered(summary, chosen, width=size_of(sys.stdout)[0]))


def show_document(document: Document, chosen: Format = Format.PLAIN) -> None:
    """Write a document to standard output, as wide as its terminal."""
    write_out(as_text(document, chosen, width=size_of(sys.stdout)[0]))


def say_document(document: Document, chosen: Format = Format.PLAIN) -> None:
    """Show a document on standard error, as wide as its terminal."""
    say(as_text(document, chosen, width=size_of(sys.stderr)[0]))


def write(summary: Summary, name: str, chosen: Format | None) -> str:
    """Write a summary to a new file and return what the person should know of it.

    Raises:
        UsageError: when the name is no local file's, or ends as no format of ours.
        CannotCreate, IOFailed: as `files.private_file`.
    """
    path = whole_path(name)
    kind = format_for_file(path, chosen)
    write_private(path, rendered(summary, kind, width=_FILE_WIDTH))
    said = _("Written to {name}. It is not encrypted: whoever can open your files can read it.")
    return f"{said.format(name=path)} {summary.not_a_diagnosis}"


def say_refused(context: Context, refused: AnswersRefused, where: Region, chosen: Format) -> None:
    """Show what refused answers may hide: help lines, and for a script one JSON object."""
    panel = context.help_panel(where)
    if chosen is Format.JSON:
        write_out(json.refusal(refused, panel, context.language.not_a_diagnosis))
    if refused.alerts_cannot_be_ruled_out:
        say_document(help_document(panel))


def say_last(summary: Summary, *, is_drawn: bool) -> None:
    """Say on standard error what should stay in view, where a person sits there."""
    if is_terminal(sys.stderr):
        width, _rows = size_of(sys.stderr)
        said = render_plain.render(summary_in_short(summary), width=width, bold=is_drawn)
        # Apart from the summary, which ends just above it.
        say(f"\n{said}")


def rendered(summary: Summary, chosen: Format, *, width: int) -> str:
    """Return a summary as text."""
    if chosen is Format.JSON:
        return json.summary(summary)
    return as_text(summary_document(summary), chosen, width=width)


def as_text(document: Document, chosen: Format, *, width: int) -> str:
    """Return a document in a format that a person reads."""
    if chosen is Format.RICH:
        from moodcheck.report import render_rich  # Rich is slow to load

        return render_rich.render(document, width=width)
    return render_plain.render(document, width=width)
