"""Processes beside this one do what threads here do, and nobody needs them to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded import engine
from moodcheck.batch.embedded.crew import Beside, Crew, HandLost
from moodcheck.batch.embedded.inputs import inputs_of
from moodcheck.batch.embedded.work import Done, Worker
from moodcheck.batch.row_engine import TableFormat
from tests import fhir
from tests.unit.batch.embedded.runs import KEEPING, job, read
from tests.unit.batch.embedded.test_reading import FILES

if TYPE_CHECKING:
    from moodcheck.batch.embedded.table import Piece

LONG = AnswerMap.model_validate(
    {"schema": 1, "id": ("id",), "long": {"item": "item", "value": "value"}}
)
LONG_FILE = "id,item,value\np1,a,3\np1,b,0\np1,c,9\np2,a,0\np2,b,\np2,c,1\n"

KINDS = [*FILES, "long.csv", "rows.parquet", "nameless.csv", "numberless.csv", "fhir.ndjson"]


@contextmanager
def beside(
    folder: Path, name: str, content: str | bytes, **changes: object
) -> Iterator[tuple[Beside[Done], Worker, Sequence[Piece]]]:
    """Give a process, a worker here, and the pieces of a file for both."""
    asked = job(folder, {name: content}, **changes)
    with ExitStack() as opened:
        (one,) = inputs_of(asked, opened)
        process: Beside[Done] = Beside(partial(Worker, one.plan, asked))
        opened.callback(process.end)
        yield process, Worker(one.plan, asked), [*one.pieces(40)]


def said(done: Done) -> tuple[object, ...]:
    """Return all that is said of some pieces."""
    scores = done.scores
    tables = [scores] if isinstance(scores, pl.DataFrame) else []
    if not isinstance(scores, pa.Buffer | pl.DataFrame):
        tables = [scores.carried, *(one.columns() for one in scores.said)]
    checked = done.checked
    written = [one.write_csv() for one in (checked.alerts, checked.rejects, *tables)]
    text = scores.to_pybytes() if isinstance(scores, pa.Buffer) else b""
    ids = [one.to_list() for one in checked.tally.ids]
    return (text, written, checked.records, done.broken, ids, replace(checked.tally, ids=[]))


# A process takes a while to start: each format is written of some of the kinds.
@pytest.mark.parametrize(("name", "table_format"), [*zip(KINDS, cycle(TableFormat), strict=False)])
def test_a_process_says_of_every_kind_of_file_what_is_said_here(
    name: str, table_format: TableFormat, tmp_path: Path
) -> None:
    content, said_of_it = FILES.get(name, LONG_FILE), LONG if name == "long.csv" else None
    if name == "spanning.csv":
        said_of_it = KEEPING
    if name in {"nameless.csv", "numberless.csv"}:
        content = "a,b,c\n0,1,2\n3,3,9\n"
    if name == "rows.parquet":
        pl.DataFrame({"id": ["p1", "p2"], "a": [3, 0], "b": [0, 9], "c": [1, None]}).write_parquet(
            tmp_path / "made.parquet"
        )
        content = (tmp_path / "made.parquet").read_bytes()
    changes: dict[str, Any] = {"answer_map": said_of_it, "table_format": table_format}
    if name == "fhir.ndjson":
        one = fhir.response(fhir.items_of([3, 2, 1, 0, None, 0, 1, 2, 3]))
        content = fhir.ndjson(one, {"resourceType": "Patient"})
        changes["questionnaire"] = fhir.PHQ_9
    with beside(tmp_path, name, content, **changes) as (process, here, pieces):
        assert process.is_ready.result()
        for piece in pieces:
            assert said(process.begin([piece]).result()) == said(here.work([piece]))
        assert said(process.begin(pieces).result()) == said(here.work(pieces))


def test_what_a_process_leaves_undone_is_done_here(tmp_path: Path) -> None:
    with beside(tmp_path, "plain.csv", FILES["plain.csv"]) as (process, here, pieces):
        crew: Crew[Done] = Crew(lambda: here, 1)
        crew._beside.append(process)
        assert process.is_ready.result()
        parts: list[Any] = [[(None, piece) for piece in pieces]] * 4
        first = [said(done) for _, done in crew.each(parts)]
        process._process.kill()
        others = [said(done) for _, done in crew.each(parts)]
        with pytest.raises(HandLost):
            process.begin(pieces).result()

        assert first + others == [said(here.work(pieces))] * 8


def test_parts_are_given_back_in_their_order_whoever_did_them(tmp_path: Path) -> None:
    with beside(tmp_path, "plain.csv", FILES["plain.csv"]) as (process, here, pieces):
        crew: Crew[Done] = Crew(lambda: here, 1)
        crew._beside.append(process)
        assert process.is_ready.result()
        parts: list[Any] = [[(number, pieces[0])] * (1 + number % 3) for number in range(20)]
        done = [(part, said(one)) for part, one in crew.each(parts)]

        assert done == [(part, said(here.work([piece for _, piece in part]))) for part in parts]


def test_a_process_that_nobody_speaks_to_any_more_ends(tmp_path: Path) -> None:
    with beside(tmp_path, "plain.csv", FILES["plain.csv"]) as (process, _, _):
        assert process.is_ready.result()
        process._to.close()

        assert process._process.wait(timeout=60) == 0


def test_a_run_with_processes_writes_what_one_without_them_does_and_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"p{n},{n % 4},{n % 3},{n % 5}\n" for n in range(4_000))
    used: list[Beside[Done]] = []
    begin = Beside.begin

    def watched(one: Beside[Done], pieces: Sequence[Piece]) -> Future[Done]:
        used.append(one)
        return begin(one, pieces)

    def at_once(crew: Crew[Done]) -> None:
        if not crew._beside:
            crew._beside.append(Beside(crew._made))
            assert crew._beside[0].is_ready.result()

    monkeypatch.setattr(Beside, "begin", watched)
    monkeypatch.setattr(Crew, "grow", at_once)
    written = []
    for is_much in (False, True):
        monkeypatch.setattr(engine, "_MUCH", 0 if is_much else 2**40)
        folder = tmp_path / str(is_much)
        folder.mkdir()
        with read(folder, {"f.csv": f"id,a,b,c\n{rows}"}, piece_bytes=500) as found:
            counts = replace(found.counts, alert_ids=())  # they name the folder
            written.append((counts, (folder / "scores").read_bytes()))

    assert written[0] == written[1]
    assert used
    assert {one._process.poll() is None for one in used} == {False}
