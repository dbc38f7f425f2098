"""A file of alerts that an earlier run wrote."""

from __future__ import annotations

import csv
from pathlib import Path

from moodcheck.batch.output_columns import ALERT_COLUMNS
from moodcheck.errors import BadData, InputNotFound


def known_alerts(path: Path) -> list[dict[str, str]]:
    """Return the alerts in a file that have an id, and can be known again by it.

    Raises:
        InputNotFound: when the file is not there.
        BadData: when it is no file of alerts.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            is_one = tuple(reader.fieldnames or ()) == ALERT_COLUMNS
            found = [one for one in reader if one["id"]] if is_one else []
    except OSError as error:
        raise InputNotFound(
            f"The known alerts {path} cannot be read: {error.strerror}", mend="Check the name"
        ) from None
    except (ValueError, csv.Error):
        is_one = False
    if not is_one:
        raise BadData(
            f"{path} is not an alerts file written by moodcheck",
            mend="Use the alerts file of an earlier run, unchanged",
        )
    return found
