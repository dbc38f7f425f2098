"""A sheet of an Excel workbook → its rows as texts, as the author of the file sees them.

Read by openpyxl, row by row: it keeps what a cell with an error shows, takes little memory for a
sheet that claims to be large, and refuses entities. Needs the part `excel`.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from moodcheck.batch.tables.as_csv import cell_text
from moodcheck.batch.tables.strict_csv import LONGEST
from moodcheck.errors import BadData, UsageError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

NOT_CALCULATED = "#not calculated"
"""Stands for a formula whose result no program has put into the file; never an answer."""

DIGITS_LOST = "#digits lost"
"""Stands before a number too large for a double to hold all its digits, which is no one's id."""

_EXACT = 2**53
"""From it on, a double stands for several whole numbers."""

_MOST_ROWS = 1_048_576
"""Excel has no more."""

_MOST_BYTES = 64 * 1024 * 1024
"""What is unpacked into memory as a whole, at most: texts, styles, names."""

_SHEETS = "xl/worksheets/"


def sheet_rows(path: Path, sheet: str | None, shown: str) -> Generator[list[str]]:
    """Yield the rows of a sheet that are written in the file, blank ones as well.

    Args:
        path: the workbook.
        sheet: the name of the sheet; None where there is only one.
        shown: what messages call the file.

    Raises:
        BadData: when it is damaged, larger than any table of answers, or no workbook.
        UsageError: when there are several sheets and none is named, or none has that name.
        OSError: when it cannot be read.
    """
    # It warns of styles and checks that it does not know, which decide nothing here.
    warnings.filterwarnings("ignore", module="openpyxl")
    with path.open("rb") as file:
        try:
            _refuse_bomb(file, shown)
            yield from _rows(file, sheet, shown)
        except (BadData, UsageError, OSError):
            raise
        except Exception:  # noqa: BLE001 - whatever a part of it raises, the file is not whole
            raise BadData(
                f"{shown} is damaged, or no Excel workbook, and nothing was scored",
                mend="Open it in a spreadsheet, and save it again as .xlsx",
            ) from None


def _refuse_bomb(file: BinaryIO, shown: str) -> None:
    with zipfile.ZipFile(file) as parts:
        if "xl/workbook.xml" not in parts.namelist():
            raise BadData(
                f"{shown} is a zip archive, and no Excel workbook (.xlsx)",
                mend="Unpack it, or save the table as .xlsx or CSV",
            )
        for part in parts.infolist():
            if part.file_size > _MOST_BYTES and not part.filename.startswith(_SHEETS):
                raise BadData(
                    f"{shown} has a part that would take over {_MOST_BYTES:,} bytes of memory",
                    mend="Save the sheet as CSV, and score that",
                )


def _rows(file: BinaryIO, sheet: str | None, shown: str) -> Iterator[list[str]]:
    # Not `load_workbook`: it looks for the size of each sheet, however far it has to read.
    reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    part = _part_of(reader, sheet, shown)
    with reader.archive.open(part) as source:
        parser = _Parser(
            _Bounded(source, shown),
            reader.shared_strings,
            data_only=True,
            epoch=reader.wb.epoch,
            date_formats=reader.wb._date_formats,  # noqa: SLF001 - where they are left
            timedelta_formats=reader.wb._timedelta_formats,  # noqa: SLF001
        )
        for count, (_number, cells) in enumerate(parser.parse()):
            if count == _MOST_ROWS:
                raise BadData(f"{shown} has more rows than Excel has", mend="Save it as CSV")
            row: list[str] = []
            for cell in cells:
                row += [""] * (cell["column"] - 1 - len(row))
                row.append(cell_text(cell["value"]))
            yield row


def _part_of(reader: ExcelReader, name: str | None, shown: str) -> str:
    """Return the part of the archive that holds a sheet."""
    every: dict[str, str] = {
        sheet.name: rel.target
        for sheet, rel in reader.parser.find_sheets()
        if rel.target in reader.valid_files and "chartsheet" not in rel.Type
    }
    if not every:
        raise BadData(f"{shown} has no sheet", mend="Save it again in a spreadsheet")
    if name is None and len(every) == 1:
        return next(iter(every.values()))
    if name in every:
        return every[name]
    names = ", ".join(every)
    if name is None:
        raise UsageError(f"{shown} has several sheets: {names}", mend="Name one with --sheet")
    hint = did_you_mean(name, [*every])
    raise UsageError(f"{shown} has no sheet of that name", mend=f"{hint}It has: {names}")


class _Parser(WorkSheetParser):  # type: ignore[misc]  # has no types
    """Tells a formula without a result from an empty cell, and numbers that lost digits."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            is_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
            cell["value"] = "" if is_text else NOT_CALCULATED
        value = cell["value"]
        if isinstance(value, float) and abs(value) >= _EXACT:
            cell["value"] = f"{DIGITS_LOST}: {value!r}"
        return cell


class _Bounded:
    """What is read of a sheet; refused where a single cell would fill the memory."""

    def __init__(self, source: BinaryIO, shown: str) -> None:
        self._source, self._shown, self._since_tag = source, shown, 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        block = self._source.read(size)
        at = block.rfind(b"<")
        self._since_tag = self._since_tag + len(block) if at < 0 else len(block) - at
        if self._since_tag > 2 * LONGEST:
            raise BadData(
                f"{self._shown} has a cell of over {LONGEST:,} bytes, and nothing was scored",
                mend="Shorten it, or save the sheet as CSV",
            )
        return block
