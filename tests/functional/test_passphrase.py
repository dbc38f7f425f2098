"""How a history is unlocked at a terminal or by another program, and what is left of that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from moodcheck.errors import ExitCode
from moodcheck.history.store.store import open_store
from tests.functional.person import ENTER, Person, run_in_shell
from tests.functional.stored import PASSPHRASE, SECRETS, history
from tests.in_process import run
from tests.shipped import LANGUAGE

SENTINEL = "sentinel-zebra-4711"
"""Unlike anything else on this machine."""


def test_a_wrong_passphrase_is_told_three_times_and_never_shown(tmp_path: Path) -> None:
    path = history(tmp_path)
    command = f"moodcheck history list --all --store {path}"
    with Person(command, cwd=tmp_path, columns=200) as person:
        for _ in range(3):
            person.sees("Passphrase:").press(SENTINEL, ENTER)
        person.sees("could not be unlocked")

        assert person.ends() == ExitCode.LOCKED
        assert SENTINEL.encode() not in person.raw


def test_without_a_terminal_it_stays_locked_and_says_how(tmp_path: Path) -> None:
    ran = run(f"moodcheck history list --all --store {history(tmp_path)}", "")

    assert ran.code == ExitCode.LOCKED
    assert "--passphrase-fd" in ran.said
    assert ran.output == b""


@pytest.mark.parametrize(
    "given",
    ["3</dev/null", "3</dev/zero", "", "3<bad"],
    ids=["nothing", "endless", "closed", "no text"],
)
def test_what_is_no_passphrase_is_refused(tmp_path: Path, given: str) -> None:
    (tmp_path / "bad").write_bytes(b"\xff\xfe\n")
    command = f"moodcheck history list --all --store {history(tmp_path)} --passphrase-fd 3 {given}"

    assert run_in_shell(command, cwd=tmp_path).code == ExitCode.USAGE


def test_a_forgotten_one_is_warned_of_in_words_that_are_data() -> None:
    assert "recover" in LANGUAGE.forgotten_passphrase


@pytest.mark.parametrize("passphrase", [PASSPHRASE, SENTINEL], ids=["right", "wrong"])
def test_a_passphrase_is_in_no_output_and_no_file(tmp_path: Path, passphrase: str) -> None:
    path = history(tmp_path)
    (tmp_path / "passphrase").unlink()
    command = f"moodcheck history list --all --store {path} --passphrase-fd 0"
    ran = run_in_shell(command, f"{passphrase}\n", cwd=tmp_path)

    assert ran.code == (ExitCode.OK if passphrase == PASSPHRASE else ExitCode.LOCKED)
    left = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for secret in (passphrase.encode(), *(one.encode() for one in SECRETS)):
        assert secret not in left
    assert passphrase.encode() not in ran.output + ran.talk


def test_a_passphrase_is_not_in_the_process_list(tmp_path: Path) -> None:
    path = history(tmp_path)
    with Person(f"env moodcheck session start NEW-1 --store {path}", cwd=tmp_path) as person:
        person.sees("Passphrase:").press(PASSPHRASE, ENTER)
        person.sees("NEW-1")
        shown = [Path(f"/proc/{person.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]

        assert not any(PASSPHRASE.encode() in one for one in shown)


def test_the_old_passphrase_opens_nothing_once_it_was_changed(tmp_path: Path) -> None:
    path = history(tmp_path)
    (tmp_path / "new").write_text(f"{SENTINEL}\n", encoding="utf-8")
    command = "moodcheck history change-passphrase --passphrase-fd 3 --new-passphrase-fd 4"
    ran = run(f"{command} --store {path} 3<passphrase 4<new", cwd=tmp_path)

    assert ran.code == ExitCode.OK
    with open_store(path, SENTINEL) as store:
        assert [one.client for one in store.records()] == [SECRETS[0]]


def test_a_recovery_code_opens_a_history_until_the_passphrase_is_changed(tmp_path: Path) -> None:
    def somebody(command: str) -> Person:
        return Person(f"moodcheck {command} --store new.db", cwd=tmp_path, columns=100)

    with somebody("session start NEW-1") as person:
        person.sees("New passphrase:", LANGUAGE.forgotten_passphrase).press(PASSPHRASE, ENTER)
        person.sees("once more:").press(PASSPHRASE, ENTER).sees("recovery code", "> ")
        person.press("y", ENTER).sees("Write it down")
        code = " ".join(re.findall(r"\b\d{6}\b", person.view))
        assert len(code.split()) == 25
        person.press(ENTER).sees("A new client?").press("q")
        assert person.ends() == 0
        assert code[:6] not in person.screen + person.scrollback
    with somebody("session list") as person:
        person.sees("Passphrase:").press(code, ENTER).sees("0 clients")
        assert person.ends() == 0
        assert code[:6].encode() not in person.raw
    with somebody("history change-passphrase") as person:
        person.sees("Passphrase:").press(code, ENTER)
        for asked in ("New passphrase:", "once more:"):
            person.sees(asked).press(SENTINEL, ENTER)
        person.sees("A recovery code that you wrote down no longer opens it.")
        assert person.ends() == 0
    with somebody("session list") as person:
        person.sees("Passphrase:").press(code, ENTER).sees("could not be unlocked")
        person.sees("Passphrase:").press(SENTINEL, ENTER).sees("0 clients")
        assert person.ends() == 0
