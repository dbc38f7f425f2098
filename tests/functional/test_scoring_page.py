"""What docs/scoring.md says is run, and what it shows is what comes out."""

from __future__ import annotations

import re
import subprocess
import sys

from moodcheck.core.computation import prorated
from tests.shipped import CHECKOUT

PAGE = (CHECKOUT / "docs" / "scoring.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_example_prints_what_the_page_shows() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block("python") + block("parts")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == block("text") + block("shown")


def test_the_worked_tie_is_worked_right() -> None:
    assert "eight are answered, and they add up to\nfour" in PAGE
    assert "= 80 // 16" in PAGE
    assert prorated(4, answered=8, of=9) == 80 // 16 == 5
