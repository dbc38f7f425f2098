"""What a shell is told so that it completes a command line; one function a shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """An option, with what may follow it."""

    names: tuple[str, ...]
    help: str
    takes_value: bool
    values: tuple[str, ...] = ()
    """What may follow, a file apart; empty where that is anything."""
    takes_file: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or a group of them."""

    words: tuple[str, ...]
    """What is typed for it; nothing for the program itself."""
    help: str
    options: tuple[Option, ...]
    values: tuple[str, ...]
    """What may stand next: the commands of a group, or the known arguments."""
    takes_file: bool

    @property
    def place(self) -> str:
        """The words as one."""
        return " ".join(self.words)


DEFAULT = "check"
"""The command that is meant where none is named."""


def bash(commands: Sequence[Command]) -> str:
    """Return the script for bash 3.2 and later."""
    after = [
        (f"'{command.place}:{name}'", f'found="{" ".join(option.values)}"', option.takes_file)
        for command in commands
        for option in _options(command, commands)
        if option.takes_value
        for name in option.names
    ]
    values = [f"        {where}) {words} files={int(files)} ;;" for where, words, files in after]
    here = [
        f"        '{command.place}') found=\"{' '.join(command.values)}\" "
        f'options="{" ".join(_names(command, commands))}" files={int(command.takes_file)} ;;'
        for command in commands
    ]
    return f"""\
# bash completion for moodcheck; written by: moodcheck completion bash
_moodcheck() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}
    local place= found= options= files=0 known=1 i
    # bash takes --option=value for three words.
    if [[ $cur == = ]]; then cur=
    elif [[ $prev == = ]]; then prev=${{COMP_WORDS[COMP_CWORD-2]}}; fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$place ${{COMP_WORDS[i]}}" in
            {_places(commands)}) place="${{place:+$place }}${{COMP_WORDS[i]}}" ;;
        esac
    done
    case "$place:$prev" in
{_lines(values)}
        *) known=0 ;;
    esac
    if ((!known)); then
        case "$place" in
{_lines(f"    {line}" for line in here)}
        esac
        if [[ $cur == -* ]]; then found=$options files=0; fi
    fi
    COMPREPLY=($(compgen -W "$found" -- "$cur"))
    if ((files)); then
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen -f -- "$cur"))
    fi
}}
complete -F _moodcheck moodcheck
"""


def zsh(commands: Sequence[Command]) -> str:
    """Return the script for zsh: a file for `fpath`, or to be sourced."""
    values = [
        f"        '{command.place}:{name}') {_zsh_value(option)}; return ;;"
        for command in commands
        for option in _options(command, commands)
        if option.takes_value
        for name in option.names
    ]
    here = []
    for command in commands:
        said = [
            _zsh_entry(name, option.help)
            for option in _options(command, commands)
            for name in option.names
        ]
        about = {
            one.words[-1]: one.help
            for one in commands
            if one.words[:-1] == command.words and one.words
        }
        next_words = [_zsh_entry(value, about.get(value, "")) for value in command.values]
        files = "1" if command.takes_file else "0"
        here.append(
            f"        '{command.place}') options=({' '.join(said)}) "
            f"found=({' '.join(next_words)}) files={files} ;;"
        )
    return f"""\
#compdef moodcheck
# zsh completion for moodcheck; written by: moodcheck completion zsh
_moodcheck() {{
    local place= prev=$words[CURRENT-1] word files=0
    local -a options found
    if [[ $words[CURRENT] == --*=* ]]; then
        prev=${{words[CURRENT]%%=*}}
        compset -P '*='
    fi
    for word in ${{words[2,CURRENT-1]}}; do
        case "$place $word" in
            {_places(commands)}) place="${{place:+$place }}$word" ;;
        esac
    done
    case "$place:$prev" in
{_lines(values)}
    esac
    case "$place" in
{_lines(here)}
    esac
    if [[ $words[CURRENT] == -* ]]; then
        _describe -o option options
        return
    fi
    (( $#found )) && _describe word found
    (( files )) && _files
}}
if [[ $funcstack[1] == _moodcheck ]]; then _moodcheck "$@"; else compdef _moodcheck moodcheck; fi
"""


def fish(commands: Sequence[Command]) -> str:
    """Return the script for fish 3 and later."""
    lines = []
    for command in commands:
        at = f"complete -c moodcheck -n '__moodcheck_at \"{command.place}\"'"
        about = {
            one.words[-1]: one.help
            for one in commands
            if one.words[:-1] == command.words and one.words
        }
        lines += [
            f"{at} -f -a {_quoted(value)} -d {_quoted(about.get(value, ''))}"
            for value in command.values
        ]
        lines += [f"{at} -F"] if command.takes_file else []
        for option in _options(command, commands):
            named = " ".join(
                f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
                for name in option.names
            )
            follows = " -r -F" if option.takes_file else " -x" if option.takes_value else ""
            follows += f" -a {_quoted(' '.join(option.values))}" if option.values else ""
            lines.append(f"{at} {named}{follows} -d {_quoted(option.help)}")
    return f"""\
# fish completion for moodcheck; written by: moodcheck completion fish
function __moodcheck_at
    set -l place ''
    for word in (commandline -opc)[2..-1]
        switch "$place $word"
            case {_places(commands, between=" ")}
                set place (string trim "$place $word")
        end
    end
    test "$place" = "$argv"
end
complete -c moodcheck -f
{_lines(lines)}
"""


def _options(command: Command, commands: Sequence[Command]) -> tuple[Option, ...]:
    """Return what a command takes; the program itself also takes what its first command does."""
    if command.words:
        return command.options
    default = next(one for one in commands if one.place == DEFAULT)
    own = {name for option in command.options for name in option.names}
    return (*command.options, *(one for one in default.options if not own & set(one.names)))


def _names(command: Command, commands: Sequence[Command]) -> list[str]:
    return [name for option in _options(command, commands) for name in option.names]


def _places(commands: Sequence[Command], *, between: str = "|") -> str:
    """Return patterns: the words so far, a space, and the word that leads further."""
    further = [(" ".join(one.words[:-1]), one.words[-1]) for one in commands if one.words]
    return between.join(f"'{before} {word}'" for before, word in further)


def _zsh_value(option: Option) -> str:
    known = f"compadd -- {' '.join(option.values)}" if option.values else ""
    if option.takes_file:
        return f"{known}; _files" if known else "_files"
    return known or "_message value"


def _zsh_entry(word: str, about: str) -> str:
    escaped = word.replace(":", "\\:")
    return _quoted(f"{escaped}:{about}" if about else escaped)


def _quoted(text: str) -> str:
    # In all three shells what stands between these is taken as it is.
    return "'" + text.replace("'", "’") + "'"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
