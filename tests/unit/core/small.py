"""A questionnaire of three items, and ways to change it."""

from __future__ import annotations

from typing import Any

from moodcheck.core.questionnaire import Questionnaire

Document = dict[str, Any]


def document(**changes: object) -> Document:
    """Return a consistent document, studied by somebody, with some of its keys replaced."""
    return {
        "schema": 1,
        "id": "small",
        "version": "1.0.0",
        "title": "Small check-in",
        "language": "en",
        "licence": "MIT",
        "source": {"document": "Written for these tests"},
        "validated": {"citation": "Nobody 1999"},
        "recall_period": "Over the last week",
        "responses": {
            "often": [{"value": value, "label": f"label {value}"} for value in range(4)],
            "one": [{"value": 1, "label": "only this"}],
        },
        "items": [{"id": name, "label": name, "responses": "often"} for name in "abc"],
        "context": [{"id": "words", "label": "Own words", "type": "text"}],
        "scales": [{"id": "s", "label": "S", "method": "sum", "items": "all"}],
        "critical": [{"item": "c", "at_least": 1}],
        "advice": [
            {
                "id": "now",
                "when": [{"item": "c", "at_least": 1}],
                "label": "Today",
                "text": "Please call a doctor today.",
            },
            {"id": "anyway", "label": "Talk it over", "text": "A nurse can help."},
        ],
        **changes,
    }


def questionnaire(**changes: object) -> Questionnaire:
    """Return the questionnaire of such a document."""
    return Questionnaire.model_validate(document(**changes), strict=False)
