"""The help panel in sentences: the same ones in every format that a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.report.wrapping import NO_BREAK
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.crisis import CrisisLine, Elsewhere, HelpPanel


def in_short(panel: HelpPanel) -> list[str]:
    """Return what to do right now, with a number, where there is no room for the panel."""
    places: dict[str, list[str]] = {}
    for land in panel.elsewhere:
        places.setdefault(land.emergency, []).append(safe_text(land.name))
    most_first = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
    numbers = "; ".join(
        _("{number} in {countries}").format(number=_number(number), countries=", ".join(names))
        for number, names in most_first
    )
    return [safe_text(panel.act_now), *([f"{numbers}."] if numbers else [])]


def before_the_lines(panel: HelpPanel) -> list[str]:
    """Return what is said before the help lines; the first is what to do right now."""
    said = [panel.act_now, panel.region_note]
    return [safe_text(sentence) for sentence in said if sentence]


def help_lines(panel: HelpPanel) -> list[tuple[str, str]]:
    """Return for each help line how to reach it, and what else is known of it, if anything."""
    return [(_how_to_reach(line), _details(line)) for line in panel.lines]


def countries(panel: HelpPanel) -> list[str]:
    """Return the emergency number and a help line of every country that is known, one each.

    None where the person's own country is known.
    """
    return [_country(land) for land in panel.elsewhere]


def after_the_lines(panel: HelpPanel) -> list[str]:
    """Return what is said after the help lines; the last is what to do if none connects."""
    said = [panel.international, panel.comfort, panel.tells_no_one, *panel.sources]
    return [safe_text(sentence) for sentence in (*said, panel.if_it_does_not_connect)]


def how_to_name_a_country(panel: HelpPanel) -> list[str]:
    """Return how to see one country's lines where nobody can be asked which."""
    command = "moodcheck crisis-lines --region"
    said = _("To see only your country: {command} NAME").format(command=command)
    return [said] if panel.elsewhere else []


def _country(land: Elsewhere) -> str:
    number, name = _number(land.line.number), safe_text(land.line.name)
    line = f"{name} {number}"
    # A service is often called by its number: it need not be said twice.
    if land.line.name == land.line.number:
        line = _("help line {number}").format(number=number)
    elif land.line.number in land.line.name.split():
        line = name
    if land.line.only_from:
        line = _("{line} (from {phone})").format(line=line, phone=safe_text(land.line.only_from))
    return f"{safe_text(land.name)}: {_number(land.emergency)}; {line}"


def _how_to_reach(line: CrisisLine) -> str:
    words = {"call": _("call"), "text": _("text"), "chat": _("chat")}
    *first, last = (words[channel] for channel in line.channel)
    how = _("{some} or {last}").format(some=", ".join(first), last=last) if first else last
    number = _number(line.number)
    if line.message:
        number = _("{message} to {number}").format(message=safe_text(line.message), number=number)
    return f"{safe_text(line.name)}: {how} {number}"


def _details(line: CrisisLine) -> str:
    phone = _("only from {phone}").format(phone=line.only_from) if line.only_from else None
    hours = _("day and night") if line.hours == "24/7" else line.hours
    audience = _("for young people") if line.audience == "young people" else None
    known = [phone, hours, audience, ", ".join(line.languages)]
    return safe_text("; ".join(part for part in known if part))


def _number(number: str) -> str:
    return safe_text(number).replace(" ", NO_BREAK)
