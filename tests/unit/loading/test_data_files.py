from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from moodcheck.loading.data_files import load_questionnaire, parse_questionnaire
from tests.unit.loading.good_questionnaire import GOOD, LANGUAGE, changed, problems

_REFUSALS = (Path(__file__).parent / "refusals.txt").read_text(encoding="utf-8")


def _refusals() -> list[tuple[str, list[str]]]:
    """Return the cases of refusals.txt: a name, and the lines below it."""
    _, *cases = _REFUSALS.split("\n# ")
    return [(name, lines) for name, *lines in (case.strip("\n").split("\n") for case in cases)]


def _edits(lines: list[str]) -> list[tuple[str, str]]:
    """Return what `-` lines say is replaced by what the `+` lines after them say."""
    edits: list[tuple[list[str], list[str]]] = []
    before = ""
    for line in lines:
        if line[:1] == "-" and before != "-":
            edits.append(([], []))
        if line[:1] in {"-", "+"}:
            edits[-1][line[0] == "+"].append(line[1:])
        before = line[:1]
    return [("\n".join(old), "\n".join(new)) for old, new in edits]


def test_a_good_file_becomes_a_questionnaire(tmp_path: Path) -> None:
    file = tmp_path / "rest.yaml"
    file.write_text(GOOD, encoding="utf-8")

    questionnaire = load_questionnaire(file, LANGUAGE)

    assert isinstance(questionnaire, Questionnaire)
    ids = [item.id for item in questionnaire.all_items]
    assert ids == ["tired", "restless", "worst", "trouble", "words"]
    assert questionnaire == parse_questionnaire("other name", GOOD.encode(), LANGUAGE)


@pytest.mark.parametrize("lines", [pytest.param(lines, id=name) for name, lines in _refusals()])
def test_each_mistake_is_refused_at_its_place_with_its_mend(lines: list[str]) -> None:
    told = [line for line in lines if line[:1] not in {"-", "+"}]

    assert problems(changed(*_edits(lines))) == told


def test_rules_over_ids_and_response_sets_are_told_beside_values_of_the_wrong_kind() -> None:
    content = changed(
        ("value: 1", "value: one"),
        ("    text: You were tired before noon.\n", "    type: 5\n"),
        ("id: restless", "id: tired"),
        ("In the way, responses: yes_no", "In the way, responses: no_yes"),
        ("method: count", "method: 7"),
        ("items: [tired, restless]", "items: [tired, awake]"),
        ("A nurse", "Depressed people"),
    )

    assert [problem.removeprefix("q.yaml:").split(". ")[0] for problem in problems(content)] == [
        "14:15: 'value' must be a whole number, and is text",
        "21:9: 'tired' is used 2 times",
        "23:11: 'type' is not one of the words allowed here",
        "26:9: 'tired' is used 2 times",
        "34:49: there is no response set 'no_yes'",
        "44:13: 'method' is not one of the words allowed here",
        "46:12: scale 'days' names 'awake', which is not among the items",
        "59:11: advice 'anyway' names no clinician",
        "59:11: 'Depressed' diagnoses, judges or blames",
    ]


_MEANING = ["there is no response set 'nowhere'", *["'twin' is used 2 times"] * 2]


def _places(node: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of each value of the tree but the whole."""
    parts: Iterable[tuple[str | int, object]] = ()
    if isinstance(node, dict):
        parts = node.items()
    elif isinstance(node, list):
        parts = enumerate(node)
    for key, value in parts:
        yield (*path, key)
        yield from _places(value, (*path, key))


@pytest.mark.parametrize("wrong", [[7], {"a": 7}, 0.5, None, "Some words"], ids=repr)
def test_a_value_of_the_wrong_kind_hides_no_problem_and_brings_no_other(wrong: object) -> None:
    for path in _places(yaml.safe_load(GOOD)):
        tree = yaml.safe_load(GOOD)
        twin = {"id": "twin", "label": "Twin", "responses": "often"}
        tree["context"] += [twin, twin, {"id": "lost", "label": "Lost", "responses": "nowhere"}]
        *around, last = path
        holder: Any = tree
        for key in around:
            holder = holder[key]
        is_thresholds = path[0] == "scales" and last == "at_least" and isinstance(wrong, dict)
        if type(holder[last]) is type(wrong) or is_thresholds:
            # For a count, thresholds for each item are of the right kind.
            continue
        holder[last] = wrong

        told = [
            one.partition(": ")[2].split(". ")[0] for one in problems(json.dumps(tree).encode())
        ]

        by_itself = [what for what in told if what not in _MEANING]
        assert len(by_itself) <= (2 if path == ("validated",) else 1), path
        if path not in {("context",), ("responses",)}:
            assert sorted(what for what in told if what in _MEANING) == sorted(_MEANING), path


def test_the_whole_message_says_how_many_problems_there_are() -> None:
    two = changed(("title: Rest check-in", "title: []"), ("method: sum", "method: [sum]"))
    with pytest.raises(BadData) as refused:
        parse_questionnaire("q.yaml", two, LANGUAGE)

    assert str(refused.value) == (
        "q.yaml cannot be used: 2 problems.\n"
        "  q.yaml:4:8: 'title' must be text, and is a list. Write one text.\n"
        "  q.yaml:40:13: 'method' is not one of the words allowed here. "
        "Use 'sum', 'mean', 'count' or 'maximum'."
    )


def test_a_text_of_more_than_2000_characters_is_refused() -> None:
    assert problems(changed(("title: Rest", f"title: {'x' * 2_000}"))) == [
        "q.yaml:4:8: 'title' is longer than 2,000 characters. Shorten it."
    ]


def test_more_than_500_items_are_refused() -> None:
    more = "".join(f"  - {{id: i{i}, label: Item, responses: often}}\n" for i in range(498))
    spread = changed(("context:\n", f"context:\n{more}"))
    alone = changed(("items:\n", f"items:\n{more}"))

    assert problems(spread) == ["q.yaml:21:3: there are more than 500 items. Leave some out."]
    assert problems(alone) == ["q.yaml:21:3: 'items' has more than 500 entries. Leave some out."]


def test_no_message_repeats_a_value() -> None:
    text = GOOD
    for line in GOOD.splitlines():
        key, colon, _ = line.partition(": ")
        if colon and key.strip(" -") in {"version", "language", "method", "items", "responses"}:
            text = text.replace(line, f"{key}: [wombat, 7]", 1)
    with pytest.raises(BadData) as refused:
        parse_questionnaire("q.yaml", text.encode(), LANGUAGE)

    assert len(refused.value.problems) >= 5
    assert "wombat" not in str(refused.value)
