"""The formats that there are, what the ending of a name says of them, and those of a part.

What writes HTML and PDF is loaded where it is used, and not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import UsageError
from moodcheck.installation import part_missing

if TYPE_CHECKING:
    from moodcheck.report.document import Document
    from moodcheck.report.pdf.setting import Pdf


class Format(StrEnum):
    """How a summary is written."""

    RICH = "rich"
    PLAIN = "plain"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "markdown"
    FHIR = "fhir"

    @property
    def is_read_here(self) -> bool:
        """Whether somebody reads it where it comes out, and not a program or later."""
        return self in {Format.RICH, Format.PLAIN}

    @property
    def is_for_programs(self) -> bool:
        """Whether it is no document for people."""
        return self in {Format.JSON, Format.FHIR}


_OF_A_PART = {Format.HTML, Format.PDF}
"""What an optional part writes."""

_PART, _LIBRARIES = "report", ("jinja2", "typst")

ENDINGS = {
    ".txt": Format.PLAIN,
    ".json": Format.JSON,
    ".html": Format.HTML,
    ".pdf": Format.PDF,
    ".md": Format.MARKDOWN,
    ".fhir.json": Format.FHIR,
}
"""What the name of a file says of its format; without an ending it is plain text."""


def ending_of(path: Path) -> str:
    """Return the ending of a name that says what is in it; empty where it has none."""
    longest = max(ENDINGS, key=len)
    return longest if path.name.lower().endswith(longest) else path.suffix.lower()


def format_for_file(path: Path, chosen: Format | None) -> Format:
    """Return the format for a file: as chosen, else by its ending.

    Raises:
        UsageError: when the ending is that of another kind of file.
        PartNotInstalled: when the part that writes this format is not installed.
    """
    ending = ending_of(path)
    if ending and ending not in ENDINGS:
        raise _no_such_file(f"A summary cannot be written as '{ending}'", [*ENDINGS])
    found = chosen or ENDINGS.get(ending, Format.PLAIN)
    refuse_if_part_missing(found)
    return found


def format_for_report(path: Path, chosen: Format | None) -> Format:
    """Return the format for the file of a document that is not for programs.

    Raises:
        UsageError, PartNotInstalled: as `format_for_file`; UsageError for JSON and FHIR, too.
    """
    pages = [ending for ending, one in ENDINGS.items() if not one.is_for_programs]
    ending = ending_of(path)
    if ending and ending not in ENDINGS:
        raise _no_such_file(f"A report cannot be written as '{ending}'", pages)
    found = format_for_file(path, chosen)
    if found.is_for_programs:
        raise _no_such_file(f"A report is for people, and is not written as {found.upper()}", pages)
    return found


def _no_such_file(why: str, endings: Sequence[str]) -> UsageError:
    *first, last = endings
    return UsageError(why, mend=f"Choose a name that ends in {', '.join(first)} or {last}")


def refuse_if_part_missing(chosen: Format | None) -> None:
    """Raise PartNotInstalled, with the line that installs it, where a format needs the part."""
    if chosen in _OF_A_PART and not all(map(find_spec, _LIBRARIES)):
        raise part_missing("Writing HTML or PDF", _PART)


def html(document: Document) -> str:
    """Return a document as an HTML file.

    Raises:
        PartNotInstalled: when the part `report` is not installed.
    """
    refuse_if_part_missing(Format.HTML)
    from moodcheck.report.html import page

    return page.render(document)


def pdf(document: Document) -> Pdf:
    """Return a document as a PDF file.

    Raises:
        PartNotInstalled: when the part `report` is not installed.
    """
    refuse_if_part_missing(Format.PDF)
    from moodcheck.report.pdf import setting

    return setting.render(document)
