"""The summary of one sitting as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from moodcheck.core.scoring import number
from moodcheck.report.document import (
    Advice,
    Bar,
    Bars,
    Block,
    Document,
    Fact,
    Facts,
    Listing,
    Paragraph,
    Quotation,
    Section,
)
from moodcheck.report.outcome import last_words, outcome
from moodcheck.report.times import moment
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.summary import ItemLine, ScaleLine, Summary


def summary_document(
    shown: Summary,
    *,
    before: Sequence[Section] = (),
    after: Sequence[Section] = (),
    is_own: bool = True,
    name: str = "",
) -> Document:
    """Return everything that may be shown of a sitting.

    Args:
        shown: the summary.
        before: what a human has to see before the advice.
        after: what else was written down about the sitting.
        is_own: whether the one who answered is the one who reads it, and could say it.
        name: whose it is, where they want that to stand on it.
    """
    could_say = (_could_say(shown),) if is_own else ()
    return outcome(
        shown,
        shown.questionnaire.title,
        subtitle=", ".join(filter(None, (name, moment(shown.taken_at)))),
        at=shown.taken_at,
        before=before,
        advice=[advice_of(shown)],
        notice=shown.not_a_diagnosis,
        sections=(
            _stood_out(shown), *could_say, _answers(shown), _scores(shown), _context(shown), *after
        ),
    )  # fmt: skip


def summary_in_short(shown: Summary) -> Document:
    """Return what should stay in view when the summary has been shown."""
    return last_words(shown, advice=advice_of(shown), notice=shown.notice)


def standing_out(shown: Summary) -> list[tuple[str, str]]:
    """Return each answer that stood out, and the labels of the items that got it."""
    return [
        (group.answer, ", ".join(item.label for item in group.items)) for group in shown.stood_out
    ]


def advice_of(shown: Summary) -> Advice:
    """Return when to see someone."""
    return Advice(shown.advice.label, shown.advice.text)


def score_facts(shown: Summary) -> Iterator[Block]:
    """Yield the score of each scale, and why others have none."""
    scored = tuple(
        Fact(line.result.scale.label, score_text(line))
        for line in shown.scales
        if line.result.score is not None
    )
    yield from [Facts(scored)] if scored else []
    yield from map(Paragraph, without_score(shown))


def score_text(line: ScaleLine) -> str:
    """Return the score of a scale as part of a sentence, or why there is none."""
    result = line.result
    answered = _answered(line)
    if result.score is None:
        return f"{line.no_score or ''} ({answered})"
    # Two decimals are for the eye; the exact double is in the JSON.
    text = _("{score} of {maximum}").format(
        score=number(result.score), maximum=number(result.maximum)
    )
    details = [answered] if result.answered < result.of else []
    details += [line.published_band] if line.published_band else []
    return f"{text} ({'; '.join(details)})" if details else text


def _stood_out(shown: Summary) -> Section:
    said = tuple(f"{answer}: {labels}" for answer, labels in standing_out(shown))
    blocks: list[Block] = [Listing(said)] if said else []
    blocks += [Paragraph(shown.nothing_stood_out)] if shown.nothing_stood_out else []
    return Section(_("What stood out"), tuple(blocks))


def _could_say(shown: Summary) -> Section:
    said = (Listing(shown.could_say),) if shown.could_say else ()
    return Section(_("What you could say, read out or send"), said)


def _answers(shown: Summary) -> Section:
    period = shown.questionnaire.recall_period
    bars = Bars(tuple(map(_bar, shown.items)))
    missing = [Paragraph(sentence, is_strong=True) for sentence in shown.critical_unanswered]
    return Section(_("{period}, your answers").format(period=period), (bars, *missing))


def _bar(line: ItemLine) -> Bar:
    value = line.value if isinstance(line.value, int) else None
    return Bar(line.item.label, line.answer, value, line.lowest, line.highest)


def _scores(shown: Summary) -> Section:
    return Section(_("Numbers"), (*score_facts(shown), Paragraph(shown.validation)))


def without_score(shown: Summary) -> Iterator[str]:
    """Yield a sentence for each reason why scales have no score, said once for all of them."""
    by_reason: dict[str, list[str]] = {}
    for line in shown.scales:
        if line.no_score is not None:
            without = by_reason.setdefault(line.no_score, [])
            without.append(f"{line.result.scale.label} ({_answered(line)})")
    for reason, scales in by_reason.items():
        yield f"{reason[:1].upper()}{reason[1:]}: {', '.join(scales)}."


def _answered(line: ScaleLine) -> str:
    answered, of = line.result.answered, line.result.of
    return _("{answered} of {of} answered").format(answered=answered, of=of)


def _context(shown: Summary) -> Section:
    blocks: list[Block] = []
    for has_words, lines in groupby(shown.context, key=_has_words):
        if has_words:
            blocks += [Quotation(line.item.label, line.answer) for line in lines]
        else:
            blocks.append(Facts(tuple(Fact(line.item.label, _for_visit(line)) for line in lines)))
    return Section(_("For your visit (not scored)"), tuple(blocks))


def _has_words(line: ItemLine) -> bool:
    return isinstance(line.value, str)


def _for_visit(line: ItemLine) -> str:
    """Return an answer, and what to bring to a visit or say there because of it."""
    prompt = line.item.visit if line.stands_out else ""
    return f"{line.answer}. {prompt}" if prompt else line.answer
