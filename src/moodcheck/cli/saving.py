"""What `check` saves, where, and what becomes of it when the history stays locked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from moodcheck.cli.store_options import StoreWishes, unlocked
from moodcheck.errors import Locked, MoodcheckError, UsageError
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.checkin.ports import Kept
    from moodcheck.checkin.sitting import Sitting
    from moodcheck.core.administration import Administration, Unanswered
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.history.port import HistoryStore
    from moodcheck.history.sittings import OwnSitting


@contextmanager
def unlocked_or_why(
    wishes: StoreWishes, *, is_wanted: bool
) -> Iterator[HistoryStore | MoodcheckError | None]:
    """Yield the history; or why it stays locked; or None where nobody asked to save anything.

    Raises:
        UsageError: for an option that cannot be.
    """
    with ExitStack() as closing:
        history: HistoryStore | MoodcheckError | None = None
        if is_wanted:
            try:
                history = closing.enter_context(unlocked(wishes, may_be_made=True))
            except UsageError:
                raise
            except MoodcheckError as error:
                history = error
        yield history


def trace(wishes: StoreWishes) -> str:
    """Return what is saved, where, and who can read it."""
    said = _(
        "Every answer is saved in {name}, encrypted: whoever has that file and its passphrase "
        "can read it."
    )
    return said.format(name=safe_text(str(wishes.path)))


def answered(
    asked: Questionnaire,
    history: HistoryStore | MoodcheckError | None,
    person: Sitting,
    alerts: dict[str, int],
) -> tuple[Administration | None, MoodcheckError | None]:
    """Return what a person answered, None when they left; and why it could not be saved.

    Where nobody asked to save it, `alerts` takes every answer that was an alert when it was given.
    """
    from moodcheck import api
    from moodcheck.checkin.walkthrough import walk

    if history is None:
        return walk(asked, person.asker, api.now, kept=_alerts_into(alerts, asked)), None
    if isinstance(history, MoodcheckError):
        goes_on = person.asker.goes_on_unsaved(str(history))
        return walk(asked, person.asker, api.now) if goes_on else None, history
    own = _own_sitting(history, asked, person)
    return (None, None) if own is None else (_walked(own, person), own.failure)


def _alerts_into(alerts: dict[str, int], asked: Questionnaire) -> Kept:
    critical = {one.item: one for one in asked.critical}

    def remember(item: str, given: int | str | Unanswered) -> None:
        if isinstance(given, int) and item in critical and critical[item].is_alert(given):
            alerts[item] = given

    return remember


def _own_sitting(history: HistoryStore, asked: Questionnaire, person: Sitting) -> OwnSitting | None:
    """Return the sitting to be saved, gone on with where one broke off; None when they leave."""
    from moodcheck import api
    from moodcheck.history.client_code import OWN
    from moodcheck.history.critical import has_alert
    from moodcheck.history.session.choosing import Choosing, LeftError
    from moodcheck.history.sittings import OwnSitting, own_unfinished
    from moodcheck.report.times import moment

    try:
        Choosing(person.dialogue, history, api.now).show_unacknowledged(OWN)
    except LeftError:
        return None
    sitting = OwnSitting(history, api.now, asked, began=api.now())
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
            history.finish(broken_off.id, broken_off.administration, api.now())
    return sitting


def _walked(sitting: OwnSitting, person: Sitting) -> Administration | None:
    """Walk and save; where saving fails, go on without if the person wants that."""
    try:
        return sitting.run(person.asker)
    except MoodcheckError as error:
        if sitting.failure is None or not person.asker.goes_on_unsaved(str(error)):
            raise
        person.dialogue.setting = replace(person.dialogue.setting, is_kept=False)
        return sitting.run(person.asker)


def save_afterwards(
    wishes: StoreWishes,
    administration: Administration,
    person: Sitting,
    alerts: Mapping[str, int],
) -> str:
    """Unlock the history and save a sitting that is over; return what to say of it.

    `alerts` are as in `save_whole`.

    Raises:
        Locked: when Ctrl-C broke it off, or as `unlocked`.
    """
    from moodcheck import api
    from moodcheck.history.sittings import save_whole
    from moodcheck.terminal.signals import breaking_off

    try:
        with person.keyboard.lent() if person.keyboard else nullcontext(), breaking_off():
            history = unlocked(wishes, may_be_made=True)
    except KeyboardInterrupt:
        raise Locked("Nothing was saved: it was broken off", mend="Try again") from None
    with history:
        save_whole(history, administration, api.now, alerts=alerts)
        unseen = _not_acknowledged(history)
    return " ".join([*unseen, _saved(wishes)])


def save_answers(administration: Administration, wishes: StoreWishes) -> MoodcheckError | None:
    """Save answers that were not asked for here; return why not, to be said after the summary.

    What nobody has acknowledged is said first.
    """
    from moodcheck import api
    from moodcheck.history.sittings import save_whole

    with unlocked_or_why(wishes, is_wanted=True) as history:
        if history is None or isinstance(history, MoodcheckError):
            return history
        try:
            for sentence in _not_acknowledged(history):
                tell(sentence)
            save_whole(history, administration, api.now)
        except MoodcheckError as error:
            return error
    return None


def _saved(wishes: StoreWishes) -> str:
    name = safe_text(str(wishes.path))
    return _("Saved in {name}, encrypted.").format(name=name)


def _not_acknowledged(history: HistoryStore) -> list[str]:
    from moodcheck.cli.history_options import unacknowledged_sentences
    from moodcheck.history.client_code import OWN

    return unacknowledged_sentences(history.unacknowledged(), OWN)
