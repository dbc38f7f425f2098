"""A JSON document of FHIR → the resources in it, each as a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from moodcheck.errors import BadData
from moodcheck.files.strict_json import NotStrictJsonError, parse

LARGEST = 64 * 1024 * 1024
"""Bytes of a document, which is read as a whole; more comes as NDJSON."""

_MOST_AROUND, _MOST_STEPS = 16 * 1024 * 1024, 3_000_000
"""Bytes of a document that are in none of its resources, and signs in them.

They are read sign by sign, and take many times as many bytes in memory.
"""

_DEEPEST = 10_000
_USUAL, _FEW = 40, 16
"""Levels of a value that are matched at once: those of all that is read, and inside deeper ones."""

# None of these tries twice what it matched: what is never closed would take for ever.
_TEXT = rb'"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+"'
_BARE = rb'[^"{}\[\]]*+'
_TOKEN = re.compile(rb'(%s)[ \t\r\n]*+(:?)|["{}\[\]]' % _TEXT)
_NEXT_SIGN = re.compile(rb'%s(?:%s%s)*+(["{}\[\]])' % (_BARE, _TEXT, _BARE))
_TEXT_OR_BREAK = re.compile(rb"%s|[\r\n]" % _TEXT)
_BREAKS_BETWEEN_TEXTS = re.compile(rb'[^"]*+(?:"[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+"[^"]*+)*+')
_WITHOUT_BREAKS = bytes.maketrans(b"\r\n", b"  ")
_AS_LINES = "Ask for the responses as NDJSON, one on a line, as a bulk export has them"
_UNSEEN = b"\x1f"
_OPENS = frozenset({b"{", b"["})
_OF_BUNDLE = (b"{", b"[", b"{")
"""What is open where a Bundle has a resource: itself, its entries, and one of them."""

_OF_ARRAY = (b"[",)
_ENTRY, _TYPE = b'"entry"', b'"resourceType"'
_KEY = re.compile(rb'"resourceType"[ \t\r\n]*:')


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in parts."""

    around: bytes | None
    """The document with `0` in place of each resource of an entry; None where that is too much."""
    resources: Sequence[bytes]
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
            mend=_AS_LINES,
        )
    cut = cut_apart(content)
    if cut.is_whole:
        around = _parsed(cut, shown)
        is_one = isinstance(around, dict) and around.get("resourceType") != "Bundle"
        every = [content.removeprefix(b"\xef\xbb\xbf").strip()] if is_one else cut.resources
    elif is_beginning:
        every = cut.resources
    else:
        raise _no_json(shown)
    return [in_one_line(one) for one in every]


def cut_apart(content: bytes) -> Cut:
    """Return the entries of a Bundle apart from what is around them, without parsing them."""
    opened: list[bytes] = []
    keys: list[bytes] = []
    around = bytearray()
    resources: list[bytes] = []
    kept = at = steps = 0
    while (token := _TOKEN.search(content, at)) is not None:
        at, sign = token.end(), token[0]
        steps += 1
        if steps > _MOST_STEPS or len(around) + at - kept > _MOST_AROUND:
            return Cut(None, resources, is_whole=True)
        if token[1] is not None:
            if token[2] and keys:
                keys[-1] = token[1]
        elif sign in _OPENS and _leads_to_place(opened, keys, sign):
            opened.append(sign)
            keys.append(b"")
        elif sign in _OPENS:
            begins, at = token.start(), _end(content, token.start())
            if at and sign == b"{" and _is_place(opened, keys):
                around += content[kept:begins] + b"0"
                resources.append(content[begins:at])
                kept = at
        elif opened and sign != b'"':
            opened.pop()
            keys.pop()
        if not at or sign == b'"':
            return Cut(b"", resources, is_whole=False)
    around += content[kept:]
    is_little = len(around) <= _MOST_AROUND
    return Cut(bytes(around) if is_little else None, resources, is_whole=not opened)


def _is_place(opened: list[bytes], keys: list[bytes]) -> bool:
    """Return whether an object that begins there is a resource of a Bundle or an array."""
    if tuple(opened) == _OF_BUNDLE:
        return keys[0] == _ENTRY and keys[2] == b'"resource"'
    return tuple(opened) == _OF_ARRAY


def _leads_to_place(opened: list[bytes], keys: list[bytes], sign: bytes) -> bool:
    """Return whether a resource may be in what begins there, and not be all of it."""
    inside = (*opened, sign)
    return not opened or (keys[0] == _ENTRY and inside == _OF_BUNDLE[: len(inside)])


def _end(content: bytes, begins: int) -> int:
    """Return where the object or array ends that begins there; 0 where it does not."""
    at, depth = begins, 0
    while depth <= _DEEPEST:
        # Only where more levels are open does it take a step of Python for each.
        value = _value(_FEW if depth else _USUAL).match(content, at)
        if value is not None:
            at = value.end()
        else:
            at += 1
            depth += 1
        is_open = False
        while depth and not is_open:
            sign = _NEXT_SIGN.match(content, at)
            if sign is None or sign[1] == b'"':
                return 0
            is_open = sign[1] in _OPENS
            at = sign.end() - is_open
            depth -= not is_open
        if not depth:
            return at
    return 0


@cache
def _value(levels: int) -> re.Pattern[bytes]:
    """Return a pattern of an object or an array that is nested so many levels deep at most."""
    inside = _TEXT
    for _ in range(levels):
        value = rb"[{\[]%s(?:(?:%s)%s)*+[}\]]" % (_BARE, inside, _BARE)
        inside = rb"%s|%s" % (_TEXT, value)
    return re.compile(value)


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
        elif token[0] == b'"':
            break
        else:
            depth += 1 if token[0] in _OPENS else -1
        if not depth:
            first = start[: token.end()]
            break
    is_list = first[:1] == b"[" or kind == b'"Bundle"' or (depth > 0 and key == _ENTRY)
    return is_list or b"\n" in first


def in_one_line(resource: bytes) -> bytes:
    """Return a resource without ends of lines; one inside a text, where none may be, stays one."""
    if b"\n" not in resource and b"\r" not in resource:
        return resource
    if _BREAKS_BETWEEN_TEXTS.fullmatch(resource) is not None:
        return resource.translate(_WITHOUT_BREAKS)
    return _TEXT_OR_BREAK.sub(
        lambda found: b" " if found[0] in b"\r\n" else re.sub(rb"[\r\n]", _UNSEEN, found[0]),
        resource,
    )


def _parsed(cut: Cut, shown: str) -> object:
    if cut.around is None:
        raise BadData(
            f"{shown} is one large JSON document, and too much of it is not in the resources of a "
            "Bundle",
            mend=_AS_LINES,
        )
    try:
        return parse(cut.around)
    except NotStrictJsonError as error:
        raise _no_json(shown, error) from None


def _no_json(shown: str, why: NotStrictJsonError | None = None) -> BadData:
    place, twice = "", ""
    if why is not None and why.named_twice:
        twice = f": '{why.named_twice}' is named twice"
    elif why is not None:
        place = why.place
    return BadData(
        f"{shown}{place} is no JSON that can be read in one way only{twice}",
        mend="Export it again",
    )
