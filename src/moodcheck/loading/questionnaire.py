"""A questionnaire file → a questionnaire that is consistent and worded as it must be."""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from moodcheck.core.consistency import faults
from moodcheck.core.language import Language
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import SCHEMA
from moodcheck.core.wording import unfilled, wording_faults
from moodcheck.files.reading import read_file
from moodcheck.loading.document import read_document
from moodcheck.loading.validation import Kind, validated

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


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
        rules=lambda found: chain(wording_faults(found, language), unfilled(found)),
        own_rules=faults,
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
