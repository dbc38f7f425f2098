"""`moodcheck check`: walk through a questionnaire, or score given answers, and show the summary."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli.options import (
    EnterOption,
    Format,
    PlainOption,
    RegionOption,
    format_for_file,
    format_for_stdout,
    wants_plain,
)
from moodcheck.cli.region import find_region
from moodcheck.cli.store_options import StoreWishes, at_a_history
from moodcheck.errors import AnswersRefused, BadData, MoodcheckError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import is_dumb, is_terminal, tell
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.checkin.dialogue import Setting
    from moodcheck.core.crisis import Region
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.summary import Summary
    from moodcheck.history.port import HistoryStore


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the person wants to be asked and shown."""

    plain: bool
    enter: bool
    discreet: bool
    format: Format | None
    output: str | None
    save: bool
    store: StoreWishes


@at_a_history
def check(
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")] = "symptoms",
    region: RegionOption = None,
    plain: PlainOption = False,
    enter: EnterOption = False,
    discreet: Annotated[
        bool, typer.Option("--discreet", help="Leave nothing on the screen or in its scrollback.")
    ] = False,
    answers: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Ask nothing: read the answers from this JSON file; - is standard input.",
        ),
    ] = None,
    format: Annotated[Format | None, typer.Option(help="The format of the summary.")] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Write the summary to this new file, which only you can open."
        ),
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help="Save every answer in your encrypted history.")
    ] = False,
    *,
    store: StoreWishes,
) -> int:
    """Walk through the questions, then see a summary.

    The summary is for you to take to a doctor, a therapist or another clinician. It is not a
    diagnosis. Nothing is saved unless you name a file or use --save.

    Example: moodcheck check --region GB --plain
    """
    from moodcheck import api

    wishes = Wishes(
        plain=plain,
        enter=enter,
        discreet=discreet,
        format=format,
        output=output,
        save=save,
        store=store,
    )
    if output is not None:
        _refuse_output(output, format)
    asked, where = api.load(questionnaire), find_region(region)
    if answers is not None:
        _score_answers(asked, where, answers, wishes)
    else:
        _walk(asked, where, wishes)
    return 0


def _refuse_output(name: str, chosen: Format | None) -> None:
    """Say before the questions, not after them, that a file cannot be written."""
    from moodcheck.files.paths import whole_path
    from moodcheck.files.private_file import refuse_unwritable

    path = whole_path(name)
    format_for_file(path, chosen)
    refuse_unwritable(path)


def _score_answers(asked: Questionnaire, where: Region, source: str, wishes: Wishes) -> None:
    from moodcheck import api, wiring
    from moodcheck.cli import saving
    from moodcheck.cli.show import say_help, say_last, say_refused, show, write
    from moodcheck.core.administration import administer

    stdout_format = format_for_stdout(wishes.format, plain=wishes.plain)
    try:
        administration = administer(asked, wiring.read_answers(source, asked), taken_at=api.now())
    except AnswersRefused as refused:
        say_refused(refused, where, stdout_format)
        raise
    not_saved = saving.save_answers(administration, wishes.store) if wishes.save else None
    summary = api.summary_of(administration, where)
    if wishes.output is not None:
        tell(write(summary, wishes.output, wishes.format))
    else:
        show(summary, stdout_format)
    if summary.help_first and (wishes.output is not None or stdout_format is Format.JSON):
        # A file or a script may be read by nobody; whoever started this still sees the help lines.
        say_help(summary)
    elif wishes.output is None and stdout_format is not Format.JSON and is_terminal(sys.stdout):
        say_last(summary, is_drawn=stdout_format is Format.RICH)
    if not_saved is not None:
        raise not_saved


