"""Questionnaires of one's own: copied, filled in, kept, and then named by their id everywhere."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.shipped import SYMPTOMS
from tests.unit.loading.good_questionnaire import GOOD

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Run

ANSWERS = "answers.json"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the questionnaires of one's own are kept; not made yet."""
    folder = tmp_path / "data" / "questionnaires"
    monkeypatch.setenv("MOODCHECK_QUESTIONNAIRES", str(folder))
    monkeypatch.setenv("MOODCHECK_REGION", "GB")
    return folder


Filled = Callable[..., Path]


@pytest.fixture
def filled(run: Run, tmp_path: Path, own: Path) -> Filled:
    """Copy a questionnaire into a file, fill it in and change it."""
    del own

    def fill(name: str, *changes: tuple[str, str], to: str = "copy.yaml") -> Path:
        file = tmp_path / to
        assert run("questionnaire", "copy", name, to).code == 0
        text = file.read_text(encoding="utf-8").replace("[fill in]", "Words of mine")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
        return file

    return fill


NO_CRITICAL = ("critical:\n  - {item: death_thoughts, at_least: 1}\n", "")


def test_a_copy_is_private_and_says_what_is_left_to_do(run: Run, own: Path, tmp_path: Path) -> None:
    ran = run("questionnaire", "copy", "phq-9", "mine.yaml")

    assert (ran.code, ran.output) == (0, "")
    assert "Fill in the wording where it says [fill in]" in ran.talk
    assert "moodcheck questionnaire validate mine.yaml" in ran.talk
    assert stat.S_IMODE((tmp_path / "mine.yaml").stat().st_mode) == 0o600
    assert run("questionnaire", "copy", "phq-9", "mine.yaml").code == 73
    assert run("questionnaire", "copy", "phq-9", "other.yaml", "--as", "Not An Id").code == 2
    assert run("questionnaire", "validate", "mine.yaml").talk.count("is not filled in yet") == 20
    assert run("questionnaire", "add", "mine.yaml").code == 65
    assert not own.exists()


def test_the_wording_of_a_published_instrument_is_brought_and_then_it_is_asked(
    run: Run, own: Path, tmp_path: Path, filled: Filled
) -> None:
    (tmp_path / ANSWERS).write_text('{"mood": 1}', encoding="utf-8")
    assert "questionnaire copy phq-9 FILE" in run("check", "phq-9").talk

    filled("phq-9")
    added = run("questionnaire", "add", "copy.yaml")

    assert (added.code, "moodcheck check phq-9" in added.talk) == (0, True)
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert stat.S_IMODE(own.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((own / "phq-9.yaml").stat().st_mode) == 0o600
    assert "Words of mine" in run("questionnaire", "show", "phq-9").output
    assert "Words of mine" in run("check", "phq-9").talk  # it begins, with nobody there
    assert run("check", "phq-9", "--answers", ANSWERS).code == 0
    listed = run("questionnaire", "list").output
    assert "yours, with its wording, in place of the one that comes with moodcheck" in listed
    assert "questionnaire copy phq-9" not in listed


def test_ones_own_are_listed_and_named_by_id_everywhere(
    run: Run, own: Path, tmp_path: Path, filled: Filled
) -> None:
    (tmp_path / ANSWERS).write_text('{"low_mood": 1}', encoding="utf-8")
    ids = [item.id for item in SYMPTOMS.items]
    (tmp_path / "rows.csv").write_text(f"id,{','.join(ids)}\nA,{','.join('0' * len(ids))}\n")
    filled("symptoms", ("id: my-symptoms", "id: evening"), ("title: ", "title: Evening "))
    assert run("questionnaire", "add", "copy.yaml").code == 0

    assert "evening  " in run("questionnaire", "list").output
    found = {
        one["id"]: one
        for one in json.loads(run("questionnaire", "list", "--format", "json").output)
    }
    assert found["evening"]["source"] == "own"
    assert found["evening"]["file"] == str(own / "evening.yaml")
    assert found["evening"]["can_be_asked"]
    assert not found["phq-9"]["can_be_asked"]
    assert found["symptoms"]["source"] == "built_in"
    assert "Evening" in run("check", "evening", "--answers", ANSWERS).output
    scored = run("score", "rows.csv", "--questionnaire", "evening", "--output", "-")
    assert (scored.code, ",evening," in scored.output) == (0, True)
    assert run("questionnaire", "validate", "evening").code == 0
    assert "Did you mean 'evening'?" in run("check", "evenin").talk


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("symptoms", ("id: my-symptoms", "id: symptoms"), "id of a questionnaire that comes"),
        ("phq-9", NO_CRITICAL, "their critical items differ"),
        (
            "phq-9",
            ("max_unanswered: 2", "max_unanswered: 1"),
            "scales are worked out differently",
        ),
        ("phq-9", ("id: today\n", "id: sometime\n"), "their rules of advice differ"),
    ],
    ids=["built in", "no critical", "scoring", "advice"],
)
def test_an_id_that_comes_with_moodcheck_is_not_taken_by_something_else(  # noqa: PLR0913, PLR0917 - three fixtures and a case
    run: Run, own: Path, filled: Filled, name: str, change: tuple[str, str], why: str
) -> None:
    file = filled(name, change)
    refused = run("questionnaire", "add", "copy.yaml")

    assert (refused.code, refused.output) == (2, "")
    assert why in " ".join(refused.talk.split())
    assert "Give yours an id of its own" in refused.talk

    # Nor by hand.
    own.mkdir(parents=True, mode=0o700)
    file.rename(own / f"{name}.yaml")
    assert "cannot be used" in run("questionnaire", "list").output
    shown = run("questionnaire", "show", name)
    assert "Words of mine" not in shown.output
    assert shown.code == (0 if name == "symptoms" else 65)


