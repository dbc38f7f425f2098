"""Documents as HTML in a browser: they fit, fetch and run nothing, and everybody can use them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest

from moodcheck.core.crisis import Region
from moodcheck.report.document import Document, Notice, Section
from moodcheck.report.html import page
from moodcheck.report.summary_view import summary_document
from tests.browser import CHROMIUM, Browser, browser
from tests.documents import hostile_document
from tests.every_document import OVERVIEWS, VIEWS, sittings
from tests.shipped import LANGUAGE, UNITED_STATES, answered, summary_of

AXE = Path(__file__).parents[1] / "npm" / "node_modules" / "axe-core" / "axe.min.js"
SHEETS = ("visit sheet", "counselor's sheet")
WIDTHS = (320, 768, 1280)

pytestmark = [
    pytest.mark.xdist_group("browser"),  # so that it is started once
    pytest.mark.skipif(
        not (CHROMIUM and shutil.which("pdftotext")),
        reason="not installed: apt install chromium poppler-utils",
    ),
]


def every_document() -> Mapping[str, Document]:
    kept = sittings(8, death_thoughts=2)
    found = {name: view(kept, UNITED_STATES) for name, view in {**VIEWS, **OVERVIEWS}.items()}
    return found | {
        "calm summary": summary_document(summary_of(answered(low_mood=1), Region("GB"))),
        "nothing answered": summary_document(summary_of(answered(), Region())),
        "trend of 300 sittings": VIEWS["trend"](sittings(300), UNITED_STATES),
        "every one of 300": VIEWS["whole trend"](sittings(300), UNITED_STATES),
        "empty": Document("", (Section("", (Notice(LANGUAGE.not_a_diagnosis),)),)),
        "hostile": hostile_document(),
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    files = {name: folder / f"{name.replace(' ', '-')}.html" for name in every_document()}
    for name, document in every_document().items():
        files[name].write_text(page.render(document), encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    with browser() as started:
        yield started


def test_no_page_scrolls_sideways_or_does_anything_unasked(
    opened: Browser, pages: Mapping[str, Path]
) -> None:
    found = []
    looks = [*product(WIDTHS, (False,)), (WIDTHS[0], True)]  # colours move nothing
    for (name, file), (width, is_dark) in product(pages.items(), looks):
        opened.open(file, width=width, is_dark=is_dark)
        whole, shown = opened.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        found += [(name, width, is_dark, did) for did in opened.unexpected]
        found += [(name, width, is_dark, f"{whole} > {shown}")] if whole > shown else []

    assert found == []


def test_twice_as_large_a_page_still_fits(opened: Browser, pages: Mapping[str, Path]) -> None:
    for file in pages.values():
        opened.open(file, width=640, zoom=2)

        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_light_and_dark_differ(opened: Browser, pages: Mapping[str, Path]) -> None:
    papers = []
    for is_dark in (False, True):
        opened.open(pages["summary"], width=768, is_dark=is_dark)
        papers.append(opened.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert papers == ["rgb(253, 253, 249)", "rgb(21, 25, 28)"]


@pytest.mark.skipif(
    not AXE.exists() and os.environ.get("CI") != "true",
    reason="axe-core is not installed: npm ci --prefix tests/npm",
)
def test_axe_finds_nothing_that_keeps_anybody_out(
    opened: Browser, pages: Mapping[str, Path]
) -> None:
    axe, found = AXE.read_text(encoding="utf-8"), []
    # Of 150 tables axe takes minutes; "whole trend" has two of each kind.
    small = {name: file for name, file in pages.items() if name != "every one of 300"}
    for (name, file), is_dark in product(small.items(), (False, True)):
        opened.open(file, width=768, is_dark=is_dark)
        opened.evaluate(axe)
        for one in opened.evaluate("axe.run().then(done => done.violations)"):
            found += [(name, is_dark, one["id"], node["html"][:200]) for node in one["nodes"]]

    assert found == []


def test_nothing_that_people_wrote_became_a_node(
    opened: Browser, pages: Mapping[str, Path]
) -> None:
    opened.open(pages["hostile"], width=768)

    assert (
        opened.evaluate(
            "document.querySelectorAll('script, img, a, iframe, object, form, link, base, math, "
            "foreignObject, animate, use, [onerror], [onload], [onclick], [href], [src]').length"
        )
        == 0
    )
    assert opened.unexpected == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_sheet_is_printed_on_one_page(
    opened: Browser, pages: Mapping[str, Path], paper: str
) -> None:
    for name in SHEETS:
        opened.open(pages[name], width=768)

        assert opened.printed(paper).count(b"/Type /Page\n") == 1, name


def test_a_printed_page_has_no_text_beyond_its_edge(
    opened: Browser, pages: Mapping[str, Path], tmp_path: Path
) -> None:
    for name in ("hostile", "trend", "summary"):
        opened.open(pages[name], width=768)
        printed = tmp_path / "printed.pdf"
        printed.write_bytes(opened.printed())
        boxes = subprocess.run(
            ["pdftotext", "-bbox", printed, "-"], capture_output=True, text=True, check=True
        ).stdout
        ends = [float(part.split('"')[1]) for part in boxes.split() if part.startswith("xMax=")]

        assert max(ends) < 596, name
