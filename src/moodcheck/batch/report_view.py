"""What came of scoring many rows, as a document for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from moodcheck.batch.alerts_view import alerts_callout
from moodcheck.batch.codes_view import doubt_text, values_section
from moodcheck.batch.outcome import RejectReason
from moodcheck.report.document import (
    Bar,
    Bars,
    Callout,
    Document,
    Fact,
    Facts,
    Notice,
    Paragraph,
    Section,
)
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.batch.outcome import BatchReport, Distribution
    from moodcheck.batch.provenance import Provenance
    from moodcheck.core.language import Language

_MOST_RANGES = 10
"""Into how many ranges the scores of a scale are put, so that they fit on a screen."""

_MOST_NAMED = 20
"""How many columns that were not read are named."""

_LONGEST_COLUMN = 60
"""How much of a column's name is shown."""

_HASH_LETTERS = 12
"""As many of a hash as tell one questionnaire from another; the JSON report has all."""


def report_document(report: BatchReport, language: Language) -> Document:
    """Return what came of a run; the alerts are the last of it."""
    counted = (Paragraph(_counted(report), is_strong=True), *_facts(_outputs(report)))
    distributions = report.distributions.values() if report.scored else ()
    return Document(
        "",
        (
            Section("", tuple(Paragraph(one, is_strong=True) for one in _doubts(report))),
            Section("", counted),
            Section(_("Rejected, by reason"), _facts(_rejected(report))),
            Section(_("Rows without an answer, by item"), _facts(_unanswered(report))),
            values_section(report),
            *map(_distribution, distributions),
            Section(
                _("Columns that were taken for the items; look whether they are right"),
                _columns(report),
            ),
            Section("", tuple(map(Paragraph, _notes(report)))),
            *_methods(report),
            Section("", (Notice(language.not_a_diagnosis),)),
            alerts_callout(report, language),
        ),
    )


def page_document(report: BatchReport, language: Language) -> Document:
    """Return what came of a run as a page: with a title, and the alerts first."""
    *sections, alerts = report_document(report, language).sections
    title = _("Scores of {name}").format(name=f"{report.questionnaire} {report.version}")
    return Document(title, (alerts, *sections))


def short_document(report: BatchReport, language: Language) -> Document | None:
    """Return what somebody has to do after a run, and nothing else; None where that is nothing."""
    note = _partial(report)
    parts: list[Section | Callout] = [Section("", (Paragraph(note),))] if note else []
    if report.new_alerts:
        where = _("They are in {file}.").format(file=report.outputs.get("alerts", "-"))
        parts.append(alerts_callout(report, language, where))
    return Document("", tuple(parts)) if parts else None


def _partial(report: BatchReport) -> str:
    """Return where the scores are if not under their name, and what to do then."""
    if "partial_scores" not in report.outputs:
        return ""
    return _(
        "As records were rejected, the scores are in {file}, and nothing was written under the "
        "name that you gave. Look at the rejects first. If these scores will do, rename that "
        "file, or score again with --allow-rejects."
    ).format(file=report.outputs["partial_scores"])


def _methods(report: BatchReport) -> Iterator[Section]:
    """Yield a sentence for those who publish what came of the scores."""
    if report.failure is not None:
        return
    made = report.provenance
    sentence = _(
        "{scored} of {read} records were scored as {name} (SHA-256 {content}) with moodcheck "
        "{program}{through}."
    ).format(
        scored=f"{report.scored:,}",
        read=f"{report.read:,}",
        name=f"{report.questionnaire} {report.version}",
        content=made.questionnaire_sha256[:_HASH_LETTERS],
        program=made.program,
        through=_through(made),
    )
    yield Section(_("For a methods section"), (Paragraph(sentence),))


def _through(made: Provenance) -> str:
    if made.map_sha256 is None:
        return ""
    said = _(", read through the map {name} (SHA-256 {map})") if made.map_name else None
    said = said or _(", read through a map (SHA-256 {map})")
    return said.format(name=made.map_name, map=made.map_sha256[:_HASH_LETTERS])


