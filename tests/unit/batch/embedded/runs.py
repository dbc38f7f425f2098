"""A run over small files, up to where its rows lie in the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded.connection import opened
from moodcheck.batch.embedded.engine import DuckDBEngine, StagedRows
from moodcheck.batch.embedded.layout import Layout
from moodcheck.batch.embedded.staging import Scan, stage
from moodcheck.batch.row_engine import BatchJob, TableFormat
from moodcheck.batch.row_reading import row_reading
from tests.unit.core.small import questionnaire

if TYPE_CHECKING:
    import duckdb

KEEPING = AnswerMap.model_validate({"schema": 1, "keep": ("note",)})
"""The three items by their names, and a column `note` that is carried along."""


def job(folder: Path, files: Mapping[str, str], **changes: Any) -> BatchJob:  # noqa: ANN401
    """Return a job over files that are written for it."""
    spool = folder / "spool"
    spool.mkdir()
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    usual: dict[str, Any] = {
        "questionnaire": questionnaire(),
        "answer_map": None,
        "inputs": tuple(str(folder / name) for name in files),
        "table_format": TableFormat.CSV,
        "notice": "No diagnosis.",
        "is_exact": False,
        "checks_ids": True,
        "known_alerts": None,
        "spool": spool,
    }
    return BatchJob(**(usual | changes))


@contextmanager
def read(folder: Path, files: Mapping[str, str], **changes: Any) -> Iterator[StagedRows]:  # noqa: ANN401
    """Read such a job with the engine."""
    with DuckDBEngine().read(job(folder, files, **changes), lambda _rows, _share: None) as rows:
        yield rows


def layout(answer_map: AnswerMap | None = None, **changes: object) -> Layout:
    """Return the layout of rows with an id and the items of the small questionnaire."""
    asked = questionnaire(**changes)
    reading = row_reading(asked, answer_map, ("id", "a", "b", "c", "note"), where="f.csv")
    return Layout(asked, reading)


@contextmanager
def staged(spool: Path, source: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection whose table has the rows of a query for `id`, `a`, `b` and `c`."""
    with opened(spool) as connection:
        connection.execute(layout().create())
        stage(connection, layout(), Scan(f"({source})", ("id", "a", "b", "c"), file=0))
        yield connection
