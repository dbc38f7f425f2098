"""What a test of the terminal changes in this process, it changes back."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def handlers() -> Iterator[None]:
    """Keep the signal handlers of the test run."""
    kept = {number: signal.getsignal(number) for number in signal.valid_signals()}
    yield
    for number, handler in kept.items():
        if signal.getsignal(number) != handler:
            signal.signal(number, handler)
