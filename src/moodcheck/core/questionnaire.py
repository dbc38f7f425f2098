"""A questionnaire: one instrument at one version, as data; its content, and how it scores."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from moodcheck.core.consistency import faults
from moodcheck.core.questionnaire_parts import QuestionnaireParts
from moodcheck.core.scale import Scale


class Questionnaire(QuestionnaireParts):
    """One instrument at one version; cannot be built inconsistent (`core.consistency`).

    Raises:
        pydantic.ValidationError: naming every fault, with its place.
    """

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        found = faults(self)
        if found:
            summary = "; ".join(fault.what for fault in found)
            raise PydanticCustomError("faults", "{summary}", {"summary": summary, "faults": found})
        return self

    def plain_data(self) -> dict[str, Any]:
        """Return what was written in its file and no more, as JSON has it."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    @cached_property
    def canonical_json(self) -> str:
        """The same as JSON on one line; equal for equal content."""
        data = self.plain_data()
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of its canonical JSON, in hexadecimal."""
        return hash_content(self.canonical_json)

    @cached_property
    def scoring_fingerprint(self) -> ScoringFingerprint:
        """Tells with which other questionnaires its answers and scores may be compared."""
        critical = frozenset((one.item, one.at_least) for one in self.critical)
        counted = {item.id for item in self.items} | {item for item, _ in critical}
        return ScoringFingerprint(
            id=self.id,
            major=int(self.version.partition(".")[0]),
            offered=frozenset((item, self._values(item)) for item in counted),
            scales=frozenset((scale.id, self.computation(scale).identity) for scale in self.scales),
            critical=critical,
        )

    @cached_property
    def scale_levels(self) -> tuple[tuple[Scale, ...], ...]:
        """The scales, in their order, but those that are in others before those."""
        levels: list[tuple[Scale, ...]] = []
        known: set[str] = set()
        while left := [scale for scale in self.scales if scale.id not in known]:
            level = tuple(scale for scale in left if known.issuperset(scale.scales))
            levels.append(level)
            known.update(scale.id for scale in level)
        return tuple(levels)

    def _values(self, item_id: str) -> tuple[int, ...]:
        return tuple(sorted(option.value for option in self.options(item_id)))


@dataclass(frozen=True, slots=True)
class ScoringFingerprint:
    """Equal for two questionnaires whose answers and scores may be compared.

    Wording, order, bands and advice are not part of it; nor are context items, unless critical.
    """

    id: str
    major: int
    """The major version: a change of meaning raises it."""
    offered: frozenset[tuple[str, tuple[int, ...]]]
    """Each item that is scored or critical, with the values it offers."""
    scales: frozenset[tuple[str, tuple[object, ...]]]
    """How each scale is computed."""
    critical: frozenset[tuple[str, int]]
    """Each critical item, and the lowest value that is an alert."""

    def differing(self, other: ScoringFingerprint) -> tuple[str, ...]:
        """Return the names of the fields above in which the two are not equal, in their order."""
        return tuple(name for name in self.__slots__ if getattr(self, name) != getattr(other, name))


def hash_content(canonical_json: str) -> str:
    """Return the SHA-256 of a questionnaire's canonical JSON, in hexadecimal."""
    return sha256(canonical_json.encode()).hexdigest()


def questionnaire_schema() -> str:
    """Return the JSON Schema of questionnaire files, indented, ending in a newline."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    schema["description"] = "One questionnaire at one version."
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2) + "\n"
