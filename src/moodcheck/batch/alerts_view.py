"""What is said of the alerts of a run, and what it asks of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from moodcheck.report.document import Callout, Paragraph
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.core.language import Language

_MOST_NAMED = 20
"""How many records with an alert are named."""

_LONGEST_ID = 64


def alerts_callout(
    counts: RowCounts, language: Language, *more: str, absent: Sequence[str] = ()
) -> Callout:
    """Return what is to be known of the alerts in rows, and then `more`.

    Args:
        counts: what is known of the rows.
        language: says it.
        more: what is to be known beside that.
        absent: files of known alerts that are not there.
    """
    said = (*_alerts(counts, language, absent), *more)
    return Callout(_("Alerts"), tuple(map(Paragraph, said)), is_urgent=bool(counts.new_alerts))


def alerts_ask(counts: RowCounts, language: Language) -> str:
    """Return what the alerts of a run ask of whoever runs it, or what it means that none do."""
    words = language.batch
    if counts.new_alerts:
        return words.alert_asks
    return words.no_new_alert if counts.alerts else words.no_alert


def _alerts(counts: RowCounts, language: Language, absent: Sequence[str]) -> Iterator[str]:
    words = language.batch
    if counts.left_out:
        yield _(
            "Records that the map leaves out: {count}. Nobody looked for alerts in them."
        ).format(count=f"{counts.left_out:,}")
    if counts.critical_unanswered:
        yield (
            _("Rows without an answer to a critical item: {count}.").format(
                count=f"{counts.critical_unanswered:,}"
            )
            + f" {words.critical_unanswered}"
        )
    for name in absent:
        yield _("There is no file {name} yet, so it holds no known alerts.").format(name=name)
    if not counts.alerts:
        yield alerts_ask(counts, language)
        return
    known = _(" {count} of them were already known.").format(count=f"{counts.known_alerts:,}")
    counted_alerts = _("ALERTS: {count}.").format(count=f"{counts.alerts:,}")
    yield counted_alerts + (known if counts.known_alerts else "")
    if counts.doubtful_alerts:
        yield _(
            "{count} of them may be known, and are listed again: their id is empty, or more than "
            "one row has it."
        ).format(count=f"{counts.doubtful_alerts:,}")
    if counts.alert_ids:
        named = [name[:_LONGEST_ID] for name in counts.alert_ids[:_MOST_NAMED]]
        more = counts.alerts - len(named)
        rest = _(" and {count} more").format(count=f"{more:,}") if more > 0 else ""
        yield _("They are: {records}{rest}.").format(records=", ".join(named), rest=rest)
    yield alerts_ask(counts, language)
