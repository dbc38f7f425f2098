"""What costs start-up time is loaded by whoever needs it, and by nobody else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from moodcheck.installation import install_line

HEAVY = ("duckdb", "jinja2", "narwhals", "pandas", "polars", "pyarrow", "pyspark", "typst")
CHECK = "sys.argv = ['moodcheck', 'check', '--answers', '-', '--region', 'US']; main()"


def loaded_by(program: str) -> set[str]:
    """Return which heavy packages a fresh interpreter has loaded after the program."""
    tell = f"\nimport sys; sys.stderr.write(' '.join(n for n in {HEAVY} if n in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program + tell],
        input="{}",
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "program",
    [
        "import moodcheck",
        "import moodcheck; moodcheck.load('phq-9')",
        "import moodcheck.api, moodcheck.cli.check, moodcheck.cli.score",
        "import moodcheck; moodcheck.score_frame",
        f"import sys\nfrom moodcheck.__main__ import main\ntry:\n {CHECK}\nexcept SystemExit: pass",
    ],
    ids=["import", "load", "commands", "a name", "check"],
)
def test_no_engine_is_loaded_for(program: str) -> None:
    assert loaded_by(program) == set()


def test_scoring_a_frame_loads_what_it_needs() -> None:
    program = "import moodcheck.batch.expressions.native"

    assert loaded_by(program) == {"narwhals"}


def test_without_the_part_the_error_names_the_line_that_installs_it() -> None:
    program = """
import sys
sys.modules["narwhals"] = None
import moodcheck
try:
    moodcheck.score_frame(object(), moodcheck.load("phq-9"))
except moodcheck.MoodcheckError as error:
    print(error.exit_code, error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == (
        "69 Scoring a frame needs a part of moodcheck that is not installed. "
        f"Install it with: {install_line('batch')}.\n"
    )
