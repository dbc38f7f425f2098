"""The beginning of a response, up to its first item → a pattern of those that differ in values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from moodcheck.batch.embedded.jsonl_alike import TEXT, escaped

_ANY_TEXT = r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt])*"'
"""What is escaped by number may be half of a character."""

_TOKEN = re.compile(rf"({_ANY_TEXT})([ \t]*:)?|([{{\[])|([}}\]])|[^\"{{}}\[\]]+")
_REFERENCE = ("subject", "reference")
_IDENTIFIER = ("subject", "identifier", "value")
_PLACES = {
    _REFERENCE: "subject",
    _IDENTIFIER: "subject",
    ("authored",): "authored",
    ("id",): "response",
    ("status",): "status",
    ("questionnaire",): "form",
}
"""Where what is known of a response as a whole stands in it, as a rule."""

_TYPE = ("resourceType",)
_INSIDE = TEXT.strip('"')


def head_pattern(text: str, wanted: Collection[str]) -> str | None:
    """Return a pattern of beginnings that are written alike; None where none tells them.

    Args:
        text: one of them.
        wanted: what of `HEADS` is read; the pattern has a group for each.
    """
    tokens = [*_tokens(text)]
    if sum(len(token) for token, _path in tokens) < len(text):
        return None
    is_referred = any(path == _REFERENCE for _token, path in tokens)
    parts, found = [], []
    for token, path in tokens:
        name = None if is_referred and path == _IDENTIFIER else _PLACES.get(path)
        if path in {(), _TYPE}:
            # A key that is escaped may be any.
            if "\\" in token:
                return None
            parts.append(escaped(token))
        elif name in wanted:
            found.append(name)
            parts.append(f'"(?P<{name}>{_INSIDE})"')
        else:
            parts.append(TEXT if name else _ANY_TEXT)
    if len({*found}) < len(found):
        return None
    absent = (f"(?P<{name}>)" for name in wanted if name not in found)
    return f"^{''.join([*parts, *absent])}$"


def _tokens(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every token, and for a text that is a value the keys that lead to it."""
    keys: list[str] = []
    for token in _TOKEN.finditer(text):
        value, colon, opens, closes = token.groups()
        if value is not None and colon is not None and keys:
            keys[-1] = value[1:-1]
        elif opens is not None:
            keys.append("")
        elif closes is not None and keys:
            keys.pop()
        is_value = value is not None and colon is None
        yield token[0], tuple(keys) if is_value else ()