def test_a_copy_that_drops_critical_says_that_it_is_another_questionnaire(
    run: Run, filled: Filled
) -> None:
    filled("phq-9", NO_CRITICAL)
    ran = run("questionnaire", "validate", "copy.yaml")

    assert ran.code == 0
    said = " ".join(ran.talk.split())
    assert "not the 'phq-9' that comes with moodcheck: their critical items differ." in said
    assert "never compared" in said


def test_a_kept_one_is_replaced_only_when_that_is_said(run: Run, own: Path, filled: Filled) -> None:
    filled("symptoms", to="first.yaml")
    filled("symptoms", ("title: ", "title: Second "), to="second.yaml")
    assert run("questionnaire", "add", "first.yaml").code == 0
    refused = run("questionnaire", "add", "second.yaml")

    assert (refused.code, "--replace" in refused.talk) == (73, True)
    assert run("questionnaire", "add", "second.yaml", "--replace").code == 0
    assert "Second" in run("questionnaire", "show", "my-symptoms").output
    assert [file.name for file in own.iterdir()] == ["my-symptoms.yaml"]


def test_a_folder_that_others_can_write_in_is_not_used(run: Run, own: Path, filled: Filled) -> None:
    filled("symptoms")
    assert run("questionnaire", "add", "copy.yaml").code == 0
    own.chmod(0o770)

    for command in (["show", "my-symptoms"], ["list"], ["add", "copy.yaml"]):
        ran = run("questionnaire", *command)
        assert (ran.code, "Other users can change files" in ran.talk) == (65, True)
    assert run("questionnaire", "show", "symptoms").code == 0


def test_a_file_under_another_name_is_told_how_to_be_named(
    run: Run, own: Path, filled: Filled
) -> None:
    own.mkdir(parents=True, mode=0o700)
    filled("symptoms").rename(own / "other.yaml")
    (own / "Not an id.yaml").write_text("", encoding="utf-8")

    assert "Rename the file to my-symptoms.yaml" in run("check", "other").talk
    listed = run("questionnaire", "list").output
    assert (
        "other\n  yours\n  cannot be used; to see why: moodcheck questionnaire validate" in listed
    )
    assert "Not an id" not in listed


def test_a_word_of_death_is_a_warning_with_its_place_and_refuses_nothing(
    run: Run, tmp_path: Path
) -> None:
    text = GOOD.replace("critical:\n  - {item: worst, at_least: 1}\n", "")
    (tmp_path / "rest.yaml").write_text(text.replace("Dark thoughts", "Thoughts of death"))

    ran = run("questionnaire", "validate", "rest.yaml")

    assert (ran.code, ran.output) == (0, "rest.yaml: rest 1.0.0, 3 items\n")
    assert ran.talk == (
        "Warning: rest.yaml:30:12: item 'worst' names death or suicide, and nothing is critical, "
        "so no answer brings up help lines. Add critical: [{item: worst, at_least: 1}].\n"
    )
