"""In CI a skip is a failure that says why; elsewhere it stays a skip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shipped import CHECKOUT

SKIPS = {
    "test_one.py": """
import pytest

def test_skips():
    pytest.skip("no part of it")

@pytest.mark.skipif(True, reason="not on this machine")
def test_is_skipped():
    pass

@pytest.mark.xfail(reason="known")
def test_fails_as_expected():
    assert False

def test_passes():
    pass
""",
    "test_whole_file.py": """
import pytest

pytest.skip("no such component", allow_module_level=True)
""",
}


def outcome(folder: Path, *, ci: str) -> str:
    """Return what pytest says of tests that skip, under our conftest."""
    shutil.copy(CHECKOUT / "tests" / "conftest.py", folder)
    for name, text in SKIPS.items():
        (folder / name).write_text(text, encoding="utf-8")
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder)]
    done = subprocess.run(
        [*pytest, "--continue-on-collection-errors", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "CI": ci},
    )
    return done.stdout


def test_in_ci_every_skip_fails_and_says_why(tmp_path: Path) -> None:
    said = outcome(tmp_path, ci="true")

    assert "1 failed, 1 passed, 1 xfailed, 2 errors" in said
    for why in ("no part of it", "not on this machine", "no such component"):
        assert f"Nothing may skip in CI. Skipped: {why}" in said


def test_elsewhere_a_skip_is_a_skip(tmp_path: Path) -> None:
    assert "1 passed, 3 skipped, 1 xfailed" in outcome(tmp_path, ci="false")


@pytest.mark.xdist_group("one process")
def test_tests_of_one_group_run_in_one_process(request: pytest.FixtureRequest) -> None:
    is_split = "PYTEST_XDIST_WORKER" in os.environ

    # By this ending the scheduler knows a group; without it, four Sparks start side by side.
    assert request.node.nodeid.endswith("@one process") is is_split
