from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from moodcheck.loading.questionnaire import load_questionnaire, parse_questionnaire
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


def test_the_whole_message_says_how_many_problems_there_are() -> None:
    two = changed(("title: Rest check-in", "title: []"), ("method: sum", "method: [sum]"))
    with pytest.raises(BadData) as refused:
        parse_questionnaire("q.yaml", two, LANGUAGE)

    assert str(refused.value) == (
        "q.yaml cannot be used: 2 problems.\n"
        "  q.yaml:4:8: 'title' must be text, and is a list. Write one text.\n"
        "  q.yaml:40:13: 'method' is not one of the words allowed here. "
        "Use 'sum', 'mean' or 'count'."
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
