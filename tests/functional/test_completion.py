"""A shell completes commands, options and values, and starts nothing to do so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.functional.person import TAB, Person
from tests.in_process import COMMANDS, run
from tests.shipped import DIRECTORY

START = {
    "bash": "bash --norc --noprofile -i",
    "zsh": "zsh -f -i",
}
PREPARE = {
    "bash": "PS1='> '; source moodcheck.bash",
    "zsh": "PS1='> '; autoload -U compinit; compinit -u -D; source moodcheck.zsh",
}
SHELLS = ["bash", "zsh", "fish"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the scripts, one file, and a moodcheck that says when it is started."""
    for shell in SHELLS:
        script = run(f"moodcheck completion {shell}")
        assert (script.code, script.talk) == (0, b"")
        (tmp_path / f"moodcheck.{shell}").write_bytes(script.output)
    (tmp_path / "answers.json").write_text("{}", encoding="utf-8")
    fake = tmp_path / "bin" / "moodcheck"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n", encoding="utf-8")
    fake.chmod(0o755)
    return tmp_path


def installed(shell: str) -> str:
    where = shutil.which(shell)
    if where is None:
        pytest.skip(f"{shell} is not installed")
    return where


@pytest.mark.parametrize("shell", START)
def test_tab_completes_commands_options_values_and_files_and_starts_nothing(
    shell: str, folder: Path
) -> None:
    installed(shell)
    path = f"{folder}/bin:{COMMANDS}:{os.defpath}"
    with Person(START[shell], cwd=folder, columns=120, rows=40, PATH=path) as person:
        person.press(f"{PREPARE[shell]}; echo rea''dy\r").sees("ready")
        for typed, completed in [
            ("moodcheck cris", "moodcheck crisis-lines "),
            ("moodcheck --discr", "moodcheck --discreet "),
            ("moodcheck history trend --cl", "moodcheck history trend --client "),
            ("moodcheck check --format js", "moodcheck check --format json "),
            ("moodcheck check --format=js", "moodcheck check --format=json "),
            ("moodcheck check --region J", "moodcheck check --region JP "),
            ("moodcheck check --answers ans", "moodcheck check --answers answers.json "),
            ("moodcheck check symp", "moodcheck check symptoms "),
            ("moodcheck score --map nhan", "moodcheck score --map nhanes-dpq "),
            ("moodcheck score --map answ", "moodcheck score --map answers.json "),
            ("moodcheck questionnaire maps nhan", "moodcheck questionnaire maps nhanes-dpq "),
            ("moodcheck help ques", "moodcheck help questionnaire "),
            ("moodcheck completion fi", "moodcheck completion fish "),
        ]:
            person.press(typed, TAB).sees(completed.rstrip()).press("\x15")
    assert not (folder / "started").exists()


def fish(folder: Path, line: str) -> list[str]:
    done = subprocess.run(
        [installed("fish"), "--no-config", "-c", f"source moodcheck.fish; complete -C '{line}'"],
        cwd=folder, capture_output=True, text=True, check=True,
        env={"PATH": f"{folder}/bin:{os.defpath}", "HOME": str(folder), "TERM": "xterm"},
    )  # fmt: skip
    assert done.stderr == ""
    return [entry.partition("\t")[0] for entry in done.stdout.splitlines()]


def test_fish_completes_the_same(folder: Path) -> None:
    assert fish(folder, "moodcheck cris") == ["crisis-lines"]
    assert fish(folder, "moodcheck --discr") == ["--discreet"]
    assert fish(folder, "moodcheck history tr") == ["trend"]
    assert fish(folder, "moodcheck history trend --cl") == ["--client"]
    assert fish(folder, "moodcheck check --format js") == ["json"]
    assert fish(folder, "moodcheck check --answers ans") == ["answers.json"]
    assert fish(folder, "moodcheck score --map nhan") == ["nhanes-dpq"]
    assert fish(folder, "moodcheck score --map answ") == ["answers.json"]
    assert "list" in fish(folder, "moodcheck history ")
    assert "answers.json" not in fish(folder, "moodcheck history ")
    assert not (folder / "started").exists()


def test_every_command_and_every_country_with_help_lines_is_in_every_script(folder: Path) -> None:
    listed = run("moodcheck help").shown.partition("Commands:")[2]
    known = json.dumps(sorted(DIRECTORY.countries))
    for shell in SHELLS:
        script = (folder / f"moodcheck.{shell}").read_text(encoding="utf-8")
        assert all(word in script for word in ("check", "completion", "history", "questionnaire"))
        assert " ".join(json.loads(known)) in script
    assert "completion" in listed


def test_help_and_version_have_short_names_and_help_is_a_command() -> None:
    long, short = run("moodcheck history list --help"), run("moodcheck history list -h")
    command = run("moodcheck help history list")

    assert long.code == short.code == command.code == 0
    assert long.output == short.output == command.output != b""
    assert run("moodcheck -V").output == run("moodcheck --version").output
    assert run("moodcheck -h").output == run("moodcheck help").output
    unknown = run("moodcheck help nothing-like-it")
    assert unknown.code == 2
    assert "nothing-like-it" in unknown.said
