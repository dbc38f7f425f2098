"""Whether whoever left something behind is still at work on it."""

from __future__ import annotations

import os


def is_running(process: int) -> bool:
    """Return whether there is a process of that id."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
