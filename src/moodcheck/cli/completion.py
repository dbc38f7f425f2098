"""`moodcheck completion SHELL`: a script with which a shell completes commands and options.

The script holds every name there is, so that nothing is started while somebody types.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from moodcheck.cli import completion_scripts
from moodcheck.cli.commands import every_command
from moodcheck.cli.completion_scripts import Command, Option
from moodcheck.files.paths import map_files, questionnaire_files
from moodcheck.loading.context import Context
from moodcheck.terminal.console import write_out

_FILES = {"FILE", "NAME|FILE", "DIR", "CSV", "questionnaire", "inputs", "file", "files"}
"""What values and arguments are called that are the name of a file, or may be."""


class Shell(StrEnum):
    """The shells that there are scripts for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(
    context: Context, shell: Annotated[Shell, typer.Argument(help="The shell that you use.")]
) -> None:
    """Print what lets your shell complete commands and options with Tab.

    bash: moodcheck completion bash > ~/.local/share/bash-completion/completions/moodcheck

    zsh: moodcheck completion zsh > ~/.zfunc/_moodcheck (a folder in your fpath)

    fish: moodcheck completion fish > ~/.config/fish/completions/moodcheck.fish

    Example: moodcheck completion bash
    """
    first, *others = [_described(context, words, command) for words, command in every_command()]
    commands = [
        first,
        *(replace(one, values=first.values) if one.place == "help" else one for one in others),
    ]
    make = {
        Shell.BASH: completion_scripts.bash,
        Shell.ZSH: completion_scripts.zsh,
        Shell.FISH: completion_scripts.fish,
    }
    write_out(make[shell](commands))


def _described(context: Context, words: tuple[str, ...], command: Any) -> Command:  # noqa: ANN401 - typer's own classes are private
    inner: dict[str, Any] = getattr(command, "commands", {})
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [
        Option(
            names=tuple(one.opts),
            help=_first_sentence(one.help),
            takes_value=not one.is_flag,
            values=_values(context, one),
            takes_file=_takes_file(one),
        )
        for one in command.params
        if one.param_type_name == "option" and not one.hidden
    ]
    options.append(Option(("-h", "--help"), "Show help.", takes_value=False))
    return Command(
        words=words,
        help=_first_sentence(command.help),
        options=tuple(options),
        values=(*inner, *(value for one in arguments for value in _values(context, one))),
        takes_file=any(map(_takes_file, arguments)),
    )


def _values(context: Context, parameter: Any) -> tuple[str, ...]:  # noqa: ANN401 - typer's own classes are private
    kind = parameter.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    if parameter.name == "region":
        return tuple(sorted(context.crisis_directory.countries))
    if parameter.name == "questionnaire":
        return tuple(sorted(questionnaire_files()))
    if parameter.name == "map":
        return tuple(sorted(map_files()))
    return ()


def _takes_file(parameter: Any) -> bool:  # noqa: ANN401 - typer's own classes are private
    kind = parameter.type_descriptor.annotation
    return kind in {Path, list[Path]} or parameter.metavar in _FILES or parameter.name in _FILES


def _first_sentence(text: str | None) -> str:
    sentence = " ".join((text or "").split("\n\n")[0].split())
    return sentence.partition(". ")[0].rstrip(".")
