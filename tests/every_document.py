"""Every view of what somebody answered, and every renderer of documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from moodcheck.core.administration import administer
from moodcheck.core.crisis import Region
from moodcheck.history.record import Record
from moodcheck.history.review import session_review
from moodcheck.history.views.counselor_view import counselor_document
from moodcheck.history.views.record_view import list_document, record_document
from moodcheck.history.views.trend_view import trend_document
from moodcheck.report import markdown, render_plain, render_rich
from moodcheck.report.document import Document
from moodcheck.report.html import page
from moodcheck.report.summary_view import summary_document
from moodcheck.report.visit_view import visit_document
from tests.history_outputs import NOW, list_of, summary_of, trend_of
from tests.records import record
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT

View = Callable[[Sequence[Record], Region], Document]
"""Makes a document of a client's records; of one sitting, where it is of one, that is the last."""

Renderer = Callable[[Document], str]


def _summary(kept: Sequence[Record], where: Region) -> Document:
    return summary_document(summary_of(kept[-1], where).summary, name="N. N.")


def _visit(kept: Sequence[Record], where: Region) -> Document:
    summary = summary_of(kept[-1], where).summary
    return visit_document(summary, LANGUAGE.visit_questions, name="N. N.")


def _sheet(kept: Sequence[Record], where: Region) -> Document:
    last = kept[-1]
    asked = last.administration.questionnaire.scoring_fingerprint
    alike = [
        one for one in kept if one.administration.questionnaire.scoring_fingerprint == asked
    ]  # fmt: skip
    before = alike[-2] if len(alike) > 1 else None
    summary = summary_of(last, where).summary
    review = session_review(last, before, summary, LANGUAGE, NOW)
    (series,) = (one for one in trend_of(kept, where).series if last in one.records)
    return counselor_document(review, series)


VIEWS: Mapping[str, View] = {
    "summary": _summary,
    "visit sheet": _visit,
    "counselor's sheet": _sheet,
    "record": lambda kept, where: record_document(summary_of(kept[-1], where)),
    "trend": lambda kept, where: trend_document(trend_of(kept, where)),
    "whole trend": lambda kept, where: trend_document(trend_of(kept, where), is_whole=True),
}

OVERVIEWS: Mapping[str, View] = {"list": lambda kept, where: list_document(list_of(kept, where))}
"""What only says which sittings there are."""

RENDERERS: Mapping[str, Renderer] = {
    "plain": render_plain.render,
    "rich": lambda document: render_rich.render(document, width=80),
    "html": page.render,
    "markdown": markdown.render,
}
"""All but PDF, whose text is held equal to that of HTML."""


def sittings(count: int, **last: object) -> list[Record]:
    """Return so many sittings of a client, two weeks apart, a longer interval among them.

    `last` is what the last one answers.
    """
    start = TAKEN_AT - timedelta(days=14 * count + 28)
    given: list[dict[str, object]] = [
        {
            "low_mood": position % 4, "sleep": (position + 1) % 4, "guilt": "skipped",
            "death_thoughts": int(position == 1), "impairment": 2, "duration": 3, "medicines": 1,
        }
        for position in range(count)
    ]  # fmt: skip
    given[-1] |= last
    days = [14 * position + (28 if position > count // 2 else 0) for position in range(count)]
    return [
        record(
            administer(SYMPTOMS, one, taken_at=start + timedelta(later)),
            name=f"{position:012}",
            sequence=position,
            notes={"sleep": "Wakes at four"},
        )
        for position, (one, later) in enumerate(zip(given, days, strict=True), start=1)
    ]
