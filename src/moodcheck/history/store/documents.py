"""A questionnaire as it is kept: once for each content, so that an old sitting can be read."""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_document import document_of, hash_of
from moodcheck.errors import BadData

if TYPE_CHECKING:
    import apsw


@lru_cache(maxsize=64)
def questionnaire_of(document: str) -> Questionnaire:
    """Return the questionnaire of a document.

    Raises:
        BadData: when it is none.
    """
    try:
        return Questionnaire.model_validate_json(document)
    except ValidationError:
        raise BadData(
            "A questionnaire in the history cannot be read as it was written",
            mend="Run 'moodcheck history verify'",
        ) from None


def keep_document(connection: apsw.Connection, questionnaire: Questionnaire) -> str:
    """Keep the questionnaire if it is not kept yet, and return its hash."""
    document, name = _written(questionnaire)
    connection.execute("INSERT OR IGNORE INTO document VALUES (?, ?)", (name, document))
    return name


def _written(questionnaire: Questionnaire) -> tuple[str, str]:
    # An import writes thousands of sittings with few questionnaires. By identity: to compare two
    # takes longer than to write one.
    for known, document, name in _lately:
        if known is questionnaire:
            return document, name
    document = document_of(questionnaire)
    _lately.append((questionnaire, document, hash_of(document)))
    return document, _lately[-1][2]


_lately: deque[tuple[Questionnaire, str, str]] = deque(maxlen=16)
