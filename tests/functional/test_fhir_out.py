"""Answers leave as FHIR by the commands that people know, and nobody is left unwarned."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from moodcheck.errors import ExitCode
from tests.functional.stored import SECRETS, history
from tests.in_process import Ran, run
from tests.shipped import LANGUAGE

ALERT = json.dumps({"low_mood": 2, "death_thoughts": 1})
STORED = "--store history.db --passphrase-fd 3 3<passphrase"


def kinds(file: Path) -> list[str]:
    """Return the kinds of the resources in a Bundle, each once, in their order."""
    bundle: dict[str, Any] = json.loads(file.read_text(encoding="ascii"))
    assert bundle["resourceType"] == "Bundle"
    return list(dict.fromkeys(one["resource"]["resourceType"] for one in bundle["entry"]))


def at_the_history(command: str, folder: Path) -> Ran:
    return run(f"moodcheck {command} {STORED}", cwd=folder)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return history(tmp_path)


@pytest.mark.parametrize("named", ["--output me.fhir.json", "--format fhir --output me.json"])
def test_a_check_in_writes_a_bundle_that_is_nobodys(named: str, tmp_path: Path) -> None:
    done = run(f"moodcheck check --answers - --region GB {named}", ALERT, cwd=tmp_path)
    file = tmp_path / named.rsplit(maxsplit=1)[-1]

    assert done.code == ExitCode.OK
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert kinds(file) == ["Questionnaire", "QuestionnaireResponse", "Observation"]
    assert "It is not encrypted" in done.said
    assert LANGUAGE.not_a_diagnosis in done.said
    assert "116 123" in done.said


def test_a_script_gets_a_bundle_and_its_user_the_help_lines() -> None:
    done = run("moodcheck check --answers - --region GB --format fhir", ALERT)

    assert json.loads(done.output)["type"] == "collection"
    assert "116 123" in done.said


def test_a_history_goes_to_the_record_of_a_clinic_by_code_alone(kept: Path) -> None:
    done = at_the_history(
        f"history export --client {SECRETS[0]} --output out.fhir.json", kept.parent
    )
    file = kept.with_name("out.fhir.json")

    assert done.code == ExitCode.OK
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert kinds(file) == ["Patient", "Questionnaire", "QuestionnaireResponse", "Observation"]
    assert "1 sitting written" in done.said
    assert "It is not encrypted" in done.said
    assert "names clients by their codes alone" in done.said
    assert "fhir to " in at_the_history("history audit --plain", kept.parent).shown


def test_a_name_says_what_is_inside_an_encrypted_file_too(kept: Path) -> None:
    line = f"history export --client {SECRETS[0]} --output out.fhir.json.age"
    (kept.parent / "other").write_text("another passphrase for a file\n")
    done = run(f"moodcheck {line} --file-passphrase-fd 4 {STORED} 4<other", cwd=kept.parent)

    assert done.code == ExitCode.OK
    assert "names clients by their codes alone" in done.said
    assert b"Bundle" not in kept.with_name("out.fhir.json.age").read_bytes()


def test_one_sitting_is_shown_as_a_bundle_and_to_its_client_without_notes(kept: Path) -> None:
    listed = at_the_history("history list --all --format json", kept.parent)
    [one] = json.loads(listed.output)
    whole = at_the_history(f"history show {one['record']} --format fhir", kept.parent)
    theirs = at_the_history(f"history show {one['record']} --format fhir --for-client", kept.parent)

    assert SECRETS[2] in whole.output.decode()
    assert SECRETS[2] not in theirs.output.decode()
    assert SECRETS[1] in theirs.output.decode()


@pytest.mark.parametrize("command", ["list --all", "trend", "audit"])
def test_what_is_no_sitting_is_not_written_as_fhir(command: str, kept: Path) -> None:
    done = at_the_history(f"history {command} --format fhir", kept.parent)

    assert done.code == ExitCode.USAGE
    assert done.output == b""
    assert "use 'moodcheck history export --format fhir'" in done.said


@pytest.mark.parametrize("options", ["--format fhir", "--output page.fhir.json"])
def test_a_page_for_people_is_not_written_as_fhir(options: str, kept: Path) -> None:
    done = at_the_history(f"report {options}", kept.parent)

    assert done.code == ExitCode.USAGE
    assert "A report" in done.said
