"""The file of one language's words → the words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.core.language import Language
from moodcheck.files.reading import read_file
from moodcheck.loading.document import read_document
from moodcheck.loading.validation import Kind, validated

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def load_language(source: Path | Traversable) -> Language:
    """Return the words of a language in a file.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it holds no language, with every problem and its place.
    """
    return validated(read_document(*read_file(source)), Kind(Language, newest=1))
