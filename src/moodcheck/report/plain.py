"""Linear text for screen readers, pipes and logs: no box, no colour, one thing a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moodcheck.report.beside import NOTHING, Beside
from moodcheck.report.help_text import (
    after_the_lines,
    before_the_lines,
    countries,
    help_lines,
    how_to_name_a_country,
)
from moodcheck.report.score_text import scored, without_score
from moodcheck.report.summary_text import standing_out, visit_prompt
from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.crisis import HelpPanel
    from moodcheck.core.summary import ItemLine, Summary

_BOLD = "\x1b[1m{}\x1b[0m"


def summary(shown: Summary, *, width: int = 80, beside: Beside = NOTHING) -> str:
    """Return the summary as lines of at most `width` columns, urgent help lines first."""
    sections = [list(beside.before), _advice(shown), _stood_out(shown)]
    sections += [_could_say(shown)] if beside.is_own else []
    sections += [_answers(shown), _scores(shown), _context(shown), list(beside.after)]
    panel = help_section(shown.help)
    ordered = [panel, *sections] if shown.help_first else [*sections, panel]
    return joined([[_title(shown)], *ordered], width)


def last_lines(shown: Summary, *, width: int = 80, bold: bool = False) -> str:
    """Return what should stay in view at the end, short enough for the smallest window.

    That is the advice, that it is no diagnosis and, where help comes first, the emergency number
    and the first line; with no country known, how to see one's numbers. With `bold`, what to do
    stands out in a terminal.
    """
    label, first = f"{safe_text(shown.advice.label)}.", before_the_lines(shown.help)[0]
    lines = ["", label, safe_text(shown.advice.text), safe_text(shown.notice)]
    whom = [first, *(how for how, _ in help_lines(shown.help)[:1])]
    whom += how_to_name_a_country(shown.help)
    lines += ["", *whom] if shown.help_first else []
    return _styled([(line, bold and line in {label, *whom}) for line in lines], width)


def help_panel(panel: HelpPanel, *, width: int = 80, bold: bool = False) -> str:
    """Return help lines as lines of at most `width` columns.

    With `bold`, what to do now and whom to reach stand out in a terminal.
    """
    first = before_the_lines(panel)[0]
    return _styled(
        [(line, bold and (line == first or line.startswith(" "))) for line in help_section(panel)],
        width,
    )


def _styled(lines: Iterable[tuple[str, bool]], width: int) -> str:
    room = max(width, NARROWEST)
    shown = [(wrapped(line, room), is_bold) for line, is_bold in lines]
    return "".join(f"{_BOLD.format(text) if is_bold else text}\n" for text, is_bold in shown)


def joined(sections: Iterable[list[str]], width: int) -> str:
    """Return sections as lines of at most `width` columns, an empty line between two."""
    room = max(width, NARROWEST)
    blocks = ["\n".join(wrapped(line, room) for line in section) for section in sections if section]
    return "\n\n".join(blocks) + "\n"


def _title(shown: Summary) -> str:
    when = shown.taken_at.strftime("%Y-%m-%d %H:%M")
    return f"{safe_text(shown.questionnaire.title)}, {when}"


def _advice(shown: Summary) -> list[str]:
    return [
        f"{safe_text(shown.advice.label)}.",
        safe_text(shown.advice.text),
        safe_text(shown.not_a_diagnosis),
    ]


def _stood_out(shown: Summary) -> list[str]:
    said = [f"  {answer}: {labels}" for answer, labels in standing_out(shown)]
    said += [safe_text(shown.nothing_stood_out)] if shown.nothing_stood_out else []
    return [_("What stood out:"), *said] if said else []


def _could_say(shown: Summary) -> list[str]:
    said = [f"  {safe_text(sentence)}" for sentence in shown.could_say]
    return [_("What you could say, read out or send:"), *said] if said else []


def _answers(shown: Summary) -> list[str]:
    heading = _("{period}, your answers:").format(
        period=safe_text(shown.questionnaire.recall_period)
    )
    missing = [safe_text(sentence) for sentence in shown.critical_unanswered]
    return [heading, *(_answer(line) for line in shown.items), *missing]


def _answer(line: ItemLine) -> str:
    return f"  {safe_text(line.item.label)}: {safe_text(line.answer)}"


def _scores(shown: Summary) -> list[str]:
    scores = [f"  {label}: {score}" for label, score in scored(shown)]
    return [_("Numbers:"), *scores, *without_score(shown), safe_text(shown.validation)]


def _context(shown: Summary) -> list[str]:
    answered = [f"{_answer(line)}{_prompt(line)}" for line in shown.context]
    return [_("For your visit (not scored):"), *answered] if answered else []


def _prompt(line: ItemLine) -> str:
    prompt = visit_prompt(line)
    return f". {prompt}" if prompt else ""


def help_section(panel: HelpPanel) -> list[str]:
    """Return help lines as a section: the numbers first."""
    lines = [
        f"  {reach} ({known})" if known else f"  {reach}" for reach, known in help_lines(panel)
    ]
    return [
        f"{safe_text(panel.title)}:",
        *before_the_lines(panel),
        *lines,
        *(f"  {country}" for country in countries(panel)),
        *how_to_name_a_country(panel),
        *after_the_lines(panel),
    ]
