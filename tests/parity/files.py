"""Files of answers for the engines that read files, and what those make of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
from hypothesis import strategies as st

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.known_alerts import KnownAlerts
from moodcheck.batch.outcome import BatchReport
from moodcheck.batch.row_engine import BatchJob, RowEngine, TableFormat
from moodcheck.batch.run import Outputs, score_files
from moodcheck.core.questionnaire import Questionnaire
from tests.parity.oracle import Bad, Row
from tests.shipped import LANGUAGE

BAD_TEXTS = (
    "3.5",
    " 1",
    "1 ",
    "01",
    "+1",
    "1.0",
    "true",
    "NaN",
    "one",
    "1e0",
    "-0",
    "\u0661",
    "9999",
)
"""Texts that some reader somewhere takes for a number, and that no item offers."""


@dataclass(frozen=True)
class Outcome:
    """What a run wrote and said."""

    report: BatchReport
    scores: list[dict[str, Any]]
    rejects: list[dict[str, str]]
    alerts: list[dict[str, str]]


def scored(
    engine: RowEngine,
    questionnaire: Questionnaire,
    file: Path | list[Path],
    answer_map: AnswerMap | None = None,
    known: KnownAlerts | None = None,
) -> Outcome:
    """Return what an engine makes of a file, or of several; outputs lie beside the first."""
    files = [file] if isinstance(file, Path) else file
    folder = files[0].parent
    spool = folder / "spool"
    spool.mkdir(exist_ok=True)
    outputs = Outputs(folder / "out.parquet", folder / "rejects.csv", folder / "alerts.csv")
    job = BatchJob(
        questionnaire=questionnaire,
        answer_map=answer_map,
        inputs=tuple(map(str, files)),
        table_format=TableFormat.PARQUET,
        notice=LANGUAGE.batch.notice,
        is_exact=False,
        checks_ids=False,
        known_alerts=known,
        spool=spool,
    )
    report = score_files(job, engine, outputs, lambda _rows, _share: None)
    is_scored = "scores" in report.outputs
    scores = pyarrow.parquet.read_table(folder / "out.parquet").to_pylist() if is_scored else []
    return Outcome(report, scores, _read(folder / "rejects.csv"), _read(folder / "alerts.csv"))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(rows: Sequence[Mapping[str, str | None]]) -> bytes:
    """Return rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*rows[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_jsonl(rows: Sequence[Mapping[str, str | None]]) -> bytes:
    """Return rows as JSON Lines: whole numbers as numbers, blanks as null."""
    return "".join(
        json.dumps({k: _json(v) for k, v in row.items()}) + "\n" for row in rows
    ).encode()


def _json(cell: str | None) -> object:
    if not cell:
        return None
    is_whole = cell.removeprefix("-").isdecimal() and cell.isascii()
    return int(cell) if is_whole and str(int(cell)) == cell else cell


def as_parquet(rows: Sequence[Mapping[str, str | None]]) -> bytes:
    """Return rows as Parquet, every column text."""
    buffer = io.BytesIO()
    columns = {name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]}
    pyarrow.parquet.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


KINDS: dict[str, Callable[[Sequence[Mapping[str, str | None]]], bytes]] = {
    "csv": as_csv,
    "jsonl": as_jsonl,
    "parquet": as_parquet,
}


@dataclass(frozen=True)
class Texts:
    """Rows of text, and what is in them."""

    questionnaire: Questionnaire
    rows: tuple[Row, ...]

    @property
    def cells(self) -> list[dict[str, str | None]]:
        return [
            {"id": f"p{number}", **{name: _text(given) for name, given in row.items()}}
            for number, row in enumerate(self.rows)
        ]


def _text(given: int | Bad | None) -> str:
    match given:
        case Bad():
            return str(given.content)
        case None:
            return ""
    return str(given)


@st.composite
def texts(draw: st.DrawFn, questionnaires: st.SearchStrategy[Questionnaire]) -> Texts:
    """Full rows, rows with blanks, and rows with texts that were never offered."""
    questionnaire = draw(questionnaires)
    asked = [item.id for item in questionnaire.items]
    if any(c.item == "why" for rule in questionnaire.advice for c in rule.conditions):
        asked.append("why")  # a context item that advice looks at
    offered = {
        name: st.sampled_from([option.value for option in questionnaire.options(name)])
        for name in asked
    }
    blank, bad = st.none(), st.sampled_from(BAD_TEXTS).map(Bad)
    kinds: list[dict[str, st.SearchStrategy[int | Bad | None]]] = [
        {name: st.one_of(cell) for name, cell in offered.items()},
        {name: st.one_of(cell, blank) for name, cell in offered.items()},
        {name: st.one_of(cell, blank, bad) for name, cell in offered.items()},
    ]
    row = st.one_of([st.fixed_dictionaries(kind) for kind in kinds])
    return Texts(questionnaire, tuple(draw(st.lists(row, min_size=1, max_size=8))))
