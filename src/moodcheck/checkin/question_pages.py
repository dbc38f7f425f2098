"""The pages on which a person answers: a question, why it is asked, the review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from moodcheck.checkin.walkthrough import Question
from moodcheck.core.administration import Given, Unanswered
from moodcheck.core.language import Language
from moodcheck.report.document import Block, Heading, Option, Paragraph
from moodcheck.terminal.page import Page
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

Keys = tuple[tuple[str, str], ...]

_LONGEST_ASIDE = 30
"""Characters."""


def question(asked: Question, *, before: str = "", edits: bool = False, way_out: str = "") -> Page:
    """Return the page of one item.

    Args:
        asked: the item.
        before: what was answered just before, for whoever slipped.
        edits: whether own words that stand there can be changed in their place.
        way_out: where Esc twice leads, if not out at once.
    """
    lines: list[Block] = [Heading(progress(asked), _aside(before))]
    if asked.stem:
        lines.append(Paragraph(asked.stem))
    lines.append(Paragraph(asked.item.text or asked.item.label, is_strong=True))
    lines += [Option(one.key, one.label, is_chosen=one.is_chosen) for one in offered(asked)]
    if asked.item.type == "text":
        lines += _how_to_write(standing_words(asked), edits=edits)
    elif is_by_position(asked):
        lines.append(Paragraph(_("Type a number, then press Enter.")))
    return Page(tuple(lines), _question_keys(asked, way_out or _("leave at once")))


def standing_words(asked: Question) -> str:
    """Return the person's own words that stand at an item, as they were written."""
    is_words = isinstance(asked.given, str) and not isinstance(asked.given, Unanswered)
    return str(asked.given) if is_words else ""


def _how_to_write(stand: str, *, edits: bool) -> list[Block]:
    if not stand:
        return [Paragraph(_("Write a few words, then press Enter. Or press s and Enter to skip."))]
    if edits:
        keep = _("Change your words below, or press Enter to keep them. Tab leads to other keys.")
        return [Paragraph(keep)]
    return [
        Paragraph(_("You wrote: {words}").format(words=stand)),
        Paragraph(_("Press Enter to keep this, or write something new in its place.")),
    ]


def _aside(before: str) -> str:
    shown = before if len(before) <= _LONGEST_ASIDE else f"{before[:_LONGEST_ASIDE]}…"
    return _("before: {answer}").format(answer=shown) if before else ""


def progress(asked: Question) -> str:
    """Return `3 of 12`, in words."""
    where = _("{position} of {of}").format(position=asked.position, of=asked.of)
    return _("{where}, for your visit").format(where=where) if asked.is_context else where


@dataclass(frozen=True, slots=True)
class Offered:
    """A response option as it stands on a page."""

    key: str
    """What to enter: the option's own value; where a value is no single digit, the position."""
    value: int
    label: str
    is_chosen: bool


def offered(asked: Question) -> list[Offered]:
    """Return the options of an item as they stand on its page."""
    by_position = is_by_position(asked)
    return [
        Offered(
            key=str(position if by_position else option.value),
            value=option.value,
            label=option.label or str(option.value),
            is_chosen=not isinstance(asked.given, str) and option.value == asked.given,
        )
        for position, option in enumerate(asked.options, start=1)
    ]


def is_by_position(asked: Question) -> bool:
    """Return whether options are entered by position and Enter: some value is no digit."""
    return any(option.value not in range(10) for option in asked.options)


def between_parts(context: int) -> Page:
    """Return what is said between the scored items and the context items, and how many follow."""
    follow = ngettext(
        "One short question for your visit to a doctor or therapist follows. It is not scored.",
        "{count} short questions for your visit to a doctor or therapist follow. They are not "
        "scored.",
        context,
    ).format(count=context)
    return Page(
        blocks=(
            Heading(_("The main part is done. Thank you.")),
            Paragraph(follow),
            Paragraph(_("If this is enough for today, press f to leave them out.")),
        ),
        keys=(
            (_("Enter"), _("go on")),
            ("f", _("finish here")),
            ("b", _("back")),
            ("h", _("help lines")),
            ("q", _("stop")),
        ),
    )


def why(asked: Question, keys: Keys = ()) -> Page:
    """Return why the item is asked; `keys` are those of its page."""
    said = asked.item.help or _("It belongs to this questionnaire.")
    return Page(
        blocks=(Heading(_("Why this is asked")), Paragraph(said)),
        keys=((_("Enter"), _("back")), ("h", _("help lines"))),
        explains=keys,
    )


def review(questions: Sequence[Question], language: Language, *, what_next: str = "") -> Page:
    """Return all answers, numbered; `what_next` is where they lead, if not to the summary."""
    lines = [
        Option(str(number), f"{asked.item.label}: {answer_words(asked, asked.given, language)}")
        for number, asked in enumerate(questions, start=1)
    ]
    return Page(
        blocks=(Heading(_("Your answers")), *lines),
        keys=(
            (_("number, Enter"), _("change that answer")),
            ("v", what_next or _("see the summary")),
            ("h", _("help lines")),
            ("q", _("stop")),
        ),
    )


def answered(asked: Question, given: Given, language: Language) -> str:
    """Return `Sleep: A few days`, what a person is told of an answer just given."""
    return f"{asked.item.label}: {answer_words(asked, given, language)}"


def answer_words(asked: Question, given: Given, language: Language) -> str:
    """Return what was given for an item, in words."""
    if isinstance(given, Unanswered):
        return language.unanswered[given]
    if given is None:
        return language.unanswered[Unanswered.NOT_REACHED]
    if isinstance(given, str):
        return given
    labels = {option.value: option.label for option in asked.options}
    return labels[given] or str(given)


def _question_keys(asked: Question, way_out: str) -> Keys:
    finish: Keys = (("f", _("finish")),) if asked.is_context else ()
    return (
        ("b", _("back")),
        ("s", _("skip")),
        ("?", _("why asked")),
        ("h", _("help lines")),
        *finish,
        ("q", _("stop")),
        (_("Esc Esc"), way_out),
    )
