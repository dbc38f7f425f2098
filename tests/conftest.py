"""How hypothesis looks for a broken promise, and what a skip means in CI."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from functools import cache
from hashlib import pbkdf2_hmac

import pytest
from hypothesis import HealthCheck, settings

from moodcheck.history.store import keys

settings.register_profile(
    "here",
    max_examples=40,
    # A machine that is busy with something else breaks no promise.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
# No test reads, or changes, what somebody who runs the tests has at home.
os.environ["MOODCHECK_QUESTIONNAIRES"] = "/nowhere/questionnaires"
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.fixture(scope="session", autouse=True)
def _no_key_is_made_twice() -> Iterator[None]:
    """Make the key of each passphrase and salt once: it takes its time on purpose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "pbkdf2_hmac", cache(pbkdf2_hmac))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_a_skip_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_a_skip_in_ci(report)
    return report


def _refuse_a_skip_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI everything is there, so a test that skips is a promise that nobody holds."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may skip in CI. {why}"
