"""A document says the same in every format, letter for letter, a PDF as others read it."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter

import pytest

from moodcheck.report.document import Document
from moodcheck.report.html import page
from moodcheck.report.pdf import setting
from tests.documents import points, texts
from tests.every_document import OVERVIEWS, RENDERERS, VIEWS, sittings
from tests.shipped import UNITED_STATES
from tests.shown import letters, words

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext is not installed: apt install poppler-utils"
)
EVERY_VIEW = {**VIEWS, **OVERVIEWS}
WITHOUT_PICTURES = ("summary", "visit sheet", "record")


def made(view: str) -> Document:
    return EVERY_VIEW[view](sittings(5, death_thoughts=1), UNITED_STATES)


def pdf(document: Document) -> str:
    """Return what another program reads out of the PDF."""
    content = setting.render(document).content
    read = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return read.stdout.decode().replace("\f", " ")


def counted(shown: str) -> Counter[str]:
    """Count letters and digits; marks between them are each format's own."""
    return Counter(char for char in shown if char.isalnum())


@pytest.mark.parametrize("view", WITHOUT_PICTURES)
def test_plain_text_html_markdown_and_pdf_have_the_same_letters(view: str) -> None:
    document = made(view)
    plain, html, markdown = (
        counted(words(RENDERERS[name](document))) for name in ("plain", "html", "markdown")
    )

    assert plain == html
    assert plain == markdown
    assert plain == counted(pdf(document))


@pytest.mark.parametrize("view", EVERY_VIEW)
def test_no_text_of_a_document_is_left_out_of_its_pdf(view: str) -> None:
    document = made(view)
    shown = letters(pdf(document))
    gaps = {point.text for point in points(document) if point.value is None}

    assert [
        text for text in texts(document) if text not in gaps and letters(text) not in shown
    ] == []


@pytest.mark.parametrize("view", EVERY_VIEW)
def test_the_same_document_is_the_same_bytes(view: str) -> None:
    assert page.render(made(view)) == page.render(made(view))
    assert setting.render(made(view)) == setting.render(made(view))
