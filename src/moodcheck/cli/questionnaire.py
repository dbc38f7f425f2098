"""`moodcheck questionnaire`: look at questionnaires, bring your own, print their schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli.options import PlainOrJson, PlainOrJsonOption
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import tell, write_out
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import Item


def list_questionnaires(format: PlainOrJsonOption = PlainOrJson.PLAIN) -> int:
    """List the questionnaires that have an id, where each comes from, and which can be asked.

    Example: moodcheck questionnaire list
    """
    from moodcheck import api
    from moodcheck.cli.questionnaire_list import as_json, as_lines
    from moodcheck.loading.catalogue import listed_questionnaires

    listed = listed_questionnaires(api.language())
    write_out(as_json(listed) if format is PlainOrJson.JSON else as_lines(listed))
    return 0


def copy(
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The new YAML file, which only you can open.")
    ],
    new_id: Annotated[
        str | None, typer.Option("--as", metavar="ID", help="Give the copy another id.")
    ] = None,
) -> int:
    """Copy a questionnaire to a new file, with a mark wherever its wording is missing.

    Scores, published ranges and critical items are kept. The wording of most instruments belongs to
    their authors, so it does not come with moodcheck: you fill in the copy that you have.

    Example: moodcheck questionnaire copy phq-9 my-phq-9.yaml
    """
    from moodcheck import api
    from moodcheck.core.wording import PLACEHOLDER
    from moodcheck.files.private_file import write_private
    from moodcheck.loading.questionnaire_copy import questionnaire_copy

    found = api.load(questionnaire)
    write_private(file, questionnaire_copy(found, new_id))
    name = safe_text(str(file))
    if found.has_wording:
        tell(_("Written to {name}.").format(name=name))
        return 0
    said = _("Written to {name}. Fill in the wording where it says {mark}, then try:")
    tell(said.format(name=name, mark=PLACEHOLDER))
    tell(f"  moodcheck questionnaire validate {name}")
    return 0


def add(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The YAML file.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the one of your own that has the same id.")
    ] = False,
) -> int:
    """Add a questionnaire to your own, so that every command knows it by its id.

    Example: moodcheck questionnaire add mine.yaml
    """
    from moodcheck import api
    from moodcheck.loading.catalogue import add_questionnaire

    kept, found = add_questionnaire(file, api.language(), may_replace=replace)
    tell(_("Saved as {name}.").format(name=safe_text(str(kept))))
    if found.has_wording:
        tell(_("Now you can use: moodcheck check {id}").format(id=found.id))
    else:
        tell(_("It has no wording, so it only scores files."))
    return 0


def show(
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")],
    format: PlainOrJsonOption = PlainOrJson.PLAIN,
) -> int:
    """Show a questionnaire: its items and their options, or with --format json all of it.

    Example: moodcheck questionnaire show symptoms --format json
    """
    import json

    from moodcheck import api

    shown = api.load(questionnaire)
    if format is PlainOrJson.JSON:
        write_out(json.dumps(shown.plain_data(), indent=2) + "\n")
    else:
        write_out(_described(shown))
    return 0


def validate(
    files: Annotated[list[str], typer.Argument(help="YAML files or ids.")],
) -> int:
    """Check questionnaire files, and list every problem that each one has.

    Example: moodcheck questionnaire validate mine.yaml
    """
    from moodcheck import api
    from moodcheck.errors import ExitCode, MoodcheckError
    from moodcheck.safe_text import safe_lines

    worst = ExitCode.OK
    for name in files:
        try:
            found = api.load(name)
        except MoodcheckError as error:
            tell(safe_lines(str(error)))
            worst = max(worst, error.exit_code)
        else:
            items = _("{count} items").format(count=len(found.items))
            write_out(f"{safe_text(name)}: {found.id} {found.version}, {items}\n")
            _say_if_not_the_shipped_one(found)
    return worst


def schema() -> int:
    """Print the JSON Schema of questionnaire files, for editors that complete and check them.

    Example: moodcheck questionnaire schema > questionnaire.schema.json
    """
    from moodcheck.core.questionnaire import questionnaire_schema

    write_out(questionnaire_schema())
    return 0


def map_template(
    table: Annotated[
        str, typer.Argument(metavar="CSV", help="A table of answers: .csv or .csv.gz.")
    ],
    questionnaire: Annotated[
        str, typer.Option(help="The questionnaire that was answered: its id, or a YAML file.")
    ] = "symptoms",
) -> int:
    """Propose a map for `score --map` from the header and the first rows of a table.

    Lines that are not certain are marked for you to confirm.

    Example: moodcheck questionnaire map-template answers.csv > map.yaml
    """
    from moodcheck import api, wiring

    write_out(wiring.propose_map(table, api.load(questionnaire)))
    return 0


def _say_if_not_the_shipped_one(found: Questionnaire) -> None:
    """Say where a questionnaire has the id of one that comes with moodcheck, and is another."""
    from moodcheck import api
    from moodcheck.loading.catalogue import built_in_questionnaire
    from moodcheck.loading.questionnaire_differences import scoring_differences

    shipped = built_in_questionnaire(found.id, api.language())
    if shipped is None or not (why := scoring_differences(shipped, found)):
        return
    said = _(
        "This is not the '{id}' that comes with moodcheck: {why}. Sittings with the two are never "
        "compared. Give yours an id of its own."
    )
    tell(said.format(id=found.id, why=why))


def _described(shown: Questionnaire) -> str:
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
    return f"{safe_text(item.text or item.label)} [{item.id}]"


def _options(shown: Questionnaire, item: Item) -> list[str]:
    return [
        f"   {option.value} {safe_text(option.label or '')}".rstrip()
        for option in shown.options(item.id)
    ]
