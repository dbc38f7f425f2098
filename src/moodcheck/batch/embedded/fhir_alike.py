"""Lines of FHIR that are put together of the same parts → rows, without a look at each line.

A response is its head and its items, and an item is one of few texts: as many as it has answers.
So each text of an item is read once, by the strict reader. What is left of a line is the order of
its items, and how its head is written: its shape. Of each shape the strict reader sees one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from moodcheck.batch.embedded.fhir_head import head_pattern
from moodcheck.batch.embedded.rows import RECORD
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.files.strict_json import NotStrictJsonError, parse_first
from moodcheck.interop.fhir.response import (
    RESPONSE,
    NotAResourceError,
    Response,
    given_in,
    read_line,
    read_response,
)
from moodcheck.interop.fhir.values import Number

if TYPE_CHECKING:
    from moodcheck.batch.embedded.fhir_columns import FhirColumns, Places
    from moodcheck.interop.fhir.answers import Meaning
    from moodcheck.interop.fhir.response import Given
    from moodcheck.interop.fhir.responses import ResponsesReader

_BEGINS = re.compile(r'\{[ \t]*"linkId"[ \t]*:')
_CLOSES = re.compile(r"[\]},\s]*")

_UNFIT = 0
"""The kind of a part that only the strict reader can judge."""

_MOST_HEADS = 8
_MOST_PARTS, _LONGEST_PART = 20_000, 2_000
"""How many texts of items are remembered, and how many characters each has at most."""

_MOST_SHAPES = 10_000
_LONGEST = 300
"""Items that a response may have."""

_FIRST_LINES = 100
"""Lines among which one with items is looked for."""

_JUDGED = ("status", "form")
"""What of `HEADS` decides whether a response is read at all."""

_HEAD, _BEGIN, _LENGTH = "__head", "__begin", "__length"
_PLACE, _FIRST, _SHAPE = "__place", "__first", "__shape"

_Shape = tuple[int | None, ...]
"""For each of `FhirColumns.cells`, the place among the parts of a line of the one it is told by."""


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

    lines: pl.Series
    codes: pl.Series
    """Of every part of every line, its place among `known`."""
    known: Sequence[_Part]


@dataclass(slots=True)
class FhirAlike:
    """Reads those lines of a file that are put together of known parts."""

    reader: ResponsesReader
    columns: FhirColumns
    _heads: list[str] = field(default_factory=list)
    _parts: dict[str, _Part] = field(default_factory=dict)
    _kinds: dict[tuple[str, ...], int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 2**31)))
    _shapes: dict[tuple[int | str, ...], _Shape | None] = field(default_factory=dict)
    """Kind of head, `_JUDGED`, kinds of parts → what is known of such lines.

    None where only the strict reader can judge.
    """

    def read(self, lines: pl.Series, places: Places) -> pl.DataFrame | None:
        """Return the rows of those lines that can be read so, in no order, if there are any.

        Args:
            lines: the records, as texts.
            places: of the texts of cells; is added to.
        """
        begins = next(filter(None, map(_BEGINS.search, lines.head(_FIRST_LINES))), None)
        if begins is None or self.reader.has_contained:
            return None
        parts = lines.str.split(begins[0])
        length = pl.lit(parts.list.len().cast(pl.Int64) - 1)
        is_short = pl.lit(lines.str.len_bytes() < LONGEST)
        rows = pl.select(
            pl.int_range(1, len(lines) + 1, dtype=pl.UInt32).alias(RECORD),
            length.alias(_LENGTH),
            (length.cum_sum() - length).alias(_BEGIN),
            pl.lit(parts.list.first()).alias(_HEAD),
        ).filter(pl.col(_LENGTH).is_between(1, _LONGEST), is_short)
        headed = [*self._headed(rows)]
        if not headed:
            return None
        texts = parts.list.slice(1).explode().drop_nulls()
        distinct = texts.unique(maintain_order=True)
        codes = texts.cast(pl.Enum(distinct)).to_physical().cast(pl.UInt32)
        piece = _Piece(lines, codes, [self._part(begins[0], text) for text in distinct])
        shapes: dict[_Shape, int] = {}
        shaped = [
            self._shaped(alike, piece, shapes)
            for some in headed
            for alike in some.partition_by(_LENGTH)
        ]
        return self._cells(pl.concat(shaped), piece, [*shapes], places) if shapes else None

    def _part(self, begins: str, text: str) -> _Part:
        found = self._parts.get(text)
        if found is None:
            found = self._read_part(begins, text)
            if len(self._parts) < _MOST_PARTS and len(text) <= _LONGEST_PART:
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

    def _headed(self, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Yield rows with what is known of each as a whole, for every known kind of head."""
        wanted = sorted({*self.columns.heads.values(), *_JUDGED})
        for at in range(_MOST_HEADS):
            if not rows.height:
                return
            if at == len(self._heads):
                if (new := head_pattern(rows.item(0, _HEAD), wanted)) is None:
                    return
                self._heads.append(new)
            is_at = pl.lit(at, pl.UInt32).alias(_HEAD)
            told = pl.col(_HEAD).str.extract_groups(self._heads[at]).struct.unnest()
            read = rows.select(RECORD, _LENGTH, _BEGIN, is_at, told)
            is_like = read.get_column(_JUDGED[0]).is_not_null()
            yield read.filter(is_like).select(RECORD, _LENGTH, _BEGIN, _HEAD, *wanted)
            rows = rows.filter(~is_like)

    def _shaped(self, rows: pl.DataFrame, piece: _Piece, shapes: dict[_Shape, int]) -> pl.DataFrame:
        """Return those of the rows, all of one length, whose shape is known, with its number.

        Args:
            rows: as `_headed` has them.
            piece: what they are put together of.
            shapes: those of this piece, with their numbers; is added to.
        """
        kinds = pl.Series([one.kind for one in piece.known], dtype=pl.UInt32)
        of_parts = pl.lit(kinds.gather(piece.codes))
        names = [f"__kind{at}" for at in range(rows.item(0, _LENGTH))]
        signs = (of_parts.gather(pl.col(_BEGIN) + at).alias(name) for at, name in enumerate(names))
        key = [_HEAD, *_JUDGED, *names]
        place = pl.int_range(pl.len(), dtype=pl.UInt32).alias(_PLACE)
        groups = rows.lazy().select(_HEAD, *_JUDGED, *signs, place).group_by(key)
        found = groups.agg(_PLACE, pl.first(_PLACE).alias(_FIRST)).collect()
        numbers = []
        for *sign, first in found.select(*key, _FIRST).iter_rows():
            known = tuple(sign)
            if known not in self._shapes and len(self._shapes) < _MOST_SHAPES:
                self._shapes[known] = self._shape(rows.row(first, named=True), piece)
            shape = self._shapes.get(known)
            numbers.append(None if shape is None else shapes.setdefault(shape, len(shapes)))
        number = pl.Series(_SHAPE, numbers, dtype=pl.UInt32)
        every = found.select(_PLACE, number).drop_nulls(_SHAPE).explode(_PLACE)
        return rows[every.get_column(_PLACE)].hstack([every.get_column(_SHAPE)])

    def _shape(self, row: Mapping[str, Any], piece: _Piece) -> _Shape | None:
        """Return the shape of a line, if it is what its parts are, one by one."""
        codes = piece.codes.slice(row[_BEGIN], row[_LENGTH])
        parts = [piece.known[code] for code in codes]
        if any(one.kind == _UNFIT for one in parts) or not self.reader.is_one_of(row["form"]):
            return None
        try:
            resource = read_line(piece.lines[row[RECORD] - 1].encode())
        except NotAResourceError:
            return None
        response = read_response(resource) if resource["resourceType"] == RESPONSE else None
        given = tuple(one.given for one in parts if one.given is not None)
        if not isinstance(response, Response) or response.faults or response.given != given:
            return None
        if response.forms or any(
            row.get(name, text) != text for name, text in response.heads.items()
        ):
            return None
        return self._places(parts)

    def _places(self, parts: Sequence[_Part]) -> _Shape | None:
        found: dict[tuple[str, str], int] = {}
        for at, part in enumerate(parts):
            if part.given is None or part.meaning is None:
                continue
            name = ("other", part.given.link)
            if part.meaning.item is not None:
                name = ("item", part.meaning.item)
            elif part.meaning.scale is not None:
                name = ("score", part.meaning.scale)
            if name in found:
                return None
            found[name] = at
        if not any(kind == "item" for kind, _name in found):
            return None
        columns = self.columns
        named = {
            **{called: ("item", item) for called, item in columns.items.items()},
            **{called: ("other", link) for called, link in columns.others.items()},
            **{called: ("score", scale) for called, scale in columns.stated.items()},
        }
        return tuple(
            found.get(named[called]) if called in named else None for called in columns.cells
        )

    def _cells(
        self, rows: pl.DataFrame, piece: _Piece, shapes: Sequence[_Shape], places: Places
    ) -> pl.DataFrame:
        """Return rows with the places of their cells, as `FhirColumns.schema` has it."""
        texts = [one.meaning.text if one.meaning is not None else "" for one in piece.known]
        of_known = pl.Series(
            [places.setdefault(one, len(places)) for one in texts], dtype=pl.UInt32
        )
        of_parts = pl.lit(of_known.gather(piece.codes))
        cells = []
        for called, ats in zip(self.columns.cells, zip(*shapes, strict=True), strict=True):
            at = pl.lit(pl.Series(ats, dtype=pl.Int64)).gather(pl.col(_SHAPE))
            cells.append(of_parts.gather(pl.col(_BEGIN) + at).fill_null(0).alias(called))
        heads = (pl.col(name).alias(called) for called, name in self.columns.heads.items())
        return rows.select(RECORD, *heads, *cells)
