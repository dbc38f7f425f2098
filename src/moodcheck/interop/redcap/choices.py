"""The choices of a field in one cell: `0, Not at all | 1, Several days`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from moodcheck.core.questionnaire_parts import ResponseOption
from moodcheck.interop.form import FormOption
from moodcheck.interop.redcap.markup import label_of, text_of

_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,3})")
"""A code that is a number, written as we write it."""

_HIGHEST = 1_000

MOST_CHOICES = 101
"""How many options an item of ours may offer."""

BUILT_IN = {"yesno": "1, Yes | 0, No", "truefalse": "1, True | 0, False"}
"""What fields offer whose choices are not written down, as they would be."""


def options_of(cell: str) -> tuple[FormOption, ...]:
    """Return the options that a cell lists, in its order.

    A code that is no whole number up to 1,000 is kept among the option's codes, and is no value.

    Raises:
        ValueError: saying what is wrong, as the rest of a sentence without its full stop.
    """
    pieces = [piece.strip() for piece in cell.split("|")]
    found = [_option(piece) for piece in pieces if piece]
    if not found:
        raise ValueError("offers no choices")
    for kind, parts in (
        ("choice", [code for code, _ in found]),
        ("label", [option.label for _, option in found if option.label]),
    ):
        twice = [part for part, times in Counter(parts).items() if times > 1]
        if twice:
            raise ValueError(f"has the {kind} '{twice[0][:40]}' twice")
    return tuple(option for _, option in found)


def choices_of(options: Iterable[ResponseOption]) -> str:
    """Return the cell that lists options; each has a label."""
    return " | ".join(f"{one.value}, {label_of(one.label or '')}" for one in options)


def _option(piece: str) -> tuple[str, FormOption]:
    code, comma, label = piece.partition(",")
    code, shown = text_of(code), text_of(label) or None
    if not comma or not code:
        raise ValueError(f"has a choice without a code before a comma: '{piece[:40]}'")
    if _WHOLE.fullmatch(code) and abs(int(code)) <= _HIGHEST:
        return code, FormOption(shown, int(code))
    return code, FormOption(shown, None, {"redcap": code})
