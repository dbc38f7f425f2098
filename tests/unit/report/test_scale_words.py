"""How a scale is worked out is said in words, and nothing of it is left out."""

from __future__ import annotations

from moodcheck.report.scale_words import scale_words
from tests.unit.core.small import questionnaire

RULE = {"missing_rule": {"name": "m", "citation": "Nobody 1999"}}


def test_a_plain_scale_takes_two_lines() -> None:
    asked = questionnaire()

    assert [*scale_words(asked, asked.scales[0])] == ["s: S (sum, 0 to 9)", "   of all items"]


def test_everything_that_makes_a_score_is_said() -> None:
    asked = questionnaire(
        scales=[
            {"id": "part", "label": "Part", "method": "sum", "items": ["c"]},
            {"id": "n", "label": "N", "method": "count", "items": ["a", "c"]}
            | {"scales": ["part"], "at_least": {"a": 1, "c": 2, "part": 1}},
            {"id": "s", "label": "S", "method": "sum", "items": "all", "scales": ["part"]}
            | {"alternatives": [["a", "b"]], "reverse_keyed": ["c"], "multiply_by": 2}
            | {"weights": dict.fromkeys(["a", "b", "c", "part"], 0.5), "round_prorated": False}
            | {"max_unanswered_share": 0.4, "rescale": {"low": 1, "high": 5.5}, **RULE},
        ]
    )

    assert [line for scale in asked.scales[1:] for line in scale_words(asked, scale)] == [
        "n: N (count, 0 to 3)",
        "   of a, c, the scale part",
        "   counted from: a 1, c 2, part 1",
        "s: S (sum, -22.22 to 177.78)",
        "   of a or b, c, the scale part",
        "   reverse-keyed: c",
        "   weights: a 0.5, b 0.5, c 0.5, part 0.5",
        "   unanswered: 1 or fewer",
        "   then completed, and not rounded",
        "   multiplied by 2",
        "   rescaled: 1 becomes 0, and 5.5 becomes 100",
    ]