def _walk(asked: Questionnaire, where: Region, wishes: Wishes) -> None:
    from moodcheck import api
    from moodcheck.checkin import sitting
    from moodcheck.cli import saving
    from moodcheck.cli.show import rendered_for_screen, say_last, show, write
    from moodcheck.wiring import history as wiring_history

    sitting.refuse_if_nobody_could_see()
    refuse_without_wording(asked)
    is_plain = wants_plain(plain=wishes.plain)
    alerts: dict[str, int] = {}
    with (
        saving.unlocked_or_why(wishes.store, is_wanted=wishes.save) as history,
        sitting.opened(
            setting_of(asked, wishes, is_kept=_is_open(history)), where, is_plain=is_plain
        ) as person,
    ):
        administration, not_saved = saving.answered(asked, history, person, alerts)
        if administration is None:
            person.asker.before_clearing()
            return

        def summary() -> Summary:
            return api.summary_of(
                administration,
                person.dialogue.region,
                help_was_shown=person.asker.help_was_shown,
            )

        written = _written(summary(), wishes)
        stdout_format = format_for_stdout(wishes.format, plain=not person.is_drawn)
        if not person.is_drawn:
            show(summary(), stdout_format)
        person.asker.offer_after_summary(
            render=(lambda width: rendered_for_screen(summary(), width))
            if person.is_drawn
            else None,
            write=lambda name: write(summary(), name, None),
            save=None
            if wishes.save or not wiring_history.is_installed()
            else lambda: saving.save_afterwards(wishes.store, administration, person, alerts),
        )
        person.asker.before_clearing()
    stays = not (wishes.discreet and is_terminal(sys.stdout))
    if person.is_drawn and stays:
        show(summary(), stdout_format)
    if stays and isinstance(written, str) and written:
        tell(written)
    if not wishes.discreet:
        say_last(summary(), is_drawn=person.is_drawn)
    for failure in (written, not_saved):
        if isinstance(failure, MoodcheckError):
            raise failure


def _written(summary: Summary, wishes: Wishes) -> str | MoodcheckError:
    """Write the file that was asked for, and return what to say of it, or what went wrong.

    It is written before anything else can end the sitting, and said after the summary was seen.
    """
    from moodcheck.cli.show import write

    if wishes.output is None:
        return ""
    try:
        return write(summary, wishes.output, wishes.format)
    except MoodcheckError as error:
        return error


def refuse_without_wording(asked: Questionnaire) -> None:
    """Raise BadData where there is nothing to read out: some wording is its authors'."""
    if not asked.has_wording:
        raise BadData(
            f"The questionnaire {asked.id} has scoring rules only, because its wording belongs to "
            "its authors",
            mend=f"Bring the wording with 'moodcheck questionnaire copy {asked.id} FILE', "
            "or give the answers with --answers FILE",
        )


def _is_open(history: HistoryStore | MoodcheckError | None) -> bool:
    return history is not None and not isinstance(history, MoodcheckError)


def setting_of(asked: Questionnaire, wishes: Wishes, *, is_kept: bool) -> Setting:
    """Return what a sitting is about; `is_kept` is whether answers are saved as they are given."""
    from moodcheck import api
    from moodcheck.checkin.dialogue import Setting

    return Setting(
        questionnaire=asked,
        language=api.language(),
        directory=api.crisis_directory(),
        region_called=api.region_called,
        today=api.now().date(),
        traces=tuple(_traces(wishes, is_kept=is_kept)),
        needs_enter=wishes.enter,
        is_piped=not is_terminal(sys.stdin),
        is_discreet=wishes.discreet,
        is_kept=is_kept,
    )


def _traces(wishes: Wishes, *, is_kept: bool) -> Iterator[str]:
    """Yield what this run leaves behind, where, and who can read it."""
    if is_kept:
        from moodcheck.cli.saving import trace

        yield trace(wishes.store)
    elif wishes.output is None:
        yield _("Nothing is saved, and nothing leaves this computer.")
    if wishes.output is not None:
        from moodcheck.files.paths import whole_path

        said = _("The summary will be written to {name}; whoever can open your files can read it.")
        yield said.format(name=safe_text(str(whole_path(wishes.output))))
    if not wishes.discreet:
        yield _("The summary stays on this screen at the end.")
    elif is_dumb():
        yield _("This terminal cannot be cleared: what is shown stays in its log.")
    else:
        yield _("The screen is cleared at the end. The command stays in your shell's history.")
