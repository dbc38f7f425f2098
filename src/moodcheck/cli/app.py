"""The command line: arguments in, an exit code out."""

from __future__ import annotations

import sys

from typer.exceptions import TyperException

from moodcheck.cli.commands import command_tree
from moodcheck.errors import UsageError
from moodcheck.terminal import console


def main() -> int:
    """Run the command line and return its exit code."""
    return console.run(lambda: run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run what is typed after `moodcheck` and return its exit code.

    Raises:
        UsageError: when there is no such command or option, or one lacks what it needs.
        MoodcheckError: whatever the command raises.
    """
    try:
        code = command_tree().main(
            _with_default_command(arguments), prog_name="moodcheck", standalone_mode=False
        )
    except TyperException as error:
        raise _usage_error(error) from None
    except SystemExit as ended:
        # Typer ends the process by itself when the reader of our output goes away.
        raise ended.__context__ or ended from None
    return int(code or 0)


def _with_default_command(arguments: list[str]) -> list[str]:
    """Return the arguments with `check` before them where no command is named."""
    starts_with_option = not arguments or arguments[0].startswith("-")
    is_about_moodcheck = bool(arguments) and arguments[0] in {"-h", "--help", "-V", "--version"}
    return ["check", *arguments] if starts_with_option and not is_about_moodcheck else arguments


def _usage_error(error: TyperException) -> UsageError:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "moodcheck"
    message = getattr(error, "format_message", error.__str__)().rstrip(".")
    # Typer passes on the words with which pydantic announces its own errors.
    message = message.replace("Value error, ", "")
    return UsageError(message, mend=f"See {command} --help")
