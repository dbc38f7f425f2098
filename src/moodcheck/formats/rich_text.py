"""The summary with bars and boxes, for eyes at a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from moodcheck.domain.crisis import HelpPanel
from moodcheck.domain.summary import ItemLine, Summary
from moodcheck.formats.help_text import after_the_lines, before_the_lines, help_lines
from moodcheck.formats.score_text import score_text
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

NARROWEST = 20
WIDEST = 84
"""Longer lines are hard to read."""

_BAR_CELLS = 12
# Below this, a label, a bar and an answer do not fit side by side.
_ROOM_FOR_COLUMNS = 56


def summary(shown: Summary, *, width: int, colour: bool) -> str:
    """Return the summary as text with ANSI styles, help lines first after an alert."""
    width = max(NARROWEST, min(width, WIDEST))
    sections = [_advice(shown), _answers(shown, width), _scores(shown), _context(shown, width)]
    panel = _help(shown.help, stands_out=bool(shown.alerts))
    ordered = [panel, *sections] if shown.alerts else [*sections, panel]
    return render(Group(_title(shown), *ordered), width=width, colour=colour)


def help_panel(panel: HelpPanel, *, width: int, colour: bool) -> str:
    """Return help lines as text with ANSI styles."""
    width = max(NARROWEST, min(width, WIDEST))
    return render(_help(panel, stands_out=True), width=width, colour=colour)


def render(renderable: RenderableType, *, width: int, colour: bool) -> str:
    """Return what Rich makes of `renderable`; without colour, weight alone is kept."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def _title(shown: Summary) -> RenderableType:
    title = Text(safe_text(shown.questionnaire.title), "bold")
    return title.append(shown.taken_at.strftime("  %Y-%m-%d %H:%M"), "not bold")


def _section(heading: str, *parts: RenderableType) -> RenderableType:
    return Padding(Group(Text(heading, "bold cyan"), *parts), (1, 0, 0, 0))


def _advice(shown: Summary) -> RenderableType:
    return _section(
        safe_text(shown.advice.label),
        Text(safe_text(shown.advice.text)),
        Padding(Text(safe_text(shown.not_a_diagnosis), "bold"), (1, 0, 0, 0)),
    )


def _answers(shown: Summary, width: int) -> RenderableType:
    heading = _("{period}, your answers").format(
        period=safe_text(shown.questionnaire.recall_period)
    )
    missing = [Text(safe_text(sentence), "bold") for sentence in shown.critical_unanswered]
    return _section(heading, _bars(shown.items, width), *missing)


def _bars(lines: tuple[ItemLine, ...], width: int) -> RenderableType:
    if width >= _ROOM_FOR_COLUMNS:
        table = Table.grid(padding=(0, 2, 0, 0))
        for line in lines:
            table.add_row(_label(line), _bar(line), Text(safe_text(line.answer)))
        return table
    stacked: list[RenderableType] = []
    for line in lines:
        answer = Text.assemble(
            _bar(line), "  " if line.reason is None else "", safe_text(line.answer)
        )
        stacked += [_label(line), Padding(answer, (0, 0, 0, 2))]
    return Group(*stacked)


def _label(line: ItemLine) -> Text:
    return Text(safe_text(line.item.label))


def _bar(line: ItemLine) -> Text:
    if not isinstance(line.value, int) or line.highest == line.lowest:
        return Text("")
    filled = _BAR_CELLS * (line.value - line.lowest) // (line.highest - line.lowest)
    return Text.assemble(("█" * filled, "cyan"), ("░" * (_BAR_CELLS - filled), "dim"))


def _scores(shown: Summary) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    for line in shown.scales:
        table.add_row(Text(safe_text(line.result.scale.label)), Text(score_text(line)))
    return _section(_("Numbers"), table, Text(safe_text(shown.validation)))


def _context(shown: Summary, width: int) -> RenderableType:
    if not shown.context:
        return Text("")
    heading = _("For your visit (not scored)")
    if width < _ROOM_FOR_COLUMNS:
        said = [f"{safe_text(line.item.label)}: {safe_text(line.answer)}" for line in shown.context]
        return _section(heading, *(Text(sentence) for sentence in said))
    table = Table.grid(padding=(0, 2, 0, 0))
    for line in shown.context:
        table.add_row(_label(line), Text(safe_text(line.answer)))
    return _section(heading, table)


def _help(panel: HelpPanel, *, stands_out: bool) -> RenderableType:
    first, *others = before_the_lines(panel)
    lines = [
        Text.assemble((reach, "bold"), f" ({details})") for reach, details in help_lines(panel)
    ]
    body = Group(
        Text(first, "bold"),
        *(Text(sentence) for sentence in others),
        *lines,
        *(Text(sentence) for sentence in after_the_lines(panel)),
    )
    boxed = Panel(
        body,
        title=Text(safe_text(panel.title)),
        title_align="left",
        border_style="bold yellow" if stands_out else "",
    )
    return Padding(boxed, (1, 0, 0, 0))
