"""`python -m moodcheck`, and the installed command."""

from __future__ import annotations

import gc
import os
import sys

_INTERRUPTED = 130

_RARELY = 100_000
"""Objects made before Python looks for garbage: starting makes many, and leaves none."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(_RARELY)
    try:
        from moodcheck.cli.app import main as run

        code = run()
    except KeyboardInterrupt:  # before signals are looked after
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        # Whatever an engine held as it was broken off, it would complain of as Python ends.
        # Files are closed and removed by now, and the streams are flushed.
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
