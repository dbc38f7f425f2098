"""PDF of any document: accessible by a second opinion, whole, and the same bytes every time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import page
import pytest
from hypothesis import given, settings

from moodcheck.report.document import Document, Notice, Paragraph, Quotation, Section
from moodcheck.report.pdf import setting
from moodcheck.report.summary_view import summary_document
from tests.documents import DOCUMENTS, hostile_document, points, said, texts
from tests.shipped import answered, summary_of
from tests.shown import letters

NOTICE = Section("", (Notice("This is not a diagnosis."),))
SUMMARY = summary_document(summary_of(answered(low_mood=2, sleep=3, own_words="Rest")))
ATTACKS = [
    '#read("/etc/passwd")', '#import "@preview/cetz:0.3.0"', "#sys.inputs", "{{ 7 * 7 }}", "$x$",
    "@label", "<label>", "= Heading", "- item", "\\u{41}", "*bold*", "`raw`", "]]>", "//x", "/*x*/",
]  # fmt: skip


def text_of(pdf: bytes) -> str:
    """Return what another program reads out of a PDF, without spaces."""
    done = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
    )  # fmt: skip
    # Between pages it says that a new one begins.
    return letters(done.stdout.decode().replace("\f", ""))


def quoted(text: str) -> Document:
    """Return a document that says a text in each way in which people's words are shown."""
    blocks = (Paragraph(text), Quotation(text, text), Paragraph(text, is_strong=True))
    return Document("Title", (Section(text, blocks), NOTICE), text)


needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="pdftotext is not installed: apt install poppler-utils"
)


@settings(max_examples=8)
@given(DOCUMENTS)
def test_any_document_is_a_pdf_and_what_cannot_be_written_is_named(document: Document) -> None:
    made = setting.render(document)

    assert made.content.startswith(b"%PDF-")
    assert all(any(char in text for text in texts(document)) for char in made.unwritable)
    if not made.unwritable:
        found = page.validate_pdf_bytes(made.content, profile=page.ValidationProfile.PDF_UA_1)
        assert found.is_compliant, [one.message for one in found.failures]


@needs_poppler
@settings(max_examples=8)
@given(DOCUMENTS)
def test_no_text_is_left_out(document: Document) -> None:
    made = setting.render(document)
    shown = text_of(made.content)
    # A sign stands for why there is no value, and is explained.
    gaps = "".join(letters(point.text) for point in points(document) if point.value is None)

    missing = Counter(said(document)) - Counter(gaps) - Counter(shown)
    # Its reader takes a hyphen that ends a line for one that only divides a word.
    assert set(missing) <= {"-", *"".join(made.unwritable)}, made.unwritable


def test_a_summary_meets_every_rule_of_accessible_pdf_and_of_archives() -> None:
    made = setting.render(SUMMARY)
    found = page.validate_pdf_bytes(made.content, profile=page.ValidationProfile.PDF_UA_1)

    assert (found.rules.passed, found.rules.total) == (104, 104)
    assert page.is_pdf_compliant_bytes(made.content, profile=page.ValidationProfile.PDF_A_2A)
    assert made.unwritable == ()


def test_without_a_date_there_is_no_claim_to_be_an_archive() -> None:
    made = setting.render(replace(SUMMARY, at=None))

    assert b"pdfaid" not in made.content
    assert b"pdfuaid" in made.content
    assert b"CreationDate" not in made.content


def test_the_same_document_gives_the_same_bytes() -> None:
    assert setting.render(SUMMARY) == setting.render(SUMMARY)


@pytest.mark.parametrize("attack", ATTACKS)
@needs_poppler
def test_a_text_that_is_code_for_the_setter_stays_text(attack: str) -> None:
    made = setting.render(quoted(attack))

    assert text_of(made.content).count(letters(attack)) == 6
    assert made.unwritable == ()


@pytest.mark.parametrize(
    ("text", "named"), [("漢字 and 漢", ("漢", "字")), ("\U0001f9d1 me", ("\U0001f9d1",))]
)
def test_what_no_font_can_write_is_named_and_nothing_is_claimed(
    text: str, named: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setting, "_SYSTEM_FONTS_TOO", False)
    made = setting.render(quoted(text))

    assert made.unwritable == named
    assert made.content.startswith(b"%PDF-")
    assert b"pdfuaid" not in made.content


@needs_poppler
def test_ten_thousand_characters_without_a_space_stay_on_the_page(tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(setting.render(quoted("x" * 10_000)).content)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', boxes)]

    assert max(ends) < 595
    assert text_of(file.read_bytes()).count("x") >= 40_000


@needs_poppler
def test_whatever_people_wrote_no_letter_stands_beyond_the_page(tmp_path: Path) -> None:
    made = setting.render(hostile_document())
    file = tmp_path / "hostile.pdf"
    file.write_bytes(made.content)
    boxes = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    ends = [float(end) for end in re.findall(r'xMax="([\d.]+)"', boxes)]

    assert max(ends) < 595
    # Which fonts there are is the machine's: a letter is written, or named as one that is not.
    assert all(letter in boxes or letter in made.unwritable for letter in "漢字")


@pytest.mark.skipif(not shutil.which("unshare"), reason="unshare is not installed")
def test_nothing_is_asked_of_a_network() -> None:
    program = (
        "from moodcheck.report.document import *\n"
        "from moodcheck.report.pdf import setting\n"
        "text = '#import \"@preview/cetz:0.3.0\"'\n"
        "print(len(setting.render(Document('T', (Section(text, (Paragraph(text),)),))).content))"
    )
    done = subprocess.run(
        ["unshare", "--user", "--net", sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(done.stdout) > 1000
