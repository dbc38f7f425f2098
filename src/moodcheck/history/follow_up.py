"""What a counselor writes about a sitting: acknowledgements and notes."""

from __future__ import annotations

from datetime import datetime

from moodcheck.errors import UsageError, did_you_mean
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import Acknowledgement, CriticalEntry, Record

LONGEST_INITIALS = 8
LONGEST_TEXT = 2_000
"""Characters of a note, or of each line of a follow-up."""


def to_acknowledge(found: Record, item: str | None) -> tuple[CriticalEntry, ...]:
    """Return what in a sitting waits to be acknowledged; of one item, where one is named.

    Raises:
        UsageError: when nothing waits at that item; says who acknowledged it, if somebody did.
    """
    if item is None:
        return found.unacknowledged
    named = tuple(one for one in found.unacknowledged if one.item == item)
    if named:
        return named
    for entry in found.critical:
        if entry.item == item and entry.acknowledgement is not None:
            by = entry.acknowledgement.initials
            raise UsageError(
                f"'{item}' was already acknowledged by {by}",
                mend="Add what has happened since with 'moodcheck history note'",
            )
    waiting = ", ".join(one.item for one in found.unacknowledged)
    raise UsageError(
        f"Nothing at '{item[:64]}' waits to be acknowledged",
        mend=f"Use one of: {waiting}" if waiting else "Nothing in this sitting waits",
    )


def acknowledge(
    store: HistoryStore, record: str, entry: CriticalEntry, seen: Acknowledgement
) -> None:
    """Keep that a human has seen a critical entry, and what they did.

    Raises:
        UsageError: when the initials or a text are too long, no initials are given, or none of
            the texts says anything.
    """
    if not 1 <= len(written(seen.initials)) <= LONGEST_INITIALS:
        raise UsageError(
            f"Initials are 1 to {LONGEST_INITIALS} characters", mend="Say who acknowledges this"
        )
    for text in (seen.action, seen.spoken_with, seen.told, seen.plan, seen.next_contact):
        written(text)
    store.acknowledge(record, entry.item, seen)


def note(  # noqa: PLR0913 - what there is to say of a note
    store: HistoryStore,
    found: Record,
    item: str | None,
    text: str,
    *,
    may_replace: bool,
    at: datetime,
) -> None:
    """Keep a note at an item, or of the whole sitting; an empty text takes it away.

    Raises:
        UsageError: when the sitting has no such item, the text is too long, or another note
            stands there and may not be replaced.
    """
    asked = found.administration.questionnaire
    if item is not None and item not in asked:
        known = [one.id for one in asked.all_items]
        raise UsageError(
            f"This sitting has no item '{item[:64]}'",
            mend=f"{did_you_mean(item, known)}Use one of: {', '.join(known)}",
        )
    before = found.note if item is None else found.notes.get(item, "")
    if before not in {"", text} and not may_replace:
        raise UsageError(
            "There is already a note there", mend="Use --replace to put this one in its place"
        )
    store.note(found.id, item, written(text), at)


def initials(text: str) -> str:
    """Return the initials of whoever acknowledges. Raises UsageError when they are too long."""
    return written(text.strip(), LONGEST_INITIALS)


def follow_up_text(text: str) -> str:
    """Return one line of a follow-up. Raises UsageError as `written`."""
    return written(text.strip())


def note_text(text: str) -> str:
    """Return what a counselor typed as a note; a single `-` takes away what is there.

    Raises:
        UsageError: as `written`.
    """
    return "" if text == "-" else written(text)


def written(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return what a counselor wrote. Raises UsageError when it is too long, or is no text."""
    if len(text) > longest:
        raise UsageError(f"That is longer than {longest} characters", mend="Write less")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError("That is not text in UTF-8", mend="Type it again") from None
    return text
