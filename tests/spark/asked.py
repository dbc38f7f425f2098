"""A questionnaire of four items: what takes Spark its time is to plan for each of them."""

from __future__ import annotations

import json
from pathlib import Path

from moodcheck.core.questionnaire import Questionnaire
from tests.unit.core.small import document

_CRITICAL = {"item": "death_thoughts", "at_least": 1}
_DOCUMENT = document(
    items=[
        {"id": name, "label": name, "responses": "often"}
        for name in ("low_mood", "sleep", "death_thoughts", "aches")
    ],
    scales=[
        {"id": "total", "label": "All together", "method": "sum", "items": "all"},
        {"id": "body", "label": "Body", "method": "count", "items": ["sleep", "aches"]}
        | {"at_least": 2},
    ],
    critical=[_CRITICAL],
    advice=[
        {"id": "now", "when": [_CRITICAL], "label": "Today", "text": "Please call a doctor today."},
        {"id": "anyway", "label": "Talk it over", "text": "A nurse can help."},
    ],
)

ASKED = Questionnaire.model_validate(_DOCUMENT, strict=False)
ITEMS = [item.id for item in ASKED.items]


def in_file(folder: Path) -> Path:
    """Write it where the command finds it, and return the file."""
    file = folder / "asked.yaml"
    file.write_text(json.dumps(_DOCUMENT), encoding="utf-8")
    return file
