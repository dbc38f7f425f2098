"""`moodcheck questionnaire import|export|remove`: from other programs, and to them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.cli.asked_lines import AskedLines, can_be_asked
from moodcheck.cli.history_options import YesOption, is_confirmed
from moodcheck.cli.questionnaire import say_kept
from moodcheck.cli.questionnaire_questions import chosen_critical
from moodcheck.cli.show import say_document
from moodcheck.errors import ExitCode, InputNotFound, UsageError, did_you_mean
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import write_private
from moodcheck.interop.bringing import bring, keep
from moodcheck.interop.brought_view import brought_document
from moodcheck.interop.form import Form
from moodcheck.interop.forms import FormatName, export, read_content, read_form_file
from moodcheck.loading.catalogue import keep_content
from moodcheck.loading.context import Context
from moodcheck.loading.own_questionnaires import (
    own_questionnaire_file,
    own_questionnaire_files,
    remove_questionnaire,
)
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import tell, write_out
from moodcheck.terminal.signals import Interrupted, LeftAtOnce
from moodcheck.translation import gettext as _

_KEEP, _REMOVE = "keep", "remove"

FormatOption = Annotated[
    FormatName | None,
    typer.Option("--format", help="What the file is. If left out: what is in it tells."),
]


def import_questionnaire(
    context: Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A FHIR R4 Questionnaire (JSON), a REDCap data dictionary (CSV), or our YAML.",
        ),
    ],
    wanted: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="ID",
            help="Which questionnaire it is, such as phq-9. If left out: its LOINC codes tell.",
        ),
    ] = None,
    critical: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ITEM",
            help="An item about death or suicide, where no scoring that comes with moodcheck "
            "names it. May be given more than once.",
        ),
    ] = None,
    no_critical: Annotated[
        bool, typer.Option("--no-critical", help="No item is about death or suicide.")
    ] = False,
    format: FormatOption = None,
    form_name: Annotated[
        str | None,
        typer.Option(
            "--form", metavar="NAME", help="Which form of a REDCap project, where it has several."
        ),
    ] = None,
    yes: YesOption = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the one of your own that has the same id.")
    ] = False,
) -> int:
    """Bring the wording of a questionnaire from a file of another program that you have.

    It is joined with the scoring that comes with moodcheck, item by item, shown, and kept in your
    own folder if you say so. Then it can be asked.

    Example: moodcheck questionnaire import phq9.json --yes
    """
    if critical and no_critical:
        raise UsageError("--critical and --no-critical contradict each other", mend="Use one")
    content = read_content(file)
    form = read_form_file(file, content, format, form_name)
    if form is None:
        if wanted is not None or critical or no_critical:
            raise UsageError(
                "A YAML file says itself which questionnaire it is, and which items are critical",
                mend="Leave --as and --critical out",
            )
        shown = safe_text(str(file))
        say_kept(*keep_content(shown, content, context.language, may_replace=replace))
        return ExitCode.OK

    def asked(form: Form) -> Collection[str]:
        return chosen_critical(AskedLines(), form, context.language)

    is_said, may_ask = critical or no_critical, not yes and can_be_asked()
    try:
        brought = bring(
            form,
            context.language,
            wanted=wanted,
            critical=(critical or ()) if is_said else asked if may_ask else None,
            today=context.now().date(),
        )
    except (Interrupted, LeftAtOnce):
        tell("", _("Nothing was kept."))
        return ExitCode.INTERRUPTED
    say_document(brought_document(brought))
    question = _("Keep this among your own questionnaires?")
    if not (yes or is_confirmed(question, _KEEP)):
        tell(_("Nothing was kept. For scripts: --yes"))
        return ExitCode.USAGE
    say_kept(keep(brought, context.language, may_replace=replace), brought.questionnaire)
    return ExitCode.OK


def export_questionnaire(
    context: Context,
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")],
    format: Annotated[FormatName, typer.Option("--format", help="What other programs read.")],
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="A new file, which only you can open. If left out: stdout."
        ),
    ] = None,
) -> int:
    """Write a questionnaire for another program, and list what its format cannot say.

    Example: moodcheck questionnaire export symptoms --format fhir --output symptoms.json
    """
    exported = export(context.questionnaire(questionnaire), format, notice=context.language.notice)
    if output is None:
        write_out(exported.content)
    else:
        path = whole_path(output)
        write_private(path, exported.content)
        tell(_("Written to {name}.").format(name=str(path)))
    if exported.unsaid:
        tell(_("What this format cannot say:"), *(f"  {one}." for one in exported.unsaid))
    return ExitCode.OK


def remove(
    questionnaire: Annotated[str, typer.Argument(metavar="ID", help="The id of one of your own.")],
    yes: YesOption = False,
) -> int:
    """Remove a questionnaire from your own. Saved sittings keep theirs, and can still be read.

    Example: moodcheck questionnaire remove rest --yes
    """
    file = own_questionnaire_file(questionnaire)
    if file is None:
        own = sorted(own_questionnaire_files())
        raise InputNotFound(
            f"None of your own questionnaires is called '{questionnaire[:64]}'",
            mend=f"{did_you_mean(questionnaire, own)}Yours are: {', '.join(own) or 'none so far'}",
        )
    question = _("Remove '{id}' from your own questionnaires?").format(id=questionnaire)
    if not (yes or is_confirmed(question, _REMOVE)):
        tell(_("Nothing was removed. For scripts: --yes"))
        return ExitCode.USAGE
    remove_questionnaire(file)
    tell(_("Removed {name}.").format(name=str(file)))
    return ExitCode.OK
