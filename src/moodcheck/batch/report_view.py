"""What came of scoring many rows, as a document for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.batch.alerts_view import alerts_callout
from moodcheck.batch.codes_view import doubt_text, values_section
from moodcheck.batch.counts_view import (
    column_facts,
    fhir_notes,
    rejected_facts,
    unanswered_facts,
    unread_notes,
)
from moodcheck.batch.distribution_view import distribution_bars
from moodcheck.batch.outcome import RejectReason
from moodcheck.report.document import (
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
            Section(_("Rejected, by reason"), _facts(rejected_facts(report))),
            Section(
                _("Rows without an answer, by item"), _facts(unanswered_facts(report.unanswered))
            ),
            values_section(report),
            *map(_distribution, distributions),
            Section(
                _("Columns that were taken for the items; look whether they are right"),
                _facts(column_facts(report)),
            ),
            Section("", tuple(map(Paragraph, _notes(report)))),
            *_methods(report),
            Section("", (Notice(language.not_a_diagnosis),)),
            alerts_callout(report, language, absent=report.absent_known_alerts),
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
        parts.append(alerts_callout(report, language, where, absent=report.absent_known_alerts))
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


def _distribution(shown: Distribution) -> Section:
    heading = _("{scale}, rows by score").format(scale=shown.label)
    return Section(heading, (distribution_bars(shown),))


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
    yield from fhir_notes(report)
    if RejectReason.BAD_ENCODING in report.rejected:
        yield _(
            "Some records are not UTF-8. Programs on Windows often write Windows-1252: then add "
            "--encoding windows-1252."
        )
    yield from unread_notes(report)
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
