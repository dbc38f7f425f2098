"""Through Spark Connect frames and files are scored as anywhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.in_process import run
from tests.spark.asked import ITEMS, in_file
from tests.spark.quick import environment

SCRIPT = """
import json, sys
import moodcheck
from pyspark.sql import SparkSession

spark = SparkSession.builder.remote("local[1]").getOrCreate()
assert "connect" in type(spark).__module__
frame = spark.read.csv("answers.csv", header=True, inferSchema=True)
asked = moodcheck.load("asked.yaml")
scored = moodcheck.score_frame(frame, asked)
report = moodcheck.score_files("answers.csv", asked, output="table:scored", engine="spark")
spark.sql("INSERT INTO scored_alerts SELECT * FROM scored_alerts")  # it is a table like any other
columns = ["id", "total_score", "alert"]
print(json.dumps({
    "frame": sorted([*row] for row in scored.select(*columns).collect()),
    "table": sorted([*row] for row in spark.table("scored").select(*columns).collect()),
    "alerts": spark.table("scored_alerts").count(),
    "outputs": report.outputs,
}))
"""


def test_frames_and_tables_of_spark_connect_are_scored(tmp_path: Path) -> None:
    answers = [("a", "0"), ("b", "3")]
    lines = [",".join([called, *(cell for _ in ITEMS)]) for called, cell in answers]
    (tmp_path / "answers.csv").write_text("\n".join([",".join(["id", *ITEMS]), *lines]), "utf-8")
    asked = in_file(tmp_path)
    here = run(
        f"moodcheck score answers.csv --questionnaire {asked} --output here.jsonl", cwd=tmp_path
    )
    assert here.code == 0, here.said
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=environment(tmp_path, PYTHONWARNINGS="ignore"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    found = json.loads(done.stdout)
    rows = map(json.loads, (tmp_path / "here.jsonl").read_text("utf-8").splitlines())
    expected = [[row["id"], row["total_score"], row["alert"]] for row in rows]
    assert found["frame"] == found["table"] == expected
    assert found["outputs"]["alerts"] == "table:scored_alerts"
    assert found["alerts"] == 2
