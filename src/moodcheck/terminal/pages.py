"""The pages of a sitting: welcome, question, help, stop, review, and what follows the summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moodcheck.application.ports import Question
from moodcheck.domain.administration import Given, Unanswered
from moodcheck.domain.crisis import HelpPanel
from moodcheck.domain.language import Language
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.formats.help_text import in_short
from moodcheck.safe_text import safe_text
from moodcheck.terminal.help_pages import change_country
from moodcheck.terminal.page import Line, Page, Role
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

Keys = tuple[tuple[str, str], ...]


def welcome(
    questionnaire: Questionnaire, language: Language, panel: HelpPanel, *, traces: Sequence[str]
) -> Page:
    """Return what a person should know before the first question; `traces` is what stays."""
    count = len(questionnaire.items)
    what = ngettext(
        "{count} question on how you were {period}, and some to prepare a visit to a doctor.",
        "{count} questions on how you were {period}, and some to prepare a visit to a doctor.",
        count,
    ).format(count=count, period=_lower_first(safe_text(questionnaire.recall_period)))
    return Page(
        lines=(
            _heading(safe_text(questionnaire.title)),
            _text(what),
            _text(safe_text(language.not_a_diagnosis)),
            *(_text(trace) for trace in traces),
            _text(safe_text(panel.tells_no_one)),
            _text(_("It is for adults, about themselves. Any question can be skipped.")),
            *(_text(sentence) for sentence in in_short(panel)),
        ),
        keys=(
            (_("Enter"), _("begin")),
            ("h", _("help lines")),
            change_country(panel),
            ("y", _("I am under 18")),
            ("o", _("it is for someone else")),
            ("p", _("plain text")),
            ("q", _("leave")),
        ),
    )


def question(asked: Question, *, needs_enter: bool, way_out: str = "") -> Page:
    """Return the page of one item; `way_out` is where Esc twice leads, if not out at once."""
    lines = [_heading(progress(asked))]
    if asked.stem:
        lines.append(_text(safe_text(asked.stem)))
    lines.append(Line(Role.STRONG, safe_text(asked.item.text or asked.item.label)))
    lines += [
        Line(Role.CHOSEN if one.is_chosen else Role.OPTION, one.label, one.key)
        for one in offered(asked)
    ]
    if asked.item.type == "text":
        lines.append(_text(_("Write a few words and press Enter, or s to skip.")))
    elif needs_enter:
        lines.append(_text(_("Then press Enter.")))
    return Page(tuple(lines), _question_keys(asked, way_out or _("leave at once")))


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
            label=safe_text(option.label or str(option.value)),
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
        "One short question for your visit to a doctor or therapist is left. It is not scored.",
        "Next come {count} short questions for your visit to a doctor or therapist. They are "
        "not scored. To leave them out, press f.",
        context,
    ).format(count=context)
    return Page(
        lines=(_heading(_("That was the main part. Thank you.")), _text(follow)),
        keys=(
            (_("Enter"), _("go on")),
            ("f", _("finish without them")),
            ("b", _("back")),
            ("h", _("help lines")),
            ("q", _("stop")),
        ),
    )


def why(asked: Question) -> Page:
    """Return why the item is asked."""
    said = safe_text(asked.item.help or _("It belongs to this questionnaire."))
    return Page((_heading(_("Why this is asked")), _text(said)), ((_("Enter"), _("back")),))


def review(questions: Sequence[Question], language: Language, *, what_next: str = "") -> Page:
    """Return all answers, numbered; `what_next` is where they lead, if not to the summary."""
    lines = [
        Line(
            Role.OPTION,
            f"{safe_text(asked.item.label)}: {answer_words(asked, asked.given, language)}",
            str(number),
        )
        for number, asked in enumerate(questions, start=1)
    ]
    return Page(
        lines=(_heading(_("Your answers")), *lines),
        keys=(
            (_("number, Enter"), _("change that answer")),
            ("v", what_next or _("see the summary")),
            ("h", _("help lines")),
            ("q", _("stop")),
        ),
    )


def answered(asked: Question, given: Given, language: Language) -> str:
    """Return `3 of 12: many days`, what a person is told of an answer just given."""
    return f"{progress(asked)}: {answer_words(asked, given, language)}"


def answer_words(asked: Question, given: Given, language: Language) -> str:
    """Return what was given for an item, in words."""
    if isinstance(given, Unanswered):
        return safe_text(language.unanswered[given])
    if given is None:
        return safe_text(language.unanswered[Unanswered.NOT_REACHED])
    if isinstance(given, str):
        return safe_text(given)
    labels = {option.value: option.label for option in asked.options}
    return safe_text(labels[given] or str(given))


def after_summary(
    rendered: Callable[[int], str] | None, *, is_discreet: bool, can_be_saved: bool = False
) -> Page:
    """Return a summary, made for the width it is shown in, and what can be done with it."""
    done = _("done; everything is cleared") if is_discreet else _("done")
    save: Keys = (("s", _("save it, encrypted")),) if can_be_saved else ()
    keys = (*save, ("w", _("write it to a file")), ("h", _("help lines")), ("d", done))
    return Page((), keys, rendered)


def file_name() -> Page:
    """Return the question for the name of a file."""
    said = _("The file will be plain to read for anyone who can open your files. Type its name.")
    return Page(
        lines=(_heading(_("Write the summary to a file")), _text(said)),
        keys=((_("Enter"), _("write nothing")),),
    )


def said(text: str) -> Page:
    """Return one thing said, until Enter."""
    return Page((_text(safe_text(text)),), ((_("Enter"), _("back")),))


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


def _heading(text: str) -> Line:
    return Line(Role.HEADING, text)


def _text(text: str) -> Line:
    return Line(Role.TEXT, text)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
