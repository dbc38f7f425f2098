"""How every Spark of the tests starts."""

from __future__ import annotations

import os
from pathlib import Path

_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Most of what these tests cost would be Java translating code that runs once."""

SETTINGS = {
    "spark.driver.extraJavaOptions": _JAVA,
    "spark.executor.extraJavaOptions": _JAVA,
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
}


STORE = "viewfs://store"
"""Stands for storage that is not this machine's: a local folder, mounted under a URI."""


def mounted(folder: Path) -> dict[str, str]:
    """Return settings by which `viewfs://store/data` is a folder."""
    return {"spark.hadoop.fs.viewfs.mounttable.store.link./data": folder.as_uri()}


def environment(folder: Path, master: str = "", **more: str) -> dict[str, str]:
    """Return an environment whose file of defaults, in a folder that it mounts, has a master."""
    defaults = SETTINGS | mounted(folder) | ({"spark.master": master} if master else {})
    lines = "".join(f"{name} {value}\n" for name, value in defaults.items())
    (folder / "spark-defaults.conf").write_text(lines, encoding="utf-8")
    return os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_CONF_DIR": str(folder)} | more
