"""One Spark for all tests here: on this machine, two threads, nothing to see and nothing left."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyspark
import pytest

from tests.spark.quick import SETTINGS, mounted

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

if pyspark.__version__.startswith("3."):
    # It has no server of Spark Connect in it, and must download one.
    collect_ignore = ["test_connect.py"]

PATIENCE = 900
"""Seconds: a test that is broken off leaves a Spark behind that no other test can use."""

_HERE = f"{Path(__file__).parent}{os.sep}"

MASTER = os.environ.get("MOODCHECK_TEST_MASTER", "local[2]")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process run them all, first: each Spark takes half a minute and a gigabyte."""
    for item in items:
        if _is_here(item):
            item.add_marker(pytest.mark.xdist_group("spark"))
            item.add_marker(pytest.mark.timeout(PATIENCE))
    items.sort(key=lambda item: not _is_here(item))


def _is_here(item: pytest.Item) -> bool:
    return str(item.path).startswith(_HERE)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that is mounted as `viewfs://store/data`."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Iterator[SparkSession]:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        # Of pyspark 4 about pandas 3, which no test here hands to it.
        warnings.simplefilter("ignore", FutureWarning)
        builder = (
            SparkSession.builder.appName("moodcheck-tests")
            .master(MASTER)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
            .config("spark.sql.session.timeZone", "UTC")
        )
        for setting, value in (SETTINGS | mounted(store)).items():
            builder = builder.config(setting, value)
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()
