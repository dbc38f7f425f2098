"""`moodcheck cohort`: files of answers in, a look at all of them together out."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.batch.cohort.disclosure import USUAL_LEAST
from moodcheck.batch.cohort.json import cohort_json
from moodcheck.batch.cohort.run import FilesCohort, look_at_files
from moodcheck.batch.cohort.view import alerts_of_cohort, cohort_document
from moodcheck.batch.column_choice import group_choice
from moodcheck.batch.engines import open_engine
from moodcheck.batch.files_request import FilesRequest
from moodcheck.batch.limits import exit_code
from moodcheck.batch.outcome import RowCounts
from moodcheck.batch.tables.layout import UTF_8
from moodcheck.cli.interop_options import FormOption
from moodcheck.cli.options import PlainOption, format_for_stdout, refuse_for_stdout, wants_plain
from moodcheck.cli.score_options import (
    DelimiterOption,
    EncodingOption,
    Engine,
    EngineOption,
    GlobOption,
    InputsArgument,
    MapOption,
    MaxRejectsOption,
    MemoryOption,
    QuestionnaireOption,
    SheetOption,
    SpoolOption,
    StrictCodesOption,
)
from moodcheck.cli.show import say_document, show_document, write_file
from moodcheck.core.language import Language
from moodcheck.errors import MoodcheckError
from moodcheck.files.leftovers import spool as working_folder
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import refuse_unwritable
from moodcheck.loading.context import Context
from moodcheck.report.document import Document
from moodcheck.report.formats import Format, format_for_file
from moodcheck.terminal.console import is_terminal, tell, write_out
from moodcheck.terminal.progress import progress_bar

ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="COLUMN", help="Show the groups that this column tells apart."),
]
LeastOption = Annotated[
    int,
    typer.Option(
        "--min-group", metavar="N", min=1, help="Show nothing of a group of fewer rows than this."
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option("--format", help="The format. If left out: as the name of the file ends."),
]
OutputOption = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Write it to this new file, which only you can open."),
]
AllowRejectsOption = Annotated[
    bool, typer.Option("--allow-rejects", help="Exit with 0, not 3, when records were rejected.")
]
FailOnAlertsOption = Annotated[
    bool, typer.Option("--fail-on-alerts", help="Exit with 4 when there are alerts.")
]


def cohort(
    context: Context,
    inputs: InputsArgument,
    questionnaire: QuestionnaireOption = None,
    map: MapOption = None,
    form: FormOption = None,
    by: ByOption = None,
    min_group: LeastOption = USUAL_LEAST,
    format: FormatOption = None,
    output: OutputOption = None,
    plain: PlainOption = False,
    engine: EngineOption = Engine.EMBEDDED,
    allow_rejects: AllowRejectsOption = False,
    max_rejects: MaxRejectsOption = None,
    strict_codes: StrictCodesOption = False,
    fail_on_alerts: FailOnAlertsOption = False,
    spool: SpoolOption = None,
    memory: MemoryOption = None,
    delimiter: DelimiterOption = None,
    encoding: EncodingOption = UTF_8,
    sheet: SheetOption = None,
    glob: GlobOption = None,
) -> int:
    """Look at many people together: how scores and answers are spread, and what is missing.

    No row is shown, and nothing of small groups. It is about the data, never about a person, and
    not a diagnosis. Alerts are counted first; 'moodcheck score' writes them.

    Example: moodcheck cohort answers.csv
    """
    place = None if output is None else whole_path(output)
    chosen = _format(place, format, plain=plain)
    request = FilesRequest(
        inputs=tuple(inputs),
        questionnaire=questionnaire,
        map=map,
        form=form,
        engine=engine.value,
        allow_rejects=allow_rejects,
        max_rejects=max_rejects,
        fail_on_alerts=fail_on_alerts,
        strict_codes=strict_codes,
        spool=spool,
        delimiter=delimiter,
        encoding=encoding,
        sheet=sheet,
        glob=glob,
    )
    request.refuse_unreachable()
    asked = context.questionnaire(request.answered)
    limits, rows, language = request.limits(), open_engine(request.engine, memory), context.language
    how = _scoring(request)
    with working_folder(request.spool) as folder:
        job = request.job(asked, notice=language.batch.notice, spool=folder)
        job = replace(job, columns=group_choice(by))
        try:
            with progress_bar(plain=wants_plain(plain=plain)) as progress:
                shown = look_at_files(job, rows, limits, progress, by=by, least=min_group)
        except MoodcheckError as error:
            if isinstance(error.report, RowCounts):
                _say_alerts(error.report, language, how)
            raise
    try:
        _show(shown, language, how, chosen, place)
    finally:
        # Whoever read the numbers may be gone; alerts are said all the same.
        _say_alerts(shown.counts, language, how)
    return exit_code(shown.counts, limits)


def _format(place: Path | None, chosen: Format | None, *, plain: bool) -> Format:
    """Return the format; whatever forbids it is said before anything is read."""
    if place is None:
        refuse_for_stdout(chosen)
        return format_for_stdout(chosen, plain=plain)
    found = format_for_file(place, chosen)
    refuse_unwritable(place)
    return found


def _scoring(request: FilesRequest) -> str:
    """Return the command that scores the same rows, and so writes their alerts."""
    options = {
        "--questionnaire": request.answered,
        "--map": request.map,
        "--form": request.form,
        "--engine": None if request.engine == Engine.EMBEDDED else request.engine,
        "--delimiter": request.delimiter,
        "--encoding": None if request.encoding == UTF_8 else request.encoding,
        "--sheet": request.sheet,
        "--glob": request.glob,
        "--output": "scores.csv",
    }
    given = [word for name, said in options.items() if said for word in (name, str(said))]
    return shlex.join(["moodcheck", "score", *request.inputs, *given])


def _show(
    shown: FilesCohort, language: Language, how: str, chosen: Format, place: Path | None
) -> None:
    made: Document | str
    if chosen is Format.JSON:
        made = cohort_json(shown, language, how=how)
    else:
        made = cohort_document(shown, language, how=how)
    if place is not None:
        tell(f"{write_file(made, place, chosen)} {language.not_a_diagnosis}")
    elif isinstance(made, str):
        write_out(made)
    else:
        show_document(made, chosen)


def _say_alerts(counts: RowCounts, language: Language, how: str) -> None:
    """Say on standard error that there are alerts; where there are none, the numbers say so."""
    if counts.alerts:
        is_drawn = is_terminal(sys.stderr) and not wants_plain(plain=False)
        said = Document("", (alerts_of_cohort(counts, language, how=how),))
        say_document(said, Format.RICH if is_drawn else Format.PLAIN)
