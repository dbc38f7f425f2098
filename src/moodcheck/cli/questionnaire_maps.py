"""`moodcheck questionnaire maps` and `map-template`: how somebody else's table is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.engines import propose_map
from moodcheck.batch.map_faults import lacks_wording
from moodcheck.batch.map_file import MapFile, no_map, shipped_maps
from moodcheck.batch.responses import Asked
from moodcheck.batch.tables.layout import UTF_8, layout_of
from moodcheck.cli.interop_options import FormOption
from moodcheck.cli.options import PlainOrJson, PlainOrJsonOption
from moodcheck.cli.score_options import DelimiterOption, EncodingOption, SheetOption
from moodcheck.errors import MoodcheckError
from moodcheck.files.leftovers import spool as working_folder
from moodcheck.interop.forms import read_questionnaire
from moodcheck.loading.context import Context
from moodcheck.report.json import as_text
from moodcheck.terminal.console import write_lines, write_out
from moodcheck.translation import gettext as _


def maps(
    context: Context,
    map: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The map that is printed.")
    ] = None,
    format: PlainOrJsonOption = PlainOrJson.PLAIN,
) -> int:
    """List the maps that come with moodcheck, or print one to copy and change.

    Example: moodcheck questionnaire maps nhanes-dpq > my-map.yaml
    """
    shipped = shipped_maps()
    if map is not None:
        file, found = next((one for one in shipped if one[0].called == map), (None, None))
        if file is None or found is None:
            raise no_map(map)
        write_out(file.text() if format is PlainOrJson.PLAIN else as_text(found.plain_data()))
    elif format is PlainOrJson.JSON:
        write_out(as_text([_object(context, *one) for one in shipped]))
    else:
        write_lines(line for one in shipped for line in _as_lines(context, *one))
    return 0


def map_template(
    context: Context,
    table: Annotated[
        str,
        typer.Argument(
            metavar="TABLE", help="A table of answers or responses of FHIR, as `score` reads them."
        ),
    ],
    questionnaire: Annotated[
        str, typer.Option(help="The questionnaire that was answered: its id, or a YAML file.")
    ] = "symptoms",
    form: FormOption = None,
    delimiter: DelimiterOption = None,
    encoding: EncodingOption = UTF_8,
    sheet: SheetOption = None,
) -> int:
    """Propose a map for `score --map` from the beginning of a table, or of responses of FHIR.

    Lines that are not certain are marked for you to confirm.

    Example: moodcheck questionnaire map-template answers.csv > map.yaml
    """
    layout = layout_of(delimiter, encoding, sheet)
    answered = None if form is None else read_questionnaire(form)
    asked = Asked(context.questionnaire(questionnaire), None, answered)
    with working_folder(None) as folder:
        proposed = propose_map(table, layout, asked, folder)
    write_out(proposed)
    return 0


def _as_lines(context: Context, file: MapFile, found: AnswerMap) -> Iterator[str]:
    """Yield what a map is for, and what can be done with it."""
    yield f"{file.called}  {found.questionnaire}"
    yield f"  {found.title}"
    if _lacks_wording(context, found):
        said = _("needs your wording; to bring it: moodcheck questionnaire import FILE --as {id}")
    else:
        said = _("ready to use: moodcheck score FILE --map {map}")
    yield f"  {said.format(id=found.questionnaire, map=file.called)}"


def _object(context: Context, file: MapFile, found: AnswerMap) -> dict[str, Any]:
    return {
        "name": file.called,
        "questionnaire": found.questionnaire,
        "title": found.title,
        "needs_wording": found.needs_wording,
        "can_be_used": not _lacks_wording(context, found),
        "file": str(file.path),
    }


def _lacks_wording(context: Context, found: AnswerMap) -> bool:
    """Return whether a map goes by words of the questionnaire that the user has not brought."""
    asked = found.questionnaire
    if asked is None or not found.needs_wording:
        return False
    try:
        return lacks_wording(found, context.questionnaire(asked))
    except MoodcheckError:
        # What is wrong with the user's own file is told where it is used.
        return True
