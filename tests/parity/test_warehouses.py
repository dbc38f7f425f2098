"""Tables in a database are scored where they lie, and every row is what the exact fractions say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import moodcheck
from tests.parity.oracle import Bad, Given, oracle
from tests.parity.test_every_engine import exactly
from tests.parity.warehouses import warehouse
from tests.shipped import CHECKOUT, LANGUAGE
from tests.unit.core.small import questionnaire

RULE = {"missing_rule": {"name": "rule", "citation": "Nobody 1999"}}
BANDS = {"citation": "Nobody 1999"}
ASKED = questionnaire(
    responses={"often": [{"value": value, "label": f"label {value}"} for value in (-2, 0, 1, 3)]},
    items=[{"id": name, "label": name, "responses": "often"} for name in "abcd"],
    scales=[
        {"id": "s", "label": "S", "method": "sum", "items": "all", "multiply_by": 3}
        | {"max_unanswered": 2, "reverse_keyed": ["b"], **RULE, **BANDS}
        | {"bands": [{"at_least": -24, "name": "low"}, {"at_least": 7, "name": "high"}]},
        {"id": "m", "label": "M", "method": "mean", "items": ["a", "b", "d"], "multiply_by": 2}
        | {"max_unanswered": 2, **RULE},
        {"id": "n", "label": "N", "method": "count", "items": ["a", "c"], "at_least": 1},
        {"id": "u", "label": "U", "method": "sum", "items": "all", "alternatives": [["a", "b"]]}
        | {"max_unanswered_share": 0.5, "round_prorated": False, **RULE},
        {"id": "h", "label": "H", "method": "maximum", "items": ["a", "c"]}
        | {"weights": {"a": 0.3}, "max_unanswered": 1, **RULE},
        {"id": "p", "label": "P", "method": "sum", "items": ["d"], "scales": ["m", "h"]}
        | {"weights": {"m": -0.5}, "reverse_keyed": ["h"], "rescale": {"low": -3, "high": 4}},
        {"id": "k", "label": "K", "method": "count", "items": ["d"], "scales": ["m", "p"]}
        | {"at_least": {"d": 1, "m": 2, "p": 50}, "weights": {"p": 2}},
    ],
    critical=[{"item": "c", "at_least": 0}],
    advice=[
        {
            "id": "now",
            "when": [
                {"item": "c", "at_least": 0},
                {"all": [{"item": "any", "at_least": 3, "how_many": 2}] * 2},
            ],
            "label": "Today",
            "text": "Please call a doctor today.",
        },
        {"id": "anyway", "label": "Talk it over", "text": "A nurse can help."},
    ],
)
"""Every way to combine answers, bands, an alert, and conditions together."""

CELLS: tuple[Given, ...] = (None, -2, 1, 3, Bad(2))
ROWS = [dict(zip("abcd", cells, strict=True)) for cells in product(CELLS, repeat=4)]
TYPES = {"a": pa.int16(), "b": pa.int64(), "c": pa.int32(), "d": pa.float64()}


pytestmark = [
    # Ibis 12 does not know DuckDB 2 and pandas 3 yet.
    pytest.mark.filterwarnings("ignore:fetch_:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string':DeprecationWarning"),
]


@pytest.fixture(params=["duckdb", "sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[Any]:
    with warehouse(request.param) as connected:
        yield connected


def test_a_table_in_a_database_is_scored_there_as_exact_fractions_say(database: Any) -> None:  # noqa: ANN401 - ibis has no types
    columns = {"row": pa.array(range(len(ROWS)), pa.int32())}
    for name, dtype in TYPES.items():
        given = [row[name] for row in ROWS]
        cells = [cell.content if isinstance(cell, Bad) else cell for cell in given]
        columns[name] = pa.array(cells, dtype)
    table = database.create_table("answers", pa.table(columns))

    scored: Any = moodcheck.score_frame(table, ASKED)

    assert isinstance(scored, type(table))
    rows = sorted(scored.to_pyarrow().to_pylist(), key=lambda row: row["row"])
    added = [{name: row[name] for name in row if name not in columns} for row in rows]
    expected = [oracle(ASKED, row, LANGUAGE.batch.notice) for row in ROWS]
    assert [exactly(row) for row in added] == [exactly(row) for row in expected]


def test_the_example_on_the_page_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import duckdb

    page = (CHECKOUT / "docs" / "warehouses.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    monkeypatch.chdir(tmp_path)
    with duckdb.connect("clinic.duckdb") as database:
        zeros = ", ".join(f"0 AS {item.id}" for item in moodcheck.load("phq-9").items)
        database.execute(f"CREATE TABLE answers AS SELECT 'P-01' AS person, {zeros}")
        database.execute("INSERT INTO answers SELECT * FROM answers")
        database.execute(
            "UPDATE answers SET person = 'P-02', death_thoughts = 1, mood = 3 WHERE rowid = 1"
        )

    exec(compile(blocks["python"], "warehouses.md", "exec"), {})  # noqa: S102 - our own page

    assert capsys.readouterr().out == blocks["text"]
    with duckdb.connect("clinic.duckdb") as database:
        assert database.sql("SELECT count(total_score) FROM scores").fetchall() == [(2,)]
