"""`moodcheck score`: a file of answers in, scores, rejects and alerts out."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from moodcheck.batch import run
from moodcheck.batch.known_alerts import alerts_files, read_known_alerts
from moodcheck.batch.map_file import load_answer_map
from moodcheck.batch.outcome import BatchReport
from moodcheck.batch.report_json import batch_report
from moodcheck.batch.report_view import report_document
from moodcheck.batch.row_engine import STANDARD, BatchJob, RowEngine
from moodcheck.batch.run import Outputs
from moodcheck.batch.tables.layout import UTF_8, Layout, delimiter_of, encoding_of
from moodcheck.cli.options import Format, wants_plain
from moodcheck.cli.score_options import (
    AlertsFolderOption,
    AlertsOption,
    AllowRejectsOption,
    CheckIdsOption,
    DelimiterOption,
    EncodingOption,
    Engine,
    EngineOption,
    ExactOption,
    FailOnAlertsOption,
    InputsArgument,
    KnownAlertsOption,
    MapOption,
    MaxRejectsOption,
    OutputOption,
    QuestionnaireOption,
    RejectsOption,
    ReplaceAlertsOption,
    ReportFormat,
    ReportOption,
    SpoolOption,
    TableFormatOption,
    format_by_name,
    most_rejects_of,
)
from moodcheck.cli.score_outputs import AlertsWish, outputs_of, refuse_what_is_read
from moodcheck.cli.show import say_document
from moodcheck.core.language import Language
from moodcheck.errors import UsageError
from moodcheck.files.leftovers import spool as working_folder
from moodcheck.loading.context import Context
from moodcheck.terminal.console import is_terminal, say, tell, write_file_out
from moodcheck.terminal.progress import progress_bar
from moodcheck.translation import gettext as _


def score(
    context: Context,
    inputs: InputsArgument,
    questionnaire: QuestionnaireOption = "symptoms",
    map: MapOption = None,
    output: OutputOption = STANDARD,
    rejects: RejectsOption = None,
    alerts: AlertsOption = None,
    alerts_dir: AlertsFolderOption = None,
    replace_alerts: ReplaceAlertsOption = False,
    known_alerts: KnownAlertsOption = None,
    engine: EngineOption = Engine.EMBEDDED,
    format: TableFormatOption = None,
    allow_rejects: AllowRejectsOption = False,
    max_rejects: MaxRejectsOption = None,
    fail_on_alerts: FailOnAlertsOption = False,
    check_ids: CheckIdsOption = False,
    exact: ExactOption = False,
    spool: SpoolOption = None,
    delimiter: DelimiterOption = None,
    encoding: EncodingOption = UTF_8,
    report: ReportOption = ReportFormat.TEXT,
) -> int:
    """Score files of answers, without asking anyone anything.

    Every record is scored, or rejected with a reason. Alerts always go to a file of their own,
    before the scores. If you run this, make sure that somebody reads them.

    Example: moodcheck score answers.csv --output scores.csv
    """
    if engine is Engine.SPARK and output == STANDARD:
        raise UsageError("A cluster writes a folder of files", mend="Name it with --output")
    place = AlertsWish(alerts, alerts_dir, replace_alerts)
    outputs = outputs_of(output, rejects, place, most_rejects_of(max_rejects))
    refuse_what_is_read(outputs, [*inputs, map, *alerts_files(known_alerts or ())])
    layout = Layout(delimiter_of(delimiter) if delimiter else None, encoding_of(encoding))
    asked = context.questionnaire(questionnaire)
    answer_map = load_answer_map(Path(map), asked) if map is not None else None
    rows = run.open_engine(engine.value)
    with working_folder(spool) as folder:
        # A script that reads the report as JSON gets no other words before it.
        if STANDARD in (*inputs, output) and report is ReportFormat.TEXT:
            said = _("Working files lie in {folder} while this runs; they are removed at the end.")
            tell(said.format(folder=str(folder)))
        job = BatchJob(
            questionnaire=asked,
            answer_map=answer_map,
            inputs=tuple(inputs),
            table_format=format or format_by_name(output),
            notice=context.language.batch.notice,
            is_exact=exact,
            checks_ids=check_ids,
            known_alerts=read_known_alerts(known_alerts) if known_alerts else None,
            spool=folder,
            layout=layout,
        )
        done = _score(job, rows, outputs, report, context.language)
    if (problem := run.refusal(done, outputs.most_rejects)) is not None:
        raise problem
    return run.exit_code(done, allows_rejects=allow_rejects, fails_on_alerts=fail_on_alerts)


def _score(
    job: BatchJob, rows: RowEngine, outputs: Outputs, report: ReportFormat, language: Language
) -> BatchReport:
    """Score, write what goes to stdout once all else is in place, and say what came of it."""
    to_stdout = str(outputs.scores) == STANDARD
    spooled = job.spool / "scores"
    written = replace(outputs, scores=spooled) if to_stdout else outputs
    is_read = report is ReportFormat.JSON
    shown = nullcontext(_no_progress) if is_read else progress_bar(plain=wants_plain(plain=False))
    with shown as progress:
        done = run.score_files(job, rows, written, progress)
    if not to_stdout:
        _say(replace(done, alert_ids=()), report, language)
        return done
    is_scored = "scores" in done.outputs
    if is_scored:
        done = replace(done, outputs={**done.outputs, "scores": STANDARD})
    try:
        if is_scored:
            write_file_out(spooled)
    finally:
        # Whoever read the scores may be gone; alerts are said all the same.
        _say(done, report, language)
    return done


def _no_progress(_rows: int, _share: float | None) -> None:
    """Show none: a script reads standard error."""


def _say(done: BatchReport, chosen: ReportFormat, language: Language) -> None:
    if chosen is ReportFormat.JSON:
        say(batch_report(done, language))
        return
    is_drawn = is_terminal(sys.stderr) and not wants_plain(plain=False)
    say_document(report_document(done, language), Format.RICH if is_drawn else Format.PLAIN)
