"""Lines of FHIR that are put together of the same parts → rows, without a look at each line.

A response is its head and its items, and an item is one of few texts: as many as it has answers.
So each text of an item is read once, by the strict reader. What is left of a line is the order of
its items, and how its head is written; of each order and head the strict reader sees one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from moodcheck.batch.embedded.fhir_head import Head, head_of
from moodcheck.batch.embedded.rows import RECORD
from moodcheck.files.strict_json import NotStrictJsonError, parse_first
from moodcheck.interop.fhir.response import (
    HEADS,
    RESPONSE,
    STATUSES,
    NotAResourceError,
    Response,
    given_in,
    read_line,
    read_response,
)
from moodcheck.interop.fhir.values import Number

if TYPE_CHECKING:
    from moodcheck.batch.embedded.fhir_columns import FhirColumns
    from moodcheck.interop.fhir.answers import Meaning
    from moodcheck.interop.fhir.response import Given
    from moodcheck.interop.fhir.responses import ResponsesReader

_BEGINS = re.compile(r'\{[ \t]*"linkId"[ \t]*:')
_CLOSES = re.compile(r"[\]},\s]*")

_UNFIT = 0
"""The kind of a part that only the strict reader can judge."""

_FINE = STATUSES - {"entered-in-error"} | {""}
_MOST_HEADS = 8
_MOST_PARTS = 100_000
_MOST_SHAPES = 10_000
_LONGEST = 300
"""Items that a response may have."""

_WORTH = 10
"""Fewer lines of a kind that is new are read strictly in the same time."""

_LINE, _PART, _KIND, _HEAD, _BEGIN, _LENGTH = "line", "part", "kind", "head", "begin", "extent"


@dataclass(frozen=True, slots=True)
class _Part:
    """The text of an item, from behind the name of its first key to the next item."""

    kind: int
    """Equal where one can stand for the other: the item and what is closed after it are the same.
    """
    given: Given | None = None
    """None for a group."""
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """The parts of some lines."""

    codes: pl.DataFrame
    """The place among `known` of every part of every line, and its kind."""
    known: Sequence[_Part]
    texts: pl.Series
    """The cell that each of them is."""


@dataclass(slots=True)
class FhirAlike:
    """Reads those lines of a file that are put together of known parts."""

    reader: ResponsesReader
    columns: FhirColumns
    _heads: list[Head] = field(default_factory=list)
    _parts: dict[str, _Part] = field(default_factory=dict)
    _kinds: dict[tuple[str, ...], int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 2**31)))
    _shapes: dict[tuple[object, ...], Mapping[str, int] | None] = field(default_factory=dict)
    """Kind of head, kinds of parts → what a column is called → the place of its part."""

    def read(self, lines: pl.Series, numbers: pl.Series) -> pl.DataFrame | None:
        """Return the rows of those lines that can be read so, in no order.

        Args:
            lines: texts, none of them too long.
            numbers: of each, its number among the records.
        """
        begins = _BEGINS.search(lines[0]) if len(lines) else None
        if begins is None or self.reader.has_contained:
            return None
        rows = pl.DataFrame({RECORD: numbers, _LINE: lines})
        parts = lines.str.split(begins[0])
        length = pl.lit(parts.list.len().cast(pl.Int64) - 1)
        rows = rows.with_columns(length.alias(_LENGTH), (length.cum_sum() - length).alias(_BEGIN))
        piece = self._piece(begins[0], parts.list.slice(1).explode().drop_nulls())
        heads = self._heads_of(numbers, parts.list.first())
        rows = rows.filter(pl.col(_LENGTH).is_between(1, _LONGEST)).join(heads, on=RECORD)
        found = [
            alike
            for (length_,), some in rows.partition_by(_LENGTH, as_dict=True).items()
            for alike in self._of_length(some, int(length_), piece)
        ]
        return pl.concat(found) if found else None

    def _piece(self, begins: str, parts: pl.Series) -> _Piece:
        texts = parts.unique(maintain_order=True)
        known = [self._part(begins, text) for text in texts]
        code = parts.cast(pl.Enum(texts)).to_physical().cast(pl.UInt32)
        kinds = pl.Series([one.kind for one in known], dtype=pl.UInt32)
        cells = [one.meaning.text if one.meaning else "" for one in known]
        return _Piece(
            pl.DataFrame({_PART: code, _KIND: kinds.gather(code)}),
            known,
            pl.Series(cells, dtype=pl.String),
        )

    def _part(self, begins: str, text: str) -> _Part:
        found = self._parts.get(text)
        if found is None:
            found = self._read_part(begins, text)
            if len(self._parts) < _MOST_PARTS:
                self._parts[text] = found
        return found

    def _read_part(self, begins: str, text: str) -> _Part:
        """Return what an item is by itself, read strictly."""
        # What is escaped by number may be half of a character.
        if "\\u" in text or len(self._kinds) > _MOST_SHAPES:
            return _Part(_UNFIT)
        try:
            item, end = parse_first(begins + text, number=Number)
        except NotStrictJsonError:
            return self._group(begins, text)
        closes = text[end - len(begins) :]
        if not (isinstance(item, dict) and _CLOSES.fullmatch(closes)) or "item" in item:
            return _Part(_UNFIT)
        given, faults = given_in(item)
        meaning = self.reader.meaning(given[0]) if given and not faults else None
        if meaning is None or meaning.fault is not None:
            return _Part(_UNFIT)
        return _Part(
            self._kind("item", given[0].link, given[0].definition, closes), given[0], meaning
        )

    def _group(self, begins: str, text: str) -> _Part:
        """Return what a part is that ends where the items inside it begin."""
        try:
            item, _end = parse_first(f"{begins}{text}]}}", number=Number)
        except NotStrictJsonError:
            return _Part(_UNFIT)
        is_group = isinstance(item, dict) and item.get("item") == [] and "answer" not in item
        given, faults = given_in(item) if isinstance(item, dict) else ([], [])
        if not is_group or given or faults:
            return _Part(_UNFIT)
        return _Part(self._kind("group", text))

    def _kind(self, *signs: str) -> int:
        # Threads may ask at the same time: a number that is taken is not given again.
        return self._kinds.setdefault(signs, next(self._numbers))

    def _heads_of(self, numbers: pl.Series, heads: pl.Series) -> pl.DataFrame:
        """Return what is known of each response as a whole, where its head is of a known kind.

        What a status takes back, or answers another Questionnaire, is not among them.
        """
        left = pl.DataFrame({RECORD: numbers, _HEAD: heads})
        found = []
        for at in range(_MOST_HEADS):
            if not left.height:
                break
            if at == len(self._heads):
                if (new := head_of(left.item(0, _HEAD))) is None:
                    break
                self._heads.append(new)
            read = self._heads[at].read(left.get_column(_HEAD))
            is_like = read.get_column(HEADS[0]).is_not_null()
            is_at = pl.lit(at, pl.UInt32).alias(_HEAD)
            found.append(
                pl.concat([left.select(RECORD, is_at), read], how="horizontal").filter(is_like)
            )
            left = left.filter(~is_like)
        if not found:
            return pl.DataFrame(
                schema={RECORD: pl.UInt32, _HEAD: pl.UInt32, **dict.fromkeys(HEADS, pl.String)}
            )
        every = pl.concat(found)
        ours = [one for one in every.get_column("form").unique() if self.reader.is_one_of(one)]
        return every.filter(pl.col("status").is_in([*_FINE]), pl.col("form").is_in(ours))

    def _of_length(self, rows: pl.DataFrame, length: int, piece: _Piece) -> Iterator[pl.DataFrame]:
        """Yield the rows of responses that have so many items, kind by kind."""
        parts = [f"{_PART}{at}" for at in range(length)]
        names = [f"{_KIND}{at}" for at in range(length)]
        codes, kinds = (pl.lit(piece.codes.get_column(one)) for one in (_PART, _KIND))
        rows = rows.with_columns(
            *(codes.gather(pl.col(_BEGIN) + at).alias(part) for at, part in enumerate(parts)),
            *(kinds.gather(pl.col(_BEGIN) + at).alias(kind) for at, kind in enumerate(names)),
        )
        fit = rows.filter(pl.all_horizontal(pl.col(name) != _UNFIT for name in names))
        for key, alike in fit.partition_by([_HEAD, *names], as_dict=True).items():
            if key not in self._shapes:
                if alike.height < _WORTH or len(self._shapes) > _MOST_SHAPES:
                    continue
                first = alike.row(0, named=True)
                self._shapes[key] = self._shape(first, [piece.known[first[part]] for part in parts])
            if (places := self._shapes[key]) is not None:
                yield self._cells(alike, places, piece)

    def _shape(self, line: Mapping[str, str], parts: Sequence[_Part]) -> Mapping[str, int] | None:
        """Return where the columns of a line stand, if it is what its parts are, one by one."""
        try:
            resource = read_line(line[_LINE].encode())
        except NotAResourceError:
            return None
        response = read_response(resource) if resource["resourceType"] == RESPONSE else None
        given = tuple(one.given for one in parts if one.given is not None)
        if not isinstance(response, Response) or response.faults or response.given != given:
            return None
        if response.forms or any(response.heads[name] != line[name] for name in HEADS):
            return None
        return self._places(parts)

    def _places(self, parts: Sequence[_Part]) -> Mapping[str, int] | None:
        places: dict[tuple[str, str], int] = {}
        for at, part in enumerate(parts):
            if part.given is None or part.meaning is None:
                continue
            name = ("other", part.given.link)
            if part.meaning.item is not None:
                name = ("item", part.meaning.item)
            elif part.meaning.scale is not None:
                name = ("score", part.meaning.scale)
            if name in places:
                return None
            places[name] = at
        if not any(kind == "item" for kind, _name in places):
            return None
        named = [
            *((called, ("item", item)) for called, item in self.columns.items.items()),
            *((called, ("other", link)) for called, link in self.columns.others.items()),
            *((called, ("score", scale)) for called, scale in self.columns.stated.items()),
        ]
        return {called: places[name] for called, name in named if name in places}

    def _cells(self, rows: pl.DataFrame, places: Mapping[str, int], piece: _Piece) -> pl.DataFrame:
        texts = pl.lit(piece.texts)
        cells = {
            called: texts.gather(pl.col(f"{_PART}{at}")).alias(called)
            for called, at in places.items()
        }
        cells |= {called: pl.col(name).alias(called) for called, name in self.columns.heads.items()}
        nothing = pl.lit("", pl.String)
        return rows.select(
            RECORD, *(cells.get(one, nothing.alias(one)) for one in self.columns.called)
        )
