"""The pages of a closing view: every answer, one of them to note at or correct, what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from moodcheck.checkin import question_pages
from moodcheck.checkin.help_pages import change_country, help_in_short
from moodcheck.checkin.walkthrough import Question
from moodcheck.core.crisis import HelpPanel
from moodcheck.history.critical import CriticalLine
from moodcheck.history.record import Acknowledgement, Record, RecordState
from moodcheck.history.review import ReviewedItem, SessionReview
from moodcheck.history.views.critical_text import critical_sentence, follow_up_names
from moodcheck.history.views.review_view import item_sentence, review_sections
from moodcheck.report.document import Block, Heading, Option, Paragraph
from moodcheck.report.outcome import before_and_after
from moodcheck.report.times import moment
from moodcheck.terminal.page import BACK, HELP, LEAVE, Keys, Page, numbered_options
from moodcheck.translation import gettext as _

FOLLOW_UP: tuple[tuple[str, str], ...] = (
    ("d", "action"),
    ("s", "spoken_with"),
    ("t", "told"),
    ("p", "plan"),
    ("n", "next_contact"),
)
"""The key of each line of a follow-up, and the field of an `Acknowledgement` that it fills."""


def closing(reviews: Sequence[SessionReview], panel: HelpPanel, now: datetime) -> Page:
    """Return the closing view of the sittings of a session, and what can be done with it.

    Items are numbered through all of them, in the order of `SessionReview.in_order`.
    """
    lines: list[Block] = []
    first = 1
    for one in reviews:
        lines += _sitting(one, first, now)
        first += len(one.items)
    # Whoever reads this needs the answers; the whole panel is behind `h`.
    first_of_all, last = before_and_after([one.summary for one in reviews], help_in_short(panel))
    title = Heading(_("Client {client}").format(client=reviews[0].record.client))
    return Page((title, *first_of_all, *lines, *last), _next_steps(reviews, panel))


def item(one: ReviewedItem, asked: Question, *, can_be_corrected: bool) -> Page:
    """Return one answer, and what can be done at it."""
    lines = [
        Heading(one.item.label),
        Paragraph(one.item.text or one.item.label),
        Paragraph(item_sentence(one), is_strong=True),
    ]
    lines += [Paragraph(_("Your note: {note}").format(note=one.note))] if one.note else []
    correct: Keys = ()
    if can_be_corrected and asked.options:
        correct = (("c", _("correct a mistake in this answer")),)
    return Page(tuple(lines), (("n", _("note")), *correct, BACK))


def correction(one: ReviewedItem, asked: Question) -> Page:
    """Return the question for the right answer."""
    purpose = _(
        "Only for an answer that was entered by mistake. What stood there stays in the audit, and "
        "in sight if it needed your attention."
    )
    then = [Paragraph(_("Then press Enter."))] if question_pages.is_by_position(asked) else []
    return Page(
        blocks=(
            Heading(_("The right answer to: {item}").format(item=one.item.label)),
            Paragraph(asked.item.text or asked.item.label),
            *question_pages.options(asked),
            *then,
            Paragraph(purpose),
        ),
        keys=(("s", _("not answered")), ("d", _("declined")), (_("Enter"), _("leave it as it is"))),
    )


def which_for_a_note(reviews: Sequence[SessionReview]) -> Page:
    """Return the sittings of a session, numbered, to choose the one that a note is about."""
    return Page(
        blocks=(
            Heading(_("Which of them is the note about?")),
            *numbered_options(_what_and_when(one.record) for one in reviews),
        ),
        keys=((_("number, Enter"), _("write the note")), BACK),
    )


def sitting_note(record: Record) -> Page:
    """Return the question for a note on a whole sitting."""
    return _a_note(_("A note on: {sitting}").format(sitting=_what_and_when(record)), record.note)


def note(label: str, before: str) -> Page:
    """Return the question for a note at an item."""
    return _a_note(_("A note at: {item}").format(item=label), before)


def initials(lines: Sequence[CriticalLine]) -> Page:
    """Return the question who acknowledges what nobody has acknowledged."""
    return Page(
        blocks=(*_about(lines), Paragraph(_("Who has seen this? Type your initials."))),
        keys=((_("Enter"), _("not now")),),
    )


def action(lines: Sequence[CriticalLine]) -> Page:
    """Return the question what was done."""
    return Page(
        blocks=(*_about(lines), Paragraph(_("What was done? Type it in a few words."))),
        keys=((_("Enter"), _("leave this line empty")),),
    )


def follow_up(lines: Sequence[CriticalLine], so_far: Acknowledgement) -> Page:
    """Return what was done, line by line; one of them has to be filled in."""
    words = follow_up_names()
    filled = [
        Option(key, f"{words[field]}: {getattr(so_far, field) or '–'}") for key, field in FOLLOW_UP
    ]
    return Page(
        blocks=(
            *_about(lines),
            *filled,
            Paragraph(_("Fill in at least one line. The others may stay empty.")),
        ),
        keys=((_("letter"), _("write that line")), (_("Enter"), _("save")), ("b", _("not now"))),
    )


def follow_up_line(field: str, before: str) -> Page:
    """Return the question for one line of a follow-up."""
    return _a_note(follow_up_names()[field], before)


def _sitting(one: SessionReview, first: int, now: datetime) -> Iterator[Block]:
    yield Heading(_what_and_when(one.record))
    if one.record.state is RecordState.OPEN:
        yield Paragraph(_("Interrupted. The answers so far are saved."))
    for section in review_sections(one, now, first=first):
        yield Heading(section.heading)
        yield from section.blocks


def _what_and_when(record: Record) -> str:
    sitting = record.administration
    title, when = sitting.questionnaire.title, moment(sitting.taken_at)
    return _("{questionnaire}, {when}").format(questionnaire=title, when=when)


def _next_steps(reviews: Sequence[SessionReview], panel: HelpPanel) -> Keys:
    next_steps: Keys = ()
    if any(one.record.unacknowledged for one in reviews):
        next_steps = (("a", _("acknowledge")), ("l", _("leave it NOT ACKNOWLEDGED for now")))
    elif any(one.record.state is RecordState.ANSWERED for one in reviews):
        next_steps = (("c", _("close it")),)
    can_be_corrected = any(one.record.state is RecordState.ANSWERED for one in reviews)
    at_an_answer = _("note or correct") if can_be_corrected else _("note at an answer")
    return (
        *next_steps,
        ("n", _("note on a sitting") if len(reviews) > 1 else _("note on the sitting")),
        (_("number, Enter"), at_an_answer),
        HELP,
        *([] if panel.region.code else [change_country(panel)]),
        LEAVE,
    )


def _about(lines: Sequence[CriticalLine]) -> list[Block]:
    return [
        Heading(_("Acknowledge")),
        *(Paragraph(critical_sentence(line), is_strong=True) for line in lines),
    ]


def _a_note(heading: str, before: str) -> Page:
    so_far = [Paragraph(_("So far: {note}").format(note=before))] if before else []
    return Page(
        blocks=(
            Heading(heading),
            *so_far,
            Paragraph(_("Type it and press Enter. A single - takes away what is there.")),
        ),
        keys=((_("Enter"), _("leave it as it is")),),
    )
