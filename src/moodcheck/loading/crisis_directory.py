"""The files of help lines and of other countries → what the core knows of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.core.crisis import CrisisDirectory, OtherCountries
from moodcheck.files.reading import read_file
from moodcheck.loading.document import read_document
from moodcheck.loading.validation import Kind, validated

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def load_crisis_directory(source: Path | Traversable) -> CrisisDirectory:
    """Return the help lines in a file.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it holds no crisis directory, with every problem and its place.
    """
    return validated(read_document(*read_file(source)), Kind(CrisisDirectory, newest=1))


def load_other_countries(source: Path | Traversable) -> OtherCountries:
    """Return the countries in a file in which no help line is known; errors as above."""
    return validated(read_document(*read_file(source)), Kind(OtherCountries, newest=1))
