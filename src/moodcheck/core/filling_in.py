"""Wording that is not ours: where it is to be filled in, and what is still to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.core.fault import Fault, Path

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Item, Questionnaire

PLACEHOLDER = "[fill in]"
"""Stands where the author of a copy has to write something."""


def unfilled(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield each place where a copy still has to be filled in."""
    q = questionnaire
    yield from _fault(("title",), q.title, "the title", "Write what people call it")
    mend = "Write what lets you use the wording, or whom you asked"
    yield from _fault(("licence",), q.licence, "the licence", mend)
    yield from _fault(("recall_period",), q.recall_period, "the time that is asked about", _WORDING)
    for name, options in q.responses.items():
        for i, option in enumerate(options):
            what = f"the label of {option.value} in '{name}'"
            yield from _fault(("responses", name, i, "label"), option.label, what, _WORDING)
    yield from _items("items", q.items)
    yield from _items("context", q.context)


_WORDING = "Write it here, word for word as it was published"


def _items(section: str, items: tuple[Item, ...]) -> Iterator[Fault]:
    for i, item in enumerate(items):
        for key, text in (("text", item.text), ("help", item.help)):
            yield from _fault((section, i, key), text, f"the {key} of item '{item.id}'", _WORDING)


def _fault(path: Path, text: str | None, what: str, mend: str) -> Iterator[Fault]:
    if PLACEHOLDER in (text or ""):
        yield Fault(path, f"{what} is not filled in yet", mend)
