"""What Spark says → what moodcheck says. Never repeats it: it may quote a cell."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
from pyspark.errors import AnalysisException, PySparkException

from moodcheck.batch.plan import damaged_input
from moodcheck.errors import ExitCode, IOFailed, MoodcheckError


class SparkNotStarted(MoodcheckError):
    """Spark is installed, and what it runs on is not there."""

    exit_code = ExitCode.PART_MISSING

    def __init__(self) -> None:
        if _has_java():
            super().__init__(
                "Spark did not start; its own message is above",
                mend="Check that Java is 17 or newer, and check SPARK_MASTER and SPARK_HOME",
            )
        else:
            super().__init__(
                "Spark needs Java, and no Java was found",
                mend="Install Java 17 or newer, and set JAVA_HOME or PATH",
            )


class ConnectNotReached(MoodcheckError):
    """SPARK_REMOTE names a server that gives no session."""

    exit_code = ExitCode.PART_MISSING

    def __init__(self, error: Exception) -> None:
        if isinstance(error, ImportError):
            super().__init__(
                "SPARK_REMOTE asks for Spark Connect, but parts of it are not installed",
                mend='Run: pip install "pyspark[connect]"',
            )
        else:
            super().__init__(
                "The Spark Connect server in SPARK_REMOTE does not open a session",
                mend="Check that it is running and that SPARK_REMOTE has its address: sc://host:port",
            )


class SessionTooSmall(MoodcheckError):
    """A session lacks what scoring needs, as those of other versions may."""

    exit_code = ExitCode.PART_MISSING

    def __init__(self) -> None:
        super().__init__(
            "This Spark session lacks something that scoring needs. Nothing was scored",
            mend="Give one of Spark 4, or one without Spark Connect: by SPARK_MASTER or "
            "spark-submit",
        )


class FileSystemNotKnown(MoodcheckError):
    """A URI is of a file system that the session has no library for."""

    exit_code = ExitCode.PART_MISSING

    def __init__(self) -> None:
        super().__init__(
            "This Spark has no library for the file system of a URI that was given",
            mend="Start it with the one for your storage, such as --packages "
            "org.apache.hadoop:hadoop-aws:VERSION for s3a://",
        )


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn what Spark says into what moodcheck says.

    Raises:
        BadData: when an input is not what its beginning promises.
        IOFailed: when reading or writing breaks off, or a cluster has no such file.
        FileSystemNotKnown: when the session does not know the scheme of a URI.
        SessionTooSmall: when the session cannot do what is asked of it.
    """
    try:
        yield
    except Py4JJavaError as error:
        if _is_unknown_file_system(str(error.java_exception)):
            raise FileSystemNotKnown from None
        raise _damaged_or(str(error.java_exception), _broken_off()) from None
    except PySparkException as error:
        raise _meant(error) from None


def not_shared() -> IOFailed:
    """Return what to say of a file that is here and not there, or there and not here."""
    return IOFailed(
        "The cluster and this machine do not see the same files, so there are no scores",
        mend="Use a folder for inputs and outputs that is mounted at the same place "
        "on every machine",
    )


def _meant(error: PySparkException) -> MoodcheckError:
    if isinstance(error, AttributeError | NotImplementedError):
        return SessionTooSmall()
    if _is_unknown_file_system(str(error)):
        return FileSystemNotKnown()
    if "[PATH_NOT_FOUND]" in str(error):
        return not_shared()
    # A server sends whatever happens there as an exception of this kind.
    is_sent = type(error).__module__.endswith(".connect")
    if is_sent and not isinstance(error, AnalysisException):
        return _damaged_or(str(error), _broken_off())
    return damaged_input()


def _is_unknown_file_system(said: str) -> bool:
    is_class = "ClassNotFoundException" in said and "FileSystem" in said
    return is_class or "No FileSystem for scheme" in said


def _damaged_or(said: str, otherwise: MoodcheckError) -> MoodcheckError:
    return damaged_input() if "parquet" in said.lower() else otherwise


def _broken_off() -> IOFailed:
    return IOFailed(
        "Spark stopped: the disk is full, or a file or a worker is gone",
        mend="Look at Spark's own log",
    )


def _has_java() -> bool:
    if home := os.environ.get("JAVA_HOME"):
        return (Path(home) / "bin" / "java").exists()
    return shutil.which("java") is not None
