"""Help lists commands without loading them; what it lists is what they say themselves."""

from __future__ import annotations

import subprocess
import sys

import pytest

from moodcheck.cli.commands import LazyCommand, LazyGroup, command_tree, every_command

COMMANDS = list(every_command())


def listed(words: tuple[str, ...]) -> object:
    found: object = command_tree()
    for word in words:
        found = vars(found)["commands"][word]
    return found


@pytest.mark.parametrize("words", [words for words, _command in COMMANDS], ids=" ".join)
def test_the_line_that_help_lists_begins_the_help_of_the_command(words: tuple[str, ...]) -> None:
    command = listed(words)

    if isinstance(command, LazyCommand | LazyGroup):
        first = " ".join(str(command.real.help).split("\n\n")[0].split())
        assert first == command.help or first.startswith(f"{command.help} ")


def test_every_command_has_help_with_an_example() -> None:
    assert [words for words, command in COMMANDS if "Example: moodcheck" not in command.help] == []


@pytest.mark.parametrize("typed", ["--help", "history --help", "help questionnaire"])
def test_help_that_lists_commands_loads_none_of_them(typed: str) -> None:
    program = (
        "import sys; from moodcheck.cli.app import main; main();"
        "sys.stderr.write(' '.join(n for n in sys.modules if n.startswith('moodcheck.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *typed.split()], capture_output=True, text=True, check=True
    )

    assert {name for name in done.stderr.split() if name.startswith("moodcheck.cli.")} == {
        "moodcheck.cli.app",
        "moodcheck.cli.commands",
    }
