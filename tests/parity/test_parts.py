"""A frame gives scores, rejects, alerts and counts as the same rows in a file do."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import moodcheck
from moodcheck.batch.outcome import RowCounts
from tests.parity.engines import ENGINES, Row
from tests.parity.warehouses import warehouse
from tests.unit.core.small import questionnaire

_CRITICAL = {"item": "c", "at_least": 0}
ASKED = questionnaire(
    responses={"often": [{"value": value, "label": f"label {value}"} for value in (-2, 0, 1, 3)]},
    items=[{"id": name, "label": name, "responses": "often"} for name in "abcd"],
    scales=[
        {"id": "s", "label": "S", "method": "sum", "items": "all", "max_unanswered": 2}
        | {"missing_rule": {"name": "rule", "citation": "Nobody 1999"}, "citation": "Nobody 1999"}
        | {"bands": [{"at_least": -8, "name": "low"}, {"at_least": 7, "name": "high"}]},
        {"id": "n", "label": "N", "method": "count", "items": ["a", "c"], "at_least": 1},
    ],
    critical=[_CRITICAL],
    advice=[
        {"id": "now", "when": [_CRITICAL], "label": "Today", "text": "Please call a doctor today."},
        {"id": "anyway", "label": "Talk it over", "text": "A nurse can help."},
    ],
)
"""Two kinds of scales: every other kind is held in `test_warehouses.py`, and takes long to plan."""

CELLS = ("", "-2", "3", "9", "?")
ROWS = [
    {"id": f"p{number}", **dict(zip("abcd", cells, strict=True))}
    for number, cells in enumerate(product(CELLS, repeat=4))
    if number % 5 == 0 or number % 7 == 0
]
MAP = {"missing": {"9": "declined"}}

pytestmark = pytest.mark.filterwarnings(
    "ignore:fetch_:DeprecationWarning", "ignore:The 'future.infer_string':DeprecationWarning"
)

Kind = tuple[Callable[[pa.Table], Any], Callable[[Any], list[Row]]]


@pytest.fixture(
    params=[*(one.name for one in ENGINES), "ibis-duckdb", "ibis-sqlite", "ibis-postgres"]
)
def kind(request: pytest.FixtureRequest) -> Iterator[Kind]:
    """How a table becomes a frame, and a frame rows."""
    name: str = request.param
    if not name.startswith("ibis-"):
        (engine,) = [one for one in ENGINES if one.name == name]
        yield engine.take, engine.rows
        return
    with warehouse(name.removeprefix("ibis-")) as database:
        connected: Any = database
        yield (
            lambda table: connected.create_table("answers", table),
            lambda found: [dict(row) for row in found.to_pyarrow().to_pylist()],
        )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[Row]], RowCounts]:
    """What the command line makes of a file of these rows."""
    folder = tmp_path_factory.mktemp("files")
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*ROWS[0]])
    writer.writeheader()
    writer.writerows(ROWS)
    (folder / "answers.csv").write_text(text.getvalue(), encoding="utf-8")
    done = moodcheck.score_files(
        folder / "answers.csv", ASKED, output=folder / "s.csv", map=MAP, allow_rejects=True
    )
    read = {name: _read(Path(file)) for name, file in done.outputs.items()}
    return read, done


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [dict(row) for row in csv.DictReader(lines)]


def test_a_frame_gives_what_the_same_rows_in_a_file_give(
    kind: Kind, files: tuple[dict[str, list[Row]], RowCounts]
) -> None:
    take, rows = kind
    expected, counts = files
    columns = {name: pa.array([row[name] for row in ROWS]) for name in ROWS[0]}

    parts: Any = moodcheck.score_frame(take(pa.table(columns)), ASKED, map=MAP, parts=True)

    for name in ("scores", "rejects", "alerts"):
        found = [_as_text(row) for row in rows(getattr(parts, name))]
        wanted = [{key: row[key] for key in found[0] if key in row} for row in expected[name]]
        shown = [{key: row[key] for key in wanted[0]} for row in found]
        assert _ordered(map(_comparable, shown)) == _ordered(map(_comparable, wanted))
        assert len(wanted[0]) >= 4
    found_counts = parts.count()
    for field in fields(RowCounts):
        assert getattr(found_counts, field.name) == getattr(counts, field.name), field.name


def _as_text(row: Row) -> Row:
    return {name: "" if cell is None else str(cell) for name, cell in row.items()}


def _comparable(row: Row) -> Row:
    # Of a file, what cannot be read is quoted only where it is the first bad answer of its row.
    return row if row.get("why") != "cannot_be_read" else {**row, "answer": ""}


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: [str(cell) for cell in row.values()])
