"""`moodcheck score`: a file of answers in, scores, rejects and alerts out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from moodcheck.batch import run
from moodcheck.batch.column_choice import SCORES
from moodcheck.batch.engines import open_engine
from moodcheck.batch.files_request import FilesRequest
from moodcheck.batch.outcome import BatchReport
from moodcheck.batch.output_places import AlertsWish
from moodcheck.batch.remote_place import place_of
from moodcheck.batch.row_engine import STANDARD, BatchJob, RowEngine
from moodcheck.batch.run import Outputs
from moodcheck.batch.tables.layout import UTF_8
from moodcheck.cli.interop_options import FormOption
from moodcheck.cli.score_options import (
    AlertsFolderOption,
    AlertsOption,
    AllowRejectsOption,
    CheckIdsOption,
    ColumnsOption,
    DelimiterOption,
    EncodingOption,
    Engine,
    EngineOption,
    ExactOption,
    FailOnAlertsOption,
    GlobOption,
    InputsArgument,
    KnownAlertsOption,
    MapOption,
    MaxRejectsOption,
    MemoryOption,
    OutputOption,
    QuestionnaireOption,
    QuietOption,
    RejectsOption,
    ReplaceAlertsOption,
    ReportOption,
    SheetOption,
    SpoolOption,
    StrictCodesOption,
    TableFormatOption,
)
from moodcheck.cli.score_report import TEXT, Telling
from moodcheck.files.leftovers import spool as working_folder
from moodcheck.loading.context import Context
from moodcheck.terminal.console import tell, write_file_out
from moodcheck.translation import gettext as _


def score(
    context: Context,
    inputs: InputsArgument,
    questionnaire: QuestionnaireOption = None,
    map: MapOption = None,
    form: FormOption = None,
    output: OutputOption = STANDARD,
    rejects: RejectsOption = None,
    alerts: AlertsOption = None,
    alerts_dir: AlertsFolderOption = None,
    replace_alerts: ReplaceAlertsOption = False,
    known_alerts: KnownAlertsOption = None,
    engine: EngineOption = Engine.EMBEDDED,
    format: TableFormatOption = None,
    columns: ColumnsOption = SCORES,
    allow_rejects: AllowRejectsOption = False,
    max_rejects: MaxRejectsOption = None,
    strict_codes: StrictCodesOption = False,
    fail_on_alerts: FailOnAlertsOption = False,
    check_ids: CheckIdsOption = False,
    exact: ExactOption = False,
    spool: SpoolOption = None,
    memory: MemoryOption = None,
    delimiter: DelimiterOption = None,
    encoding: EncodingOption = UTF_8,
    sheet: SheetOption = None,
    glob: GlobOption = None,
    report: ReportOption = TEXT,
    quiet: QuietOption = False,
) -> int:
    """Score files of answers, without asking anyone anything.

    Every record is scored, or rejected with a reason. Alerts always go to a file of their own,
    before the scores. If you run this, make sure that somebody reads them.

    Example: moodcheck score answers.csv --output scores.csv
    """
    telling = Telling(report, quiet, context.language)
    telling.refuse_place_of([output, rejects, alerts])
    request = FilesRequest(
        inputs=tuple(inputs),
        questionnaire=questionnaire,
        output=output,
        map=map,
        form=form,
        rejects=None if rejects is None else place_of(rejects),
        alerts=AlertsWish(None if alerts is None else place_of(alerts), alerts_dir, replace_alerts),
        known_alerts=tuple(known_alerts or ()),
        engine=engine.value,
        format=format,
        columns=columns,
        allow_rejects=allow_rejects,
        max_rejects=max_rejects,
        fail_on_alerts=fail_on_alerts,
        strict_codes=strict_codes,
        check_ids=check_ids,
        exact=exact,
        spool=spool,
        report=None if telling.file is None else telling.file.path,
        delimiter=delimiter,
        encoding=encoding,
        sheet=sheet,
        glob=glob,
    )
    with telling.failures(inputs, context.now()):
        return _run(context, request, megabytes=memory, telling=telling)


def _run(
    context: Context,
    request: FilesRequest,
    *,
    megabytes: int | None,
    telling: Telling,
) -> int:
    """Do what was asked, and return the exit code."""
    if (hidden := request.listed.hidden) and telling.talks:
        tell(_("Hidden files, which are not read: {count}.").format(count=f"{hidden:,}"))
    outputs = request.outputs()
    asked = context.questionnaire(request.answered)
    rows = open_engine(request.engine, megabytes)
    with working_folder(request.spool) as folder:
        if STANDARD in (*request.inputs, request.output) and telling.talks:
            said = _("Working files lie in {folder} while this runs; they are removed at the end.")
            tell(said.format(folder=str(folder)))
        job = request.job(asked, notice=context.language.batch.notice, spool=folder)
        done = _score(job, rows, outputs, telling)
    if done.failure is not None:
        raise done.failure
    return done.exit_code


def _score(job: BatchJob, rows: RowEngine, outputs: Outputs, telling: Telling) -> BatchReport:
    """Score, write what goes to stdout once all else is in place, and say what came of it."""
    to_stdout = str(outputs.scores) == STANDARD
    written = replace(outputs, scores=job.spool / "scores") if to_stdout else outputs
    with telling.progress() as progress:
        done = run.score_files(job, rows, written, progress)
    if not to_stdout:
        telling.say(replace(done, alert_ids=()))
        return done
    made = done.outputs.get("scores") or done.outputs.get("partial_scores")
    if made is not None:
        others = {name: file for name, file in done.outputs.items() if file != made}
        done = replace(done, outputs={**others, "scores": STANDARD})
    try:
        if made is not None:
            write_file_out(Path(made))
    finally:
        # Whoever read the scores may be gone; alerts are said all the same.
        telling.say(done)
    return done
