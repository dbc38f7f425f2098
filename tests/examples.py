"""How many examples hypothesis takes, where each is slow: few here, more by `just examples`."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

_TIMES = int(os.environ.get("EXAMPLES_TIMES", "1"))


def few(examples: int, **others: Any) -> settings:  # noqa: ANN401 - whatever hypothesis has
    """Return settings for that many examples, or as many times more as is asked for."""
    return settings(max_examples=examples * _TIMES, **others)
