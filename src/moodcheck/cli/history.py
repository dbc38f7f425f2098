"""`moodcheck history list|show|trend|audit`: look at what was saved."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer

from moodcheck.cli.history_options import (
    AllOption,
    ClientOption,
    SittingArgument,
    enter_look,
    say_what_else_waits,
    sitting_opened,
    unlocked_with_reminder,
    whose,
)
from moodcheck.cli.options import (
    PlainOption,
    RegionOption,
    StoreOptions,
    find_region,
    format_for_stdout,
    refuse_for_stdout,
    with_store_options,
)
from moodcheck.cli.show import say_document, show_document, write_file
from moodcheck.cli.store import unlocked
from moodcheck.core.summary import Summary
from moodcheck.errors import InputNotFound, UsageError
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import refuse_unwritable
from moodcheck.history.keeping import records_of
from moodcheck.history.listing import RecordSummary, list_records, summarize_record
from moodcheck.history.record import AuditAction, Record
from moodcheck.history.trend import trend
from moodcheck.history.views import history_json
from moodcheck.history.views.audit_view import audit_document
from moodcheck.history.views.history_fhir import history_bundle
from moodcheck.history.views.record_view import list_document, record_document
from moodcheck.history.views.trend_view import trend_document
from moodcheck.loading.context import Context
from moodcheck.report import json
from moodcheck.report.document import Document
from moodcheck.report.formats import Format, format_for_file
from moodcheck.report.help_block import help_document
from moodcheck.terminal.console import tell, write_out
from moodcheck.translation import gettext as _

_FORMAT_HELP = "The format. If left out: rich at a terminal, plain elsewhere."

FormatOption = Annotated[Format | None, typer.Option("--format", help=_FORMAT_HELP)]


def _refuse_fhir(chosen: Format | None) -> Format | None:
    if chosen is Format.FHIR:
        raise UsageError(
            "This is not written as FHIR",
            mend="Sittings are: use 'moodcheck history export --format fhir', or 'history show'",
        )
    return chosen


PageFormatOption = Annotated[
    Format | None, typer.Option("--format", help=_FORMAT_HELP, callback=_refuse_fhir)
]


@with_store_options
def list_sittings(
    context: Context,
    client: ClientOption = None,
    everybody: AllOption = False,
    format: PageFormatOption = None,
    plain: PlainOption = False,
    region: RegionOption = None,
    *,
    store: StoreOptions,
) -> int:
    """List saved sittings. What nobody has acknowledged comes first.

    Example: moodcheck history list --client C-014
    """
    code, where = whose(client, everybody=everybody), find_region(context, region)
    records = _looked_at(context, store, code, AuditAction.LISTED)
    shown = list_records(
        records, context.crisis_directory, context.language, region=where, now=context.now()
    )
    if (chosen := format_for_stdout(format, plain=plain)) is Format.JSON:
        write_out(history_json.record_list(shown))
    else:
        show_document(list_document(shown), chosen)
    return 0


@with_store_options
def show(
    context: Context,
    sitting: SittingArgument,
    for_client: Annotated[
        bool, typer.Option("--for-client", help="Leave out your notes and follow-up.")
    ] = False,
    format: FormatOption = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write it to this new file, which only you can open."),
    ] = None,
    plain: PlainOption = False,
    region: RegionOption = None,
    *,
    store: StoreOptions,
) -> int:
    """Show one saved sitting: what needs attention first, then its summary.

    The summary is to talk over with a doctor, a therapist or another clinician. It is not a
    diagnosis.

    Example: moodcheck history show k3v9x0 --plain
    """
    where = find_region(context, region)
    if output is None:
        refuse_for_stdout(format)
        chosen = format_for_stdout(format, plain=plain)
    else:
        chosen = format_for_file(whole_path(output), format)
        refuse_unwritable(whole_path(output))
    with sitting_opened(context, store, sitting) as (history, found):
        enter_look(context, history, AuditAction.SHOWN, client=found.client, record=found.id)
        history_id = history.id
    shown = summarize_record(
        found, context.crisis_directory, context.language, region=where, now=context.now()
    )
    content = _of_a_record(shown, chosen, history_id, for_client=for_client)
    _show_or_write(content, chosen, output, shown.summary)
    return 0


@with_store_options
def show_trend(
    context: Context,
    client: ClientOption = None,
    format: PageFormatOption = None,
    plain: PlainOption = False,
    region: RegionOption = None,
    details: Annotated[
        bool, typer.Option("--details", help="Every sitting, and all that is known of them.")
    ] = False,
    *,
    store: StoreOptions,
) -> int:
    """Show one client's answers and scores over time, as many as fit on a screen.

    The numbers are no verdict, and this is not a diagnosis. Talk them over with a clinician.

    Example: moodcheck history trend --client C-014
    """
    code, where = whose(client, everybody=False), find_region(context, region)
    records = _looked_at(context, store, code, AuditAction.TREND_SHOWN)
    shown = trend(
        records, context.crisis_directory, context.language, region=where, now=context.now()
    )
    if (chosen := format_for_stdout(format, plain=plain)) is Format.JSON:
        write_out(history_json.trend(shown))
    else:
        how = _("Add --details to see all of them.")
        show_document(trend_document(shown, is_whole=details, how_to_see_all=how), chosen)
    return 0


@with_store_options
def audit(
    context: Context,
    client: Annotated[
        str | None, typer.Option("--client", metavar="CODE", help="Only what concerns this client.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DATE", help="Only from this day on, such as 2026-11-26."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(metavar="DATE", help="Only until the end of this day.")
    ] = None,
    format: PageFormatOption = None,
    plain: PlainOption = False,
    *,
    store: StoreOptions,
) -> int:
    """List what was done and when: made, changed, looked at, acknowledged, exported, deleted.

    Example: moodcheck history audit --client C-014 --since 2026-11-01
    """
    with unlocked_with_reminder(context, store, client=client) as history:
        entries = history.audit(client, since=_start(since, 0), until=_start(until, 1))
    if (chosen := format_for_stdout(format, plain=plain)) is Format.JSON:
        write_out(history_json.audit(entries))
    else:
        show_document(audit_document(entries), chosen)
    return 0


def _of_a_record(
    shown: RecordSummary, chosen: Format, history: str, *, for_client: bool
) -> Document | str:
    """Return a sitting in a format; a client gets nothing of what the counselor wrote and did."""
    match chosen:
        case Format.JSON:
            return json.summary(shown.summary) if for_client else history_json.record(shown)
        case Format.FHIR:
            return history_bundle([shown], history, for_client=for_client)
        case _:
            return record_document(shown, for_client=for_client)


def _show_or_write(
    shown: Document | str, chosen: Format, output: str | None, summary: Summary
) -> None:
    """Write a document, or JSON, to standard output or to a new file."""
    if output is not None:
        said = write_file(shown, whole_path(output), chosen)
        tell(f"{said} {summary.not_a_diagnosis}")
        if summary.help_first:
            # Whoever wrote it sees the help lines, whoever may read it.
            say_document(help_document(summary.help))
    elif isinstance(shown, str):
        write_out(shown)
    else:
        show_document(shown, chosen)


def _start(day: datetime | None, later: int) -> datetime | None:
    """Return when a day, or so many later, begins here; None where no clock gets that far."""
    try:
        return None if day is None else (day + timedelta(days=later)).astimezone()
    except (OverflowError, ValueError):
        return None


def _looked_at(
    context: Context, options: StoreOptions, client: str | None, action: AuditAction
) -> tuple[Record, ...]:
    """Return the sittings of a client, or of all; say what else waits, and enter the look."""
    with unlocked(context, options) as history:
        try:
            records = records_of(history, client)
        except InputNotFound as error:
            if action is not AuditAction.LISTED:
                raise
            # An empty list is a list; why it is empty is still worth a word.
            tell(error)
            records = ()
        if client is not None:
            say_what_else_waits(context, history, records, client)
        enter_look(context, history, action, client=client)
    return records
