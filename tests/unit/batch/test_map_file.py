from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.batch.map_file import find_map, parse_answer_map
from moodcheck.errors import BadData
from tests.unit.core.small import questionnaire

SMALL = questionnaire()

WHOLE = """\
schema: 1
title: Our survey
questionnaire: small
id: [person, wave]
columns: "Q{number}"
items:
  a: Q1
  b: "Q 2: how often?"
answers:
  often:
    Not at all: 0
    Nearly always: 3
  c: {"N": 0, "Y": 1}
missing:
  "-9": declined
  "?": unknown
  "": skipped
not_asked: []
rows:
  event: base
  form: ["", "2"]
blank_when: {done: "0"}
keep: [age]
"""


def problems(text: str) -> list[str]:
    with pytest.raises(BadData) as refused:
        parse_answer_map("m.yaml", text.encode(), SMALL)
    return [str(problem) for problem in refused.value.problems]


def test_a_map_says_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(WHOLE, encoding="utf-8")

    assert find_map(file).read(SMALL).model_dump(by_alias=True) == {
        "schema": 1,
        "title": "Our survey",
        "questionnaire": "small",
        "id": ("person", "wave"),
        "items": {"a": "Q1", "b": "Q 2: how often?"},
        "columns": "Q{number}",
        "answers": {"often": {"Not at all": 0, "Nearly always": 3}, "c": {"N": 0, "Y": 1}},
        "missing": {"-9": "declined", "?": "unknown", "": "skipped"},
        "numbers": "as_written",
        "not_asked": (),
        "prorate_not_asked": False,
        "header_rows": 1,
        "long": None,
        "rows": {"event": ("base",), "form": ("", "2")},
        "blank_when": {"done": ("0",)},
        "keep": ("age",),
    }


def test_one_column_that_names_rows_needs_no_list() -> None:
    assert parse_answer_map("m.yaml", b"schema: 1\nid: person\n", SMALL).id == ("person",)
    assert parse_answer_map("m.yaml", b"schema: 1\n", SMALL).id is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: 7", "2:5: entry 1 of 'id' must be text, and is read as a number. Put it in quotes."),
        ("id: ''", "2:5: entry 1 of 'id' is empty. Write something there."),
        ("id: []", "2:5: 'id' must have 1 entry or more. Add one."),
        (
            "id: {a: b}",
            (
                "2:5: 'id' must be a list, and is keys with values. "
                "Write it as [one, two], or with '- '."
            ),
        ),
        (
            "itmes: {a: b}",
            (
                "2:1: there is no key 'itmes' here. Did you mean 'items'? "
                "Known here: schema, title, questionnaire, id, items, columns, answers, missing, "
                "numbers, not_asked, prorate_not_asked, header_rows, long, rows, blank_when, keep."
            ),
        ),
        (
            "items: {a: yes}",
            ("2:12: this value means different things to different programs. Put it in quotes."),
        ),
        ("items: {z: Q1}", "2:12: small has no item 'z'. Use one of: a, b, c."),
        (
            "items: {a: Q1, b: Q1}",
            (
                "2:12: the column of 'a' is also used for another item. "
                "Give each item a column of its own, or list one as 'not_asked'."
            ),
        ),
        (
            "items: {a: Q1, a: Q2}",
            ("2:16: the key 'a' appears twice; it is already on line 2. Keep one of the two."),
        ),
        (
            "answers: {often: {0: 0}}",
            (
                "2:19: the key '0' is not text. Put it in quotes. "
                "If it is the rest of a text with a comma, put that whole text in quotes."
            ),
        ),
        (
            "answers: {often: {never: 7}}",
            ("2:26: 'often' does not offer this value. Use one of 0, 1, 2, 3."),
        ),
        (
            "answers: {often: {never: '1'}}",
            (
                "2:26: 'never' must be a whole number, and is text. "
                "Write a number such as 1, without quotes."
            ),
        ),
        ("answers: {often: {}}", "2:18: 'often' has no texts. Add some, or take it away."),
        (
            "answers: {often: {'': 0}}",
            (
                "2:23: this text is both an answer and a missing one. "
                "An empty cell is never an answer."
            ),
        ),
        (
            "missing: {'?': blank, '?': blank}",
            ("2:23: the key '?' appears twice; it is already on line 2. Keep one of the two."),
        ),
        (
            "missing: {'9': gone}",
            (
                "2:16: '9' is not one of the words allowed here. "
                "Use 'skipped', 'declined', 'unknown' or 'blank'."
            ),
        ),
        (
            "missing: {a: {'9': gone}}",
            (
                "2:20: '9' is not one of the words allowed here. "
                "Use 'skipped', 'declined', 'unknown' or 'blank'."
            ),
        ),
        (
            "missing: {often: {'3': declined}}",
            "2:24: this text is an answer to 'a'. Keep one of the two.",
        ),
        (
            "missing: {ofen: {'9': unknown}}",
            (
                "2:17: small has no response set or item 'ofen'. Did you mean 'often'? "
                "Use one of: a, b, c, often, one."
            ),
        ),
        (
            "missing: {'9': not_asked}",
            (
                "2:16: '9' is not one of the words allowed here. "
                "Use 'skipped', 'declined', 'unknown' or 'blank'."
            ),
        ),
        (
            "missing: {'3': declined}",
            (
                "2:16: 'c' offers this value as an answer. Name it under 'missing' for the items "
                "or response sets where it is none, or name the texts of the others under "
                "'answers'."
            ),
        ),
        (
            "not_asked: [words]",
            (
                "2:13: 'words' is in no scale, is not critical, and no advice looks "
                "at it. Leave it out; 'keep' carries columns along."
            ),
        ),
        (
            "not_asked: a",
            (
                "2:12: 'not_asked' must be a list, and is text. "
                "Write it as [one, two], or with '- '."
            ),
        ),
        (
            'keep: ["a\\e[2J"]',
            ("2:8: there is an invisible character here: U+001B control character. Take it out."),
        ),
    ],
)
def test_each_mistake_is_told_at_its_place_with_its_mend(text: str, told: str) -> None:
    first = f"m.yaml:{told}"

    assert problems(f"schema: 1\n{text}\n")[0] == first


def test_all_mistakes_are_told_at_once() -> None:
    text = """\
schema: 1
id: 7
items: {a: Q1, zz: Q2}
answers: {oftn: {x: 0}, often: {x: 4}}
missing: {"2": declined}
not_asked: [a]
wave: red
"""

    assert [problem.split(": ")[0] for problem in problems(text)] == [
        "m.yaml:2:5",
        "m.yaml:3:20",
        "m.yaml:4:17",
        "m.yaml:4:36",
        "m.yaml:6:13",
        "m.yaml:7:1",
    ]


def test_a_newer_map_is_not_guessed_at() -> None:
    assert problems("schema: 2\n") == [
        ("m.yaml:1:9: it needs a newer moodcheck; this one reads schema 1. Upgrade moodcheck.")
    ]
