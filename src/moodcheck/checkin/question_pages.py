"""The pages on which a person answers: a question, why it is asked, the review."""

from __future__ import annotations

from collections.abc import Sequence

from moodcheck.checkin.walkthrough import Question
from moodcheck.core.administration import Given, Unanswered
from moodcheck.core.language import Language
from moodcheck.report.document import Block, Heading, Option, Paragraph
from moodcheck.terminal.page import BACK, GO_ON, HELP, STOP, Keys, Page, by_number, numbered_options
from moodcheck.terminal.reader import Entry
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

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
    lines += options(asked)
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
    start = before if len(before) <= _LONGEST_ASIDE else f"{before[:_LONGEST_ASIDE]}…"
    return _("before: {answer}").format(answer=start) if before else ""


def progress(asked: Question) -> str:
    """Return `3 of 12`, in words."""
    where = _("{position} of {of}").format(position=asked.position, of=asked.of)
    return _("{where}, for your visit").format(where=where) if asked.is_context else where


def values_by_key(asked: Question) -> dict[Entry, int]:
    """Return the values that an item offers, by what is entered for them.

    That is the value itself; where some value is no single digit, the position from 1.
    """
    values = [option.value for option in asked.options]
    return by_number(values) if is_by_position(asked) else {str(value): value for value in values}


def options(asked: Question) -> list[Option]:
    """Return the options of an item as they stand on its page."""
    given = None if isinstance(asked.given, str) else asked.given
    return [
        Option(str(key), option.label or str(option.value), is_chosen=option.value == given)
        for key, option in zip(values_by_key(asked), asked.options, strict=True)
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
        keys=(GO_ON, ("f", _("finish here")), ("b", _("back")), HELP, STOP),
    )


def why(asked: Question, keys: Keys = ()) -> Page:
    """Return why the item is asked; `keys` are those of its page."""
    reason = asked.item.help or _("It belongs to this questionnaire.")
    return Page(
        blocks=(Heading(_("Why this is asked")), Paragraph(reason)),
        keys=(BACK, HELP),
        explains=keys,
    )


def review(questions: Sequence[Question], language: Language, *, what_next: str = "") -> Page:
    """Return all answers, numbered; `what_next` is where they lead, if not to the summary."""
    answers = numbered_options(answered(one, one.given, language) for one in questions)
    return Page(
        blocks=(Heading(_("Your answers")), *answers),
        keys=(
            (_("number, Enter"), _("change that answer")),
            ("v", what_next or _("see the summary")),
            HELP,
            STOP,
        ),
    )


def answered(asked: Question, given: Given, language: Language) -> str:
    """Return an item with what was given for it, as in `Sleep: A few days`."""
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
        HELP,
        *finish,
        STOP,
        (_("Esc Esc"), way_out),
    )
