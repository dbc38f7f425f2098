"""What a questionnaire file takes over from the form of another program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from moodcheck.interop.form import Form, FormItem

Tree = dict[str, Any]


class ResponseSets:
    """The response sets of a new file: items with the same answers share one."""

    def __init__(self) -> None:
        self.named: dict[str, list[Tree]] = {}

    def name_of(self, options: list[Tree], wanted: str) -> str:
        """Return the name of the set with these options, which is `wanted` where that is free."""
        for name, others in self.named.items():
            if others == options:
                return name
        name, number = wanted, 2
        while name in self.named:
            name, number = f"{wanted}_{number}", number + 1
        self.named[name] = options
        return name


def quotation(text: str) -> str:
    """Return words that others wrote, in quotation marks."""
    return text if text.startswith("“") and text.endswith("”") else f"“{text}”"


def stem_of(items: Sequence[FormItem]) -> str | None:
    """Return the words that stand above most of the items; None where above most there are none."""
    stems = [item.stem for item in items]
    return max(stems, key=stems.count, default=None)


def licence_of(form: Form) -> str:
    """Return what a form says about who may use it, or that it says nothing."""
    return form.licence or f"{form.shown} names none; the wording belongs to its authors"
