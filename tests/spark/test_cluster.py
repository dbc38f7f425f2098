"""The installed command on a cluster of two workers makes what the embedded engine makes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet

from tests.shipped import SYMPTOMS

MOODCHECK = Path(sys.executable).with_name("moodcheck")
TWO_WORKERS = "local-cluster[2,1,1024]"
ROWS = 500


def test_two_workers_make_what_the_embedded_engine_makes(tmp_path: Path) -> None:
    import pyspark

    items = [item.id for item in SYMPTOMS.items]
    lines = [",".join(["id", *items])]
    lines += [
        ",".join([f"p{row}", *(str((row * 7 + place * 3) % 4) for place in range(len(items)))])
        for row in range(ROWS)
    ]
    lines[5] = lines[5].replace(",1", ",9", 1)
    (tmp_path / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    home = os.path.dirname(pyspark.__file__)  # noqa: PTH120 - a text for the environment
    environment = os.environ | {
        "SPARK_MASTER": TWO_WORKERS,
        "SPARK_HOME": home,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    for engine in ("embedded", "spark"):
        done = subprocess.run(
            [
                MOODCHECK,
                "score",
                "answers.csv",
                *("--engine", engine, "--output", f"{engine}.parquet", "--allow-rejects"),
            ],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    embedded, distributed = (
        sorted(pyarrow.parquet.read_table(tmp_path / name).to_pylist(), key=lambda row: row["id"])
        for name in ("embedded.parquet", "spark.parquet")
    )
    assert len(embedded) == ROWS - 1
    assert distributed == embedded
