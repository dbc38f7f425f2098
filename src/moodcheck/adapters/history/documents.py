"""A questionnaire as it is kept: once for each content, so that an old sitting can be read."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import ValidationError

from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.errors import BadData

if TYPE_CHECKING:
    import apsw


def document_of(questionnaire: Questionnaire) -> str:
    """Return the questionnaire as canonical JSON: the same text for the same content."""
    tree = questionnaire.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def hash_of(document: str) -> str:
    """Return the SHA-256 of a document, in hexadecimal."""
    return sha256(document.encode()).hexdigest()


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
    document = document_of(questionnaire)
    name = hash_of(document)
    connection.execute("INSERT OR IGNORE INTO document VALUES (?, ?)", (name, document))
    return name
