"""A check-in with a person: the questions, the summary, and what is left of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from moodcheck.checkin import sitting
from moodcheck.checkin.dialogue import Setting
from moodcheck.checkin.sitting import Person
from moodcheck.checkin.walkthrough import SaveAnswer, walk
from moodcheck.cli.options import format_for_stdout, wants_plain
from moodcheck.cli.show import say_last, show, write, write_visit
from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.summary import Summary
from moodcheck.errors import BadData, MoodcheckError
from moodcheck.files.paths import whole_path
from moodcheck.history.opening import is_installed
from moodcheck.loading.context import Context
from moodcheck.report.formats import Format
from moodcheck.report.summary_view import summary_document
from moodcheck.terminal.console import is_dumb, is_terminal, tell
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.cli.options import CheckOptions
    from moodcheck.history.port import HistoryStore


def check_in(context: Context, asked: Questionnaire, where: Region, options: CheckOptions) -> None:
    """Walk a person through a questionnaire, show the summary, and leave what they asked for.

    Raises:
        UsageError, BadData: when nobody could see the questions, or there is no wording to read.
        MoodcheckError: when the file they asked for could not be written, or nothing be saved.
    """
    sitting.refuse_if_nobody_could_see()
    refuse_without_wording(asked)
    is_plain = wants_plain(plain=options.plain)
    alerts: dict[str, int] = {}
    with (
        _unlocked_or_why(context, options) as history,
        sitting.opened(
            setting_of(context, asked, options, is_kept=_is_open(history)), where, is_plain=is_plain
        ) as person,
    ):
        administration, not_saved = _answered(context, asked, history, person, alerts)
        if administration is None:
            person.asker.before_clearing()
            return

        def summary() -> Summary:
            return context.summarize(
                administration,
                person.dialogue.region,
                help_was_shown=person.asker.help_was_shown,
            )

        written = _written(summary(), options)
        stdout_format = format_for_stdout(options.format, plain=not person.is_drawn)
        if not person.is_drawn:
            show(summary(), stdout_format)
        person.asker.offer_after_summary(
            summary=(lambda: summary_document(summary())) if person.is_drawn else None,
            write=lambda name: write(summary(), name, None),
            write_visit=lambda name: write_visit(summary(), context.language.visit_questions, name),
            save=None
            if options.save or not is_installed()
            else lambda: _saved_afterwards(context, options, administration, person, alerts),
        )
        person.asker.before_clearing()
    _leave_in_view(summary(), written, options, stdout_format, is_drawn=person.is_drawn)
    for failure in (written, not_saved):
        if isinstance(failure, MoodcheckError):
            raise failure


def _unlocked_or_why(
    context: Context, options: CheckOptions
) -> AbstractContextManager[HistoryStore | MoodcheckError | None]:
    if not options.save:
        return nullcontext()
    from moodcheck.cli import saving  # most check-ins save nothing, and need not wait for it

    return saving.unlocked_or_why(context, options.store)


def _is_open(history: HistoryStore | MoodcheckError | None) -> bool:
    return history is not None and not isinstance(history, MoodcheckError)


def _answered(
    context: Context,
    asked: Questionnaire,
    history: HistoryStore | MoodcheckError | None,
    person: Person,
    alerts: dict[str, int],
) -> tuple[Administration | None, MoodcheckError | None]:
    """Return what a person answered, None when they left; and why it could not be saved.

    Where nobody asked to save it, `alerts` takes every answer that was an alert when it was given.
    """
    if history is None:
        return walk(asked, person.asker, context.now, save=_alerts_into(alerts, asked)), None
    from moodcheck.cli import saving

    return saving.answered(context, asked, history, person)


def _saved_afterwards(
    context: Context,
    options: CheckOptions,
    administration: Administration,
    person: Person,
    alerts: dict[str, int],
) -> str:
    from moodcheck.cli import saving

    return saving.save_afterwards(context, options.store, administration, person, alerts)


def _alerts_into(alerts: dict[str, int], asked: Questionnaire) -> SaveAnswer:
    critical = {one.item: one for one in asked.critical}

    def remember(item: str, given: int | str | Unanswered) -> None:
        if isinstance(given, int) and item in critical and critical[item].is_alert(given):
            alerts[item] = given

    return remember


def _written(summary: Summary, options: CheckOptions) -> str | MoodcheckError:
    """Write the file that was asked for, and return what to say of it, or what went wrong.

    It is written before anything else can end the sitting, and said after the summary was seen.
    """
    if options.output is None:
        return ""
    try:
        return write(summary, options.output, options.format)
    except MoodcheckError as error:
        return error


def _leave_in_view(
    summary: Summary,
    written: str | MoodcheckError,
    options: CheckOptions,
    stdout_format: Format,
    *,
    is_drawn: bool,
) -> None:
    """Show in the normal screen what stays there once the pages of the sitting are gone."""
    stays = not (options.discreet and is_terminal(sys.stdout))
    if is_drawn and stays:
        show(summary, stdout_format)
    if stays and isinstance(written, str) and written:
        tell(written)
    if not options.discreet:
        say_last(summary, is_drawn=is_drawn)


def refuse_without_wording(asked: Questionnaire) -> None:
    """Raise BadData where there is nothing to read out: some wording is its authors'."""
    if not asked.has_wording:
        raise BadData(
            f"The questionnaire {asked.id} has scoring rules only, because its wording belongs to "
            "its authors",
            mend="Bring the wording: from a FHIR or REDCap file that you have with 'moodcheck "
            f"questionnaire import FILE --as {asked.id}', or by hand with 'moodcheck "
            f"questionnaire copy {asked.id} FILE'. Or give the answers with --answers FILE",
        )


def setting_of(
    context: Context, asked: Questionnaire, options: CheckOptions, *, is_kept: bool
) -> Setting:
    """Return what a sitting is about; `is_kept` is whether answers are saved as they are given."""
    return Setting(
        questionnaire=asked,
        language=context.language,
        directory=context.crisis_directory,
        region_called=context.region_called,
        today=context.now().date(),
        traces=tuple(_traces(options, is_kept=is_kept)),
        needs_enter=options.enter,
        is_piped=not is_terminal(sys.stdin),
        is_discreet=options.discreet,
        is_kept=is_kept,
    )


def _traces(options: CheckOptions, *, is_kept: bool) -> Iterator[str]:
    """Yield what this run leaves behind, where, and who can read it."""
    if is_kept:
        said = _(
            "Every answer is saved in {name}, encrypted: whoever has that file and its passphrase "
            "can read it."
        )
        yield said.format(name=str(options.store.path))
    elif options.output is None:
        yield _("Nothing is saved, and nothing leaves this computer.")
    if options.output is not None:
        said = _("The summary will be written to {name}; whoever can open your files can read it.")
        yield said.format(name=str(whole_path(options.output)))
    if not options.discreet:
        yield _("The summary stays on this screen at the end.")
    elif is_dumb():
        yield _("This terminal cannot be cleared: what is shown stays in its log.")
    else:
        yield _("The screen is cleared at the end. The command stays in your shell's history.")
