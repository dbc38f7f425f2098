"""The summary with bars and boxes, for eyes at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from moodcheck.report.beside import NOTHING, Beside
from moodcheck.report.help_text import (
    after_the_lines,
    before_the_lines,
    countries,
    help_lines,
    how_to_name_a_country,
)
from moodcheck.report.score_text import scored, without_score
from moodcheck.report.summary_text import standing_out, visit_prompt
from moodcheck.report.wrapping import NARROWEST, wrapped
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.crisis import HelpPanel
    from moodcheck.core.summary import ItemLine, Summary

WIDEST = 84
"""Longer lines are hard to read."""

_INDENT = "  "
_BAR_CELLS = 12
_PANEL_FRAME = 4
ROOM_FOR_COLUMNS = 56
"""Below this, a label, a bar and an answer do not fit side by side."""


def summary(shown: Summary, *, width: int, beside: Beside = NOTHING) -> str:
    """Return the summary as text with ANSI styles, help lines first where they are urgent."""
    width = max(NARROWEST, min(width, WIDEST))
    sections = [_block(beside.before, width, "bold")] if beside.before else []
    parts = [_advice, _stood_out, *([_could_say] if beside.is_own else [])]
    sections += [part(shown, width) for part in (*parts, _answers, _scores, _context)]
    sections += [_block(beside.after, width)] if beside.after else []
    panel = help_box(shown.help, width, stands_out=shown.help_first)
    ordered = [panel, *sections] if shown.help_first else [*sections, panel]
    return render(Group(_title(shown), *ordered), width=width)


def render(renderable: RenderableType, *, width: int) -> str:
    """Return what Rich makes of `renderable`: weights, and no colour but the terminal's own."""
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=True,
        color_system="standard",
        no_color=True,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def _block(texts: Sequence[str], width: int, style: str = "") -> RenderableType:
    return Padding(Group(*(paragraph(text, width, style) for text in texts)), (1, 0, 0, 0))


def _title(shown: Summary) -> RenderableType:
    title = Text(safe_text(shown.questionnaire.title), "bold")
    return title.append(shown.taken_at.strftime("  %Y-%m-%d %H:%M"), "not bold")


def section(heading: str, *parts: RenderableType, width: int) -> RenderableType:
    """Return parts under a heading, set apart from what stands above."""
    return Padding(Group(paragraph(heading, width, "bold"), *parts), (1, 0, 0, 0))


def paragraph(text: str, width: int, style: str = "") -> Text:
    """Return a text broken into lines of at most `width` cells."""
    # Rich would break lines inside a number, at the spaces that hold it together.
    return Text(wrapped(text, width), style)


def _advice(shown: Summary, width: int) -> RenderableType:
    statement = paragraph(safe_text(shown.not_a_diagnosis), width, "bold")
    return section(
        safe_text(shown.advice.label),
        paragraph(safe_text(shown.advice.text), width),
        Padding(statement, (1, 0, 0, 0)),
        width=width,
    )


def _stood_out(shown: Summary, width: int) -> RenderableType:
    said = [f"{answer}: {labels}" for answer, labels in standing_out(shown)]
    said += [safe_text(shown.nothing_stood_out)] if shown.nothing_stood_out else []
    return _paragraphs(_("What stood out"), said, width)


def _could_say(shown: Summary, width: int) -> RenderableType:
    heading = _("What you could say, read out or send")
    return _paragraphs(heading, [safe_text(sentence) for sentence in shown.could_say], width)


def _paragraphs(heading: str, said: list[str], width: int) -> RenderableType:
    # What is broken goes on further in, so that each sentence begins where the eye looks for it.
    lines = [paragraph(f"{_INDENT}{one}", width) for one in said]
    return section(heading, *lines, width=width) if lines else Text("")


def _answers(shown: Summary, width: int) -> RenderableType:
    period = safe_text(shown.questionnaire.recall_period)
    heading = _("{period}, your answers").format(period=period)
    missing = [paragraph(safe_text(one), width, "bold") for one in shown.critical_unanswered]
    return section(heading, _bars(shown.items, width), *missing, width=width)


def _bars(lines: tuple[ItemLine, ...], width: int) -> RenderableType:
    if width >= ROOM_FOR_COLUMNS:
        return _table((_label(line), _bar(line), _answer(line)) for line in lines)
    stacked: list[RenderableType] = []
    for line in lines:
        bar_and_answer = [part for part in (_bar(line), _answer(line)) if part]
        stacked += [_label(line), Padding(Text("  ").join(bar_and_answer), (0, 0, 0, 2))]
    return Group(*stacked)


def _table(rows: Iterable[Iterable[Text]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    for column in table.columns:
        # A long word goes on in the next line; Rich would cut it off.
        column.overflow = "fold"
    return table


def _label(line: ItemLine) -> Text:
    return Text(safe_text(line.item.label))


def _answer(line: ItemLine) -> Text:
    return Text(safe_text(line.answer))


def _bar(line: ItemLine) -> Text:
    if not isinstance(line.value, int) or line.highest == line.lowest:
        return Text("")
    filled = _BAR_CELLS * (line.value - line.lowest) // (line.highest - line.lowest)
    return Text.assemble(("━" * filled, "bold"), ("╌" * (_BAR_CELLS - filled), "dim"))


def _scores(shown: Summary, width: int) -> RenderableType:
    table = _table((Text(label), Text(said)) for label, said in scored(shown))
    said = [*without_score(shown), safe_text(shown.validation)]
    tables = [table] if table.rows else []
    return section(_("Numbers"), *tables, *(paragraph(one, width) for one in said), width=width)


def _context(shown: Summary, width: int) -> RenderableType:
    if not shown.context:
        return Text("")
    heading = _("For your visit (not scored)")
    if width >= ROOM_FOR_COLUMNS:
        return section(heading, _table(map(_visit_row, shown.context)), width=width)
    said = [": ".join(part.plain for part in _visit_row(line) if part) for line in shown.context]
    return section(heading, *(paragraph(one, width) for one in said), width=width)


def _visit_row(line: ItemLine) -> tuple[Text, Text]:
    prompt = visit_prompt(line)
    return _label(line), _answer(line).append(f". {prompt}" if prompt else "")


def help_box(panel: HelpPanel, width: int, *, stands_out: bool) -> RenderableType:
    """Return help lines in a box."""
    inside = width - _PANEL_FRAME
    first, *others = before_the_lines(panel)
    body: list[RenderableType] = [paragraph(first, inside, "bold")]
    body += [paragraph(sentence, inside) for sentence in others]
    for reach, known in help_lines(panel):
        body.append(paragraph(reach, inside, "bold"))
        body += [paragraph(f"  {known}", inside)] if known else []
    body += [paragraph(f"  {country}", inside) for country in countries(panel)]
    last = (*how_to_name_a_country(panel), *after_the_lines(panel))
    body += [paragraph(sentence, inside) for sentence in last]
    boxed = Panel(
        Group(*body),
        title=Text(safe_text(panel.title)),
        title_align="left",
        border_style="bold" if stands_out else "",
    )
    return Padding(boxed, (1, 0, 0, 0))
