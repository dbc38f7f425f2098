"""Write what the program says of itself into the documentation: `make_cli_reference.py [FOLDER]`.

That is `cli.md`, and the example's output in `summary.md`.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from moodcheck.cli.app import run
from moodcheck.cli.commands import every_command
from moodcheck.errors import ExitCode

HERE = Path(__file__).parent
MOODCHECK = str(Path(sys.executable).with_name("moodcheck"))
COLUMNS = "80"

EXAMPLE = re.compile(
    r"^```sh\n(?P<command>.*?)^```.*?^```json\n(?P<output>.*?)^```", re.MULTILINE | re.DOTALL
)
TAKEN_AT = re.compile('"taken_at": ".*"')

INTRODUCTION = """\
# The command line

Written from `--help` and from `moodcheck.errors` by `just docs`; do not edit it here.

`moodcheck` alone starts `moodcheck check`. Data goes to standard output, and talk (questions,
errors) to standard error. Drawing is for terminals only; a pipe or a file gets plain
lines. Every command that shows an outcome also says that it is not a diagnosis and advises seeing
a clinician, and no option changes that.
"""

EXIT_CODES = """\
## Exit codes

They say how the program ended, and never anything about a person's answers.
"""

ENVIRONMENT = """\
## Environment variables

| variable | what it does |
| --- | --- |
| `MOODCHECK_REGION` | the country for the help lines, a name or two letters; `--region` beats it |
| `MOODCHECK_PLAIN` | set to `1`: as `--plain` |
| `MOODCHECK_STORE` | the file of the history; `--store` beats it |
| `MOODCHECK_QUESTIONNAIRES` | the folder of your own questionnaires |
| `NO_COLOR` | makes no difference: nothing is coloured, only bold or faint |
| `TERM` | `dumb` or `unknown`: only lines are added, as with `--plain` |
| `LC_ALL`, `LC_MESSAGES`, `LANG` | the first that is set gives the country where nothing else \
does; it is marked as a guess |
"""


def main() -> None:
    """Write both pages, by default beside this file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    (folder / "cli.md").write_text(page(), encoding="utf-8")
    summary = (HERE / "summary.md").read_text(encoding="utf-8")
    (folder / "summary.md").write_text(with_output(summary), encoding="utf-8")


def page() -> str:
    """Return the whole page."""
    commands = [section(words) for words, _command in every_command()]
    return "\n".join([INTRODUCTION, *commands, EXIT_CODES, exit_codes(), ENVIRONMENT])


def section(words: tuple[str, ...]) -> str:
    """Return what is written of one command."""
    return f"## {' '.join(('moodcheck', *words))}\n\n```text\n{help_of(words)}```\n"


def help_of(words: tuple[str, ...]) -> str:
    """Return what `--help` of a command prints on 80 columns."""
    os.environ["COLUMNS"] = COLUMNS
    with redirect_stdout(StringIO()) as shown:
        run([*words, "--help"])
    return shown.getvalue()


def exit_codes() -> str:
    """Return the table of exit codes."""
    rows = [f"| {code.value} | {meaning} |" for code, meaning in meanings().items()]
    return "\n".join(["| code | what it means |", "| ---: | --- |", *rows, ""])


def meanings() -> dict[ExitCode, str]:
    """Return what stands under each member of `ExitCode` in the source."""
    said = re.findall(r'([A-Z_]+) = \d+\n +"""(.+?)"""', inspect.getsource(ExitCode), re.DOTALL)
    return {ExitCode[name]: " ".join(meaning.split()) for name, meaning in said}


def with_output(text: str) -> str:
    """Return a page with what its one command writes now, taken at the time that it names."""
    found = EXAMPLE.search(text)
    if found is None:
        raise SystemExit("There is no command with its output in summary.md.")
    environment = {"PATH": f"{Path(MOODCHECK).parent}{os.pathsep}{os.defpath}", "LANG": "C.UTF-8"}
    done = subprocess.run(
        ["sh", "-c", found["command"]], capture_output=True, text=True, check=True, env=environment
    )
    (taken_at,) = TAKEN_AT.findall(found["output"])
    start, end = found.span("output")
    return text[:start] + TAKEN_AT.sub(taken_at, done.stdout) + text[end:]


if __name__ == "__main__":
    main()
