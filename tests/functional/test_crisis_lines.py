"""`crisis-lines` is there at once, whatever is set wrong, and its audit hides no line."""

from __future__ import annotations

import pytest

from moodcheck.domain.crisis import unconfirmed
from tests.functional.person import run
from tests.shipped import DIRECTORY, LANGUAGE, TODAY


def test_the_audit_names_every_line_that_nobody_confirmed() -> None:
    ran = run("moodcheck crisis-lines --audit")

    listed = ran.output.decode().splitlines()
    due = list(unconfirmed(DIRECTORY, today=TODAY))
    assert due
    assert ran.code == 65
    assert [line.split("  ")[:3] for line in listed] == [
        [code, line.name, line.number] for code, line in due
    ]


@pytest.mark.parametrize("setting", ["MOODCHECK_REGION=nowhere", "MOODCHECK_PLAIN=perhaps"])
def test_a_wrong_setting_stands_in_nobodys_way(setting: str) -> None:
    ran = run(f"env {setting} moodcheck crisis-lines")

    assert ran.code == 0
    assert LANGUAGE.help.title in ran.output.decode()
    assert DIRECTORY.international.address in ran.output.decode()
