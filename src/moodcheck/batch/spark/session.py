"""The Spark session that somebody has, or a local one."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark import SparkConf
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from moodcheck.batch.spark.failures import ConnectNotReached, SparkNotStarted, translated_errors
from moodcheck.batch.spark.starting import quiet_start

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


@contextmanager
def session() -> Iterator[SparkSession]:
    """Give the session that is active, that the environment names, or a local one.

    Only a session that was made here is stopped at the end.

    Raises:
        SparkNotStarted: when there is no Java to run it, or the cluster does not answer.
        ConnectNotReached: when the server of `SPARK_REMOTE` gives none, or cannot be asked.
        IOFailed, BadData, SessionTooSmall: as `translated_errors`.
    """
    active = SparkSession.getActiveSession()
    if active is not None:
        with translated_errors():
            yield active
        return
    made = _made()
    try:
        with translated_errors():
            yield made
    finally:
        made.stop()


def _made() -> SparkSession:
    with warnings.catch_warnings():
        # It warns of pandas, which nothing here uses, and that it gives up, which we say.
        warnings.simplefilter("ignore")
        return _connected() if "SPARK_REMOTE" in os.environ else _started()


def _connected() -> SparkSession:
    try:
        return _built(_EVERYWHERE)
    except (PySparkException, ImportError, OSError, RuntimeError, ValueError) as error:
        raise ConnectNotReached(error) from None


def _started() -> SparkSession:
    try:
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
