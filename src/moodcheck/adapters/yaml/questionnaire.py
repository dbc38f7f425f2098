"""A questionnaire file → a questionnaire that is consistent and worded as it must be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import model_validator

from moodcheck.adapters.yaml.document import read_document
from moodcheck.adapters.yaml.findings import quoted
from moodcheck.adapters.yaml.reading import read_file
from moodcheck.adapters.yaml.validation import Kind, validated
from moodcheck.domain import fault
from moodcheck.domain.consistency import MOST_ITEMS, faults
from moodcheck.domain.fault import Fault
from moodcheck.domain.language import Language, wording_faults
from moodcheck.domain.questionnaire import SCHEMA, Questionnaire

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# The rules hold every scale against every option of every item: their work is the product.
MOST_ENTRIES: dict[fault.Path, int] = {
    ("responses",): 100,
    ("responses", "*"): 101,
    ("items",): MOST_ITEMS,
    ("context",): MOST_ITEMS,
    ("scales",): 50,
    ("scales", "*", "items"): MOST_ITEMS,
    ("critical",): 50,
    ("advice",): 20,
    ("advice", "*", "when"): 20,
}
"""How many entries may stand in one place; 101 options are a scale from 0 to 100."""

MOST_NAMED = 3_000
"""How many items all scales may have together; one in three scales counts three times."""


def load_questionnaire(source: Path | Traversable, language: Language) -> Questionnaire:
    """Return the questionnaire in a file.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is no questionnaire, with every problem and its place.
    """
    return parse_questionnaire(*read_file(source), language)


def parse_questionnaire(name: str, content: bytes, language: Language) -> Questionnaire:
    """Return the questionnaire that the content of a YAML file stands for.

    Args:
        name: what messages call the file.
        content: UTF-8.
        language: the words that are denied in it, and those that name a clinician.

    Raises:
        BadData: when it is no questionnaire, with every problem and its place.
    """
    kind = Kind(
        Questionnaire,
        newest=SCHEMA,
        rules=partial(wording_faults, language=language),
        own_rules=faults,
        limits=_limits,
        shape=_shape,
    )
    return validated(read_document(name, content), kind)


@cache
def _shape() -> type[Questionnaire]:
    """Return the model whose inconsistencies are looked for afterwards, with the wording's."""

    class Shape(Questionnaire):
        @model_validator(mode="after")
        def _is_consistent(self) -> Self:
            return self

    return Shape


def _limits(tree: dict[str, Any]) -> Iterator[Fault]:
    for pattern, most in MOST_ENTRIES.items():
        for path, node in _matching(tree, pattern):
            if isinstance(node, dict | list) and len(node) > most:
                what = f"{quoted(str(path[-1]))} has more than {most} entries"
                yield Fault(path, what, "Leave some out")
    items = tree.get("items")
    named = [node for _, node in _matching(tree, ("scales", "*", "items"))]
    lists = [items if node == "all" else node for node in named]
    if sum(len(node) for node in lists if isinstance(node, list)) > MOST_NAMED:
        what = f"the scales have more than {MOST_NAMED:,} items in all"
        yield Fault(("scales",), what, "Leave some out")


def _matching(tree: object, pattern: fault.Path) -> Iterator[tuple[fault.Path, object]]:
    found: list[tuple[fault.Path, object]] = [((), tree)]
    for step in pattern:
        found = [((*path, key), part) for path, node in found for key, part in _parts(node, step)]
    yield from found


def _parts(node: object, step: str | int) -> Iterator[tuple[str | int, object]]:
    entries: list[tuple[str | int, object]] = []
    if isinstance(node, dict):
        entries = list(node.items())
    elif isinstance(node, list):
        entries = list(enumerate(node))
    yield from (entry for entry in entries if step in {"*", entry[0]})
