"""Help lines as blocks: the same sentences in every format and on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moodcheck.report.document import (
    Block,
    Contact,
    Document,
    Help,
    Listing,
    Notice,
    Paragraph,
    Section,
)
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.crisis import CrisisLine, Elsewhere, HelpPanel


def help_document(panel: HelpPanel, notice: str = "") -> Document:
    """Return help lines, and where it is about answers that nobody can read, the notice."""
    said = [Section("", (Notice(notice),))] if notice else []
    return Document("", (help_block(panel), *said))


def help_block(panel: HelpPanel, *, is_urgent: bool = False) -> Help:
    """Return help lines: what to do right now, then whom to reach, then all else."""
    blocks = (*numbers(panel), *_how_to_name_a_country(panel), *after_the_numbers(panel))
    return Help(panel.title, blocks, is_urgent=is_urgent)


def help_in_brief(panel: HelpPanel, *, is_urgent: bool = False) -> Help:
    """Return what to do right now and whom to reach first, and how to see all help lines."""
    _act_now, *elsewhere = in_short(panel)
    see_all = _("All help lines: {command}").format(command="moodcheck crisis-lines")
    others = _how_to_name_a_country(panel) or [Paragraph(see_all)]
    blocks = (*_whom_first(panel), *elsewhere, Paragraph(panel.tells_no_one), *others)
    return Help(panel.title, blocks, is_urgent=is_urgent)


def numbers(panel: HelpPanel, *said: str) -> list[Block]:
    """Return what to do right now and whom to reach: what has to be in sight at once.

    Where the person's own country is not known, that is the emergency number and a help line of
    every country that is.

    Args:
        panel: the help lines.
        said: what is to be said right after what to do now.
    """
    sentences = [*said, *([panel.region_note] if panel.region_note else [])]
    contacts = [Contact(_how_to_reach(line), _details(line)) for line in panel.lines]
    countries = tuple(map(_country, panel.elsewhere))
    return [
        Paragraph(panel.act_now, is_strong=True),
        *map(Paragraph, sentences),
        *contacts,
        *([Listing(countries)] if countries else []),
    ]


def after_the_numbers(panel: HelpPanel) -> list[Block]:
    """Return what is said after the numbers; the last is what to do if no line connects."""
    said = [panel.international, panel.comfort, panel.tells_no_one, *panel.sources]
    return [Paragraph(text) for text in (*said, panel.if_it_does_not_connect)]


def in_short(panel: HelpPanel) -> list[Paragraph]:
    """Return what to do right now, with a number, where there is no room for all lines."""
    places: dict[str, list[str]] = {}
    for land in panel.elsewhere:
        places.setdefault(land.emergency, []).append(land.name)
    most_first = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
    all_numbers = "; ".join(
        _("{number} in {countries}").format(number=number, countries=", ".join(names))
        for number, names in most_first
    )
    return [Paragraph(panel.act_now), *([Paragraph(f"{all_numbers}.")] if all_numbers else [])]


def first_numbers(panel: HelpPanel) -> list[Block]:
    """Return what to do right now and the first line; where no country is known, how to name it."""
    return [*_whom_first(panel), *_how_to_name_a_country(panel, is_strong=True)]


def _whom_first(panel: HelpPanel) -> list[Block]:
    whom = [panel.act_now, *map(_how_to_reach, panel.lines[:1])]
    return [Paragraph(text, is_strong=True) for text in whom]


def _how_to_name_a_country(panel: HelpPanel, *, is_strong: bool = False) -> list[Block]:
    """Return how to see one country's lines where nobody can be asked which."""
    command = "moodcheck crisis-lines --region"
    said = _("To see only your country: {command} NAME").format(command=command)
    return [Paragraph(said, is_strong)] if panel.elsewhere else []


def _country(land: Elsewhere) -> str:
    number, name = land.line.number, land.line.name
    line = f"{name} {number}"
    # A service is often called by its number: it need not be said twice.
    if land.line.name == land.line.number:
        line = _("help line {number}").format(number=number)
    elif land.line.number in land.line.name.split():
        line = name
    if land.line.only_from:
        line = _("{line} (from {phone})").format(line=line, phone=land.line.only_from)
    return f"{land.name}: {land.emergency}; {line}"


def _how_to_reach(line: CrisisLine) -> str:
    words = {"call": _("call"), "text": _("text"), "chat": _("chat")}
    *first, last = (words[channel] for channel in line.channel)
    how = _("{some} or {last}").format(some=", ".join(first), last=last) if first else last
    number = line.number
    if line.message:
        number = _("{message} to {number}").format(message=line.message, number=number)
    return f"{line.name}: {how} {number}"


def _details(line: CrisisLine) -> str:
    phone = _("only from {phone}").format(phone=line.only_from) if line.only_from else None
    hours = _("day and night") if line.hours == "24/7" else line.hours
    audience = _("for young people") if line.audience == "young people" else None
    known = [phone, hours, audience, ", ".join(line.languages)]
    return "; ".join(part for part in known if part)
