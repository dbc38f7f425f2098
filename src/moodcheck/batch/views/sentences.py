"""A run in sentences: the same ones in every format that a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.batch.outcome import RejectReason
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.batch.outcome import BatchReport
    from moodcheck.batch.views.bins import Bin
    from moodcheck.core.language import Language

MOST_NAMED = 20
"""How many records with an alert are named."""

_LONGEST_ID = 64


def counted(report: BatchReport) -> str:
    """Return what became of the records, in one line."""
    line = _("{name}: {read} read, {scored} scored, {rejected} rejected in {seconds} s").format(
        name=f"{report.questionnaire} {report.version}",
        read=ngettext("{count} record", "{count} records", report.read).format(
            count=f"{report.read:,}"
        ),
        scored=f"{report.scored:,}",
        rejected=f"{report.all_rejected:,}",
        seconds=f"{report.seconds:,.1f}",
    )
    if report.rows_per_second is None:
        return f"{line}."
    speed = _("{speed} rows a second").format(speed=f"{report.rows_per_second:,}")
    return f"{line} ({speed})."


def rejected(report: BatchReport) -> list[tuple[str, str, str]]:
    """Return for each reason its name, how many records it has, and what it means."""
    meanings = {
        RejectReason.BAD_ANSWER: _("an answer that the item does not offer"),
        RejectReason.TOO_FEW_COLUMNS: _("fewer cells than the header"),
        RejectReason.TOO_MANY_COLUMNS: _("more cells than the header"),
        RejectReason.BROKEN_QUOTE: _("a quotation mark in the wrong place"),
        RejectReason.BAD_ENCODING: _("not UTF-8 text, or it has a NUL character"),
        RejectReason.TOO_LONG: _("longer than a record may be"),
        RejectReason.SUSPECT_ID: _("a line break or hidden character in the row's id"),
        RejectReason.NOT_AN_OBJECT: _("a line that is not a flat JSON object"),
        RejectReason.DUPLICATE_KEY: _("a column that is given twice"),
    }
    return [
        (reason.value, f"{count:,}", meanings[reason])
        for reason, count in report.rejected.items()
        if count
    ]


def unanswered(report: BatchReport) -> list[tuple[str, str]]:
    """Return for each item with gaps its id, and how many rows lack an answer, by reason."""
    return [
        (item_id, ", ".join(f"{count:,} {reason}" for reason, count in reasons.items() if count))
        for item_id, reasons in report.unanswered.items()
        if any(reasons.values())
    ]


def range_of(shown: Bin) -> str:
    """Return a range of scores in words."""
    if shown.low == shown.high:
        return str(shown.low)
    return _("{low} to {high}").format(low=shown.low, high=shown.high)


def outputs(report: BatchReport) -> list[tuple[str, str]]:
    """Return what each file that was written is, and its name."""
    names = {"scores": _("Scores"), "rejects": _("Rejects"), "alerts": _("Alerts")}
    standard = _("standard output")
    return [
        (names.get(kind, kind), standard if file == "-" else safe_text(file))
        for kind, file in report.outputs.items()
    ]


def notes(report: BatchReport) -> Iterator[str]:
    """Yield what else whoever reads the scores has to know."""
    if "scores" not in report.outputs:
        yield _("No scores were written.")
    if report.blank_lines:
        yield _("Blank lines (not records): {count}.").format(count=f"{report.blank_lines:,}")
    if report.absent_conditions:
        items = ", ".join(safe_text(item_id) for item_id in report.absent_conditions)
        yield _(
            "Advice also looks at these items, which are not in the data: {items}. With them, "
            "some rows might have had more urgent advice."
        ).format(items=items)
    if report.altered_cells:
        yield _(
            "Cells that a spreadsheet would run as formulas; they now start with an apostrophe: "
            "{count}. Use --exact if you join on them."
        ).format(count=f"{report.altered_cells:,}")
    if report.duplicate_ids is not None:
        yield _("Rows with an id that was already used: {count}.").format(
            count=f"{report.duplicate_ids:,}"
        )


def alerts(report: BatchReport, language: Language) -> Iterator[str]:
    """Yield how many alerts there are and what that asks for; the last words of a report."""
    words = language.batch
    if report.critical_unanswered:
        yield (
            _("Rows without an answer to a critical item: {count}.").format(
                count=f"{report.critical_unanswered:,}"
            )
            + f" {safe_text(words.critical_unanswered)}"
        )
    if not report.alerts:
        yield safe_text(words.no_alert)
        return
    known = _(" {count} of them were already known.").format(count=f"{report.known_alerts:,}")
    counted_alerts = _("ALERTS: {count}.").format(count=f"{report.alerts:,}")
    yield counted_alerts + (known if report.known_alerts else "")
    if report.alert_ids:
        named = [safe_text(name[:_LONGEST_ID]) for name in report.alert_ids[:MOST_NAMED]]
        more = report.alerts - len(named)
        rest = _(" and {count} more").format(count=f"{more:,}") if more > 0 else ""
        yield _("They are: {records}{rest}.").format(records=", ".join(named), rest=rest)
    yield safe_text(words.alert_asks)
