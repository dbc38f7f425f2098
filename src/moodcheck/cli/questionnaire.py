"""`moodcheck questionnaire`: look at questionnaires, bring your own, print their schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from moodcheck.batch.answer_map import answer_map_schema
from moodcheck.cli.options import PlainOrJson, PlainOrJsonOption
from moodcheck.core.questionnaire import Questionnaire, questionnaire_schema
from moodcheck.core.questionnaire_parts import Item
from moodcheck.core.wording import PLACEHOLDER
from moodcheck.errors import ExitCode, MoodcheckError
from moodcheck.files.private_file import write_private
from moodcheck.loading.catalogue import (
    Listed,
    add_questionnaire,
    built_in_questionnaire,
    listed_questionnaires,
)
from moodcheck.loading.context import Context
from moodcheck.loading.doubts import doubts
from moodcheck.loading.questionnaire_copy import questionnaire_copy
from moodcheck.loading.questionnaire_differences import scoring_differences
from moodcheck.report.json import as_text
from moodcheck.report.scale_words import scale_words
from moodcheck.terminal.console import tell, write_lines, write_out
from moodcheck.translation import gettext as _


def list_questionnaires(context: Context, format: PlainOrJsonOption = PlainOrJson.PLAIN) -> int:
    """List the questionnaires that have an id, where each comes from, and which can be asked.

    Example: moodcheck questionnaire list
    """
    listed = listed_questionnaires(context.language)
    if format is PlainOrJson.JSON:
        write_out(as_text([_object(one) for one in listed]))
    else:
        write_lines(_as_lines(listed))
    return 0


def copy(
    context: Context,
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
    found = context.questionnaire(questionnaire)
    write_private(file, questionnaire_copy(found, new_id))
    name = str(file)
    if found.has_wording:
        tell(_("Written to {name}.").format(name=name))
        return 0
    said = _("Written to {name}. Fill in the wording where it says {mark}, then try:")
    tell(said.format(name=name, mark=PLACEHOLDER))
    tell(f"  moodcheck questionnaire validate {name}")
    return 0


def add(
    context: Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The YAML file.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the one of your own that has the same id.")
    ] = False,
) -> int:
    """Add a questionnaire to your own, so that every command knows it by its id.

    Example: moodcheck questionnaire add mine.yaml
    """
    say_kept(*add_questionnaire(file, context.language, may_replace=replace))
    return 0


def say_kept(place: Path, questionnaire: Questionnaire) -> None:
    """Say where a questionnaire is kept from now on, and what can be done with it."""
    tell(_("Saved as {name}.").format(name=str(place)))
    if questionnaire.has_wording:
        tell(_("Now you can use: moodcheck check {id}").format(id=questionnaire.id))
    else:
        tell(_("It has no wording, so it only scores files."))


def show(
    context: Context,
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")],
    format: PlainOrJsonOption = PlainOrJson.PLAIN,
) -> int:
    """Show a questionnaire: its items and their options, or with --format json all of it.

    Each scale comes with how its number is worked out.

    Example: moodcheck questionnaire show symptoms --format json
    """
    shown = context.questionnaire(questionnaire)
    if format is PlainOrJson.JSON:
        write_out(json.dumps(shown.plain_data(), indent=2) + "\n")
    else:
        write_lines(_described(shown))
    return 0


def validate(
    context: Context,
    files: Annotated[list[str], typer.Argument(help="YAML files or ids.")],
) -> int:
    """Check questionnaire files, and list every problem that each one has.

    Example: moodcheck questionnaire validate mine.yaml
    """
    worst = ExitCode.OK
    for name in files:
        try:
            found = context.questionnaire(name)
        except MoodcheckError as error:
            tell(error)
            worst = max(worst, error.exit_code)
        else:
            items = _("{count} items").format(count=len(found.items))
            write_lines([f"{name}: {found.id} {found.version}, {items}"])
            _say_if_not_the_shipped_one(context, found)
            _say_doubts(context, name, found)
    return worst


def schema(
    maps: Annotated[
        bool, typer.Option("--maps", help="Print the one of maps instead, which score files.")
    ] = False,
) -> int:
    """Print the JSON Schema of questionnaire files, for editors that complete and check them.

    Example: moodcheck questionnaire schema > questionnaire.schema.json
    """
    write_out(answer_map_schema() if maps else questionnaire_schema())
    return 0


def _as_lines(listed: Iterable[Listed]) -> Iterator[str]:
    """Yield lines for each questionnaire: what it is, and what can be done with it."""
    for one in listed:
        yield from (_what_it_is(one), f"  {_where_from(one)}")
        if one.is_own and not isinstance(one.found, MoodcheckError):
            yield f"  {_origin(one.found)}"
        yield f"  {_use(one)}"


def _what_it_is(one: Listed) -> str:
    if isinstance(one.found, MoodcheckError):
        return one.id
    return f"{one.id}  {one.found.version}  {one.found.title}"


def _where_from(one: Listed) -> str:
    if one.takes_place:
        return _("yours, with its wording, in place of the one that comes with moodcheck")
    return _("yours") if one.is_own else _("comes with moodcheck")


def _origin(own: Questionnaire) -> str:
    source = own.source.note or own.source.document
    return _("{source} Licence: {licence}").format(source=source, licence=own.licence)


def _use(one: Listed) -> str:
    if isinstance(one.found, MoodcheckError):
        said = _("cannot be used; to see why: moodcheck questionnaire validate {file}")
        return said.format(file=str(one.file))
    if one.found.has_wording:
        return _("ready to use: moodcheck check {id}").format(id=one.id)
    if one.is_own:
        return _("has no wording, so it only scores files")
    said = _("has no wording; to bring it: moodcheck questionnaire import FILE --as {id}")
    return said.format(id=one.id)


def _object(one: Listed) -> dict[str, Any]:
    found = one.found
    document: dict[str, Any] = {
        "id": one.id,
        "source": "own" if one.is_own else "built_in",
        "file": str(one.file),
    }
    if isinstance(found, MoodcheckError):
        return document | {"can_be_asked": False, "problem": str(found)}
    return document | {
        "version": found.version,
        "title": found.title,
        "can_be_asked": found.has_wording,
        "origin": found.source.note or found.source.document,
        "licence": found.licence,
        "problem": None,
    }


def _say_if_not_the_shipped_one(context: Context, found: Questionnaire) -> None:
    """Say where a questionnaire has the id of one that comes with moodcheck, and is another."""
    shipped = built_in_questionnaire(found.id, context.language)
    if shipped is None or not (why := scoring_differences(shipped, found)):
        return
    said = _(
        "This is not the '{id}' that comes with moodcheck: {why}. Sittings with the two are never "
        "compared. Give yours an id of its own."
    )
    tell(said.format(id=found.id, why=why))


def _say_doubts(context: Context, name: str, found: Questionnaire) -> None:
    """Say what the author of a file should look at again; one that comes along has no doubts."""
    for problem in doubts(name, found, context.language):
        tell(_("Warning: {problem}").format(problem=str(problem)))


def _described(shown: Questionnaire) -> list[str]:
    lines = [
        f"{shown.title} ({shown.id} {shown.version})",
        shown.recall_period,
    ]
    for position, item in enumerate(shown.items, start=1):
        lines += ["", f"{position}. {_item(item)}", *_options(shown, item)]
    for item in shown.context:
        lines += ["", _("Not scored: {item}").format(item=_item(item)), *_options(shown, item)]
    return [*lines, "", *(line for scale in shown.scales for line in scale_words(shown, scale))]


def _item(item: Item) -> str:
    return f"{item.text or item.label} [{item.id}]"


def _options(shown: Questionnaire, item: Item) -> list[str]:
    return [f"   {option.value} {option.label or ''}".rstrip() for option in shown.options(item.id)]
