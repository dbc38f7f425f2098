"""The installed command on a cluster makes what the embedded engine makes, and says no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet
import pyspark

from tests.in_process import run
from tests.shipped import SYMPTOMS
from tests.spark.quick import environment

MOODCHECK = Path(sys.executable).with_name("moodcheck")
ON_CLUSTER = [
    "--engine",
    "spark",
    "--output",
    "there.parquet",
    "--allow-rejects",
    "--report",
    "json",
]
ROWS = 500


def test_a_cluster_makes_what_the_embedded_engine_makes(tmp_path: Path) -> None:
    items = [item.id for item in SYMPTOMS.items]
    lines = [",".join(["id", *items])]
    lines += [
        ",".join([f"p{row}", *(str((row * 7 + place * 3) % 4) for place in range(len(items)))])
        for row in range(ROWS)
    ]
    lines[5] = lines[5].replace(",1", ",9", 1)
    (tmp_path / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    here = run("moodcheck score answers.csv --output here.parquet --allow-rejects", cwd=tmp_path)
    assert here.code == 0, here.said
    home = os.path.dirname(pyspark.__file__)  # noqa: PTH120 - a text for the environment
    done = subprocess.run(
        [MOODCHECK, "score", "answers.csv", *ON_CLUSTER],
        cwd=tmp_path,
        # One worker: a Java of its own is what a cluster has and a thread has not.
        env=environment(tmp_path, "local-cluster[1,2,1024]", SPARK_HOME=home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert json.loads(done.stderr)["scored"] == ROWS - 1

    embedded, distributed = (
        sorted(pyarrow.parquet.read_table(tmp_path / name).to_pylist(), key=lambda row: row["id"])
        for name in ("here.parquet", "there.parquet")
    )
    assert len(embedded) == ROWS - 1
    assert distributed == embedded
