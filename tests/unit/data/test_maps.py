"""No map ships that does not fit its questionnaire, or holds words of an instrument."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from moodcheck.batch.answer_map import AnswerMap, answer_map_schema
from moodcheck.batch.map_file import parse_answer_map
from moodcheck.errors import BadData
from moodcheck.files.paths import map_files, questionnaire_files
from tests.shipped import CHECKOUT, DATA
from tests.survey_exports import WORDED

FILES = map_files()
FIRST_LINE = "# yaml-language-server: $schema=../map.schema.json\n"
VALIDATOR = Draft202012Validator(json.loads(answer_map_schema()))


def read(name: str, text: str) -> AnswerMap:
    """Return a map that fits the questionnaire that it says; raise whatever is wrong with it."""
    said = parse_answer_map(name, text.encode(), None)
    return parse_answer_map(name, text.encode(), WORDED[said.questionnaire or ""])


def test_the_schema_is_what_the_model_says() -> None:
    file = DATA / "map.schema.json"

    assert file.read_text(encoding="utf-8") == answer_map_schema(), "run: just schema"
    Draft202012Validator.check_schema(VALIDATOR.schema)


@pytest.mark.parametrize("name", FILES)
def test_a_map_that_ships_fits_its_questionnaire_and_has_none_of_its_words(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    found = read(name, text)

    assert found.title
    assert found.questionnaire in questionnaire_files()
    assert text.startswith(FIRST_LINE)
    assert list(VALIDATOR.iter_errors(yaml.safe_load(text))) == []
    texts = [text for one in found.named_answers.values() for text in one] + [*found.missing]
    assert [text for text in texts if not re.fullmatch("[A-Z]{0,2}[0-9]{1,2}", text)] == []
    assert [one for one in found.items.values() if not re.fullmatch("[A-Z0-9]+", one)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("questionnaire: ", "questionnaire: x"),
        ("schema: 1", "schema: 2"),
        ("schema: 1", "schema: 1\ncolour: red"),
        ("schema: 1", "schema: 1\nnot_asked: [sleeep]"),
        ("schema: 1", "schema: 1\nmissing: {'9': gone}"),
    ],
)
def test_a_map_that_is_spoilt_would_be_noticed(old: str, new: str) -> None:
    for name, path in FILES.items():
        text = path.read_text(encoding="utf-8")
        with pytest.raises((BadData, KeyError)):
            read(name, text.replace(f"\n{old}", f"\n{new}", 1))


def test_the_page_lists_every_map_and_no_other() -> None:
    page = (CHECKOUT / "docs" / "maps.md").read_text(encoding="utf-8")
    table = page.split("| map | reads |")[1].split("\n\n")[0]
    named = [re.findall("`([^`]+)`", line.split("|")[1]) for line in table.splitlines()[2:]]

    assert sorted(name for names in named for name in names) == sorted(FILES)


def test_the_schema_takes_one_text_for_a_list_where_the_reader_does() -> None:
    said = {"schema": 1, "id": "x", "rows": {"event": "base"}, "blank_when": {"done": ["0", ""]}}

    assert list(VALIDATOR.iter_errors(said)) == []
    assert parse_answer_map("m", json.dumps(said).encode(), None).rows == {"event": ("base",)}
    for key, value in (("id", 7), ("id", []), ("rows", {"event": 1}), ("colour", "red")):
        assert list(VALIDATOR.iter_errors({"schema": 1, key: value}))
