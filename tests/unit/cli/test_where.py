"""Where the history, questionnaires of one's own and the keyring's entry are, and how to go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOODCHECK_STORE", str(tmp_path / "history.db"))
    monkeypatch.setenv("MOODCHECK_QUESTIONNAIRES", str(tmp_path / "own"))
    return tmp_path


def test_where_says_where_everything_will_be_when_nothing_is_there_yet(
    run: Run, folder: Path
) -> None:
    ran = run("history", "where")

    assert (ran.code, ran.talk) == (0, "")
    lines = [line.strip() for line in ran.output.split("\n")]
    assert str(folder / "history.db") in lines
    assert str(folder / "own") in lines
    assert f"service 'moodcheck history', account '{folder / 'history.db'}'" in lines
    assert "nothing is saved yet" in ran.output
    assert "none yet" in ran.output
    assert "delete" not in ran.output
    assert lines[-2].endswith(" -m pip uninstall moodcheck")
    assert list(folder.iterdir()) == []


def test_where_opens_nothing_and_says_how_to_delete_what_is_there(run: Run, folder: Path) -> None:
    (folder / "history.db").write_bytes(b"no history at all" * 1_000)
    (folder / "own").mkdir()
    (folder / "own" / "mine.yaml").write_text("not: one", encoding="utf-8")
    ran = run("history", "where")

    assert (ran.code, ran.talk) == (0, "")
    assert "encrypted (16 KB)" in ran.output
    assert "questionnaires (1 file)" in ran.output
    assert "  moodcheck history delete --all\n" in ran.output
    assert json.loads(run("history", "where", "--format", "json").output) == {
        "history": str(folder / "history.db"),
        "history_is_there": True,
        "questionnaires": str(folder / "own"),
        "own_questionnaires": 1,
        "keyring": {"service": "moodcheck history", "account": str(folder / "history.db")},
    }
    assert str(folder / "other.db") in run("history", "where", "--store", "other.db").output


def test_without_the_part_for_histories_where_still_answers(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOODCHECK_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    for name in ("apsw", "zxcvbn", "keyring"):
        monkeypatch.setitem(__import__("sys").modules, name, None)

    assert "history.db" in run("history", "where").output
