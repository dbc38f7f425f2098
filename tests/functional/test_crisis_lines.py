"""`crisis-lines` is there at once, whatever is set wrong, and its audit hides no line."""

from __future__ import annotations

import pytest

from moodcheck.core.crisis import unconfirmed
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


@pytest.mark.parametrize(
    ("setting", "code"), [("MOODCHECK_REGION=nowhere", 2), ("MOODCHECK_PLAIN=perhaps", 0)]
)
def test_a_wrong_setting_stands_in_nobodys_way(setting: str, code: int) -> None:
    ran = run(f"env {setting} moodcheck crisis-lines")

    assert ran.code == code
    assert LANGUAGE.help.title in ran.output.decode()
    assert DIRECTORY.international.address in ran.output.decode()
