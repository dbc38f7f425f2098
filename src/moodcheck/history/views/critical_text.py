"""What a human has to see, as sentences: what was answered, and whether anybody has seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.report.times import day, moment
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from moodcheck.history.critical import CriticalLine
    from moodcheck.history.record import Acknowledgement


def critical_sentence(line: CriticalLine, *, names_client: bool = True) -> str:
    """Return a critical entry in a line: whose, of which day, what, and whether it was seen."""
    whose = f"{line.record.client}, " if names_client else ""
    what = _('{day}: "{label}: {answer}".').format(
        day=_day(line), label=line.label, answer=line.answer
    )
    # Not every sentence becomes a block: commands say it as it is.
    return safe_text(" ".join([f"{whose}{what}", *_who_saw(line)]))


def follow_up_names() -> dict[str, str]:
    """Return what each line of a follow-up is called, by the field of an `Acknowledgement`."""
    return {
        "action": _("What was done"),
        "spoken_with": _("Spoken with"),
        "told": _("Who was told"),
        "plan": _("Plan"),
        "next_contact": _("Next contact"),
    }


def _who_saw(line: CriticalLine) -> list[str]:
    seen = line.entry.acknowledgement
    if line.needs_acknowledgement:
        return [f"{_('NOT ACKNOWLEDGED')} {_age(line.age)}."]
    if seen is None:
        return []
    said = _("Acknowledged by {initials}, {when}: {follow_up}").format(
        initials=seen.initials, when=moment(seen.at), follow_up=_follow_up(seen)
    )
    return [said]


def _follow_up(seen: Acknowledgement) -> str:
    named = [
        f"{name}: {text}"
        for field, name in follow_up_names().items()
        if field != "action" and (text := getattr(seen, field))
    ]
    action = [seen.action] if seen.action else []
    return " ".join(f"{said.rstrip('.')}." for said in [*action, *named])


def others_waiting(others: Sequence[CriticalLine], how_to_see: str) -> str:
    """Return how much of other clients waits, and nothing of what it is.

    This is all that is said of other clients where a client may be looking. Empty where nothing
    waits.

    Args:
        others: what nobody has acknowledged of them.
        how_to_see: what to do to see more, as a sentence.
    """
    if not others:
        return ""
    count, clients = len(others), len({line.record.client.lower() for line in others})
    of_whom = ngettext(_("of another client"), _("of other clients"), clients)
    alert = _("{count} alert {of_whom} is waiting.")
    alerts = _("{count} alerts {of_whom} are waiting.")
    if any(line.entry.alerted is None for line in others):
        alert = _("{count} answer {of_whom} is waiting to be acknowledged.")
        alerts = _("{count} answers {of_whom} are waiting to be acknowledged.")
    said = ngettext(alert, alerts, count).format(count=count, of_whom=of_whom)
    return f"{said} {how_to_see}"


def all_waiting(count: int, how_to_see: str) -> str:
    """Return how much waits where no client is named; as `others_waiting`."""
    if not count:
        return ""
    said = ngettext(
        "{count} answer is NOT ACKNOWLEDGED.", "{count} answers are NOT ACKNOWLEDGED.", count
    )
    return f"{said.format(count=count)} {how_to_see}"


def _day(line: CriticalLine) -> str:
    taken_at = line.record.administration.taken_at
    return day(taken_at, line.entry.raised_at + line.age)


def _age(age: timedelta) -> str:
    hours = int(age.total_seconds()) // 3600
    if not hours:
        return _("for less than an hour")
    if hours < 2 * 24:
        return ngettext("for {count} hour", "for {count} hours", hours).format(count=hours)
    return _("for {count} days").format(count=hours // 24)
