"""Which Spark the command takes, and what it says where there is none to take."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pyspark import SparkConf

from moodcheck.batch.spark.session import settings
from tests.shipped import SYMPTOMS
from tests.spark.quick import environment

ITEMS = [item.id for item in SYMPTOMS.items]
FINE = "\n".join([",".join(["id", *ITEMS]), ",".join(["a", *("1" for _ in ITEMS)]), ""])
MOODCHECK = Path(sys.executable).with_name("moodcheck")
SAY_SETTINGS_AND_FAIL = """
from moodcheck.batch.spark.session import session
with session() as spark:
    print(spark.sparkContext.master, spark.conf.get("spark.sql.shuffle.partitions"), flush=True)
    spark.sql("SELECT raise_error('lost')").collect()
"""


def test_what_spark_submit_and_a_file_of_defaults_say_holds_and_errors_are_shown(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SAY_SETTINGS_AND_FAIL],
        env=environment(tmp_path, PYSPARK_SUBMIT_ARGS="--master local[1] pyspark-shell"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "local[1] 2\n"  # the second from a file of defaults
    assert "ERROR Executor" in done.stderr
    assert "WARN" not in done.stderr


def test_a_cluster_that_a_file_of_defaults_names_can_find_this_machine() -> None:
    for master, is_here in (("local[2]", True), ("spark://far.example:7077", False)):
        decided = SparkConf(loadDefaults=False).set("spark.master", master)

        assert ("spark.driver.host" in settings(decided)) is is_here


def test_what_spark_says_is_shown_when_it_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(FINE, encoding="utf-8")
    done = _score(tmp_path, environment(tmp_path, SPARK_MASTER="nonsense"))

    assert done.returncode == 69
    assert "ERROR SparkContext" in done.stderr
    assert "Could not parse Master URL: 'nonsense'" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("moodcheck: Spark did not start")


def test_without_java_the_message_asks_for_java(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(FINE, encoding="utf-8")
    (tmp_path / "bash").symlink_to("/bin/bash")  # what starts Spark is written for it
    bare = environment(tmp_path, PATH=str(tmp_path))
    bare.pop("JAVA_HOME", None)
    done = _score(tmp_path, bare)

    assert done.returncode == 69
    assert done.stderr.endswith(
        "moodcheck: Spark needs Java, and no Java was found. Install Java 17 or newer, and set "
        "JAVA_HOME or PATH.\n"
    )


def _score(folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    options = ["--engine", "spark", "--output", "scores.csv", "--report", "json"]
    return subprocess.run(
        [MOODCHECK, "score", "answers.csv", *options],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
