"""P5: nothing is written unless a file is named; that one is new, whole and its owner's alone."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from moodcheck.errors import ExitCode
from tests.shipped import LANGUAGE
from tests.watched import ANSWERS, EVERY_COMMAND, command, watched

SCORE = ("check", "--answers", "-", "--output")


@pytest.mark.parametrize("typed", EVERY_COMMAND)
def test_no_command_writes_a_file_that_nobody_asked_for(typed: str) -> None:
    run = command(typed)

    assert run.code == ExitCode.OK
    assert run.writes == ()
    assert run.left == set()


def test_a_file_written_unasked_would_be_noticed() -> None:
    run = watched(code="import os, pathlib; os.mkdir('a'); pathlib.Path('a/b').write_text('')")

    assert run.writes == ("a", "a/b")
    assert run.left == {"a", "a/b"}


@pytest.mark.parametrize("name", ["visit.txt", "visit.json"])
def test_with_a_file_named_exactly_that_one_is_written(name: str) -> None:
    run = watched([*SCORE, name], stdin=ANSWERS)

    assert [Path(written).name for written in run.writes] == [name]
    assert run.left == {name}
    assert run.out == ""
    assert "not encrypted" in run.err
    assert LANGUAGE.not_a_diagnosis in " ".join(run.err.split())


@pytest.mark.parametrize("umask", [0o000, 0o277])
def test_it_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    file = tmp_path / "visit.txt"
    run = watched([*SCORE, str(file)], stdin=ANSWERS, umask=umask)

    assert run.code == ExitCode.OK
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_full_disk_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "visit.txt"
    full = ["/bin/sh", "-c", 'ulimit -f 0; exec "$@"', "sh", sys.executable, "-m", "moodcheck"]
    done = subprocess.run(
        [*full, *SCORE, str(file)], input=ANSWERS, capture_output=True, text=True, check=False
    )

    assert done.returncode == ExitCode.IO_FAILED
    assert not file.exists()
    assert "Traceback" not in done.stderr
    assert str(file) in done.stderr


def test_a_file_that_cannot_be_made_is_refused_before_the_first_question() -> None:
    run = watched(["check", "--output", "no/such/folder.txt"], stdin="")

    assert run.code == ExitCode.CANNOT_CREATE
    assert LANGUAGE.not_a_diagnosis not in run.err


def test_with_save_exactly_the_history_is_written_encrypted_and_for_its_owner_alone() -> None:
    passphrase = "five grey owls at dusk"  # noqa: S105 - a test's own
    asked_for = ["--save", "--store", "kept/history.db", "--passphrase-fd", "0"]
    run = watched(["check", "--answers", "answers.json", *asked_for], stdin=f"{passphrase}\n")

    assert run.code == ExitCode.OK
    assert run.left - {"kept"} == {"kept/history.db"}
    # A history is made under a name of its own beside its place, which it then leaves.
    made = {name for name in run.writes if name.startswith("kept/.moodcheck-new-")}
    assert len(made) == 1
    assert set(run.writes) - made <= {"kept", "kept/history.db"}
    assert passphrase not in run.out + run.err
    assert LANGUAGE.not_a_diagnosis in " ".join(run.out.split())
