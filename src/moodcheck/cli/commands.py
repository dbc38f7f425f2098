"""Every command: what help lists, and the function that runs it.

A command's module is imported when the command is used, and its options are read then: `--help`
and `--version` load none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from moodcheck.terminal.console import write_out

_TOP: Mapping[str, tuple[str, str]] = {
    "check": ("check:check", "Walk through the questions, then see a summary."),
    "score": ("score:score", "Score files of answers, without asking anyone anything."),
    "crisis-lines": (
        "crisis_lines:crisis_lines",
        "Show help lines for your country, and nothing else.",
    ),
    "completion": (
        "completion:completion",
        "Print what lets your shell complete commands and options with Tab.",
    ),
    "help": ("commands:show_help", "Show what a command does and which options it has."),
}
"""Each command that stands alone: its function, and the first sentence of its help."""

_SESSION = {
    "start": (
        "session:start",
        "Hold a session with a client: read the questions aloud, or hand over the keyboard.",
    ),
    "list": (
        "session:list_clients",
        "List your clients, each with the last sitting.",
    ),
    "today": ("session_desk:today", "Show once who is waiting: the first page of the desk."),
}

_HISTORY = {
    "list": ("history:list_sittings", "List saved sittings."),
    "show": (
        "history:show",
        "Show one saved sitting: what needs attention first, then its summary.",
    ),
    "trend": ("history:trend", "Show one client's answers and scores over time, side by side."),
    "audit": (
        "history:audit",
        "List what was done and when: made, changed, looked at, acknowledged, exported, deleted.",
    ),
    "acknowledge": (
        "history_follow_up:acknowledge",
        "Say that you have seen what waits in a sitting, and what you did about it.",
    ),
    "note": ("history_follow_up:note", "Write a note of a sitting, or of one item in it."),
    "move": ("history_clients:move", "File a sitting under another client code."),
    "rename-client": (
        "history_clients:rename_client",
        "Give a client another code, with all their sittings.",
    ),
    "interval": (
        "history_clients:interval",
        "Set how many days there should be between the sittings of a client.",
    ),
    "export": (
        "history_files:export",
        "Write one client's sittings, or all, to a new file that only you can open.",
    ),
    "import": ("history_import:import_sittings", "Import sittings from an exported file."),
    "undo-import": (
        "history_import:undo_import",
        "Undo a whole import: every sitting that it brought is deleted for good.",
    ),
    "schema": ("history_files:schema", "Print the JSON Schema of an exported history."),
    "delete": (
        "history_changes:delete",
        "Delete one sitting, a client's sittings, or the whole history.",
    ),
    "verify": (
        "history_keeping:verify",
        "Read every page, every sitting and the whole audit, and say whether anything is damaged.",
    ),
    "backup": (
        "history_keeping:backup",
        "Write an encrypted copy of the history to a new file, and check that it can be read.",
    ),
    "change-passphrase": (
        "history_keeping:change_passphrase",
        "Give the history another passphrase.",
    ),
    "recovery-code": (
        "history_keeping:recovery_code",
        "Show a code that opens the history without its passphrase, to print or write down.",
    ),
    "where": (
        "history_where:where",
        "Show what moodcheck keeps on this computer, where it is, and how to remove it.",
    ),
}

_QUESTIONNAIRE = {
    "list": (
        "questionnaire:list_questionnaires",
        "List the questionnaires that have an id, where each comes from, and which can be asked.",
    ),
    "copy": (
        "questionnaire:copy",
        "Copy a questionnaire to a new file, with a mark wherever its wording is missing.",
    ),
    "add": (
        "questionnaire:add",
        "Add a questionnaire to your own, so that every command knows it by its id.",
    ),
    "show": (
        "questionnaire:show",
        "Show a questionnaire: its items and their options, or with --format json all of it.",
    ),
    "validate": (
        "questionnaire:validate",
        "Check questionnaire files, and list every problem that each one has.",
    ),
    "schema": (
        "questionnaire:schema",
        "Print the JSON Schema of questionnaire files, for editors that complete and check them.",
    ),
    "map-template": (
        "questionnaire:map_template",
        "Propose a map for `score --map` from the header and the first rows of a table.",
    ),
}


class LazyCommand(TyperCommand):
    """A command as help lists it; the one that runs is made when it is used."""

    def __init__(self, name: str, function: str, help: str) -> None:
        super().__init__(name, help=help, rich_markup_mode=None)
        self._function = function

    @cached_property
    def real(self) -> Any:  # noqa: ANN401 - typer's base class of commands is private
        """The command with its options."""
        app = _typer()
        app.command(self.name)(_imported(self._function))
        return typer.main.get_command(app)

    def make_context(self, *arguments: Any, **settings: Any) -> Any:  # noqa: ANN401 - as typer's
        """Parse the options that follow the command."""
        return self.real.make_context(*arguments, **settings)


class LazyGroup(TyperGroup):
    """A group that is also a command; its own options are read when it is used."""

    def __init__(self, name: str, function: str, help: str, inner: Mapping[str, Any]) -> None:
        super().__init__(name=name, help=help, commands=dict(inner), rich_markup_mode=None)
        self._function = function

    @cached_property
    def real(self) -> TyperGroup:
        """The group with its options."""
        return _group(_imported(self._function), self.commands, runs_alone=True)

    def make_context(self, *arguments: Any, **settings: Any) -> Any:  # noqa: ANN401 - as typer's
        """Parse the options that follow the group's name."""
        return self.real.make_context(*arguments, **settings)


