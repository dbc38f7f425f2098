"""`moodcheck questionnaire`: list, show and validate questionnaires, and print their schema."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.terminal.console import say, write_out
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.domain.questionnaire import Item, Questionnaire

app = typer.Typer(
    help="List, show and validate questionnaires.\n\n"
    "Example: moodcheck questionnaire show symptoms",
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How a questionnaire is shown."""

    PLAIN = "plain"
    JSON = "json"


@app.command("list")
def list_() -> int:
    """List the questionnaires that come with moodcheck.

    Example: moodcheck questionnaire list
    """
    from moodcheck import api, wiring
    from moodcheck.safe_text import safe_text

    for name in sorted(wiring.questionnaire_files()):
        shown = api.load(name)
        write_out(f"{name}  {shown.version}  {safe_text(shown.title)}\n")
    return 0


@app.command()
def show(
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")],
    format: Annotated[Format, typer.Option(help="plain to read, json to process.")] = Format.PLAIN,
) -> int:
    """Show a questionnaire: its items and what they offer; as JSON whole, as it was written.

    Example: moodcheck questionnaire show symptoms --format json
    """
    import json

    from moodcheck import api

    shown = api.load(questionnaire)
    if format is Format.JSON:
        document = shown.model_dump(mode="json", by_alias=True, exclude_unset=True)
        write_out(json.dumps(document, indent=2) + "\n")
    else:
        write_out(_described(shown))
    return 0


@app.command()
def validate(
    files: Annotated[list[str], typer.Argument(help="YAML files, or ids.")],
) -> int:
    """Check questionnaire files, and name every problem of each at once.

    Example: moodcheck questionnaire validate mine.yaml
    """
    from moodcheck import api
    from moodcheck.errors import ExitCode, MoodcheckError
    from moodcheck.safe_text import safe_lines, safe_text

    worst = ExitCode.OK
    for name in files:
        try:
            found = api.load(name)
        except MoodcheckError as error:
            say(f"{safe_lines(str(error))}\n")
            worst = max(worst, error.exit_code)
        else:
            items = _("{count} items").format(count=len(found.items))
            write_out(f"{safe_text(name)}: {found.id} {found.version}, {items}\n")
    return worst


@app.command()
def schema() -> int:
    """Print the JSON Schema of questionnaire files, for editors that complete and check.

    Example: moodcheck questionnaire schema > questionnaire.schema.json
    """
    from moodcheck.domain.questionnaire_schema import questionnaire_schema

    write_out(questionnaire_schema())
    return 0


@app.command("map-template")
def map_template(
    table: Annotated[str, typer.Argument(metavar="CSV", help="A table of answers; also .csv.gz.")],
    questionnaire: Annotated[
        str, typer.Option(help="What they are answers to: an id, or a YAML file.")
    ] = "symptoms",
) -> int:
    """Propose a map for `score --map` from the header and the first rows of a table.

    What is not certain stands in lines to be confirmed.

    Example: moodcheck questionnaire map-template answers.csv > map.yaml
    """
    from moodcheck import api, wiring

    write_out(wiring.propose_map(table, api.load(questionnaire)))
    return 0


def _described(shown: Questionnaire) -> str:
    from moodcheck.safe_text import safe_text

    lines = [
        f"{safe_text(shown.title)} ({shown.id} {shown.version})",
        safe_text(shown.recall_period),
    ]
    for position, item in enumerate(shown.items, start=1):
        lines += ["", f"{position}. {_item(item)}", *_options(shown, item)]
    for item in shown.context:
        lines += ["", _("Not scored: {item}").format(item=_item(item)), *_options(shown, item)]
    lines += [
        "",
        *(f"{scale.id}: {safe_text(scale.label)} ({scale.method})" for scale in shown.scales),
    ]
    return "\n".join(lines) + "\n"


def _item(item: Item) -> str:
    from moodcheck.safe_text import safe_text

    return f"{safe_text(item.text or item.label)} [{item.id}]"


def _options(shown: Questionnaire, item: Item) -> list[str]:
    from moodcheck.safe_text import safe_text

    return [
        f"   {option.value} {safe_text(option.label or '')}".rstrip()
        for option in shown.options(item.id)
    ]
