"""The Spark session that somebody has, or a local one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from moodcheck.errors import BadData, IOFailed, PartNotInstalled

_OFFLINE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    # What it writes is for its owner alone.
    "spark.hadoop.fs.permissions.umask-mode": "077",
}
_ON_THIS_MACHINE = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


@contextmanager
def session() -> Iterator[SparkSession]:
    """Give the session that is active, that the environment names, or a local one.

    Only a session that was made here is stopped at the end.

    Raises:
        PartNotInstalled: when there is no Java to run it.
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
    builder = SparkSession.builder.appName("moodcheck")
    master = os.environ.get("SPARK_MASTER")
    if "SPARK_REMOTE" not in os.environ and master is None:
        master = "local[*]"
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            for setting, value in _ON_THIS_MACHINE.items():
                builder = builder.config(setting, value)
    for setting, value in _OFFLINE.items():
        builder = builder.config(setting, value)
    try:
        made = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError):
        raise PartNotInstalled("Scoring files on a cluster (with Java 17)", part="spark") from None
    made.sparkContext.setLogLevel("ERROR")
    return made


@contextmanager
def told() -> Iterator[None]:
    """Turn what Spark says into what moodcheck says. Never repeats it: it may quote a cell.

    Raises:
        BadData: when an input is not what its beginning promises.
        IOFailed: when reading or writing breaks off.
    """
    from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]

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
