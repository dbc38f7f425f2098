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
from moodcheck.cli.options import Format, wants_plain
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
    """What does the scoring."""

    DUCKDB = "duckdb"
    SPARK = "spark"


class ReportFormat(StrEnum):
    """How the report on standard error is written."""

    TEXT = "text"
    JSON = "json"


def score(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="CSV, JSONL or Parquet files with one row for each sitting; - is standard input."
        ),
    ],
    questionnaire: Annotated[
        str, typer.Option(help="The questionnaire that was answered: its id, or a YAML file.")
    ] = "symptoms",
    map: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A YAML file that says which column is which item."),
    ] = None,
    output: Annotated[
        str, typer.Option(metavar="FILE", help="Where to write the scores; - is standard output.")
    ] = STANDARD,
    rejects: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where to write rejected records. If left out: beside the scores."
        ),
    ] = None,
    alerts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to write alerts. If left out: beside the scores."),
    ] = None,
    known_alerts: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Leave out the alerts that are in this earlier file of alerts."
        ),
    ] = None,
    engine: Annotated[Engine, typer.Option(help="What does the scoring.")] = Engine.DUCKDB,
    format: Annotated[
        TableFormat | None,
        typer.Option(help="The format of the scores. If left out: as the name of the output ends."),
    ] = None,
    allow_rejects: Annotated[
        bool,
        typer.Option("--allow-rejects", help="Exit with 0, not 3, when records were rejected."),
    ] = False,
    max_rejects: Annotated[
        str | None,
        typer.Option(
            metavar="N|P%",
            help="Write no scores and exit with 65 when more than this are rejected.",
        ),
    ] = None,
    fail_on_alerts: Annotated[
        bool,
        typer.Option(
            "--fail-on-alerts",
            help="Exit with 4 when there are alerts; with --known-alerts, new ones.",
        ),
    ] = False,
    check_ids: Annotated[
        bool, typer.Option("--check-ids", help="Count ids that are in more than one row.")
    ] = False,
    exact: Annotated[
        bool,
        typer.Option(
            "--exact",
            help="Write every cell as it is, even one that a spreadsheet would run as a formula.",
        ),
    ] = False,
    spool: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="A folder for working files while it runs; only you can open them."
        ),
    ] = None,
    report: Annotated[
        ReportFormat, typer.Option(help="The format of the report on standard error.")
    ] = ReportFormat.TEXT,
) -> int:
    """Score files of answers, without asking anyone anything.

    Every record is scored, or rejected with a reason. Alerts always go to a file of their own,
    before the scores. If you run this, make sure that somebody reads them.

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
    from moodcheck.batch.report_json import batch_report
    from moodcheck.batch.report_view import report_document
    from moodcheck.cli.show import as_text

    if chosen is ReportFormat.JSON:
        say(batch_report(done, api.language()))
        return
    is_drawn = is_terminal(sys.stderr) and not wants_plain(plain=False)
    width, _rows = size_of(sys.stderr)
    document = report_document(done, api.language())
    say(as_text(document, Format.RICH if is_drawn else Format.PLAIN, width=width))
