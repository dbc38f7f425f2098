"""The Spark session that somebody has, or a local one."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from py4j.protocol import Py4JError, Py4JJavaError  # type: ignore[import-untyped]
from pyspark import SparkConf
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from moodcheck.adapters.spark_engine.starting import quiet_start
from moodcheck.errors import BadData, ExitCode, IOFailed, MoodcheckError

_EVERYWHERE = {"spark.sql.session.timeZone": "UTC"}
_OFFLINE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # What it writes is for its owner alone.
    "spark.hadoop.fs.permissions.umask-mode": "077",
}
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Is there under spark-submit, whose user says what is logged."""

_ON_THIS_MACHINE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


class SparkNotStarted(MoodcheckError):
    """Spark is installed, and what it runs on is not there."""

    exit_code = ExitCode.PART_MISSING

    def __init__(self) -> None:
        if _has_java():
            super().__init__(
                "Spark did not start; what it says of it stands above",
                mend="Check that Java is 17 or newer, and what SPARK_MASTER, SPARK_REMOTE and "
                "SPARK_HOME name",
            )
        else:
            super().__init__(
                "Spark runs on Java, and there is none here",
                mend="Install Java 17 or newer, and let JAVA_HOME or PATH lead to it",
            )


def _has_java() -> bool:
    if home := os.environ.get("JAVA_HOME"):
        return (Path(home) / "bin" / "java").exists()
    return shutil.which("java") is not None


@contextmanager
def session() -> Iterator[SparkSession]:
    """Give the session that is active, that the environment names, or a local one.

    Only a session that was made here is stopped at the end.

    Raises:
        SparkNotStarted: when there is no Java to run it, or the cluster does not answer.
        IOFailed, BadData: as `told`.
    """
    active = SparkSession.getActiveSession()
    if active is not None:
        with told():
            yield active
        return
    made = _made()
    try:
        with told():
            yield made
    finally:
        made.stop()


def _made() -> SparkSession:
    try:
        with warnings.catch_warnings():
            # It warns of pandas, which nothing here uses.
            warnings.simplefilter("ignore", FutureWarning)
            if "SPARK_REMOTE" in os.environ:
                return _built(_EVERYWHERE)
            with quiet_start() as java:
                # With Java, a configuration has what spark-submit and files of defaults say.
                return _built(settings(SparkConf(_jvm=java)))
    except (PySparkException, Py4JError, OSError, RuntimeError):
        raise SparkNotStarted from None


def _built(chosen: dict[str, str]) -> SparkSession:
    builder = SparkSession.builder.appName("moodcheck")
    for setting, value in chosen.items():
        builder = builder.config(setting, value)
    return builder.getOrCreate()


def settings(decided: SparkConf) -> dict[str, str]:
    """Return what is set for a session of our own, where that much is decided already."""
    chosen = _EVERYWHERE | _OFFLINE
    if master := os.environ.get("SPARK_MASTER"):
        chosen["spark.master"] = master
    else:
        master = decided.get("spark.master", "local[*]") or ""
    if _SUBMITTED not in os.environ and not decided.contains("spark.log.level"):
        chosen["spark.log.level"] = "ERROR"
    # On a cluster, its workers must find this machine by the name that others know.
    return chosen | (_ON_THIS_MACHINE if master.startswith("local") else {})


@contextmanager
def told() -> Iterator[None]:
    """Turn what Spark says into what moodcheck says. Never repeats it: it may quote a cell.

    Raises:
        BadData: when an input is not what its beginning promises.
        IOFailed: when reading or writing breaks off.
    """
    try:
        yield
    except Py4JJavaError as error:
        if "parquet" in str(error.java_exception).lower():
            raise _damaged() from None
        raise IOFailed(
            "Spark broke off the work: the disk is full, or a file or a worker is gone",
            mend="Look at Spark's own log",
        ) from None
    except PySparkException:
        raise _damaged() from None


def _damaged() -> BadData:
    return BadData(
        "An input is damaged: it is not what its beginning promises, and nothing was scored",
        mend="Make the file anew",
    )
