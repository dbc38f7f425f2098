"""The beginning of a response, up to its first item → a pattern of those that differ in values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from moodcheck.batch.embedded.jsonl_alike import TEXT, escaped
from moodcheck.interop.fhir.response import HEADS

_TOKEN = re.compile(rf"({TEXT})([ \t]*:)?|([{{\[])|([}}\]])|[^\"{{}}\[\]]+")
_PLACES = {
    ("subject", "reference"): "subject",
    ("authored",): "authored",
    ("id",): "response",
    ("status",): "status",
    ("questionnaire",): "form",
}
"""Where what is known of a response as a whole stands in it, as a rule."""

_TYPE = ("resourceType",)
_INSIDE = TEXT.strip('"')


@dataclass(frozen=True, slots=True)
class Head:
    """Beginnings that are written alike."""

    pattern: str
    """Of all of it, with a group for each of `HEADS` that is there."""
    names: tuple[str, ...]

    def read(self, heads: pl.Series) -> pl.DataFrame:
        """Return the columns `HEADS`; all of them null for a beginning of another kind."""
        found = heads.str.extract_groups(self.pattern).struct.unnest()
        is_like = pl.col(self.names[0]).is_not_null()
        return found.select(
            (pl.col(name) if name in self.names else pl.when(is_like).then(pl.lit(""))).alias(name)
            for name in HEADS
        )


def head_of(text: str) -> Head | None:
    """Return the kind of a beginning; None where it is not told by a pattern."""
    parts, names = [], []
    for token, path in _tokens(text):
        name = _PLACES.get(path)
        if path in {(), _TYPE}:
            parts.append(escaped(token))
        elif name is None:
            parts.append(TEXT)
        else:
            names.append(name)
            parts.append(f'"(?P<{name}>{_INSIDE})"')
    if not names or len(set(names)) < len(names) or "\\" in text:
        return None
    return Head(f"^{''.join(parts)}$", tuple(names))


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