def _columns(report: BatchReport) -> tuple[Facts, ...]:
    """Return which column was taken for which item, where the map names none of them."""
    return _facts((item, _short(column)) for item, column in report.found_columns.items())


def _short(column: str) -> str:
    """Return the beginning and the end of a column's name: questions in a grid differ in that."""
    name = " ".join(column.split())
    if len(name) <= _LONGEST_COLUMN:
        return name
    return f"{name[: _LONGEST_COLUMN // 3]} … {name[-_LONGEST_COLUMN // 2 :]}"


def _facts(named: Iterator[tuple[str, str]]) -> tuple[Facts, ...]:
    facts = tuple(Fact(label, text) for label, text in named)
    return (Facts(facts),) if facts else ()


def _counted(report: BatchReport) -> str:
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


def _outputs(report: BatchReport) -> Iterator[tuple[str, str]]:
    names = {
        "scores": _("Scores"),
        "partial_scores": _("Scores, without the rejected"),
        "rejects": _("Rejects"),
        "alerts": _("Alerts"),
        "older_alerts": _("Alerts of an earlier run"),
    }
    standard = _("standard output")
    for kind, file in report.outputs.items():
        yield names.get(kind, kind), standard if file == "-" else file


def _rejected(report: BatchReport) -> Iterator[tuple[str, str]]:
    meanings = {
        RejectReason.BAD_ANSWER: _("an answer that the item does not offer"),
        RejectReason.TOO_FEW_COLUMNS: _("fewer cells than the header"),
        RejectReason.TOO_MANY_COLUMNS: _("more cells than the header"),
        RejectReason.BROKEN_QUOTE: _("a quotation mark in the wrong place"),
        RejectReason.BAD_ENCODING: _("not UTF-8 text, or it has a NUL character"),
        RejectReason.TOO_LONG: _("longer than a record may be"),
        RejectReason.SUSPECT_ID: _("a line break or hidden character in the row's id"),
        RejectReason.SUSPECT_CELL: _("a quoted cell that seems to have swallowed other records"),
        RejectReason.NOT_AN_OBJECT: _("a line that is not a flat JSON object"),
        RejectReason.DUPLICATE_KEY: _("a column that is given twice"),
        RejectReason.OTHER_FHIR_VERSION: _("written for another version of FHIR than R4"),
        RejectReason.BAD_SHAPE: _("a part that FHIR R4 has otherwise, or that is not understood"),
        RejectReason.TOO_DEEP: _("groups that are nested too deeply"),
        RejectReason.ENTERED_IN_ERROR: _("a response that its status takes back"),
        RejectReason.OTHER_QUESTIONNAIRE: _("a response to another questionnaire"),
        RejectReason.UNKNOWN_ITEM: _("an answer to an item that the Questionnaire does not have"),
        RejectReason.ANSWERED_TWICE: _("two answers to one item, or an item that is there twice"),
        RejectReason.WRONG_TYPE: _("an answer of a type that does not fit"),
        RejectReason.BAD_WEIGHT: _("a weight that is no whole number, or contradicts its code"),
        RejectReason.TOTAL_DIFFERS: _("a stated score that is not the one of the answers"),
    }
    for reason, count in report.rejected.items():
        if count:
            yield reason.value, f"{count:,} ({meanings[reason]})"


def _unanswered(report: BatchReport) -> Iterator[tuple[str, str]]:
    for item_id, reasons in report.unanswered.items():
        if any(reasons.values()):
            counts = (f"{count:,} {reason}" for reason, count in reasons.items() if count)
            yield item_id, ", ".join(counts)


