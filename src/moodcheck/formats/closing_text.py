"""The closing view in sentences, section by section; help lines stand before or after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.formats.critical_text import critical_sentence, moment
from moodcheck.formats.score_text import score_text
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.domain.closing import ChangedItem, ChangedScale, Closing
    from moodcheck.domain.summary import ItemLine

Section = tuple[str, list[str]]
"""A heading, and what stands under it."""


def closing_sections(shown: Closing) -> list[Section]:
    """Return the closing view, its most urgent part first; a section is never empty."""
    sections = [_critical(shown), _advice(shown), _new(shown), _most(shown), _numbers(shown),
                _unanswered(shown), _own_words(shown), _notes(shown)]  # fmt: skip
    return [(heading, said) for heading, said in sections if said]


def _critical(shown: Closing) -> Section:
    said = [critical_sentence(line) for line in shown.critical]
    missing = [safe_text(sentence) for sentence in shown.summary.critical_unanswered]
    return _("What a person has to see"), said + missing


def _advice(shown: Closing) -> Section:
    advice = shown.summary.advice
    return safe_text(advice.label), [
        safe_text(advice.text),
        safe_text(shown.summary.not_a_diagnosis),
    ]


def _new(shown: Closing) -> Section:
    if shown.since is None:
        return _("Since last time"), [_("This is the first sitting that there is to look at.")]
    heading = _("Since last time, {when}").format(when=moment(shown.since))
    return heading, [_change(one) for one in shown.changed] or [_("Every answer is the same.")]


def _most(shown: Closing) -> Section:
    return _("What changed most"), [_change(one) for one in shown.changed_most]


def _change(one: ChangedItem) -> str:
    return _("{label}: was {before}, is now {now}").format(
        label=safe_text(one.label), before=safe_text(one.before), now=safe_text(one.now)
    )


def _numbers(shown: Closing) -> Section:
    earlier = {one.change.scale.id: one for one in shown.scales}
    said = [
        f"{safe_text(line.result.scale.label)}: {score_text(line)}"
        f"{_before(earlier.get(line.result.scale.id))}"
        for line in shown.summary.scales
    ]
    return _("Numbers"), [*said, safe_text(shown.summary.validation)]


def _before(one: ChangedScale | None) -> str:
    if one is None:
        return ""
    if one.change.before is None:
        return _("; last time no score")
    was = _("; last time {score}").format(score=one.change.before)
    return f"{was}; {safe_text(one.published)}" if one.published else was


def _unanswered(shown: Closing) -> Section:
    return _("Without an answer"), [_line(line) for line in shown.unanswered]


def _own_words(shown: Closing) -> Section:
    return _("In the person's own words"), [_line(line) for line in shown.own_words]


def _notes(shown: Closing) -> Section:
    asked = shown.record.administration.questionnaire
    return _("Your notes"), [
        f"{safe_text(asked.item(item).label)}: {safe_text(note)}"
        for item, note in shown.record.notes.items()
    ]


def _line(line: ItemLine) -> str:
    return f"{safe_text(line.item.label)}: {safe_text(line.answer)}"
