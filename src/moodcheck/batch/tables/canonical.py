"""Records that were read strictly, written so that no engine can misread them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from moodcheck.batch.tables.strict_csv import Record
from moodcheck.errors import IOFailed
from moodcheck.files.private_file import open_private


def write_canonical(
    records: Iterable[Record], picked: Sequence[int], good: Path, broken: Path
) -> None:
    """Write each whole record to `good` and each rejected one to `broken`, 0600, no header.

    Args:
        records: what a strict reader yields.
        picked: which cells are wanted, by their place in the record.
        good: gets the record's number and the picked cells, every one of them quoted.
        broken: gets the record's number, the reason and the record as it stood.

    Raises:
        IOFailed: when there is no room.
    """
    try:
        with _opened(good) as good_file, _opened(broken) as broken_file:
            keep = csv.writer(good_file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            leave = csv.writer(broken_file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            for record in records:
                if record.rejected is None:
                    keep.writerow([record.number, *(record.cells[place] for place in picked)])
                else:
                    leave.writerow([record.number, record.rejected.value, record.raw])
    except OSError as error:
        raise IOFailed(
            f"The temporary copy could not be written: {error.strerror}",
            mend="Choose a folder with more room with --spool",
        ) from None


def _opened(path: Path) -> IO[str]:
    return TextIOWrapper(open_private(path), encoding="utf-8", errors="replace", newline="")
