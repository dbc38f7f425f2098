"""Memory decides how many pieces are worked on side by side."""

from __future__ import annotations

import os

import pytest

from moodcheck.batch.embedded.engine import workers_within
from moodcheck.batch.engines import open_engine
from moodcheck.errors import UsageError


@pytest.mark.parametrize(
    ("megabytes", "workers"),
    [(None, 3), (480, 3), (1, 1), (300, 1), (350, 2), (900, 7), (4_000, 16)],
)
def test_more_memory_lets_more_cores_work(
    megabytes: int | None, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)

    assert workers_within(megabytes) == workers


def test_a_cluster_is_not_given_memory_here() -> None:
    with pytest.raises(UsageError, match="--memory is for the embedded engine"):
        open_engine("spark", 900)
