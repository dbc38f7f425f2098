"""Alerts that earlier runs wrote, and what tells whether one of them stands there again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from moodcheck.batch.output_columns import ALERT_COLUMNS
from moodcheck.batch.plan import FORMULA_SIGNS
from moodcheck.errors import BadData, InputNotFound

SIGNS = ("file", "record_sha256", "item", "answer")
"""What tells one alert from another: the same answer in the same record of the same file.

The record as a whole has the id and whatever else tells a sitting from the next one, such as its
day. The file tells apart what two of them may number alike, and this month's answers from last
month's where no day is written down. An item and its answer are there because a questionnaire or a
map may have changed, so that an answer is critical that was none.
"""

_LONGEST_HEADER = 1_000

OBJECT = "{…}"
"""What is read where a value of JSON has parts; all of them would be one id."""


@dataclass(frozen=True, slots=True)
class KnownAlerts:
    """What somebody has seen."""

    alerts: frozenset[tuple[str, str, str, str]] = frozenset()
    """Each by its `SIGNS`."""
    ids: frozenset[str] = frozenset()
    """What their rows are called."""
    absent: tuple[str, ...] = ()
    """The files that were named and are not there."""


def alerts_files(paths: Iterable[Path]) -> list[Path]:
    """Return files of alerts: those that are named, and every CSV file in a folder that is."""
    return [
        file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])
    ]


def holds_alerts(path: Path) -> bool:
    """Return whether there is a file of alerts, with any in it."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            header = file.readline(_LONGEST_HEADER).decode(errors="replace").strip()
            return header.split(",")[:-1] == [*ALERT_COLUMNS[:-1]] and bool(file.read(1))
    except OSError:
        return False  # whoever writes to it says why not


def read_known_alerts(paths: Iterable[Path]) -> KnownAlerts:
    """Return the alerts that earlier runs wrote.

    Args:
        paths: files, and folders of them. One that is not there holds no alerts.

    Raises:
        InputNotFound: when a file cannot be read, and it is not just that there is none.
        BadData: when one is no file of alerts, or was written before they told sittings apart.
    """
    alerts: set[tuple[str, str, str, str]] = set()
    ids: set[str] = set()
    absent = []
    for path in alerts_files(paths):
        try:
            for line in _lines(path):
                if line["record_sha256"]:
                    alerts.add(tuple(line[sign] for sign in SIGNS))  # type: ignore[arg-type]
                    ids |= _ids(line["id"])
        except FileNotFoundError:
            absent.append(str(path))
        except OSError as error:
            raise InputNotFound(
                f"The known alerts {path} cannot be read: {error.strerror}", mend="Check the name"
            ) from None
    return KnownAlerts(frozenset(alerts), frozenset(ids), tuple(absent))


def _lines(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            columns = tuple(reader.fieldnames or ())
            if columns == ALERT_COLUMNS[:-1]:
                raise BadData(
                    f"{path} was written by an earlier version of moodcheck, which did not tell "
                    "the sittings of a person apart",
                    mend="Score once without it, read every alert of that run, and name its file "
                    "of alerts from then on",
                )
            if columns == ALERT_COLUMNS:
                yield from reader
                return
    except (ValueError, csv.Error):
        pass
    raise BadData(
        f"{path} is not an alerts file written by moodcheck",
        mend="Use the alerts file of an earlier run, unchanged",
    )


def _ids(shown: str) -> set[str]:
    """Return what a row may be called that is shown like that: without the mark of a formula."""
    is_marked = shown.startswith("'") and shown[1:2] in {*FORMULA_SIGNS}
    return {shown, shown[1:]} if is_marked else {shown}
