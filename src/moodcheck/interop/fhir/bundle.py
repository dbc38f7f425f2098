"""A JSON document of FHIR → the resources in it, each as a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from moodcheck.errors import BadData
from moodcheck.files.strict_json import NotStrictJsonError, parse

LARGEST = 64 * 1024 * 1024
"""Bytes of a document, which is read as a whole; more comes as NDJSON."""

_TOKEN = re.compile(rb'("(?:[^"\\]|\\[\s\S])*")[ \t\r\n]*(:?)|[{}\[\]]')
_TEXT_OR_BREAK = re.compile(rb'"(?:[^"\\]|\\[\s\S])*"|[\r\n]')
_UNSEEN = b"\x1f"
_OPENS = frozenset({b"{", b"["})
_OF_BUNDLE = (b"{", b"[", b"{")
"""What is open where a Bundle has a resource: itself, its entries, and one of them."""

_OF_ARRAY = (b"[",)
_TYPE = b'"resourceType"'
_KEY = re.compile(rb'"resourceType"[ \t\r\n]*:')


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in parts."""

    around: bytes
    """The document with `0` in place of each resource of an entry."""
    resources: tuple[bytes, ...]
    is_whole: bool
    """Whether it is closed in the end."""


def resource_lines(content: bytes, shown: str, *, is_beginning: bool = False) -> list[bytes]:
    """Return the resources of a document, each on a line without its ending.

    Args:
        content: the document; UTF-8.
        shown: what messages call it.
        is_beginning: whether it may break off.

    Raises:
        BadData: when it is no JSON, or not one document, or larger than `LARGEST`.
    """
    if len(content) > LARGEST:
        raise BadData(
            f"{shown} is one JSON document of over {LARGEST // 1024**2} MiB",
            mend="Ask for the responses as NDJSON, one on a line, as a bulk export has them",
        )
    cut = cut_apart(content)
    if not cut.is_whole and is_beginning:
        return [in_one_line(one) for one in cut.resources]
    around = _parsed(cut.around, shown)
    is_one = isinstance(around, dict) and around.get("resourceType") != "Bundle"
    every = [content.removeprefix(b"\xef\xbb\xbf").strip()] if is_one else cut.resources
    return [in_one_line(one) for one in every]


def cut_apart(content: bytes) -> Cut:
    """Return the entries of a Bundle apart from what is around them, without parsing them."""
    opened: list[bytes] = []
    keys: list[bytes] = []
    around: list[bytes] = []
    resources: list[bytes] = []
    kept = begins = ends_at = 0
    for token in _TOKEN.finditer(content):
        text, colon = token[1], token[2]
        if text is not None:
            if colon and keys:
                keys[-1] = text
            continue
        sign = token[0]
        if sign in _OPENS:
            if sign == b"{" and not ends_at and _is_place(opened, keys):
                begins, ends_at = token.start(), len(opened)
            opened.append(sign)
            keys.append(b"")
        elif opened:
            opened.pop()
            keys.pop()
            if ends_at and len(opened) == ends_at:
                resources.append(content[begins : token.end()])
                around += (content[kept:begins], b"0")
                kept, ends_at = token.end(), 0
    return Cut(b"".join((*around, content[kept:])), tuple(resources), not opened)


def _is_place(opened: list[bytes], keys: list[bytes]) -> bool:
    """Return whether what begins there is a resource of a Bundle or an array."""
    if tuple(opened) == _OF_BUNDLE:
        return keys[0] == b'"entry"' and keys[2] == b'"resource"'
    return tuple(opened) == _OF_ARRAY


def is_document(start: bytes) -> bool | None:
    """Return whether FHIR is one document, and not a resource a line; None where it is no FHIR.

    Args:
        start: how it begins: some thousand bytes.
    """
    start = start.removeprefix(b"\xef\xbb\xbf").strip()
    if start[:1] not in _OPENS or _KEY.search(start) is None:
        return None
    depth, key, kind, first = 0, b"", b"", start
    for token in _TOKEN.finditer(start):
        text = token[1]
        if text is not None and token[2]:
            key = text if depth == 1 else key
        elif text is not None:
            kind = text if depth == 1 and key == _TYPE else kind
        elif token[0] in _OPENS:
            depth += 1
        else:
            depth -= 1
        if not depth:
            first = start[: token.end()]
            break
    is_list = first[:1] == b"[" or kind == b'"Bundle"' or (depth > 0 and key == b'"entry"')
    return is_list or b"\n" in first


def in_one_line(resource: bytes) -> bytes:
    """Return a resource without ends of lines; one inside a text, where none may be, stays one."""
    if b"\n" not in resource and b"\r" not in resource:
        return resource
    return _TEXT_OR_BREAK.sub(
        lambda found: b" " if found[0] in b"\r\n" else re.sub(rb"[\r\n]", _UNSEEN, found[0]),
        resource,
    )


def _parsed(around: bytes, shown: str) -> object:
    try:
        return parse(around)
    except NotStrictJsonError as error:
        twice = f": '{error.named_twice}' is named twice" if error.named_twice else ""
        raise BadData(
            f"{shown}{'' if twice else error.place} is no JSON that can be read in one way only"
            f"{twice}",
            mend="Export it again",
        ) from None
