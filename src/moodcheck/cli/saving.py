"""What `check` saves, where, and what becomes of it when the history stays locked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace

from moodcheck.checkin.sitting import Person
from moodcheck.checkin.walkthrough import walk
from moodcheck.cli.history_options import unacknowledged_sentences
from moodcheck.cli.options import StoreOptions
from moodcheck.cli.store import unlocked
from moodcheck.core.administration import Administration
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import Locked, MoodcheckError, UsageError
from moodcheck.history.client_code import OWN
from moodcheck.history.critical import has_alert
from moodcheck.history.port import HistoryStore
from moodcheck.history.session.choosing import Choosing, LeftError
from moodcheck.history.sittings import OwnSitting, own_unfinished, save_whole
from moodcheck.loading.context import Context
from moodcheck.report.times import moment
from moodcheck.terminal.console import tell
from moodcheck.terminal.signals import breaking_off
from moodcheck.translation import gettext as _


@contextmanager
def unlocked_or_why(
    context: Context, options: StoreOptions
) -> Iterator[HistoryStore | MoodcheckError]:
    """Yield the history, or why it stays locked.

    Raises:
        UsageError: for an option that cannot be.
    """
    try:
        history = unlocked(context, options, may_be_made=True)
    except UsageError:
        raise
    except MoodcheckError as error:
        yield error
    else:
        with history:
            yield history


def answered(
    context: Context, asked: Questionnaire, history: HistoryStore | MoodcheckError, person: Person
) -> tuple[Administration | None, MoodcheckError | None]:
    """Return what a person answered, None when they left; and why it could not be saved."""
    if isinstance(history, MoodcheckError):
        goes_on = person.asker.goes_on_unsaved(str(history))
        return walk(asked, person.asker, context.now) if goes_on else None, history
    own = _own_sitting(context, history, asked, person)
    return (None, None) if own is None else (_walked(own, person), own.failure)


def _own_sitting(
    context: Context, history: HistoryStore, asked: Questionnaire, person: Person
) -> OwnSitting | None:
    """Return the sitting to be saved, gone on with where one broke off; None when they leave."""
    try:
        Choosing(person.dialogue, history, context.now).show_unacknowledged(OWN)
    except LeftError:
        return None
    sitting = OwnSitting(history, context.now, asked, began=context.now())
    broken_off = own_unfinished(history, asked)
    if broken_off is None:
        return sitting
    match person.asker.resumes(moment(broken_off.administration.taken_at)):
        case None:
            return None
        case True:
            sitting.resume(broken_off)
            person.asker.help_was_shown = has_alert(broken_off)
        case False:
            history.finish(broken_off.id, broken_off.administration, context.now())
    return sitting


def _walked(sitting: OwnSitting, person: Person) -> Administration | None:
    """Walk and save; where saving fails, go on without if the person wants that."""
    try:
        return sitting.run(person.asker)
    except MoodcheckError as error:
        if sitting.failure is None or not person.asker.goes_on_unsaved(str(error)):
            raise
        person.dialogue.setting = replace(person.dialogue.setting, is_kept=False)
        return sitting.run(person.asker)


def save_afterwards(
    context: Context,
    options: StoreOptions,
    administration: Administration,
    person: Person,
    alerts: Mapping[str, int],
) -> str:
    """Unlock the history and save a sitting that is over; return what to say of it.

    `alerts` are as in `save_whole`.

    Raises:
        Locked: when Ctrl-C broke it off, or as `unlocked`.
    """
    try:
        with person.keyboard.lent() if person.keyboard else nullcontext(), breaking_off():
            history = unlocked(context, options, may_be_made=True)
    except KeyboardInterrupt:
        raise Locked("Nothing was saved: it was broken off", mend="Try again") from None
    with history:
        save_whole(history, administration, context.now, alerts=alerts)
        unseen = _not_acknowledged(context, history)
    saved = _("Saved in {name}, encrypted.").format(name=str(options.path))
    return " ".join([*unseen, saved])


def save_answers(
    context: Context, administration: Administration, options: StoreOptions
) -> MoodcheckError | None:
    """Save answers that were not asked for here; return why not, to be said after the summary.

    What nobody has acknowledged is said first.
    """
    with unlocked_or_why(context, options) as history:
        if isinstance(history, MoodcheckError):
            return history
        try:
            for sentence in _not_acknowledged(context, history):
                tell(sentence)
            save_whole(history, administration, context.now)
        except MoodcheckError as error:
            return error
    return None


def _not_acknowledged(context: Context, history: HistoryStore) -> list[str]:
    return unacknowledged_sentences(context, history.unacknowledged(), OWN)
