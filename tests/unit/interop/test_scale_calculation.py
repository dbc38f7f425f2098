"""Other programs are told of a score what they would work out alike, and else what is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from moodcheck.interop.fhir.names import scale_link
from moodcheck.interop.fhir.writing import export
from moodcheck.interop.form import Calculation
from moodcheck.interop.scale_calculation import calculation_of
from tests.shipped import LANGUAGE
from tests.unit.core.small import questionnaire

PLAIN = {"id": "s", "label": "S", "method": "sum", "items": "all"}


def test_a_plain_scale_is_told() -> None:
    asked = questionnaire(scales=[{**PLAIN, "reverse_keyed": ["b"], "multiply_by": 2}])

    assert calculation_of(asked, asked.scales[0], str.upper) == Calculation(
        "sum", ("A", "B", "C"), ("B",), multiply_by=2
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "maximum"},
        {"method": "count", "at_least": {"a": 1, "b": 1, "c": 2}},
        {"weights": {"a": 2}},
        {"alternatives": [["a", "b"]]},
        {"scales": ["t"]},
        {"rescale": True},
        {"max_unanswered": 1, "round_prorated": False}
        | {"missing_rule": {"name": "m", "citation": "Nobody 1999"}},
    ],
    ids=str,
)
def test_what_no_other_program_would_work_out_alike_is_left_out_and_named(
    changes: dict[str, Any],
) -> None:
    other = {"id": "t", "label": "T", "method": "sum", "items": ["a"]}
    asked = questionnaire(scales=[{**PLAIN, **changes}, other])

    exported = export(asked, notice=LANGUAGE.notice)
    assert calculation_of(asked, asked.scales[0]) is None
    links = [item["linkId"] for item in json.loads(exported.content)["item"]]
    assert scale_link("t") in links
    assert scale_link("s") not in links
    said = "the score 's' is not in it: no other program would work it out alike"
    assert said in exported.unsaid
