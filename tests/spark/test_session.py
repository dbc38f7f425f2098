"""Which Spark the command takes, and what it says where there is none to take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.shipped import SYMPTOMS

ITEMS = [item.id for item in SYMPTOMS.items]
FINE = "\n".join([",".join(["id", *ITEMS]), ",".join(["a", *("1" for _ in ITEMS)]), ""])
MOODCHECK = Path(sys.executable).with_name("moodcheck")
SAY_MASTER = """
from moodcheck.batch.spark.session import session
with session() as spark:
    print(spark.sparkContext.master)
"""


def test_the_cluster_that_was_named_to_spark_submit_is_not_overridden() -> None:
    done = _python(SAY_MASTER, PYSPARK_SUBMIT_ARGS="--master local[1] pyspark-shell")

    assert done.stdout == "local[1]\n"


SAY_SETTINGS = """
from pyspark import SparkConf
from moodcheck.batch.spark.session import settings
from moodcheck.batch.spark.session import quiet_start
with quiet_start() as java:
    print(*settings(SparkConf(_jvm=java)))
"""
FAIL = """
from moodcheck.batch.spark.session import session
with session() as spark:
    spark.sql("SELECT raise_error('lost')").collect()
"""


def test_a_cluster_that_a_file_of_defaults_names_can_find_this_machine(tmp_path: Path) -> None:
    defaults = tmp_path / "spark-defaults.conf"
    for master, is_here in (("local[2]", True), ("spark://far.example:7077", False)):
        defaults.write_text(f"spark.master {master}\n", encoding="utf-8")
        done = _python(SAY_SETTINGS, SPARK_CONF_DIR=str(tmp_path))

        assert ("spark.driver.host" in done.stdout.split()) is is_here


def test_nothing_but_our_report_stands_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(FINE, encoding="utf-8")
    done = _score(tmp_path, {})

    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(done.stderr)["scored"] == 1


def test_what_spark_says_is_shown_when_it_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(FINE, encoding="utf-8")
    done = _score(tmp_path, {"SPARK_MASTER": "nonsense"})

    assert done.returncode == 69
    assert "ERROR SparkContext" in done.stderr
    assert "Could not parse Master URL: 'nonsense'" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("moodcheck: Spark did not start")


def test_errors_of_a_spark_that_runs_are_shown() -> None:
    done = _python(FAIL)

    assert "ERROR Executor" in done.stderr
    assert "WARN" not in done.stderr


def test_without_java_the_message_asks_for_java(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(FINE, encoding="utf-8")
    (tmp_path / "bash").symlink_to("/bin/bash")  # what starts Spark is written for it
    done = _score(tmp_path, {"PATH": str(tmp_path)}, without="JAVA_HOME")

    assert done.returncode == 69
    assert done.stderr.endswith(
        "moodcheck: Spark needs Java, and no Java was found. Install Java 17 or newer, and set "
        "JAVA_HOME or PATH.\n"
    )


def _python(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _score(
    folder: Path, environment: dict[str, str], *, without: str = ""
) -> subprocess.CompletedProcess[str]:
    kept = {name: said for name, said in os.environ.items() if name != without}
    return subprocess.run(
        [
            MOODCHECK,
            "score",
            "answers.csv",
            "--engine",
            "spark",
            "--output",
            "scores.csv",
            "--report",
            "json",
        ],
        cwd=folder,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
