"""What Spark says becomes one message with one exit code, and never a traceback."""

from __future__ import annotations

import pytest
from pyspark.errors import AnalysisException, PySparkException

from moodcheck.batch.spark import session
from moodcheck.batch.spark.failures import (
    ConnectNotReached,
    SessionTooSmall,
    SparkNotStarted,
    translated_errors,
)
from moodcheck.errors import BadData, ExitCode, IOFailed, MoodcheckError

CELL = "a cell that nobody must see"


class NotThere(PySparkException, AttributeError):
    """As pyspark has it for what a session of Spark Connect lacks."""


class NotWritten(PySparkException, NotImplementedError):
    """The same, of methods."""


class Sent(PySparkException):
    """As a server of Spark Connect sends it."""

    __module__ = "pyspark.errors.exceptions.connect"


class NotInstalled(PySparkException, ImportError):
    """As pyspark has it where grpcio is not installed."""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (NotThere("[JVM_ATTRIBUTE_NOT_SUPPORTED] sparkContext"), SessionTooSmall),
        (NotWritten("[NOT_IMPLEMENTED] rdd"), SessionTooSmall),
        (AnalysisException(f"[PATH_NOT_FOUND] {CELL}"), IOFailed),
        (AnalysisException(f"[UNRESOLVED_COLUMN] {CELL}"), BadData),
        (Sent(f"[TASK_FAILED] {CELL}"), IOFailed),
        (Sent(f"{CELL}.parquet is not a Parquet file"), BadData),
    ],
)
def test_what_a_session_says_becomes_a_message_that_quotes_nothing(
    said: PySparkException, meant: type[MoodcheckError]
) -> None:
    with pytest.raises(meant) as caught, translated_errors():
        raise said

    assert CELL not in str(caught.value)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        (NotInstalled(CELL), 'Run: pip install "pyspark[connect]"'),
        (PySparkException(CELL), "Check that it is running"),
        (ValueError(CELL), "Check that it is running"),
    ],
)
def test_a_server_that_gives_no_session_is_one_message(
    monkeypatch: pytest.MonkeyPatch, said: Exception, asks: str
) -> None:
    def built(_chosen: dict[str, str]) -> None:
        raise said

    monkeypatch.setenv("SPARK_REMOTE", "sc://nowhere.example/;token=secret")
    monkeypatch.setattr(session, "_built", built)
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    with pytest.raises(ConnectNotReached) as caught, session.session():
        pass

    assert caught.value.exit_code is ExitCode.PART_MISSING is SparkNotStarted.exit_code
    assert asks in str(caught.value)
    assert "secret" not in str(caught.value)
    assert CELL not in str(caught.value)
