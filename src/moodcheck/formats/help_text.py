"""The help panel in sentences: the same ones in every format that a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.formats.wrapping import NO_BREAK
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.domain.crisis import CrisisLine, HelpPanel


def before_the_lines(panel: HelpPanel) -> list[str]:
    """Return what is said before the help lines; the first is what to do right now."""
    said = [panel.act_now, panel.comfort, panel.tells_no_one, panel.region_note]
    return [safe_text(sentence) for sentence in said if sentence]


def help_lines(panel: HelpPanel) -> list[tuple[str, str]]:
    """Return for each help line how to reach it, and what else is known of it."""
    pairs = zip(panel.lines, panel.confirmations, strict=True)
    return [(_how_to_reach(line), _details(line, confirmation)) for line, confirmation in pairs]


def after_the_lines(panel: HelpPanel) -> list[str]:
    """Return what is said after the help lines; the last is what to do if none connects."""
    return [safe_text(panel.international), safe_text(panel.if_it_does_not_connect)]


def _how_to_reach(line: CrisisLine) -> str:
    words = {"call": _("call"), "text": _("text"), "chat": _("chat")}
    *first, last = (words[channel] for channel in line.channel)
    how = _("{some} or {last}").format(some=", ".join(first), last=last) if first else last
    number = safe_text(line.number).replace(" ", NO_BREAK)
    if line.message:
        number = _("{message} to {number}").format(message=safe_text(line.message), number=number)
    return f"{safe_text(line.name)}: {how} {number}"


def _details(line: CrisisLine, confirmation: str) -> str:
    hours = _("day and night") if line.hours == "24/7" else line.hours
    audience = _("for young people") if line.audience == "young people" else None
    known = [hours, audience, ", ".join(line.languages), confirmation]
    return safe_text("; ".join(part for part in known if part))
