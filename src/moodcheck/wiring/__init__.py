"""The one place that joins what the rules need to where it comes from.

Answers and engines are here; questionnaires by name, and the history, have files of their own.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import InputNotFound
from moodcheck.files.paths import CRISIS_LINES, OTHER_COUNTRIES, data_folder
from moodcheck.installation import part_missing

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import AnswerMap
    from moodcheck.batch.row_engine import RowEngine
    from moodcheck.core.crisis import CrisisDirectory, OtherCountries
    from moodcheck.core.language import Language
    from moodcheck.core.questionnaire import Questionnaire


def load_language() -> Language:
    """Return the words that the promises rest on."""
    from moodcheck.loading.data_files import load_language as load

    return load(data_folder() / "language" / "en.yaml")


def load_crisis_directory() -> CrisisDirectory:
    """Return all help lines that are known."""
    from moodcheck.loading.data_files import load_crisis_directory as load

    return load(data_folder() / CRISIS_LINES)


def load_other_countries() -> OtherCountries:
    """Return the countries in which no help line is known."""
    from moodcheck.loading.data_files import load_other_countries as load

    return load(data_folder() / OTHER_COUNTRIES)


def read_answers(source: str, asked: Questionnaire) -> dict[str, object]:
    """Return the answers in a JSON file, or on standard input for `-`; values unchecked.

    Raises:
        InputNotFound, AnswersRefused: as `checkin.answers_file`.
    """
    from moodcheck.checkin.answers_file import read_answers as read

    if source != "-":
        return read(Path(source), asked)
    if sys.stdin is None:
        raise InputNotFound("There is no standard input to read answers from", mend="Name a file")
    return read(sys.stdin.buffer, asked)


def load_answer_map(source: str, questionnaire: Questionnaire) -> AnswerMap:
    """Return the map in a file; errors as `batch.map_file`."""
    from moodcheck.batch.map_file import load_answer_map as load

    return load(Path(source), questionnaire)


def propose_map(source: str, questionnaire: Questionnaire) -> str:
    """Return the text of a map for a table; errors as `batch.csv_preview`."""
    from moodcheck.batch.csv_preview import csv_preview
    from moodcheck.batch.map_proposal import map_proposal
    from moodcheck.batch.map_template import map_template

    preview = csv_preview(Path(source))
    return map_template(map_proposal(questionnaire, preview.names, preview.texts), questionnaire)


def row_engine(name: str) -> RowEngine:
    """Return the engine of that name: `duckdb` or `spark`.

    Raises:
        PartNotInstalled: when the part that it needs is not installed.
    """
    if name == "spark":
        return _spark_engine()
    try:
        from moodcheck.batch.embedded.engine import DuckDBEngine
    except ModuleNotFoundError as error:
        if error.name not in {"duckdb", "narwhals"}:
            raise
        raise part_missing("Scoring files", "batch") from None
    return DuckDBEngine()


def _spark_engine() -> RowEngine:
    try:
        from moodcheck.batch.spark.engine import SparkEngine
    except ModuleNotFoundError as error:
        if error.name not in {"pyspark", "narwhals"}:
            raise
        raise part_missing("Scoring files on a cluster", "spark") from None
    return SparkEngine()


def spool(within: Path | None) -> AbstractContextManager[Path]:
    """Return a folder for working files; errors as `batch.spool`."""
    from moodcheck.batch.spool import spool as made

    return made(within)


def summary_schema() -> str:
    """Return the JSON Schema of the JSON summary."""
    return (data_folder() / "summary.schema.json").read_text(encoding="utf-8")


def batch_report_schema() -> str:
    """Return the JSON Schema of the JSON report of a batch."""
    return (data_folder() / "batch_report.schema.json").read_text(encoding="utf-8")
