"""Every command: what help lists, and the function that runs it.

A command's module is imported when the command is used, and its options are read then: `--help`
and `--version` load none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property, wraps
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from moodcheck.terminal.console import write_out

if TYPE_CHECKING:
    from moodcheck.loading.context import Context

_COMMANDS = """
check                      | check.check                       | Walk through the questions, then see a summary.
score                      | score.score                       | Score files of answers, without asking anyone anything.
cohort                     | cohort.cohort                     | Look at many people together: how scores and answers are spread, and what is missing.
crisis-lines               | crisis_lines.crisis_lines         | Show help lines for your country, and nothing else.
completion                 | completion.completion             | Print what lets your shell complete commands and options with Tab.
help                       | commands.show_help                | Show what a command does and which options it has.
session                    | session_desk.desk                 | A counselor's desk, and sessions with clients.
session start              | session.start                     | Hold a session with a client: read the questions aloud, or hand over the keyboard.
session list               | session.list_clients              | List your clients, each with the last sitting.
session today              | session_desk.today                | Show once who is waiting: the first page of the desk.
history                    | commands.history                  | Look at saved sittings, follow them up, export or delete them.
history list               | history.list_sittings             | List saved sittings.
history show               | history.show                      | Show one saved sitting: what needs attention first, then its summary.
history trend              | history.show_trend                | Show one client's answers and scores over time, as many as fit on a screen.
history audit              | history.audit                     | List what was done and when: made, changed, looked at, acknowledged, exported, deleted.
history acknowledge        | history_follow_up.acknowledge     | Say that you have seen what waits in a sitting, and what you did about it.
history note               | history_follow_up.note            | Write a note of a sitting, or of one item in it.
history move               | history_clients.move              | File a sitting under another client code.
history rename-client      | history_clients.rename_client     | Give a client another code, with all their sittings.
history interval           | history_clients.interval          | Set how many days there should be between the sittings of a client.
history export             | history_files.export              | Write one client's sittings, or all, to a new file that only you can open.
history import             | history_import.import_sittings    | Import sittings from a file.
history undo-import        | history_import.undo_import        | Undo a whole import: every sitting that it brought is deleted for good.
history schema             | history_files.schema              | Print the JSON Schema of an exported history.
history delete             | history_removal.delete            | Delete one sitting, a client's sittings, or the whole history.
history verify             | history_keeping.verify            | Read every page, every sitting and the whole audit, and say whether anything is damaged.
history backup             | history_keeping.backup            | Write an encrypted copy of the history to a new file, and check that it can be read.
history change-passphrase  | history_keeping.change_passphrase | Give the history another passphrase.
history recovery-code      | history_keeping.recovery_code     | Show a code that opens the history without its passphrase, to print or write down.
history where              | history_removal.where             | Show what moodcheck keeps on this computer, where it is, and how to remove it.
report                     | report.report                     | Make a page to look at, to print or to take along: a summary, or a sheet for a visit.
questionnaire              | commands.questionnaire            | Look at questionnaires, and bring your own.
questionnaire list         | questionnaire.list_questionnaires | List the questionnaires that have an id, where each comes from, and which can be asked.
questionnaire new          | questionnaire_new.new             | Start a questionnaire of your own from a few questions, and end with a valid file.
questionnaire copy         | questionnaire.copy                | Copy a questionnaire to a new file, with a mark wherever its wording is missing.
questionnaire add          | questionnaire.add                 | Add a questionnaire to your own, so that every command knows it by its id.
questionnaire import       | questionnaire_exchange.import_questionnaire | Bring the wording of a questionnaire from a file of another program that you have.
questionnaire export       | questionnaire_exchange.export_questionnaire | Write a questionnaire for another program, and list what its format cannot say.
questionnaire remove       | questionnaire_exchange.remove     | Remove a questionnaire from your own. Saved sittings keep theirs, and can still be read.
questionnaire show         | questionnaire.show                | Show a questionnaire: its items and their options, or with --format json all of it.
questionnaire validate     | questionnaire.validate            | Check questionnaire files, and list every problem that each one has.
questionnaire schema       | questionnaire.schema              | Print the JSON Schema of questionnaire files, for editors that complete and check them.
questionnaire maps         | questionnaire_maps.maps           | List the maps that come with moodcheck, or print one to copy and change.
questionnaire map-template | questionnaire_maps.map_template   | Propose a map for `score --map` from the beginning of a table, or of responses of FHIR.
"""  # noqa: E501 - a command is a line
"""In the order of help: words, module and function, the first sentence of the command's help."""


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
    """A group of commands as help lists it; its own options are read when it is used."""

    def __init__(self, name: str, function: str, help: str) -> None:
        super().__init__(name=name, help=help, rich_markup_mode=None)
        self._function = function

    @cached_property
    def real(self) -> TyperGroup:
        """The group with its options."""
        group = _group(_imported(self._function), runs_alone=self.name == "session")
        group.commands.update(self.commands)
        return group

    def make_context(self, *arguments: Any, **settings: Any) -> Any:  # noqa: ANN401 - as typer's
        """Parse the options that follow the group's name."""
        return self.real.make_context(*arguments, **settings)


def command_tree() -> TyperGroup:
    """Return moodcheck itself, with every command and group in the order of its help."""
    root = _group(start)
    rows = [[cell.strip() for cell in line.split("|")] for line in _COMMANDS.strip().splitlines()]
    groups = {words.split()[0] for words, _function, _help in rows if " " in words}
    for words, function, first_sentence in rows:
        *above, name = words.split()
        parent = root.commands[above[0]] if above else root
        kind = LazyGroup if words in groups else LazyCommand
        vars(parent)["commands"][name] = kind(name, function, first_sentence)
    return root


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
    invocation: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(help="Its words, such as: history list.")
    ] = None,
) -> None:
    """Show what a command does and which options it has.

    Example: moodcheck help history list
    """
    words = [word for word in command or [] if not word.startswith("-")]
    invocation.find_root().command.main(
        [*words, "--help"], prog_name="moodcheck", standalone_mode=False
    )


def history() -> None:
    """Look at saved sittings, follow them up, export or delete them.

    Example: moodcheck history trend --client C-014
    """


def questionnaire() -> None:
    """Look at questionnaires, and bring your own.

    Example: moodcheck questionnaire show symptoms
    """


def _show_version() -> None:
    from importlib.metadata import version

    write_out(f"moodcheck {version('moodcheck')}\n")
    raise typer.Exit


def _group(function: Callable[..., Any], *, runs_alone: bool = False) -> TyperGroup:
    app = _typer()
    app.callback(invoke_without_command=runs_alone)(function)
    return typer.main.get_group(app)


def _typer() -> typer.Typer:
    # Plain help: linear for a screen reader, and nothing is loaded to draw it.
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _imported(function: str) -> Callable[..., Any]:
    module, _, name = function.partition(".")
    return _with_context(getattr(import_module(f"moodcheck.cli.{module}"), name))


def _with_context(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of which `context`, where it takes that, is no option."""
    own = signature(function, eval_str=True)
    options = [one for name, one in own.parameters.items() if name != "context"]
    if len(options) == len(own.parameters):
        return function

    @wraps(function)
    def command(**given: object) -> Any:  # noqa: ANN401 - as the function
        return function(context=_context(), **given)

    # Typer reads the options of a command from its signature.
    command.__signature__ = own.replace(parameters=options)  # type: ignore[attr-defined]
    return command


@cache
def _context() -> Context:
    """Return the one context of this run; made here, so that help loads nothing of it."""
    from moodcheck.loading.context import Context

    return Context()
