"""The pictures in the documentation are what the program shows now."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
pytestmark = pytest.mark.xdist_group("pictures")  # so that they are drawn once

NAMES = ["help.svg", "plain.svg", "question.svg", "summary.svg"]


@pytest.fixture(scope="module")
def drawn_now(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    subprocess.run([sys.executable, PICTURES / "make.py", folder], check=True)
    return folder


def test_every_picture_is_drawn_by_the_recipe(drawn_now: Path) -> None:
    assert sorted(path.name for path in drawn_now.iterdir()) == NAMES
    assert sorted(path.name for path in PICTURES.glob("*.svg")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_shows_the_program_as_it_is(drawn_now: Path, name: str) -> None:
    now = (drawn_now / name).read_bytes()

    assert (PICTURES / name).read_bytes() == now, "run `just pictures` and look at what changed"


@pytest.mark.parametrize("name", NAMES)
def test_looking_at_a_picture_fetches_nothing(name: str) -> None:
    svg = (PICTURES / name).read_text(encoding="utf-8")

    assert re.findall(r"https?://[^\"']+", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.findall(r"url\(|@import|@font-face|href|<script|<image", svg)


@pytest.mark.skipif(
    not shutil.which("pdftoppm"), reason="pdftoppm is not installed: apt install poppler-utils"
)
def test_the_pages_shown_are_those_that_the_recipe_draws(tmp_path: Path) -> None:
    subprocess.run([sys.executable, PICTURES / "pages.py", tmp_path], check=True)

    # Another version of a font may move a dot, so that only the size is compared.
    sizes = [
        {path.name: path.read_bytes()[16:24] for path in folder.glob("*.png")}
        for folder in (PICTURES, tmp_path)
    ]
    assert sizes[0] == sizes[1]
    assert set(sizes[0]) == {"counselor.png", "visit.png"}
