"""`import moodcheck`: few names, the same rules as at the terminal, the region as it was said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import moodcheck
from moodcheck import api
from moodcheck.core.crisis import Region
from moodcheck.errors import BadData, InputNotFound, MoodcheckError, UsageError
from tests.shipped import DATA, SYMPTOMS, TAKEN_AT

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has said where this runs, and the locale does not tell."""
    for name in ("MOODCHECK_REGION", *LOCALE):
        monkeypatch.delenv(name, raising=False)


def test_what_is_public_is_there_and_nothing_else() -> None:
    assert {"load", "summarize", "MoodcheckError"} <= set(moodcheck.__all__) <= set(dir(moodcheck))
    assert all(getattr(moodcheck, name).__name__ == name for name in moodcheck.__all__)
    assert (moodcheck.load, moodcheck.summarize) == (api.load, api.summarize)
    assert moodcheck.MoodcheckError is MoodcheckError
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        moodcheck.lod  # noqa: B018 - the point


def test_a_questionnaire_is_loaded_by_its_id_or_from_a_file() -> None:
    file = DATA / "symptoms.yaml"

    assert moodcheck.load("symptoms") == moodcheck.load(file) == moodcheck.load(str(file))


@pytest.mark.parametrize("name", ["sympton", "", "crisis_lines", "../data/symptoms", "en", "."])
def test_an_unknown_questionnaire_is_not_found_and_the_known_ones_are_named(name: str) -> None:
    with pytest.raises(InputNotFound) as refused:
        moodcheck.load(name)

    assert "symptoms" in str(refused.value) or "cannot be read" in str(refused.value)


def test_a_near_miss_gets_a_hint() -> None:
    with pytest.raises(InputNotFound, match="Did you mean 'symptoms'"):
        moodcheck.load("sympton")


def test_a_name_is_shown_safely() -> None:
    with pytest.raises(InputNotFound) as refused:
        moodcheck.load("\x1b[2J\u202e")

    assert "\\x1b[2J\\u202e" in str(refused.value)


@pytest.mark.parametrize("name", ["https://example.org/q.yaml", "file:///q.yaml", "s3://b/q.yaml"])
def test_an_address_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="never goes online"):
        moodcheck.load(name)


def test_a_questionnaire_on_disk_hides_no_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "symptoms").write_text("not a questionnaire", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert moodcheck.load("symptoms").id == "symptoms"


def test_a_summary_is_made_of_what_was_given() -> None:
    summary = moodcheck.summarize(SYMPTOMS, {"sleep": 2}, region="gb", taken_at=TAKEN_AT)

    assert summary.taken_at == TAKEN_AT
    assert summary.help.region == Region("GB")
    assert {line.item.id: line.value for line in summary.items if line.value is not None} == {
        "sleep": 2
    }


def test_without_a_time_it_is_now_with_its_offset() -> None:
    before = datetime.now(UTC)
    taken_at = moodcheck.summarize(SYMPTOMS, {}).taken_at

    assert before <= taken_at <= datetime.now(UTC)
    assert taken_at.tzinfo is not None


def test_a_wrong_answer_and_a_wrong_region_are_errors() -> None:
    with pytest.raises(BadData, match="item sleep"):
        moodcheck.summarize(SYMPTOMS, {"sleep": True})
    with pytest.raises(UsageError, match="no country"):
        moodcheck.summarize(SYMPTOMS, {}, region="ZZ")
