"""`crisis-lines` is there at once, whatever is set wrong, and its audit hides no line."""

from __future__ import annotations

import pytest

from moodcheck.core.crisis import unconfirmed
from tests.in_process import run
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
    ("region", "plain", "code"),
    [("nowhere", "0", 2), ("", "perhaps", 0)],
)
def test_a_wrong_setting_stands_in_nobodys_way(region: str, plain: str, code: int) -> None:
    ran = run("moodcheck crisis-lines", MOODCHECK_REGION=region, MOODCHECK_PLAIN=plain)

    assert ran.code == code
    assert LANGUAGE.help.title in ran.output.decode()
    assert DIRECTORY.international.address in ran.output.decode()
