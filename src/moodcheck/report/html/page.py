"""A document as an HTML page: one file without scripts, which fetches nothing."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from moodcheck.report import pictures
from moodcheck.report.document import Block, Callout, Document, Help, Section
from moodcheck.report.over_time import NO_VALUE
from moodcheck.report.times import day

_UNNAMED = "moodcheck"
"""Stands as the title of a document that has none: a page is found by its title."""


def render(document: Document, *, language: str = "en") -> str:
    """Return a document as the whole text of an HTML file.

    Args:
        document: what is shown. Its texts stay text: each is escaped where it is put.
        language: of the texts, as BCP 47 has it.
    """
    page = _environment().get_template("page.html")
    return page.render(document=document, title=document.title or _UNNAMED, language=language)


_COLUMNS_AT_ONCE = 6
"""How many sittings stand side by side in a table: as many as a telephone has room for."""


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__package__ or ""),
        # For every template, whatever its name ends in.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "picture": pictures,
        "day": day,
        "no_value": NO_VALUE,
        "kind_of": _kind_of,
        "look_of": _look_of,
        "columns_at_once": _COLUMNS_AT_ONCE,
    }
    return made


def _kind_of(block: Block) -> str:
    """Return the name of the macro that writes a block."""
    return type(block).__name__


def _look_of(section: Section) -> str:
    match section:
        case Help(is_urgent=True):
            return "help urgent"
        case Help():
            return "help"
        case Callout(is_urgent=True):
            return "callout urgent"
        case Callout():
            return "callout"
        case _:
            return "plain"
