"""A document as a PDF: tagged, so that a screen reader reads it, and the same bytes every time."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from importlib.resources import files

import typst

from moodcheck.report import pictures
from moodcheck.report.document import Bar, Block, Document
from moodcheck.report.over_time import NO_VALUE, OverTime, Point, Values
from moodcheck.report.times import day

_UNNAMED = "moodcheck"
"""Stands as the title of a document that has none: no accessible PDF is without."""

_ACCESSIBLE: typst.PDFStandard = "ua-1"
_FOR_ARCHIVES: typst.PDFStandard = "a-2a"

_COLUMNS_AT_ONCE = 12
"""How many sittings stand side by side in a table: as many as a page has room for."""

_SYSTEM_FONTS_TOO = True
"""Whether fonts of this system are asked for what those of the library cannot write."""

_LONG_WORD = re.compile(r"[^\s\"]{20}")

_UNWRITABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF file."""

    content: bytes
    unwritable: tuple[str, ...]
    """What no font here can write, in its order, each once: boxes stand for it. Where there is
    any, the file does not claim to be accessible."""


def render(document: Document, *, language: str = "en") -> Pdf:
    """Return a document as a PDF of A4 pages.

    It is PDF/UA-1; where the document has a date, PDF/A-2a as well. Letters come from the fonts
    of the library first, then from those of this system.

    Args:
        document: what is shown.
        language: of the texts, as BCP 47 has it.
    """
    data = json.dumps(_data(document), ensure_ascii=False)
    inputs = {
        "document": data,
        "language": language,
        "unnamed": _UNNAMED,
        # To look for them costs more than all else.
        "long-words": "yes" if _LONG_WORD.search(data) else "no",
    }
    standards = [_ACCESSIBLE, *([_FOR_ARCHIVES] if document.at else [])]
    try:
        return Pdf(_compiled(inputs, standards), ())
    except typst.TypstError as error:
        unwritable = tuple(dict.fromkeys(map(_unescaped, _UNWRITABLE.findall(error.diagnostic))))
        if not unwritable:
            raise
    return Pdf(_compiled(inputs, []), unwritable)


def _compiled(inputs: dict[str, str], standards: list[typst.PDFStandard]) -> bytes:
    made = typst.compile(
        _template(),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standards,
        font_paths=_fonts(with_systems=_SYSTEM_FONTS_TOO),
    )
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file, whatever its pages
    return made


def _unescaped(quoted: str) -> str:
    """Return a text as it was before the library quoted it."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), quoted)


@cache
def _fonts(*, with_systems: bool) -> typst.Fonts:
    """Return the fonts; to look for them takes as long as to set a page."""
    return typst.Fonts(include_system_fonts=with_systems)


@cache
def _template() -> bytes:
    return files(__package__ or "").joinpath("document.typ").read_bytes()


def _data(value: object) -> object:
    """Return a document, or a part of one, as plain data that the template reads."""
    match value:
        case OverTime():
            # What is drawn says all that it holds.
            return {"kind": type(value).__name__, **_drawn(value)}
        case Block():
            found = {one.name: _data(getattr(value, one.name)) for one in fields(value)}
            return {"kind": type(value).__name__, **found, **_drawn(value)}
        case tuple():
            return [_data(part) for part in value]
        case Enum():
            return value.name
        case datetime():
            return list(value.astimezone(UTC).timetuple()[:6])
        case _:
            return value


def _drawn(block: Block) -> dict[str, object]:
    match block:
        case Bar():
            said = pictures.bar_words(block)
            return {"share": pictures.share(block), "said": said}
        case OverTime():
            strips = pictures.strips(block, _COLUMNS_AT_ONCE)
            return {
                "pictures": [
                    _picture(block, row, columns)
                    for row, columns in zip(block.rows, pictures.columns(block), strict=True)
                ],
                "strips": [_strip(block, one) for one in strips],
                "legend": pictures.legend(block, _COLUMNS_AT_ONCE),
            }
        case _:
            return {}


def _picture(block: OverTime, row: Values, columns: list[pictures.Column]) -> dict[str, object]:
    return {
        "label": row.label,
        "said": pictures.values_words(block, row),
        # One path for all: to set hundreds of columns one by one takes long.
        "columns": "".join(
            f"M{one.x} {one.y}h{one.width}v{one.height}H{one.x}z" for one in columns
        ),
        "lines": [asdict(one) for one in pictures.lines(row)],
        "first": day(block.sittings[0].at),
        "last": day(block.sittings[-1].at) if len(block.sittings) > 1 else "",
    }


def _strip(block: OverTime, strip: pictures.Strip) -> dict[str, object]:
    def cell(row: Values, point: Point) -> list[object]:
        is_gap = point.value is None
        return [NO_VALUE if is_gap else point.text, row.shade_of(point)]

    return {
        "days": strip.days,
        "rows": [[cell(row, row.points[one]) for one in strip.positions] for row in block.rows],
    }
