"""`moodcheck history`: look at what was saved. Changing it and carrying it away live beside it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli import history_shown, options
from moodcheck.cli.history_options import (
    AllOption,
    ClientOption,
    SittingArgument,
    entered,
    say_what_else_is_open,
    unlocked,
    whose,
)
from moodcheck.cli.options import PlainOption, RegionOption, format_for_stdout
from moodcheck.cli.region import find_region
from moodcheck.cli.store_options import (
    StoreWishes,
    at_a_history,
    opened_history,
)
from moodcheck.errors import InputNotFound
from moodcheck.terminal.console import tell, write_out

if TYPE_CHECKING:
    from moodcheck.history.port import HistoryStore
    from moodcheck.history.record import Record

FormatOption = Annotated[
    options.Format | None,
    typer.Option("--format", help="The format. If left out: rich at a terminal, plain elsewhere."),
]


@at_a_history
def list_sittings(
    client: ClientOption = None,
    everybody: AllOption = False,
    format: FormatOption = None,
    plain: PlainOption = False,
    region: RegionOption = None,
    *,
    store: StoreWishes,
) -> int:
    """List saved sittings. What nobody has acknowledged comes first.

    Example: moodcheck history list --client C-014
    """
    from moodcheck import api
    from moodcheck.history.listing import list_records
    from moodcheck.history.record import AuditAction

    code, where = whose(client, everybody=everybody), find_region(region)
    with opened_history(store) as history:
        records = _found(history, code)
        if code is not None:
            say_what_else_is_open(history, records, code)
        entered(history, AuditAction.LISTED, client=code)
    shown = list_records(
        records, api.crisis_directory(), api.language(), region=where, now=api.now()
    )
    write_out(history_shown.record_list(shown, format_for_stdout(format, plain=plain)))
    return 0


@at_a_history
def show(
    sitting: SittingArgument,
    for_client: Annotated[
        bool, typer.Option("--for-client", help="Leave out your notes and follow-up.")
    ] = False,
    format: FormatOption = None,
    plain: PlainOption = False,
    region: RegionOption = None,
    *,
    store: StoreWishes,
) -> int:
    """Show one saved sitting: what needs attention first, then its summary.

    The summary is to talk over with a doctor, a therapist or another clinician. It is not a
    diagnosis.

    Example: moodcheck history show k3v9x0 --plain
    """
    from moodcheck import api
    from moodcheck.history.keeping import sitting as found_sitting
    from moodcheck.history.listing import summarize_record
    from moodcheck.history.record import AuditAction

    where = find_region(region)
    with opened_history(store) as history:
        found = found_sitting(history, sitting)
        say_what_else_is_open(history, [found], found.client)
        entered(history, AuditAction.SHOWN, client=found.client, record=found.id)
    shown = summarize_record(
        found, api.crisis_directory(), api.language(), region=where, now=api.now()
    )
    chosen = format_for_stdout(format, plain=plain)
    write_out(history_shown.record(shown, chosen, for_client=for_client))
    return 0


@at_a_history
def trend(
    client: ClientOption = None,
    format: FormatOption = None,
    plain: PlainOption = False,
    region: RegionOption = None,
    *,
    store: StoreWishes,
) -> int:
    """Show one client's answers and scores over time, side by side.

    The numbers are no verdict, and this is not a diagnosis. Talk them over with a clinician.

    Example: moodcheck history trend --client C-014
    """
    from moodcheck import api
    from moodcheck.history.keeping import records_of
    from moodcheck.history.record import AuditAction
    from moodcheck.history.trend import trend as trend_of

    code, where = whose(client, everybody=False), find_region(region)
    with opened_history(store) as history:
        records = records_of(history, code)
        say_what_else_is_open(history, records, code)
        entered(history, AuditAction.TREND_SHOWN, client=code)
    shown = trend_of(records, api.crisis_directory(), api.language(), region=where, now=api.now())
    write_out(history_shown.trend(shown, format_for_stdout(format, plain=plain)))
    return 0


@at_a_history
def audit(
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
    format: FormatOption = None,
    plain: PlainOption = False,
    *,
    store: StoreWishes,
) -> int:
    """List what was done and when: made, changed, looked at, acknowledged, exported, deleted.

    Example: moodcheck history audit --client C-014 --since 2026-11-01
    """
    with unlocked(store, client=client) as history:
        entries = history.audit(client, since=_start(since, 0), until=_start(until, 1))
    write_out(history_shown.audit(entries, format_for_stdout(format, plain=plain)))
    return 0


def _start(day: datetime | None, later: int) -> datetime | None:
    """Return when a day, or so many later, begins here; None where no clock gets that far."""
    try:
        return None if day is None else (day + timedelta(days=later)).astimezone()
    except (OverflowError, ValueError):
        return None


def _found(history: HistoryStore, code: str | None) -> tuple[Record, ...]:
    from moodcheck.history.keeping import records_of

    try:
        return records_of(history, code)
    except InputNotFound as error:
        # An empty list is a list; why it is empty is still worth a word.
        tell(str(error))
        return ()
