"""Which Spark the command takes, and what it says where there is none to take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

MOODCHECK = Path(sys.executable).with_name("moodcheck")
SAY_MASTER = """
from moodcheck.adapters.spark_engine.session import session
with session() as spark:
    print(spark.sparkContext.master)
"""


def test_the_cluster_that_was_named_to_spark_submit_is_not_overridden() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAY_MASTER],
        env=os.environ
        | {"PYSPARK_SUBMIT_ARGS": "--master local[1] pyspark-shell", "SPARK_LOCAL_IP": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "local[1]\n"


def test_without_java_the_message_asks_for_java(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("id\n", encoding="utf-8")
    (tmp_path / "bash").symlink_to("/bin/bash")  # what starts Spark is written for it
    environment = {name: said for name, said in os.environ.items() if name != "JAVA_HOME"}
    done = subprocess.run(
        [MOODCHECK, "score", "answers.csv", "--engine", "spark", "--output", "scores.csv"],
        cwd=tmp_path,
        env=environment | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 69
    assert done.stderr.endswith(
        "moodcheck: Spark runs on Java, and there is none here. Install Java 17 or newer, and let "
        "JAVA_HOME or PATH lead to it.\n"
    )
