"""The counselor's sheet of a sitting, made of what is saved of its client."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from moodcheck.history.review import session_review
from moodcheck.history.sittings import kept_apart, previous
from moodcheck.history.trend import trend
from moodcheck.history.views.counselor_view import counselor_document

if TYPE_CHECKING:
    from moodcheck.core.crisis import CrisisDirectory, Region
    from moodcheck.core.language import Language
    from moodcheck.core.summary import Summary
    from moodcheck.history.port import HistoryStore
    from moodcheck.history.record import Record
    from moodcheck.report.document import Document


def counselors_sheet(  # noqa: PLR0913 - what a trend needs, and what a review does
    store: HistoryStore,
    record: Record,
    summary: Summary,
    crisis_directory: CrisisDirectory,
    language: Language,
    *,
    region: Region,
    now: datetime,
    name: str = "",
) -> Document:
    """Return one page about a sitting, with those that it can be compared with.

    Args:
        store: what is saved.
        record: the sitting.
        summary: of that sitting.
        crisis_directory: all help lines that are known.
        language: the words that the promises rest on.
        region: the country whose help lines are shown.
        now: what ages are counted from.
        name: the client's, where the counselor wants it to stand there.
    """
    review = session_review(
        record,
        previous(store, record),
        summary,
        language,
        now,
        apart=kept_apart(store, record),
    )
    over_time = trend(
        store.records(record.client), crisis_directory, language, region=region, now=now
    )
    joined = next(one for one in over_time.series if record.id in {kept.id for kept in one.records})
    return counselor_document(review, joined, name=name)
