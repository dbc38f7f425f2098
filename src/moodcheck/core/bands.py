"""Which published band a score lies in, and how it is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Band, Scale


def published_range(scale: Scale, band: Band, *, maximum: int, to: str) -> str:
    """Return the scores of a band as "10-14", with `to` in the middle.

    A mean can lie between two whole numbers, so there the end is where the next band begins:
    "10-<15".
    """
    after = scale.bands.index(band) + 1
    to = f" {to} " if band.at_least < 0 else to
    if after == len(scale.bands):
        return f"{band.at_least}{to}{maximum}"
    end = scale.bands[after].at_least
    return (
        f"{band.at_least}{to}<{end}" if scale.method == "mean" else f"{band.at_least}{to}{end - 1}"
    )


def quotation(scale: Scale, band: Band, *, maximum: int) -> str:
    """Return a band as tables hold it: "10-14 moderate, Kroenke 2001"."""
    return f"{published_range(scale, band, maximum=maximum, to='-')} {band.name}, {scale.citation}"
