"""A scale ↔ what REDCap works out of its fields.

An empty field makes a whole `+` empty, so that a missing answer never counts as 0. In `sum(…)`,
which others write, REDCap leaves empty fields out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from moodcheck.interop.form import Calculation

Ranges = Mapping[str, tuple[int, int]]
"""The lowest and the highest value that each field offers."""

_TERM = re.compile(r"(?:\((-?\d+)-)?\[([a-z][a-z0-9_]*)\]")
_TIMES = re.compile(r"\*(\d{1,4})")
_OF_ANSWERED = re.compile(r"sum\((\[[a-z0-9_]+\](?:,\[[a-z0-9_]+\])*)\)(?:\*(\d{1,4}))?")


def written(calculation: Calculation, ranges: Ranges) -> str | None:
    """Return what REDCap works out where every field is filled in; else the score is empty.

    None for a count: nothing that counts stays empty where a field is.
    """
    if calculation.method == "count":
        return None
    terms = []
    for link in calculation.links:
        ends = sum(ranges[link])
        terms.append(f"({ends}-[{link}])" if link in calculation.reverse_keyed else f"[{link}]")
    whole = "+".join(terms)
    if calculation.multiply_by != 1:
        whole = f"({whole})*{calculation.multiply_by}"
    return f"({whole})/{len(terms)}" if calculation.method == "mean" else whole


def calculation(expression: str, ranges: Ranges) -> Calculation | None:
    """Return what an expression works out; None where it is none that we know to read."""
    joined = "".join(expression.split())
    return _of_all(joined, ranges) or _of_answered(joined, ranges)


def counts_missing_as_nothing(expression: str) -> bool:
    """Return whether REDCap works out a score though fields are empty."""
    return _OF_ANSWERED.fullmatch("".join(expression.split())) is not None


def _of_all(expression: str, ranges: Ranges) -> Calculation | None:
    """Return the calculation of an expression that is as we write it."""
    terms = _TERM.findall(expression)
    links = tuple(link for _ends, link in terms)
    if not links or not set(links) <= ranges.keys() or len(set(links)) < len(links):
        return None
    times = _TIMES.search(expression)
    found = Calculation(
        method="mean" if "/" in expression else "sum",
        links=links,
        reverse_keyed=tuple(link for ends, link in terms if ends),
        multiply_by=int(times[1]) if times else 1,
    )
    return found if written(found, ranges) == expression else None


def _of_answered(expression: str, ranges: Ranges) -> Calculation | None:
    found = _OF_ANSWERED.fullmatch(expression)
    if found is None:
        return None
    links = tuple(part.strip("[]") for part in found[1].split(","))
    if not set(links) <= ranges.keys() or len(set(links)) < len(links):
        return None
    return Calculation("sum", links, multiply_by=int(found[2] or 1))
