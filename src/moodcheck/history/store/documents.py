"""A questionnaire as it is kept: once for each content, so that an old sitting can be read."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from moodcheck.core.questionnaire import Questionnaire
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
    name, content = questionnaire.content_hash, questionnaire.canonical_json
    connection.execute("INSERT OR IGNORE INTO document VALUES (?, ?)", (name, content))
    return name
