"""`moodcheck report`: which document, of what, and where it goes."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from moodcheck.report import json as json_format
from tests.in_process import Ran, run
from tests.shipped import answered, summary_of

Moodcheck = Callable[..., Ran]
UNLOCKED = "--store h.db --passphrase-fd 3 3<p"
ALERT = '{"low_mood": 2, "death_thoughts": 1, "own_words": "to rest"}'


@pytest.fixture
def moodcheck(tmp_path: Path) -> Moodcheck:
    (tmp_path / "p").write_text("a long passphrase for tests\n", encoding="utf-8")
    (tmp_path / "a.json").write_text(ALERT, encoding="utf-8")
    summary = json_format.summary(summary_of(answered(low_mood=3, sleep=1)))
    (tmp_path / "s.json").write_text(summary, encoding="utf-8")

    def typed(arguments: str) -> Ran:
        return run(f"moodcheck {arguments}", cwd=tmp_path, MOODCHECK_REGION="GB")

    return typed


@pytest.fixture
def saved(moodcheck: Moodcheck) -> Moodcheck:
    assert moodcheck(f"check --answers a.json --save {UNLOCKED}").code == 0
    return moodcheck


def test_a_file_is_private_and_where_it_lies_is_said_whole(
    moodcheck: Moodcheck, tmp_path: Path
) -> None:
    ran = moodcheck("report --from s.json --visit --output v.html")
    file = tmp_path / "v.html"

    assert ran.code == 0
    assert f"Written to {file}. It is not encrypted" in ran.said
    assert "not a diagnosis" in ran.said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "<h1>For my visit</h1>" in file.read_text(encoding="utf-8")


def test_the_ending_says_what_a_file_is(moodcheck: Moodcheck, tmp_path: Path) -> None:
    begins = {"a.html": b"<!DOCTYPE html>", "a.pdf": b"%PDF-1.7", "a.md": b"# ", "a.txt": b"Sympt"}
    for name, first in begins.items():
        assert moodcheck(f"report --from s.json --output {name}").code == 0
        assert (tmp_path / name).read_bytes().startswith(first)


def test_nothing_is_written_through_a_link_or_over_a_file(
    moodcheck: Moodcheck, tmp_path: Path
) -> None:
    (tmp_path / "link.html").symlink_to(tmp_path / "elsewhere.html")
    (tmp_path / "mine.html").write_text("kept", encoding="utf-8")

    for name in ("link.html", "mine.html"):
        assert moodcheck(f"report --from s.json --output {name}").code == 73
    assert not (tmp_path / "elsewhere.html").exists()
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == "kept"


def test_without_a_name_of_a_sitting_it_is_of_the_last_saved_one(saved: Moodcheck) -> None:
    ran = saved(f"report --visit {UNLOCKED}")

    assert ran.shown.startswith("For my visit,")
    assert ran.shown.index("Call 999 or 112 now") < ran.shown.index("What I could say")
    assert "report made" in saved(f"history audit {UNLOCKED}").shown


def test_a_counselors_sheet_begins_with_the_raw_answers(saved: Moodcheck) -> None:
    shown = saved(f"report --client me {UNLOCKED}").shown

    assert "Client me" in shown
    assert "Low mood, 2 (About half the days or more)" in shown
    assert shown.index("Answers:") < shown.index("Needs attention:") < shown.index("Numbers:")


def test_a_name_stands_on_it_only_where_it_was_given(moodcheck: Moodcheck) -> None:
    assert (
        "For my visit, Ann Lee, 2026"
        in moodcheck("report --from s.json --visit --for 'Ann Lee'").shown
    )
    assert "For my visit, 2026" in moodcheck("report --from s.json --visit").shown


def test_scores_that_are_not_those_of_the_answers_are_named(
    moodcheck: Moodcheck, tmp_path: Path
) -> None:
    file = tmp_path / "s.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"score": null', '"score": 1', 1), encoding="utf-8")

    assert "All twelve together" in moodcheck("report --from s.json").said


def test_refused_answers_bring_the_help_lines(moodcheck: Moodcheck, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"low_mood": 3', '"low_mood": 9'), encoding="utf-8")
    critical = text.replace('"death_thoughts": null', '"death_thoughts": 9')
    (tmp_path / "c.json").write_text(
        critical.replace('"death_thoughts": "blank",', ""), encoding="utf-8"
    )

    assert moodcheck("report --from s.json").code == 65
    ran = moodcheck("report --from c.json")
    assert ran.code == 65
    assert "Call 999 or 112 now" in ran.said


def test_help_lines_are_seen_by_whoever_writes_a_file_after_an_alert(saved: Moodcheck) -> None:
    ran = saved(f"report --output mine.md {UNLOCKED}")

    assert "Call 999 or 112 now" in ran.said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("report k --client me", "Name one sitting"),
        ("report k --from s.json", "Name one sitting"),
        ("report --from s.json --format json", "not written as JSON"),
        ("report --from s.json --format fhir", "not written as FHIR"),
        ("report --from s.json --output a.json2", "Choose a name that ends in"),
        ("report --from s.json --output b.json", "not written as JSON"),
        ("report --from https://example.org/s.json", "never goes online"),
    ],
)
def test_what_cannot_be_meant_is_refused(moodcheck: Moodcheck, typed: str, said: str) -> None:
    ran = moodcheck(typed)

    assert ran.code == 2
    assert said in ran.said
    assert ran.output == b""


@pytest.mark.parametrize("kind", ["html", "pdf"])
@pytest.mark.parametrize(
    "typed", ["report --from s.json", "check --answers a.json", "check"], ids=str
)
def test_without_the_part_the_exact_line_that_installs_it_is_said_before_anything_is_asked(
    moodcheck: Moodcheck, monkeypatch: pytest.MonkeyPatch, typed: str, kind: str, tmp_path: Path
) -> None:
    monkeypatch.setattr("moodcheck.report.formats._LIBRARIES", ("jinja2", "no_such_library"))
    for to in (f"--output x.{kind}", f"--format {kind}"):
        ran = moodcheck(f"{typed} {to}")

        assert ran.code == 69
        assert "moodcheck[report]" in ran.said or "[report]" in ran.said
        assert ran.output == b""
    assert not (tmp_path / f"x.{kind}").exists()


def test_one_saved_sitting_goes_to_a_file_as_well(saved: Moodcheck, tmp_path: Path) -> None:
    (listed,) = json.loads(saved(f"history list --format json {UNLOCKED}").output)
    sitting = listed["record"]

    for name in ("r.html", "r.json"):
        assert saved(f"history show {sitting} --output {name} {UNLOCKED}").code == 0
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert "<h1>Symptom check-in</h1>" in (tmp_path / "r.html").read_text(encoding="utf-8")
