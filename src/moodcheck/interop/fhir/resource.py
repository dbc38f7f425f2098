"""A file → the FHIR resource in it, as strict JSON, or why there is none."""

from __future__ import annotations

from typing import Any

from moodcheck.errors import BadData
from moodcheck.files.strict_json import NotStrictJsonError, parse

_AS_JSON = "Ask for the resource as JSON of FHIR R4"


def is_fhir(content: bytes) -> bool:
    """Return whether a file looks like FHIR: JSON or XML, whatever is in it."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"<"}


def read_resource(shown: str, content: bytes) -> dict[str, Any]:
    """Return the JSON object that a file holds.

    Args:
        shown: what messages call the file.
        content: UTF-8.

    Raises:
        BadData: when it is XML, no JSON, or JSON of which not only one thing could be meant.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise BadData(f"{shown} is XML, and moodcheck reads FHIR as JSON", mend=_AS_JSON)
    try:
        resource = parse(content)
    except NotStrictJsonError as error:
        twice = f"'{error.named_twice}' is named twice in one object"
        why = twice if error.named_twice else "this is not one JSON document in UTF-8"
        raise BadData(f"{shown}{error.place} cannot be read: {why}", mend=_AS_JSON) from None
    if not isinstance(resource, dict):
        raise BadData(f"{shown} holds no FHIR resource", mend=_AS_JSON)
    return resource
