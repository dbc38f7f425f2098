"""The JSON of saved sittings: every key of it is described, and each number keeps its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from moodcheck.core.administration import administer
from tests.history_outputs import EVERY_OUTPUT
from tests.records import SEEN, record
from tests.shipped import CHECKOUT, TAKEN_AT, UNITED_STATES
from tests.unit.core.small import questionnaire

PAGE = (CHECKOUT / "docs" / "history.md").read_text(encoding="utf-8")
DESCRIBED = set(re.findall(r"`(?:[\w\[\]]+\.)*(\w+)(?:\[\])?`", PAGE))

NAMED_BY_THE_QUESTIONNAIRE = {"scales", "items", "notes"}
DESCRIBED_ELSEWHERE = {"summary", "crisis_lines", "published_bands"}

PARAMETERS = {"sd": 2.0, "reliability": 0.5, "citation": "Nobody 1999"}
SCALE = {"id": "s", "label": "S", "method": "sum", "items": "all", "reliable_change": PARAMETERS}
ASKED = questionnaire(scales=[SCALE])
KEPT = [
    record(
        administer(ASKED, dict.fromkeys("abc", value), taken_at=TAKEN_AT),
        sequence=value,
        notes={"a": "Noted"},
        acknowledgement=SEEN,
    )
    for value in (1, 2, 3)
]


def document(name: str) -> Any:  # noqa: ANN401 - whatever json.loads returns
    return json.loads(EVERY_OUTPUT[name](KEPT, UNITED_STATES, 80))


def keys_of(node: Any, above: str = "") -> Iterator[str]:  # noqa: ANN401 - any part of JSON
    if isinstance(node, list):
        for one in node:
            yield from keys_of(one)
    if isinstance(node, dict):
        for key, value in node.items():
            if above not in NAMED_BY_THE_QUESTIONNAIRE:
                yield key
            if key not in DESCRIBED_ELSEWHERE:
                yield from keys_of(value, key)


@pytest.mark.parametrize("name", [name for name in EVERY_OUTPUT if name.endswith("json")])
def test_every_key_is_described(name: str) -> None:
    keys = set(keys_of(document(name)))

    assert len(keys) > 10
    assert keys - DESCRIBED == set()


def test_published_words_stand_beside_the_number_with_their_citation() -> None:
    (series,) = document("trend, json")["series"]
    scale = series["scales"]["s"]

    assert scale["scores"] == [3, 6, 9]
    assert scale["since_previous"]["difference"] == 3
    assert scale["since_first"] == {
        "difference": 6,
        "published": {
            "index": pytest.approx(3.0),
            "needed": pytest.approx(3.92),
            "is_reliable": True,
            "quotation": "as large as a change published as reliable (more than 3.92, Nobody 1999)",
        },
    }
