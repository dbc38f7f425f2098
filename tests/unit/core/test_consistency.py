"""Each way in which a questionnaire can contradict itself is found, named and placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from pydantic import ValidationError

from moodcheck.core.consistency import faults
from moodcheck.core.data_model import DataPath, Fault
from moodcheck.core.scale import MOST_ITEMS
from tests.shipped import SYMPTOMS
from tests.unit.core.small import document, questionnaire

CITED = {"name": "rule", "citation": "Nobody 1999"}
OFTEN = {"responses": "often"}


def scale(**changes: object) -> dict[str, Any]:
    return {"id": "s", "label": "S", "method": "sum", "items": "all", **changes}


def item(name: str, **changes: object) -> dict[str, Any]:
    return {"id": name, "label": name, **OFTEN, **changes}


def items(*changed: dict[str, Any]) -> list[dict[str, Any]]:
    kept = [item(name) for name in "abc" if name not in {one["id"] for one in changed}]
    return [*kept, *changed]


def advice(**changes: object) -> dict[str, Any]:
    return {"id": "anyway", "label": "Talk it over", "text": "A nurse can help.", **changes}


def bands(*starts: int) -> dict[str, Any]:
    named = [{"at_least": start, "name": f"from {start}"} for start in starts]
    return {"bands": named, "citation": "Nobody 1999"}


@dataclass(frozen=True)
class Wrong:
    """What is changed in the consistent questionnaire, and where the one fault then is."""

    changes: dict[str, Any]
    place: DataPath
    says: str


def wrong_scale(says: str, *place: str | int, **changes: object) -> Wrong:
    """Return a change of the only scale; `place` is where its fault stands within it."""
    return Wrong({"scales": [scale(**changes)]}, ("scales", 0, *place), says)


WHEN = [{"item": "c", "at_least": 1}]
AS_BEFORE = document()
RESPONSES = AS_BEFORE["responses"]

WRONG = {
    "too many items": Wrong(
        {
            "context": [item(f"i{i}") for i in range(MOST_ITEMS - 1)],
        },
        ("items",),
        f"more than {MOST_ITEMS}",
    ),
    "a context item named as an item": Wrong(
        {"context": [{"id": "words", "label": "W", "type": "text"}, item("words2"), item("a")]},
        ("items", 0, "id"),
        "'a' is used 2 times",
    ),
    "two scales of one name": Wrong({"scales": [scale(), scale()]}, ("scales", 0, "id"), "'s'"),
    "two rules of one name": Wrong(
        {"advice": [advice(when=WHEN), advice()]}, ("advice", 0, "id"), "'anyway'"
    ),
    "an item critical twice": Wrong({"critical": [*WHEN, *WHEN]}, ("critical", 0, "item"), "'c'"),
    "an item called any": Wrong({"items": items(item("any"))}, ("items", 3, "id"), "'any'"),
    "a context item called all": Wrong({"context": [item("all")]}, ("context", 0, "id"), "'all'"),
    "a value offered twice": Wrong(
        {"responses": {**RESPONSES, "twice": [{"value": 2}, {"value": 1}, {"value": 2}]}},
        ("responses", "twice"),
        "the value 2 is offered 2 times",
    ),
    "a scored item that asks for words": Wrong(
        {"items": items({"id": "d", "label": "d", "type": "text"})}, ("items", 3, "type"), "'d'"
    ),
    "words with options": Wrong(
        {"context": [item("words", type="text")]}, ("context", 0, "responses"), "'words'"
    ),
    "a choice without options": Wrong(
        {"context": [{"id": "x", "label": "X"}]}, ("context", 0), "offers no response options"
    ),
    "options that nobody wrote": Wrong(
        {"context": [item("x", responses="never")]}, ("context", 0, "responses"), "'never'"
    ),
    "an item that counts for nothing": Wrong(
        {"scales": [scale(items=["a"])]}, ("items", 1, "id"), "'b' is in no scale"
    ),
    "a critical item that is not there": Wrong(
        {"critical": [{"item": "x", "at_least": 1}]}, ("critical", 0, "item"), "'x'"
    ),
    "critical words": Wrong(
        {"critical": [{"item": "words", "at_least": 1}]}, ("critical", 0, "item"), "'words'"
    ),
    "an alert that begins too late": Wrong(
        {"critical": [{"item": "c", "at_least": 2}]}, ("critical", 0, "at_least"), "first answer"
    ),
    "an alert on every answer": Wrong(
        {"critical": [{"item": "c", "at_least": 0}]}, ("critical", 0, "at_least"), "first answer"
    ),
    "a critical item with one answer": Wrong(
        {"items": items(item("c", responses="one"))}, ("critical", 0, "at_least"), "first answer"
    ),
    "advice that hides what follows": Wrong(
        {"advice": [advice(), advice(id="never")]}, ("advice", 0), "always fits"
    ),
    "no advice for some": Wrong({"advice": [advice(when=WHEN)]}, ("advice", 0, "when"), "the last"),
    "advice on an item that is not there": Wrong(
        {"advice": [advice(id="x", when=[*WHEN, {"item": "x", "at_least": 1}]), advice()]},
        ("advice", 0, "when", 1, "item"),
        "'x'",
    ),
    "advice on somebody's words": Wrong(
        {"advice": [advice(id="x", when=[{"item": "words", "at_least": 1}]), advice()]},
        ("advice", 0, "when", 0, "item"),
        "'words'",
    ),
    "a scale of an item that is not there": wrong_scale(
        "names 'x'", "items", items=["a", "b", "c", "x"]
    ),
    "a scale of a context item": wrong_scale("'words'", "items", items=["a", "b", "c", "words"]),
    "a scale with an item twice": wrong_scale("twice", "items", items=["a", "b", "c", "a"]),
    "a count from nowhere": wrong_scale("'at_least'", method="count"),
    "a sum that counts": wrong_scale("'at_least'", at_least=2),
    "a stranger reversed": wrong_scale("'words'", "reverse_keyed", reverse_keyed=["words"]),
    "a score of nothing": wrong_scale(
        "without a single answer", "max_unanswered", max_unanswered=3, missing_rule=CITED
    ),
    "a count with gaps": wrong_scale(
        "not a zero", "max_unanswered",
        method="count", at_least=1, max_unanswered=1, missing_rule=CITED,
    ),
    "a count of what nobody can answer": wrong_scale(
        "never count 'a' (0 to 3) from 30 on", "at_least", method="count", at_least=30
    ),
    "a count of every answer": wrong_scale(
        "always count 'a' (0 to 3) from 0 on", "at_least", method="count", at_least=0
    ),
    "a count with one threshold out of reach": wrong_scale(
        "never count 'b' (0 to 3) from 4 on", "at_least", "b",
        method="count", at_least={"a": 3, "b": 4, "c": 1},
    ),
    "a count of a part that always counts": Wrong(
        {
            "scales": [
                scale(method="mean", rescale=True),
                {"id": "n", "label": "N", "method": "count", "scales": ["s"], "at_least": 0},
            ]
        },
        ("scales", 1, "at_least"), "always count 's' (0 to 100) from 0 on",
    ),
    "a gap by no rule": wrong_scale("no published rule", "max_unanswered", max_unanswered=1),
    "bands out of order": wrong_scale("rising order", "bands", **bands(0, 5, 3)),
    "a band twice": wrong_scale("rising order", "bands", **bands(0, 5, 5)),
    "bands that begin too late": wrong_scale("0 to 9", "bands", **bands(1, 5)),
    "bands that begin too early": wrong_scale("0 to 9", "bands", **bands(-1, 5)),
    "a band beyond the range": wrong_scale("0 to 9", "bands", **bands(0, 10)),
    "bands of nobody": wrong_scale("'citation'", bands=bands(0)["bands"]),
    "a citation of nothing": wrong_scale("'citation'", citation="Nobody 1999"),
    "a cut-point below the range": wrong_scale(
        "-1", "cut_points", 0, "at_least", cut_points=[{"at_least": -1, "citation": "Nobody"}]
    ),
    "a cut-point above the range": wrong_scale(
        "10", "cut_points", 0, "at_least", cut_points=[{"at_least": 10, "citation": "Nobody"}]
    ),
    "change without parameters": wrong_scale(
        "reliable change", "reliable_change", reliable_change={"citation": "Nobody"}
    ),
    "change with half its parameters": wrong_scale(
        "reliable change", "reliable_change", reliable_change={"sd": 5.0, "citation": "Nobody"}
    ),
    "change with two rules": wrong_scale(
        "reliable change", "reliable_change",
        reliable_change={"points": 5, "sd": 5.0, "reliability": 0.9, "citation": "Nobody"},
    ),
    **{
        f"{key} that nobody studied": Wrong(
            {"validated": False, "scales": [scale(**published)]}, ("scales", 0, key), "no study"
        )
        for key, published in {
            "bands": bands(0, 5),
            "cut_points": {"cut_points": [{"at_least": 5, "citation": "Nobody"}]},
            "max_unanswered": {"max_unanswered": 1, "missing_rule": CITED},
            "reliable_change": {"reliable_change": {"points": 5, "citation": "Nobody"}},
        }.items()
    },
}  # fmt: skip


def faults_of(changes: dict[str, Any]) -> list[Fault]:
    with pytest.raises(ValidationError) as refused:
        questionnaire(**changes)
    (error,) = refused.value.errors()
    found: list[Fault] = error["ctx"]["faults"]
    return found


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_each_contradiction_is_found_where_it_stands_and_with_a_mend(wrong: Wrong) -> None:
    first, *others = faults_of(wrong.changes)

    assert first.path == wrong.place
    assert wrong.says in first.what
    assert first.mend
    # What is used twice is named at both places; nothing else may be wrong beside it.
    assert all(fault.what == first.what for fault in others)


def test_everything_that_is_wrong_is_found_at_once() -> None:
    changes = WRONG["an alert that begins too late"].changes | WRONG["bands of nobody"].changes

    assert [fault.path for fault in faults_of(changes)] == [
        ("scales", 0),
        ("critical", 0, "at_least"),
    ]


def test_a_scale_without_items_is_found() -> None:
    found = faults_of({"scales": [scale(), scale(id="empty", items=[])]})

    assert [fault.path for fault in found] == [("scales", 1, "items")]


def test_a_fault_names_what_could_be_meant() -> None:
    (fault,) = faults_of(WRONG["a critical item that is not there"].changes)

    assert fault.mend == "Use one of: a, b, c"


def test_the_shipped_questionnaire_has_none() -> None:
    assert faults(SYMPTOMS) == []


def test_the_consistent_questionnaire_of_these_tests_has_none() -> None:
    assert faults(questionnaire()) == []
