from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.errors import BadData
from moodcheck.loading.data_files import load_language
from tests.unit.loading.good_questionnaire import LANGUAGE


def _file(folder: Path, text: str) -> Path:
    file = folder / "en.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _problems(file: Path) -> list[str]:
    with pytest.raises(BadData) as refused:
        load_language(file)
    return [str(problem).removeprefix(f"{file}:") for problem in refused.value.problems]


@pytest.fixture
def good() -> str:
    # JSON is YAML, one key a line here.
    return LANGUAGE.model_dump_json(by_alias=True, indent=1)


def test_a_good_file_becomes_a_language(tmp_path: Path, good: str) -> None:
    assert load_language(_file(tmp_path, good)) == LANGUAGE


def test_words_that_lack_what_is_filled_in_are_refused(tmp_path: Path, good: str) -> None:
    bad = good.replace("Call {emergency} now.", "Call now.").replace("{range}", "{rage}")

    write = "Write it where the program fills something in."
    assert _problems(_file(tmp_path, bad)) == [
        f"9:20: 'published_band' must hold {{name}}, then {{range}}, then {{citation}}. {write}",
        f"27:14: 'act_now' must hold {{emergency}}. {write}",
    ]


def test_a_reason_that_does_not_exist_is_refused(tmp_path: Path, good: str) -> None:
    (problem,) = _problems(_file(tmp_path, good.replace('"skipped":', '"missed":')))

    assert problem == (
        "11:3: the key 'missed' is not one of the words allowed here. Use 'skipped', "
        "'declined', 'unknown', 'blank', 'not_reached' or 'not_asked'."
    )


def test_a_newer_schema_is_refused(tmp_path: Path, good: str) -> None:
    assert _problems(_file(tmp_path, good.replace('"schema": 1', '"schema": 2'))) == [
        "2:12: it needs a newer moodcheck; this one reads schema 1. Upgrade moodcheck."
    ]
