"""What is no UTF-8, in a line whose bytes Spark took as they came."""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

_REPLACEMENT = "\ufffd"
"""What Java reads where bytes are no UTF-8."""


def has_replaced(line: Column) -> Column:
    """Return whether a line holds bytes that are no UTF-8, or what others put in their place."""
    # Only a pattern sees what Java reads; `contains` compares bytes, and would find none.
    return line.rlike(_REPLACEMENT)


def replaced(line: Column) -> Column:
    """Return a line as UTF-8, whatever it was."""
    return F.regexp_replace(line, _REPLACEMENT, _REPLACEMENT)
