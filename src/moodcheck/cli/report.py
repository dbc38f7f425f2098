"""`moodcheck report`: a summary, a visit sheet or a counselor's sheet, to take along."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from moodcheck.cli.history_options import enter_look, say_what_else_waits, sitting_opened
from moodcheck.cli.options import (
    PlainOption,
    RegionOption,
    StoreOptions,
    find_region,
    format_for_stdout,
    refuse_for_stdout,
    with_store_options,
)
from moodcheck.cli.show import say_document, say_refused, show_document, write_file
from moodcheck.cli.store import unlocked
from moodcheck.core.crisis import Region
from moodcheck.core.summary import Summary
from moodcheck.errors import AnswersRefused, UsageError
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import refuse_unwritable
from moodcheck.files.reading import read_file
from moodcheck.history.client_code import OWN
from moodcheck.history.critical import has_alert, needs_help_first
from moodcheck.history.keeping import records_of
from moodcheck.history.order import in_order
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import AuditAction, Record
from moodcheck.history.reporting import counselors_sheet
from moodcheck.loading.context import Context
from moodcheck.report.document import Document
from moodcheck.report.formats import Format, format_for_report
from moodcheck.report.help_block import help_document
from moodcheck.report.summary_file import LARGEST, read_summary
from moodcheck.report.summary_view import summary_document
from moodcheck.report.visit_view import visit_document
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _

SourceOption = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="A summary as JSON, instead of what was saved."),
]


@with_store_options
def report(
    context: Context,
    sitting: Annotated[
        str | None,
        typer.Argument(
            metavar="SITTING",
            help="Its id, or the beginning of it. If left out: your last saved one.",
        ),
    ] = None,
    visit: Annotated[
        bool, typer.Option("--visit", help="One page for a visit, in your own voice.")
    ] = False,
    client: Annotated[
        str | None,
        typer.Option(
            "--client", metavar="CODE", help="One page about this client's last sitting, for you."
        ),
    ] = None,
    source: SourceOption = None,
    name: Annotated[
        str,
        typer.Option("--for", metavar="NAME", help="A name to put on it; else it has none."),
    ] = "",
    format: Annotated[
        Format | None,
        typer.Option("--format", help="The format. If left out: as the name of the file ends."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write it to this new file, which only you can open."),
    ] = None,
    plain: PlainOption = False,
    region: RegionOption = None,
    *,
    store: StoreOptions,
) -> int:
    """Make a page to look at, to print or to take along: a summary, or a sheet for a visit.

    It is to talk over with a doctor, a therapist or another clinician. It is not a diagnosis. A
    file is not encrypted.

    Example: moodcheck report --visit --output visit.pdf
    """
    _refuse_contradictions(sitting, client, source)
    chosen = _format(output, format, plain=plain)
    where = find_region(context, region)
    if source is not None:
        shown, is_urgent = _of_a_file(context, source, where, chosen, visit=visit, name=name)
    elif client is not None and not visit:
        shown, is_urgent = _of_a_client(context, store, client, where, name)
    else:
        found = _saved(context, store, sitting, client)
        summary = context.summarize(found.administration, where, help_was_shown=has_alert(found))
        shown, is_urgent = _own(context, summary, visit=visit, name=name), summary.help_first
    _give(context, shown, chosen, output)
    if is_urgent and (output is not None or not chosen.is_read_here):
        # What was written may be read by nobody; whoever wrote it still sees the help lines.
        say_document(help_document(context.help_panel(where)))
    return 0


def _give(context: Context, shown: Document, chosen: Format, output: str | None) -> None:
    """Show a document, or write it to a file and say what is to be known of that."""
    if output is None:
        show_document(shown, chosen)
    else:
        tell(f"{write_file(shown, whole_path(output), chosen)} {context.language.notice}")


def _refuse_contradictions(sitting: str | None, client: str | None, source: str | None) -> None:
    if [sitting, client, source].count(None) < 2:  # noqa: PLR2004 - all but one
        raise UsageError(
            "It is not clear what the report is of",
            mend="Name one sitting, or use --client CODE, or --from FILE",
        )


def _format(output: str | None, chosen: Format | None, *, plain: bool) -> Format:
    """Return the format; whatever forbids it is said before anything is unlocked."""
    if output is None:
        refuse_for_stdout(chosen)
        found = format_for_report(Path(), format_for_stdout(chosen, plain=plain))
    else:
        found = format_for_report(whole_path(output), chosen)
        refuse_unwritable(whole_path(output))
    return found


def _of_a_file(
    context: Context, source: str, where: Region, chosen: Format, *, visit: bool, name: str
) -> tuple[Document, bool]:
    called, content = read_file(Path(source), most=LARGEST, called="The summary ", pipes=True)
    try:
        found = read_summary(called, content, context.questionnaire)
    except AnswersRefused as refused:
        say_refused(context, refused, where, chosen)
        raise
    if found.other_scores:
        said = _("These scores in {name} are not those of its answers, which count: {scales}.")
        tell(said.format(name=called, scales=", ".join(found.other_scores)))
    summary = context.summarize(found.administration, where, help_was_shown=found.help_was_shown)
    return _own(context, summary, visit=visit, name=name), summary.help_first


def write_sheet(
    context: Context, history: HistoryStore, client: str, where: Region, file: str
) -> str:
    """Write one page about a client's last sitting to a new file; return what to say of it.

    Raises:
        MoodcheckError: when there is no such client, or the file cannot be written.
    """
    path = whole_path(file)
    chosen = format_for_report(path, None)
    refuse_unwritable(path)
    shown, _last = _sheet(context, history, client, where)
    return f"{write_file(shown, path, chosen)} {context.language.notice}"


def _of_a_client(
    context: Context, store: StoreOptions, client: str, where: Region, name: str
) -> tuple[Document, bool]:
    with unlocked(context, store) as history:
        shown, last = _sheet(context, history, client, where, name=name)
        say_what_else_waits(context, history, [last], client)
    return shown, needs_help_first(last)


def _sheet(
    context: Context, history: HistoryStore, client: str, where: Region, *, name: str = ""
) -> tuple[Document, Record]:
    last = in_order(records_of(history, client))[-1]
    enter_look(context, history, AuditAction.REPORTED, client=last.client, record=last.id)
    shown = counselors_sheet(
        history,
        last,
        context.summarize(last.administration, where),
        context.crisis_directory,
        context.language,
        region=where,
        now=context.now(),
        name=name,
    )
    return shown, last


def _saved(
    context: Context, store: StoreOptions, sitting: str | None, client: str | None
) -> Record:
    if sitting is not None:
        with sitting_opened(context, store, sitting) as (history, found):
            enter_look(context, history, AuditAction.REPORTED, client=found.client, record=found.id)
        return found
    with unlocked(context, store) as history:
        last = in_order(records_of(history, client or OWN))[-1]
        say_what_else_waits(context, history, [last], last.client)
        enter_look(context, history, AuditAction.REPORTED, client=last.client, record=last.id)
    return last


def _own(context: Context, summary: Summary, *, visit: bool, name: str) -> Document:
    if visit:
        return visit_document(summary, context.language.visit_questions, name=name)
    return summary_document(summary, name=name)
