"""The visit sheet: one page in the first person, to read from or to hand over at a visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from moodcheck.core.questionnaire_parts import ANSWER
from moodcheck.report.document import (
    Block,
    Document,
    Fact,
    Facts,
    Listing,
    Paragraph,
    Quotation,
    Room,
    Section,
)
from moodcheck.report.outcome import outcome
from moodcheck.report.summary_view import advice_of, score_facts
from moodcheck.report.times import moment
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.summary import ItemLine, Summary

_LINES_TO_WRITE_ON = 4


def visit_document(shown: Summary, questions: Sequence[str], *, name: str = "") -> Document:
    """Return what somebody takes along to a visit.

    It has no score, unless studies have shown what the score means.

    Args:
        shown: the summary of their sitting.
        questions: what they may want to ask.
        name: whose it is, where they want that to stand on it.
    """
    made = outcome(
        shown,
        _("For my visit"),
        subtitle=", ".join(filter(None, (name, moment(shown.taken_at)))),
        at=shown.taken_at,
        before=(
            Section(_("What I could say"), (Listing(shown.could_say),) if shown.could_say else ()),
            _how_often(shown),
            _since_when(shown),
            _also(shown),
            _numbers(shown),
            Section(_("Questions I could ask"), (Listing(tuple(questions)),)),
            Section("", (Room(_("What I want to remember:"), _LINES_TO_WRITE_ON),)),
        ),
        advice=[advice_of(shown)],
        notice=shown.not_a_diagnosis,
        # The lines of every known country would fill the page.
        is_brief=bool(shown.help.elsewhere),
    )
    return replace(made, is_sheet=True)


def _how_often(shown: Summary) -> Section:
    answered = [line for line in shown.items if line.reason is None]
    often_first = sorted(answered, key=_value, reverse=True)
    unanswered = [line for line in shown.items if line.reason is not None]
    missing = (Paragraph(sentence, is_strong=True) for sentence in shown.critical_unanswered)
    return Section(
        _("{period}, how often").format(period=shown.questionnaire.recall_period),
        (*_by_answer((*often_first, *unanswered)), *missing),
    )


def _since_when(shown: Summary) -> Section:
    """Return the answers that become a sentence: since when it is so, and what it makes hard."""
    said = [line for line in shown.context if _is_said_with_its_answer(line)]
    facts = tuple(Fact(line.item.label, line.answer) for line in said)
    return Section(_("Since when, and what it makes hard"), (Facts(facts),) if facts else ())


def _also(shown: Summary) -> Section:
    """Return the other answers: each with what to say there, and the rest as short as can be."""
    others = [
        line
        for line in shown.context
        if not _is_said_with_its_answer(line) and not isinstance(line.value, str)
    ]
    prompted = [line for line in others if line.stands_out and line.item.visit]
    facts = tuple(Fact(line.item.label, f"{line.answer}. {line.item.visit}") for line in prompted)
    words = (line for line in shown.context if isinstance(line.value, str))
    return Section(
        _("What else may matter"),
        (
            *([Facts(facts)] if facts else []),
            *_by_answer(line for line in others if line not in prompted),
            *(Quotation(line.item.label, line.answer) for line in words),
        ),
    )


def _numbers(shown: Summary) -> Section:
    if not shown.questionnaire.validated:
        return Section("", ())
    return Section(_("Numbers"), (*score_facts(shown), Paragraph(shown.validation)))


def _by_answer(lines: Iterable[ItemLine]) -> Iterator[Block]:
    """Yield each answer with the items that got it, in the order in which the answers come."""
    labels: dict[str, list[str]] = {}
    for line in lines:
        labels.setdefault(line.answer, []).append(line.item.label)
    if labels:
        yield Facts(tuple(Fact(answer, ", ".join(named)) for answer, named in labels.items()))


def _is_said_with_its_answer(line: ItemLine) -> bool:
    return ANSWER in (line.item.say or "") and not isinstance(line.value, str)


def _value(line: ItemLine) -> int:
    return line.value if isinstance(line.value, int) else 0
