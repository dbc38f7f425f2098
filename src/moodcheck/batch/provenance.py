"""Where a result comes from: program, questionnaire, map and inputs, so that it can be traced."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from moodcheck.core.questionnaire import hash_content

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import AnswerMap


@dataclass(frozen=True, slots=True)
class ReadInput:
    """One input, as it lay there: compressed, where it was."""

    shown: str
    """What outputs and messages call it."""
    size: int | None = None
    """Bytes; None where an engine did not count them."""
    sha256: str | None = None
    """In hexadecimal; None likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a result says of the run that made it."""

    program: str
    """The version of moodcheck."""
    questionnaire_sha256: str
    """Of its content, whatever stands around it in its file."""
    map_sha256: str | None
    """Likewise; None where there was no map."""
    map_name: str | None
    """What it is called that comes with moodcheck, or its file; None where it has no name."""
    inputs: tuple[ReadInput, ...]
    engine: str
    options: Mapping[str, Any]
    """The other options that decide what is written, as JSON has them."""
    started: datetime
    ended: datetime

    def repeated(self) -> Iterator[tuple[str, str]]:
        """Yield each input that an earlier one is equal to, and that one: their names."""
        first: dict[str, str] = {}
        for one in self.inputs:
            # Where an engine takes no hash, the same file is told by its name.
            sign = one.sha256 or one.shown
            if sign in first:
                yield one.shown, first[sign]
            first.setdefault(sign, one.shown)


def form_hash(form: Mapping[str, Any] | None) -> str | None:
    """Return the SHA-256 of what a form says, likewise."""
    return None if form is None else hash_content(json.dumps(form, sort_keys=True))


def content_hash(answer_map: AnswerMap | None) -> str | None:
    """Return the SHA-256 of what a map says, whatever its comments and the order of its keys."""
    if answer_map is None:
        return None
    data = answer_map.plain_data()
    return hash_content(json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
