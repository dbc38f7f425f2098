"""A questionnaire as it is kept and exported: canonical JSON, named by the hash of its content."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


def tree_of(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the questionnaire as plain data, with what was written in its file and no more."""
    return questionnaire.model_dump(mode="json", by_alias=True, exclude_unset=True)


def document_of(questionnaire: Questionnaire) -> str:
    """Return the questionnaire as canonical JSON: the same text for the same content."""
    tree = tree_of(questionnaire)
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def hash_of(document: str) -> str:
    """Return the SHA-256 of a document, in hexadecimal."""
    return sha256(document.encode()).hexdigest()
