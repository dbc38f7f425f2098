"""Documents for Python programs: they show themselves in a notebook, and write themselves."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass, fields
from html import escape
from pathlib import Path

from moodcheck.core.summary import Summary
from moodcheck.errors import PartNotInstalled
from moodcheck.files.paths import whole_path
from moodcheck.files.private_file import write_private
from moodcheck.report import formats, markdown, render_plain
from moodcheck.report.document import Document
from moodcheck.report.formats import Format
from moodcheck.report.summary_view import summary_document

_FRAME = (
    '<iframe sandbox srcdoc="{page}" title="{title}" '
    'style="width: 60em; max-width: 95vw; height: 40em; border: 0"></iframe>'
)
"""Keeps the page's looks from the notebook, and the notebook's from the page."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document: a summary, a sheet or a trend. A notebook shows it by itself.

    It is not a diagnosis, and says so in every format.
    """

    document: Document

    @property
    def text(self) -> str:
        """As plain lines."""
        return render_plain.render(self.document)

    @property
    def markdown(self) -> str:
        """As Markdown, in which nothing that people wrote is markup."""
        return markdown.render(self.document)

    @property
    def html(self) -> str:
        """As one HTML file. Raises PartNotInstalled without the part `report`."""
        return formats.html(self.document)

    @property
    def pdf(self) -> bytes:
        """As a PDF. Warns where no font can write something, and names that.

        Raises PartNotInstalled without the part `report`.
        """
        made = formats.pdf(self.document)
        if made.unwritable:
            said = f"No font on this computer can write {', '.join(made.unwritable)}"
            warnings.warn(f"{said}: boxes stand for it in the PDF", stacklevel=2)
        return made.content

    def write(self, name: str | os.PathLike[str]) -> Path:
        """Write it to a new file that only you can open, and return its whole path.

        It is not encrypted. The ending says what it is: .html, .pdf, .md or .txt.

        Raises:
            UsageError: when it ends in another way, or looks like a URL.
            PartNotInstalled: for HTML and PDF without the part `report`.
            CannotCreate: when something has that name, or nothing can be made there.
            IOFailed: when writing breaks off; nothing is left behind then.
        """
        path = whole_path(os.fspath(name))
        match formats.format_for_report(path, None):
            case Format.HTML:
                write_private(path, self.html)
            case Format.PDF:
                write_private(path, self.pdf)
            case Format.MARKDOWN:
                write_private(path, self.markdown)
            case _:
                write_private(path, self.text)
        return path

    def __repr__(self) -> str:
        """Return how to see it; what stands in it, a notebook shows, and no log should."""
        return "<Report: see its text, markdown, html or pdf, or write it to a file>"

    def _repr_html_(self) -> str | None:
        try:
            whole = self.html
        except PartNotInstalled:
            return None  # then a notebook asks for Markdown
        return _FRAME.format(page=escape(whole), title=escape(self.document.title))

    def _repr_markdown_(self) -> str:
        return self.markdown


class ShownSummary(Summary):
    """A summary that shows itself in a notebook."""

    __slots__ = ()

    @classmethod
    def of(cls, summary: Summary) -> ShownSummary:
        """Return the same summary, able to show itself."""
        return cls(**{one.name: getattr(summary, one.name) for one in fields(summary)})

    def __repr__(self) -> str:
        """Return what it is of and how to see it, and nothing that was answered."""
        return f"<Summary of {self.questionnaire.id}; see moodcheck.make_report(…).text>"

    def _repr_html_(self) -> str | None:
        return Report(summary_document(self))._repr_html_()

    def _repr_markdown_(self) -> str:
        return Report(summary_document(self))._repr_markdown_()
