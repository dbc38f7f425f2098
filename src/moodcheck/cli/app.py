"""The commands and their order; each lives in a file of its own."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from moodcheck.cli import (
    check,
    completion,
    crisis_lines,
    history,
    questionnaire,
    score,
    session,
    session_desk,
)
from moodcheck.errors import UsageError
from moodcheck.safe_text import safe_text
from moodcheck.terminal import console

app = typer.Typer(
    name="moodcheck",
    # Plain help: linear for a screen reader, and nothing is loaded to draw it.
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
)
app.command("check")(check.check)
app.command("score")(score.score)
app.command("crisis-lines")(crisis_lines.crisis_lines)
session.app.callback(invoke_without_command=True)(session_desk.desk)
session.app.command("today")(session_desk.today)
app.add_typer(session.app, name="session")
app.add_typer(history.app, name="history")
app.add_typer(questionnaire.app, name="questionnaire")
app.command("completion")(completion.completion)


def main() -> int:
    """Run the command line and return its exit code."""
    return console.run(lambda: _run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(
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
    message = safe_text(getattr(error, "format_message", error.__str__)()).rstrip(".")
    # Typer passes on the words with which pydantic announces its own errors.
    message = message.replace("Value error, ", "")
    return UsageError(message, mend=f"See {command} --help")


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        from importlib.metadata import version

        console.write_out(f"moodcheck {version('moodcheck')}\n")
        raise typer.Exit


@app.callback()
def start(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "-V", "--version", callback=_show_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """A private check-in about depression symptoms, to prepare a visit to a clinician.

    Without a command it starts the check-in. It is not a diagnosis, saves nothing unless asked,
    and tells no one.

    Example: moodcheck
    """
    del version


@app.command("help")
def show_help(
    command: Annotated[
        list[str] | None, typer.Argument(help="Its words, such as: history list.")
    ] = None,
) -> None:
    """Show what a command does and which options it has.

    Example: moodcheck help history list
    """
    words = [word for word in command or [] if not word.startswith("-")]
    raise typer.Exit(_run([*words, "--help"]))
