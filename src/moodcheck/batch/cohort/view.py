"""A look at many rows, as a document for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.batch.alerts_view import alerts_callout
from moodcheck.batch.codes_view import doubt_text
from moodcheck.batch.cohort.item_view import item_sections
from moodcheck.batch.cohort.numbers import decimal, share
from moodcheck.batch.cohort.scale_view import scale_sections
from moodcheck.batch.counts_view import column_facts, fhir_notes, rejected_facts, unread_notes
from moodcheck.core.scoring import number
from moodcheck.report.document import (
    Callout,
    Cell,
    Column,
    Document,
    Fact,
    Facts,
    Kind,
    Listing,
    Notice,
    Paragraph,
    Section,
    Table,
)
from moodcheck.report.over_time import NO_VALUE
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.batch.cohort.cohort import Cohort
    from moodcheck.batch.cohort.figures import ScaleFigures
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.core.language import Language

_LONGEST_NAME = 40
"""Letters of a group's name that are shown; JSON has all."""


def cohort_document(shown: Cohort, language: Language, *, how: str = "") -> Document:
    """Return what may be shown of many rows: alerts first, then what there is to see.

    Args:
        shown: what may be shown.
        language: has the words that promises rest on.
        how: the command that writes the alerts to a file; empty where nobody knows it.
    """
    doubts = (Paragraph(doubt_text(one), is_strong=True) for one in shown.counts.code_doubts)
    everything = (
        [*scale_sections(shown.whole), *item_sections(shown.whole), *_groups(shown)]
        if shown.whole is not None
        else [_too_few(shown)]
    )
    return Document(
        _("A look at many rows"),
        (
            alerts_of_cohort(shown.counts, language, how=how),
            Section("", tuple(doubts)),
            _records(shown),
            _columns(shown),
            *everything,
            Section(_("What these numbers do not say"), (Listing(language.batch.cohort_says_not),)),
            Section("", (Notice(language.not_a_diagnosis),)),
        ),
        subtitle=f"{shown.questionnaire} {shown.version}",
    )


def alerts_of_cohort(counts: RowCounts, language: Language, *, how: str = "") -> Callout:
    """Return what is to be known of the alerts in rows that were counted, as `cohort_document`."""
    more = []
    if counts.alerts:
        more.append(
            _("No file of alerts was written here. This writes it: {command}").format(command=how)
            if how
            else _("No file of alerts was written here; scoring the same rows gives them.")
        )
    return alerts_callout(counts, language, *more)


def _records(shown: Cohort) -> Section:
    counts = shown.counts
    facts = [
        Fact(_("Records that were read"), f"{counts.read:,}"),
        Fact(_("Rows in these numbers"), f"{counts.scored:,}"),
        *(
            Fact(_("Rejected, {reason}").format(reason=reason), said)
            for reason, said in rejected_facts(counts)
        ),
    ]
    notes = [*fhir_notes(counts), *unread_notes(counts)]
    if counts.all_rejected:
        notes.insert(0, _("The rejects file of 'moodcheck score' says why for each record."))
    return Section(_("Records"), (Facts(tuple(facts)), *map(Paragraph, notes)))


def _columns(shown: Cohort) -> Section:
    facts = tuple(Fact(item, column) for item, column in column_facts(shown.counts))
    heading = _("Columns that were taken for the items; look whether they are right")
    return Section(heading, (Facts(facts),) if facts else ())


def _too_few(shown: Cohort) -> Section:
    said = _(
        "Nothing more is shown of fewer than {least} rows: such numbers can give a person away. "
        "--min-group sets how many it takes."
    )
    return Section(_("Too few rows"), (Paragraph(said.format(least=f"{shown.least:,}")),))


def _groups(shown: Cohort) -> Iterator[Section]:
    if shown.by is None:
        return
    for place, scale in enumerate(next(iter(shown.groups.values())).scales if shown.groups else ()):
        columns = [
            Column(shown.by[:_LONGEST_NAME]),
            *(
                Column(name, Kind.NUMBER)
                for name in (
                    _("Rows"),
                    _("Mean"),
                    _("SD"),
                    _("At {lowest}").format(lowest=number(scale.minimum)),
                    _("Alpha"),
                )
            ),
        ]
        rows = [
            _group(name, figures.scales[place], figures.rows)
            for name, figures in shown.groups.items()
        ]
        heading = _("{scale}, by {column}")
        named = heading.format(scale=scale.scale.label, column=shown.by[:_LONGEST_NAME])
        yield Section(named, (Table(tuple(columns), tuple(rows)),))
    said = _(
        "{sign} stands for what is not defined, or would be of too few rows; JSON says why there "
        "is no alpha."
    )
    explained = Paragraph(said.format(sign=NO_VALUE))
    yield Section("", (*((explained,) if shown.groups else ()), *map(Paragraph, _hidden(shown))))


def _group(name: str, scale: ScaleFigures, rows: int) -> tuple[Cell, ...]:
    scored = scale.scored
    said = (
        name[:_LONGEST_NAME] or _("(blank)"),
        f"{rows:,}",
        decimal(scored.spread.mean),
        decimal(scored.spread.sd),
        share(scored.floor, scored.spread.rows),
        decimal(scale.reliability.alpha, 3),
    )
    return tuple(map(Cell, said))


def _hidden(shown: Cohort) -> Iterator[str]:
    if shown.hidden_groups:
        said = ngettext(
            "{count} group is not shown, of {rows} rows.",
            "{count} groups are not shown, of {rows} rows together.",
            shown.hidden_groups,
        )
        yield (
            said.format(count=f"{shown.hidden_groups:,}", rows=f"{shown.hidden_rows:,}")
            + " "
            + _(
                "A group needs {least} rows, and where what is left of all rows would give a small "
                "group away, the next smallest is not shown either."
            ).format(least=f"{shown.least:,}")
        )
