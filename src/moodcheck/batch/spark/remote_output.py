"""Frames → folders of parts or tables that the session reaches; whole, or not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.errors import AnalysisException, PySparkException

from moodcheck.batch.spark.patterns import literal
from moodcheck.errors import CannotCreate, IOFailed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from moodcheck.batch.remote_place import Remote


def refuse_taken(spark: SparkSession, places: Iterable[Remote]) -> None:
    """Raise CannotCreate where something is at a place already."""
    for place in places:
        if _is_taken(spark, place):
            raise _taken(place)


def _is_taken(spark: SparkSession, place: Remote) -> bool:
    if place.table is not None:
        return spark.catalog.tableExists(place.table)
    try:
        # Nothing is read; Spark Connect looks when somebody asks for columns.
        _ = spark.read.text(literal(place.name)).columns
    except AnalysisException as error:
        if "[PATH_NOT_FOUND]" in str(error):
            return False
        raise
    return True


@contextmanager
def whole(spark: SparkSession, place: Remote) -> Iterator[None]:
    """Remove what the block wrote of an output when it fails.

    Raises:
        CannotCreate: when something is there meanwhile, or a table has no schema to be in.
        IOFailed: when the block failed, and what it wrote cannot be removed.
    """
    try:
        yield
    except AnalysisException as error:
        if "ALREADY_EXISTS]" in str(error):
            raise _taken(place) from None
        if "SCHEMA_NOT_FOUND]" in str(error) or "NAMESPACE" in str(error):
            raise CannotCreate(
                f"The catalog of this session has no place for {place.name}",
                mend="Check the names of catalog and schema",
            ) from None
        _remove(spark, place)
        raise
    except BaseException:
        _remove(spark, place)
        raise


def _remove(spark: SparkSession, place: Remote) -> None:
    try:
        if place.table is not None:
            spark.sql(f"DROP TABLE IF EXISTS {place.table}")
            return
        # Nothing public removes a folder.
        java: Any = spark._jvm  # noqa: SLF001
        path = java.org.apache.hadoop.fs.Path(place.name)
        files = path.getFileSystem(spark._jsc.hadoopConfiguration())  # noqa: SLF001
        files.delete(path, True)  # noqa: FBT003 - Java's
    except (PySparkException, Py4JError, AttributeError):
        # Spark Connect cannot, nor can a session that is gone.
        raise IOFailed(
            f"Writing {place.name} stopped before the end; a part of it may be there",
            mend="Remove it before you use what is there",
        ) from None


def _taken(place: Remote) -> CannotCreate:
    return CannotCreate(
        f"{place.name} is there already, and nothing is written over it",
        mend="Choose a new name, or remove it",
    )
