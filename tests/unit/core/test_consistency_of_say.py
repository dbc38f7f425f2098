"""Words for a person's own sentences are refused where they could never be said."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from moodcheck.core.consistency import faults as consistency_faults
from tests.unit.core.small import questionnaire

SAID = {"often": [{"value": 0, "label": "never"}, {"value": 1, "label": "often", "say": "often"}]}
STANDS_OUT = {
    "often": [{"value": 0, "label": "no"}, {"value": 1, "label": "yes", "stands_out": True}]
}
SILENT = {"often": [{"value": 0, "label": "no"}, {"value": 1, "label": "yes"}]}


def faults(
    responses: dict[str, Any], *, item: dict[str, Any] | None = None, **context: object
) -> list[str]:
    scored = [{"id": name, "label": name, "responses": "often"} for name in "abc"]
    scored[0] |= item or {}
    offers = {} if context.get("type") == "text" else {"responses": "often"}
    try:
        made = questionnaire(
            responses=responses,
            items=scored,
            context=[{"id": "more", "label": "More", **offers, **context}],
        )
    except ValidationError as refused:
        found = refused.errors()[0]["ctx"]["faults"]
        return [f"{'.'.join(map(str, one.path))}: {one.what}" for one in found]
    assert consistency_faults(made) == []
    return []


@pytest.mark.parametrize(
    ("responses", "item", "context"),
    [
        (SAID, {"say": "slept badly"}, {}),
        (SAID, {}, {"say": "It is so {answer}."}),
        (STANDS_OUT, {}, {"say": "my work", "visit": "Say when."}),
        (SILENT, {}, {"type": "text", "say": "I want: {answer}"}),
    ],
)
def test_what_can_be_said_is_taken(
    responses: dict[str, Any], item: dict[str, Any], context: dict[str, Any]
) -> None:
    assert faults(responses, item=item, **context) == []


@pytest.mark.parametrize(
    ("responses", "item", "context", "told"),
    [
        (SAID, {"say": "slept {answer}"}, {}, "items.0.say: item 'a' is scored, and how often"),
        (SILENT, {"say": "slept badly"}, {}, "items.0.say: 'say' of item 'a' is never used"),
        (SAID, {"visit": "Say when."}, {}, "items.0.visit: item 'a' is scored, and 'visit'"),
        (SILENT, {}, {"say": "It is so {answer}."}, "context.0.say: 'say' of item 'more' is never"),
        (SAID, {}, {"say": "my work"}, "context.0.say: 'say' of item 'more' is never shown"),
        (SAID, {}, {"visit": "Say when."}, "context.0.visit: 'visit' of item 'more' is never"),
        (SILENT, {}, {"type": "text", "say": "mine"}, "context.0.say: item 'more' takes words"),
        (SILENT, {}, {"type": "text", "visit": "V."}, "context.0.visit: item 'more' takes words"),
    ],
)
def test_what_could_never_be_said_is_refused_at_its_place(
    responses: dict[str, Any], item: dict[str, Any], context: dict[str, Any], told: str
) -> None:
    (fault,) = faults(responses, item=item, **context)

    assert fault.startswith(told)
