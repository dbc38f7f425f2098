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


def environment(folder: Path, master: str = "", **more: str) -> dict[str, str]:
    """Return an environment whose file of defaults, in a folder, has these and a master."""
    defaults = SETTINGS | ({"spark.master": master} if master else {})
    lines = "".join(f"{name} {value}\n" for name, value in defaults.items())
    (folder / "spark-defaults.conf").write_text(lines, encoding="utf-8")
    return os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_CONF_DIR": str(folder)} | more
