"""A run over small files, up to where its outputs lie in the spool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded.engine import CheckedRows, EmbeddedEngine
from moodcheck.batch.row_engine import BatchJob, TableFormat
from tests.unit.core.small import questionnaire

KEEPING = AnswerMap.model_validate({"schema": 1, "keep": ("note",)})
"""The three items by their names, and a column `note` that is carried along."""


def job(folder: Path, files: Mapping[str, str | bytes], **changes: Any) -> BatchJob:  # noqa: ANN401
    """Return a job over files that are written for it."""
    spool = folder / "spool"
    spool.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
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
def read(
    folder: Path,
    files: Mapping[str, str | bytes],
    *,
    piece_bytes: int = 2**20,
    workers: int = 2,
    **changes: Any,  # noqa: ANN401
) -> Iterator[CheckedRows]:
    """Read such a job; the scores are in `scores` of the folder, whatever becomes of them."""
    asked = job(folder, files, **changes)
    (folder / "scores").touch()
    engine = EmbeddedEngine(piece_bytes, workers)
    with engine.read(asked, folder / "scores", lambda _rows, _share: None) as rows:
        yield rows
