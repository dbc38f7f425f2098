"""Help must come at once: what is heavy is loaded where it is needed, and then it is."""

from __future__ import annotations

import pytest

from tests.watched import command, watched

HEAVY = {
    "duckdb",
    "narwhals",
    "pyspark",
    "jinja2",
    "typst",
    "sqlite3",
    "apsw",
    "polars",
    "pandas",
    "numpy",
}
LOADED_ON_USE = {"pydantic", "typer", "rich", "yaml"}


@pytest.mark.parametrize(
    "typed", ["--help", "--version", "crisis-lines", "check", "check --answers -"]
)
def test_what_a_person_waits_for_loads_no_engine_store_or_template(typed: str) -> None:
    assert command(typed).packages & HEAVY == set()


@pytest.mark.parametrize("typed", ["--help", "--version"])
def test_help_and_version_read_no_data_and_draw_nothing(typed: str) -> None:
    assert command(typed).imports & {"yaml", "rich.console"} == set()


def test_importing_moodcheck_loads_nothing() -> None:
    assert watched(code="import moodcheck; dir(moodcheck)").packages & LOADED_ON_USE == set()


def test_using_moodcheck_loads_what_it_needs() -> None:
    run = watched(code="import moodcheck; moodcheck.load('symptoms')")

    assert run.packages & LOADED_ON_USE == {"pydantic", "yaml"}


def test_rich_is_loaded_to_draw_and_not_before() -> None:
    assert "rich.console" in command("check --answers answers.json --format rich").imports
    assert "rich.console" not in command("check --answers -").imports
    assert "rich.console" not in command("check --answers answers.json --format json").imports


def test_a_heavy_import_would_be_noticed_even_where_it_is_not_installed() -> None:
    code = "try:\n    import duckdb\nexcept ImportError:\n    pass"

    assert "duckdb" in watched(code=code).imports
