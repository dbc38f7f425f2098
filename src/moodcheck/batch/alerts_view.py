"""What is said of the alerts of a run, and what it asks of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.report.document import Callout, Paragraph
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.outcome import BatchReport
    from moodcheck.core.language import Language

_MOST_NAMED = 20
"""How many records with an alert are named."""

_LONGEST_ID = 64


def alerts_callout(report: BatchReport, language: Language, *more: str) -> Callout:
    """Return what is to be known of the alerts of a run, and then `more`."""
    said = (*_alerts(report, language), *more)
    return Callout(_("Alerts"), tuple(map(Paragraph, said)), is_urgent=bool(report.new_alerts))


def alerts_ask(report: BatchReport, language: Language) -> str:
    """Return what the alerts of a run ask of whoever runs it, or what it means that none do."""
    words = language.batch
    if report.new_alerts:
        return words.alert_asks
    return words.no_new_alert if report.alerts else words.no_alert


def _alerts(report: BatchReport, language: Language) -> Iterator[str]:
    words = language.batch
    if report.left_out:
        yield _(
            "Records that the map leaves out: {count}. Nobody looked for alerts in them."
        ).format(count=f"{report.left_out:,}")
    if report.critical_unanswered:
        yield (
            _("Rows without an answer to a critical item: {count}.").format(
                count=f"{report.critical_unanswered:,}"
            )
            + f" {words.critical_unanswered}"
        )
    for name in report.absent_known_alerts:
        yield _("There is no file {name} yet, so it holds no known alerts.").format(name=name)
    if not report.alerts:
        yield alerts_ask(report, language)
        return
    known = _(" {count} of them were already known.").format(count=f"{report.known_alerts:,}")
    counted_alerts = _("ALERTS: {count}.").format(count=f"{report.alerts:,}")
    yield counted_alerts + (known if report.known_alerts else "")
    if report.doubtful_alerts:
        yield _(
            "{count} of them may be known, and are listed again: their id is empty, or more than "
            "one row has it."
        ).format(count=f"{report.doubtful_alerts:,}")
    if report.alert_ids:
        named = [name[:_LONGEST_ID] for name in report.alert_ids[:_MOST_NAMED]]
        more = report.alerts - len(named)
        rest = _(" and {count} more").format(count=f"{more:,}") if more > 0 else ""
        yield _("They are: {records}{rest}.").format(records=", ".join(named), rest=rest)
    yield alerts_ask(report, language)