def command_tree() -> TyperGroup:
    """Return moodcheck itself, with every command and group in the order of its help."""
    session, history, questionnaire = map(_commands, (_SESSION, _HISTORY, _QUESTIONNAIRE))
    groups: dict[str, TyperGroup] = {
        "session": LazyGroup(
            "session",
            "session_desk:desk",
            "A counselor's desk, and sessions with clients.",
            session,
        ),
        "history": TyperGroup(
            name="history",
            help="Look at saved sittings, follow them up, export or delete them.\n\n"
            "Example: moodcheck history trend --client C-014",
            commands=history,
            rich_markup_mode=None,
        ),
        "questionnaire": TyperGroup(
            name="questionnaire",
            help="Look at questionnaires, and bring your own.\n\n"
            "Example: moodcheck questionnaire show symptoms",
            commands=questionnaire,
            rich_markup_mode=None,
        ),
    }
    return _group(start, {**_commands(_TOP), **groups})


def every_command() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the words of each command and the command with its options, moodcheck itself first."""

    def below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:  # noqa: ANN401 - typer's base class of commands is private
        yield words, getattr(command, "real", command)
        for name, inner in getattr(command, "commands", {}).items():
            yield from below(inner, (*words, name))

    return below(command_tree(), ())


def start(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "-V",
            "--version",
            callback=lambda is_wanted: _show_version() if is_wanted else None,
            is_eager=True,
            help="Show the version.",
        ),
    ] = False,
) -> None:
    """A private check-in about depression symptoms, to prepare a visit to a clinician.

    Without a command it starts the check-in. It is not a diagnosis, saves nothing unless asked,
    and tells no one.

    Example: moodcheck
    """
    del version  # its callback has ended the run


def show_help(
    context: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(help="Its words, such as: history list.")
    ] = None,
) -> None:
    """Show what a command does and which options it has.

    Example: moodcheck help history list
    """
    words = [word for word in command or [] if not word.startswith("-")]
    context.find_root().command.main(
        [*words, "--help"], prog_name="moodcheck", standalone_mode=False
    )


def _show_version() -> None:
    from importlib.metadata import version

    write_out(f"moodcheck {version('moodcheck')}\n")
    raise typer.Exit


def _commands(table: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {name: LazyCommand(name, *of_it) for name, of_it in table.items()}


def _group(
    function: Callable[..., Any], inner: Mapping[str, Any], *, runs_alone: bool = False
) -> TyperGroup:
    app = _typer()
    app.callback(invoke_without_command=runs_alone)(function)
    group = typer.main.get_group(app)
    group.commands.update(inner)
    return group


def _typer() -> typer.Typer:
    # Plain help: linear for a screen reader, and nothing is loaded to draw it.
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _imported(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"moodcheck.cli.{module}"), name)
    return found
