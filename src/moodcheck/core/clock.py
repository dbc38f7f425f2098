"""Where the time comes from: nobody here looks at a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns now, with its UTC offset."""
