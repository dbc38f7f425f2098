"""The formats that an optional part writes: loaded where they are used, and not before."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from moodcheck.installation import part_missing

if TYPE_CHECKING:
    from moodcheck.report.document import Document
    from moodcheck.report.pdf.setting import Pdf

_PART, _LIBRARIES = "report", ("jinja2", "typst")


def refuse_if_not_installed() -> None:
    """Raise PartNotInstalled, with the line that installs it, where the part `report` is absent."""
    if not all(map(find_spec, _LIBRARIES)):
        raise part_missing("Writing HTML or PDF", _PART)


def html(document: Document) -> str:
    """Return a document as an HTML file.

    Raises:
        PartNotInstalled: when the part `report` is not installed.
    """
    refuse_if_not_installed()
    from moodcheck.report.html import page

    return page.render(document)


def pdf(document: Document) -> Pdf:
    """Return a document as a PDF file.

    Raises:
        PartNotInstalled: when the part `report` is not installed.
    """
    refuse_if_not_installed()
    from moodcheck.report.pdf import setting

    return setting.render(document)
