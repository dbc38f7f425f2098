"""P6: nothing opens a connection, nothing that could is started, and no address is a path."""

from __future__ import annotations

import pytest

from moodcheck.errors import ExitCode
from tests.watched import ANSWERS, EVERY_COMMAND, command, watched

ADDRESS = "https://example.org/file.yaml"

PLACES = {
    "a questionnaire": ["check", ADDRESS],
    "one to validate": ["questionnaire", "validate", ADDRESS],
    "one to show": ["questionnaire", "show", ADDRESS],
    "answers": ["check", "--answers", ADDRESS],
    "output": ["check", "--answers", "-", "--output", ADDRESS],
}


@pytest.mark.parametrize("typed", EVERY_COMMAND)
def test_no_command_opens_a_connection_or_starts_a_program(typed: str) -> None:
    run = command(typed)

    assert run.code == ExitCode.OK
    assert run.network == ()
    assert run.programs == ()


def test_a_connection_or_a_program_would_be_noticed() -> None:
    run = watched(
        code="import socket, subprocess; socket.gethostname(); socket.socket(); "
        "subprocess.run(['true'])"
    )

    assert run.network == ("socket.gethostname", "socket.__new__")
    assert "subprocess.Popen" in run.programs


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_an_address_is_no_path(place: list[str]) -> None:
    run = watched(place, stdin=ANSWERS)

    assert run.code == ExitCode.USAGE
    assert run.network == ()
    assert run.left == set()
    assert run.out == ""
    assert "never goes online" in run.err
