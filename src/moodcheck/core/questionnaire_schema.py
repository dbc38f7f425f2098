"""The JSON Schema of questionnaire files, generated from the model."""

from __future__ import annotations

import json

from moodcheck.core.questionnaire import Questionnaire


def questionnaire_schema() -> str:
    """Return the schema as indented JSON, ending in a newline."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    schema["description"] = "One questionnaire at one version."
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2) + "\n"
