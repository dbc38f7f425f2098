"""Draw the pictures of the documentation from real runs: `make.py [FOLDER]`.

The program runs at a pseudo-terminal, someone presses fixed keys, and what then stands on the
screen becomes an SVG. Only the clock is not real, so that the same program gives the same bytes.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

if TYPE_CHECKING:
    from pyte.screens import Char

HERE = Path(__file__).parent
COLUMNS = 80
PATIENCE = 60
"""Seconds until a run counts as hanging."""
AT_ONCE = 0.2
"""Seconds in which the rest of a page has come: it is written in one go."""

ENVIRONMENT = {"HOME": str(HERE), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
AT_A_FIXED_TIME = """
from datetime import UTC, datetime
from moodcheck.loading.context import Context
Context.now = lambda _self: datetime(2026, 1, 15, 18, 30, tzinfo=UTC)
from moodcheck.__main__ import main
main()
"""

# Dark enough on this paper for everyone to read.
INK = (36, 41, 47)
RED, GREEN, YELLOW, BLUE = (176, 32, 32), (20, 110, 50), (146, 92, 0), (20, 80, 170)
MAGENTA, CYAN, GREY = (125, 50, 130), (0, 104, 120), (90, 96, 104)
COLOURS = [RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN]
LIGHT = TerminalTheme((253, 253, 249), INK, [INK, *COLOURS, GREY], [GREY, *COLOURS, INK])

LETTER_WIDTH = 0.602
"""Of the height; so it is in most of the letters below."""

# A picture fetches nothing, so it takes whatever fixed-width letters there are.
SVG = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
rect[rx] {{ stroke: #d0d7de; }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" class="{unique_id}-matrix">
{backgrounds}
{matrix}
</g>
</svg>
"""


GAP = re.compile("(^ +| {2,})")

# Rich draws line ends, and cuts every line but the last with a frame of its own.
UNNEEDED = re.compile(r'<text [^>]*>\n</text>| clip-path="[^"]*"')


@dataclass(frozen=True, slots=True)
class Picture:
    """What is run, what is pressed, and what the screen shows then."""

    name: str
    arguments: str
    rows: int
    steps: tuple[tuple[str, str], ...]
    """Text to wait for, and the keys to press then."""
    shows: str
    """Text that tells that the last page is there."""


BEGIN = ("Enter begin", "\r")
ANSWERS = "103210120001"
FOR_YOUR_VISIT = "11001010001" + "To sleep through the night\r"
PICTURES = (
    Picture("question", "--region US", 24, (BEGIN, ("1 of 12", "1")), "2 of 12"),
    Picture("help", "--region US", 30, (BEGIN, ("1 of 12", "h")), "Enter go on"),
    Picture(
        "summary",
        "--region US",
        36,
        (BEGIN, ("1 of 12", ANSWERS + "\r" + FOR_YOUR_VISIT), ("see the summary", "v")),
        "d done",
    ),
    Picture("plain", "--region US --plain", 24, (BEGIN, ("1 of 12", "1")), "2 of 12"),
)


def main() -> None:
    """Write every picture into a folder, by default beside this file."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for picture in PICTURES:
        (folder / f"{picture.name}.svg").write_text(drawn(picture), encoding="utf-8")


def drawn(picture: Picture) -> str:
    """Return the picture as SVG."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    for line in shown(picture):
        console.print(line)
    name = f"moodcheck-{picture.name}"
    title = f"moodcheck {picture.arguments}"
    svg = console.export_svg(
        title=title,
        theme=LIGHT,
        code_format=SVG,
        font_aspect_ratio=LETTER_WIDTH,
        unique_id=name,
    )
    return UNNEEDED.sub("", svg)


def shown(picture: Picture) -> list[Text]:
    """Run the program and return the lines on the screen after the last step."""
    screen = pyte.Screen(COLUMNS, picture.rows)
    stream = pyte.ByteStream(screen)
    command = ["-c", AT_A_FIXED_TIME, *picture.arguments.split()]
    program: pexpect.spawn[bytes] = pexpect.spawn(
        sys.executable,
        command,
        env={**ENVIRONMENT, "PATH": os.environ["PATH"]},
        dimensions=(picture.rows, COLUMNS),
        timeout=PATIENCE,
    )
    try:
        for text, keys in picture.steps:
            wait_for(text, program, screen, stream)
            program.send(keys)
        wait_for(picture.shows, program, screen, stream)
    finally:
        program.close(force=True)
    lines = [styled(screen.buffer[row]) for row in range(picture.rows)]
    while not lines[-1].plain.strip():
        lines.pop()
    return lines


def wait_for(
    text: str, program: pexpect.spawn[bytes], screen: pyte.Screen, stream: pyte.ByteStream
) -> None:
    """Return when the screen shows a text and the page that it stands on is whole."""
    is_there = False
    while True:
        try:
            read = program.read_nonblocking(65_536, AT_ONCE if is_there else PATIENCE)
        except pexpect.TIMEOUT:
            if is_there:
                return
            raise
        # pyte knows no faint letters; grey ones look the same.
        stream.feed(read.replace(b"\x1b[2m", b"\x1b[90m"))
        is_there = text in "\n".join(screen.display)


def styled(row: dict[int, Char]) -> Text:
    """Return one line of the screen with its looks."""
    line = Text()
    for style, cells in groupby((row[column] for column in range(COLUMNS)), key=style_of):
        run = "".join(cell.data for cell in cells)
        # Each piece gets a place of its own, so columns stand straight whatever the letters are.
        for piece in filter(None, GAP.split(run)):
            line.append(piece, style)
    return line


def style_of(cell: Char) -> Style:
    """Return how a cell looks."""
    colour = cell.fg.replace("brown", "yellow").replace("bright", "bright_")
    return Style(color=colour, bold=cell.bold)


if __name__ == "__main__":
    main()
