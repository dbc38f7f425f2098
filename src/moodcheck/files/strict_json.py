"""JSON read strictly: UTF-8, no name twice, no NaN, no infinity, no nesting without end."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from typing import Any


class NotStrictJsonError(Exception):
    """The content is no JSON, or not only one thing could be meant by it."""

    def __init__(self, *, line: int = 0, column: int = 0, named_twice: str = "") -> None:
        super().__init__()
        self.place = f":{line}:{column}" if line else ""
        """`:line:column` where reading broke off; empty where nobody knows."""
        self.named_twice = named_twice
        """The name that one object has twice, fit to show; else empty."""


def parse(content: bytes, *, number: Callable[[str], object] | None = None) -> object:
    """Return what the JSON text stands for.

    Args:
        content: UTF-8.
        number: makes what is returned of a number, as it was written; None for its value.

    Raises:
        NotStrictJsonError: when nothing can be made of it without guessing.
    """
    try:
        return json.loads(content.decode("utf-8-sig"), **_hooks(number))
    except json.JSONDecodeError as error:
        raise NotStrictJsonError(line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):
        # UTF-16, numbers of thousands of digits, NaN, nesting without end.
        raise NotStrictJsonError from None


def parse_first(text: str, *, number: Callable[[str], object] | None = None) -> tuple[object, int]:
    """Return what the JSON at the beginning of a text stands for, and where it ends.

    Raises:
        NotStrictJsonError: as `parse`.
    """
    try:
        return json.JSONDecoder(**_hooks(number)).raw_decode(text)
    except (ValueError, RecursionError):
        raise NotStrictJsonError from None


def _hooks(number: Callable[[str], object] | None) -> dict[str, Any]:
    return {
        "object_pairs_hook": _without_duplicates,
        "parse_constant": _refuse,
        "parse_float": number or _finite,
        "parse_int": number or int,
    }


def _without_duplicates(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    document: dict[str, object] = {}
    for key, value in pairs:
        if key in document:
            raise NotStrictJsonError(named_twice=key[:64])
        document[key] = value
    return document


def _refuse(_name: str) -> object:
    raise ValueError


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number