def _distribution(shown: Distribution) -> Section:
    ranges = score_ranges(shown)
    most = max(ranges.values()) or 1
    bars = [Bar(_range(scores), f"{rows:,}", rows, 0, most) for scores, rows in ranges.items()]
    if shown.not_scored:
        bars.append(Bar(_("no score"), f"{shown.not_scored:,}", None, 0, most))
    heading = _("{scale}, rows by score").format(scale=shown.label)
    return Section(heading, (Bars(tuple(bars), are_counts=True),))


def score_ranges(shown: Distribution) -> dict[range, int]:
    """Return how many rows have a score in each range, from the lowest possible score on.

    The ranges are equally wide, save that the last ends with the highest possible score.
    """
    width = -(-(shown.maximum - shown.minimum + 1) // _MOST_RANGES)
    starts = range(shown.minimum, shown.maximum + 1, width)
    rows = {range(low, min(low + width, shown.maximum + 1)): 0 for low in starts}
    every = list(rows)
    for score, count in shown.counts.items():
        rows[every[(score - shown.minimum) // width]] += count
    return rows


def _range(scores: range) -> str:
    if len(scores) == 1:
        return str(scores[0])
    return _("{low} to {high}").format(low=scores[0], high=scores[-1])


def _doubts(report: BatchReport) -> Iterator[str]:
    """Yield why numbers below may not be what they seem."""
    yield from map(doubt_text, report.code_doubts)
    for name, first in report.provenance.repeated():
        yield _(
            "{name} has the same content as {first}, so each of its rows is scored and counted "
            "once more."
        ).format(name=name, first=first)


def _notes(report: BatchReport) -> Iterator[str]:
    if report.failure is not None:
        yield _("No scores were written.")
    if note := _partial(report):
        yield note
    if report.blank_lines:
        yield _("Blank lines (not records): {count}.").format(count=f"{report.blank_lines:,}")
    if report.unopened:
        yield _(
            "Rows of a form that nobody opened, as the map says: {count}. Zeros in them are blank."
        ).format(count=f"{report.unopened:,}")
    yield from _of_fhir(report)
    if RejectReason.BAD_ENCODING in report.rejected:
        yield _(
            "Some records are not UTF-8. Programs on Windows often write Windows-1252: then add "
            "--encoding windows-1252."
        )
    yield from _what_was_not_read(report)
    if report.altered_cells:
        yield _(
            "Cells that a spreadsheet would run as formulas; they now start with an apostrophe: "
            "{count}. Use --exact if you join on them."
        ).format(count=f"{report.altered_cells:,}")
    if report.whole_floats:
        yield _("Cells such as 1.0 that were read as whole numbers: {count}.").format(
            count=f"{report.whole_floats:,}"
        )
    if report.duplicate_ids is not None:
        yield _("Rows with an id that was already used: {count}.").format(
            count=f"{report.duplicate_ids:,}"
        )


def _of_fhir(report: BatchReport) -> Iterator[str]:
    if report.unfinished:
        yield _(
            "Responses that were not finished, as their status says: {count}. What they lack is "
            "unanswered."
        ).format(count=f"{report.unfinished:,}")
    if report.other_resources:
        yield _("Resources of FHIR that are no responses, and no records: {count}.").format(
            count=f"{report.other_resources:,}"
        )


def _what_was_not_read(report: BatchReport) -> Iterator[str]:
    if report.absent_conditions:
        items = ", ".join(report.absent_conditions)
        yield _(
            "Advice also looks at these items, which are not in the data: {items}. With them, "
            "some rows might have had more urgent advice."
        ).format(items=items)
    if report.unread_columns:
        yield _(
            "Columns that were not read, whose answers are in no score and no alert: {columns}."
        ).format(columns=_some_of(report.unread_columns))


def _some_of(names: Sequence[str]) -> str:
    """Return the first of some names, and how many others there are."""
    said = ", ".join(names[:_MOST_NAMED])
    others = len(names) - _MOST_NAMED
    return said if others <= 0 else _("{names} and {count} others").format(names=said, count=others)
