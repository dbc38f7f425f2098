"""A summary as JSON, read back: its answers alone, of which everything else is made anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.safety import alerts_cannot_be_ruled_out
from moodcheck.core.scoring import score
from moodcheck.errors import AnswersRefused, BadData
from moodcheck.files.strict_json import NotStrictJsonError, parse
from moodcheck.report.json import FORMAT

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

LARGEST = 256 * 1024
"""Bytes; far above what a summary takes."""

_REASONS = tuple(Unanswered)


@dataclass(frozen=True, slots=True)
class SummaryFile:
    """What can be used of a summary that was written earlier."""

    administration: Administration
    help_was_shown: bool
    """Whether help lines came first in it, for whatever reason."""
    other_scores: tuple[str, ...]
    """The scales whose score in the file is another than that of its answers."""


def read_summary(
    name: str, content: bytes, questionnaire: Callable[[str], Questionnaire]
) -> SummaryFile:
    """Return the sitting that a summary is of.

    Args:
        name: of the file, for messages.
        content: what stands in it.
        questionnaire: gives the questionnaire of an id.

    Raises:
        BadData: when it is no summary of ours, or of a version of the questionnaire that is not
            the one that is known here. Never says what was answered.
        AnswersRefused: when its answers do not fit the questionnaire.
        InputNotFound: when the questionnaire is not known.
    """
    found = _parsed(name, content)
    asked = _asked(name, _object(found.get("questionnaire")), questionnaire)
    given = _given(name, found, asked)
    administration = administer(asked, given, taken_at=_taken_at(name, found, asked, given))
    stated = _object(found.get("scales"))
    return SummaryFile(
        administration,
        help_was_shown=found.get("help_first") is not False,
        other_scores=tuple(
            one.scale.label
            for one in score(administration)
            if _object(stated.get(one.scale.id)).get("score") != one.score
        ),
    )


def _parsed(name: str, content: bytes) -> Mapping[str, Any]:
    mend = "Give a file that 'moodcheck check --format json' wrote"
    if len(content) > LARGEST:
        raise BadData(f"{name} is larger than {LARGEST // 1024} KiB", mend=mend)
    try:
        found = _object(parse(content))
    except NotStrictJsonError as error:
        raise BadData(f"{name}{error.place} is not one JSON object in UTF-8", mend=mend) from None
    if found.get("format") != FORMAT:
        raise BadData(f"{name} is not a summary of the format {FORMAT}", mend=mend)
    return found


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _given(name: str, found: Mapping[str, Any], asked: Questionnaire) -> Mapping[str, object]:
    """Return what was given for each item, the reason where there is no answer."""
    answers, reasons = found.get("answers"), found.get("unanswered")
    if not isinstance(answers, dict) or not isinstance(reasons, dict):
        raise _refused(f"{name} has no answers", asked, None)
    items = {item.id for item in asked.all_items}
    without = {item for item in answers if answers[item] is None}
    if missing := sorted(items - set(answers)):
        raise _refused(f"{name} lacks the item {missing[0]}", asked, answers)
    # Only so is a reason told from a person's own words.
    known = {item: Unanswered(why) for item, why in reasons.items() if why in _REASONS}
    if without != set(known) or len(known) < len(reasons):
        said = f"{name} does not say of each item either what was answered or why nothing was"
        raise _refused(said, asked, answers)
    return {**answers, **known}


def _asked(
    name: str, stated: Mapping[str, Any], questionnaire: Callable[[str], Questionnaire]
) -> Questionnaire:
    id_, version = stated.get("id"), stated.get("version")
    if not isinstance(id_, str) or not id_.replace("-", "").replace("_", "").isalnum():
        raise BadData(f"{name} names no questionnaire", mend="Give a summary as it was written")
    asked = questionnaire(id_)
    if asked.version != version:
        raise BadData(
            f"{name} is of another version of the questionnaire {asked.id} than the one that is "
            f"known here ({asked.version}), so it cannot be scored anew",
            mend="Use the moodcheck that wrote it",
        )
    return asked


def _taken_at(
    name: str, found: Mapping[str, Any], asked: Questionnaire, given: Mapping[str, object]
) -> datetime:
    stated = found.get("taken_at")
    try:
        at = datetime.fromisoformat(stated) if isinstance(stated, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise _refused(f"{name} does not say when the answers were given", asked, given)
    return at


def _refused(what: str, asked: Questionnaire, given: Mapping[str, object] | None) -> AnswersRefused:
    return AnswersRefused(
        what,
        mend="Give a summary as moodcheck wrote it",
        alerts_cannot_be_ruled_out=alerts_cannot_be_ruled_out(asked, given),
    )
