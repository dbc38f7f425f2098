"""`moodcheck score`: a file of answers in, scores, rejects and alerts out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.batch.row_engine import STANDARD, TableFormat
from moodcheck.cli.options import wants_plain
from moodcheck.errors import UsageError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import is_terminal, say, size_of, tell, write_file_out
from moodcheck.terminal.progress import progress_bar
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import BatchReport
    from moodcheck.batch.row_engine import BatchJob, RowEngine
    from moodcheck.batch.run import Outputs


class Engine(StrEnum):
    """What runs the scoring."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class ReportFormat(StrEnum):
    """How the report on standard error is written."""

    TEXT = "text"
    JSON = "json"


def score(
    inputs: Annotated[
        list[str],
        typer.Argument(help="CSV, JSONL or Parquet, one row for each sitting; - for stdin."),
    ],
    questionnaire: Annotated[
        str, typer.Option(help="What was asked: its id, or a YAML file.")
    ] = "symptoms",
    map: Annotated[
        str | None, typer.Option(metavar="FILE", help="Which column is which item; YAML.")
    ] = None,
    output: Annotated[
        str, typer.Option(metavar="FILE", help="Where the scores go; - for stdout.")
    ] = STANDARD,
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where rejected records go. Else beside the output."),
    ] = None,
    alerts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where alerts go. Else beside the output."),
    ] = None,
    known_alerts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An earlier file of alerts; those are left out."),
    ] = None,
    engine: Annotated[Engine, typer.Option(help="What runs the scoring.")] = Engine.DUCKDB,
    format: Annotated[
        TableFormat | None, typer.Option(help="How scores are written. Else by the output's name.")
    ] = None,
    allow_rejects: Annotated[
        bool, typer.Option("--allow-rejects", help="Rejected records are no reason for exit 3.")
    ] = False,
    max_rejects: Annotated[
        str | None,
        typer.Option(metavar="N|P%", help="With more rejects than this: no scores, exit 65."),
    ] = None,
    fail_on_alerts: Annotated[
        bool, typer.Option("--fail-on-alerts", help="Exit 4 where there are (new) alerts.")
    ] = False,
    check_ids: Annotated[
        bool, typer.Option("--check-ids", help="Count ids that stand in several rows.")
    ] = False,
    exact: Annotated[
        bool, typer.Option("--exact", help="Leave cells as they are that a spreadsheet would run.")
    ] = False,
    spool: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where working files lie while it runs, 0600."),
    ] = None,
    report: Annotated[
        ReportFormat, typer.Option(help="How the report on standard error is written.")
    ] = ReportFormat.TEXT,
) -> int:
    """Score a file of answers, without asking anyone anything.

    Every record is scored or rejected, with its reason. Alerts are always written to a file of
    their own, before the scores. Whoever runs this must see to it that somebody reads them.

    Example: moodcheck score answers.csv --output scores.csv
    """
    from moodcheck import api, wiring
    from moodcheck.batch.row_engine import BatchJob
    from moodcheck.batch.run import exit_code, refusal
    from moodcheck.cli.score_options import format_by_name, most_rejects, outputs_of

    if engine is Engine.SPARK and output == STANDARD:
        raise UsageError("A cluster writes a folder of files", mend="Name it with --output")
    outputs = outputs_of(output, rejects, alerts, most_rejects(max_rejects))
    asked = api.load(questionnaire)
    answer_map = wiring.load_answer_map(map, asked) if map is not None else None
    rows = wiring.row_engine(engine.value)
    with wiring.spool(spool) as folder:
        # A script that reads the report as JSON gets no other words before it.
        if STANDARD in (*inputs, output) and report is ReportFormat.TEXT:
            said = _("Working files lie in {folder} while this runs; they are removed at the end.")
            tell(said.format(folder=safe_text(str(folder))))
        job = BatchJob(
            questionnaire=asked,
            answer_map=answer_map,
            inputs=tuple(inputs),
            table_format=format or format_by_name(output),
            notice=api.language().batch.notice,
            is_exact=exact,
            checks_ids=check_ids,
            known_alerts=known_alerts,
            spool=folder,
        )
        done = _run(job, rows, outputs, report)
    if (problem := refusal(done, outputs.most_rejects)) is not None:
        raise problem
    return exit_code(done, allows_rejects=allow_rejects, fails_on_alerts=fail_on_alerts)


def _run(job: BatchJob, rows: RowEngine, outputs: Outputs, report: ReportFormat) -> BatchReport:
    """Score, write what goes to stdout once all else is in place, and say what came of it."""
    from moodcheck.batch.run import score_files

    to_stdout = str(outputs.scores) == STANDARD
    spooled = job.spool / "scores"
    written = replace(outputs, scores=spooled) if to_stdout else outputs
    is_read = report is ReportFormat.JSON
    shown = nullcontext(_untold) if is_read else progress_bar(plain=wants_plain(plain=False))
    with shown as progress:
        done = score_files(job, rows, written, progress)
    if not to_stdout:
        _say(replace(done, alert_ids=()), report)
        return done
    is_scored = "scores" in done.outputs
    if is_scored:
        done = replace(done, outputs={**done.outputs, "scores": STANDARD})
    try:
        if is_scored:
            write_file_out(spooled)
    finally:
        # Whoever read the scores may be gone; alerts are said all the same.
        _say(done, report)
    return done


def _untold(_rows: int, _share: float | None) -> None:
    """Take note of no progress."""


def _say(done: BatchReport, chosen: ReportFormat) -> None:
    from moodcheck import api
    from moodcheck.batch.views import json, plain

    width, _rows = size_of(sys.stderr)
    if chosen is ReportFormat.JSON:
        say(json.batch_report(done, api.language()))
    elif is_terminal(sys.stderr) and not wants_plain(plain=False):
        from moodcheck.batch.views import rich_text

        say(rich_text.batch_report(done, api.language(), width=width))
    else:
        say(plain.batch_report(done, api.language(), width=width))
