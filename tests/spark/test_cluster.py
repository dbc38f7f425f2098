"""The installed command on a cluster makes what the embedded engine makes, and says no more."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pyspark

from tests.in_process import run
from tests.spark.asked import ITEMS, in_file
from tests.spark.quick import STORE, environment

MOODCHECK = Path(sys.executable).with_name("moodcheck")
ROWS = 500


def test_a_cluster_makes_of_a_uri_what_the_embedded_engine_makes_of_a_file(tmp_path: Path) -> None:
    asked = in_file(tmp_path)
    lines = [",".join(["id", *ITEMS])]
    lines += [
        ",".join([f"p{row}", *(str((row * 7 + place * 3) % 4) for place in range(len(ITEMS)))])
        for row in range(ROWS)
    ]
    lines[5] = lines[5].replace(",1", ",9", 1)
    (tmp_path / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    scored = f"moodcheck score answers.csv --questionnaire {asked} --allow-rejects"
    here = run(f"{scored} --output here.parquet", cwd=tmp_path)
    assert here.code == 0, here.said
    home = os.path.dirname(pyspark.__file__)  # noqa: PTH120 - a text for the environment
    places = [f"{STORE}/data/answers.csv", "--output", f"{STORE}/data/there.parquet"]
    options = [
        "--questionnaire",
        str(asked),
        "--engine",
        "spark",
        "--allow-rejects",
        "--report",
        "json",
    ]
    done = subprocess.run(
        [MOODCHECK, "score", *places, *options],
        cwd=tmp_path,
        # One worker: a Java of its own is what a cluster has and a thread has not.
        env=environment(tmp_path, "local-cluster[1,2,1024]", SPARK_HOME=home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    report = json.loads(done.stderr)
    assert report["scored"] == ROWS - 1
    assert report["outputs"] == {
        "alerts": f"{STORE}/data/there.alerts.csv",
        "rejects": f"{STORE}/data/there.rejects.csv",
        "scores": f"{STORE}/data/there.parquet",
    }
    embedded, distributed = (
        sorted(pyarrow.parquet.read_table(tmp_path / name).to_pylist(), key=lambda row: row["id"])
        for name in ("here.parquet", "there.parquet")
    )
    assert len(embedded) == ROWS - 1
    assert distributed == embedded
    for kind, other in (("alerts", "there.alerts.csv"), ("rejects", "there.rejects.csv")):
        found = [row for part in (tmp_path / other).glob("part-*") for row in _rows(part)]
        assert sorted(map(_signs, found)) == sorted(
            map(_signs, _rows(tmp_path / f"here.{kind}.csv"))
        )


def _rows(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _signs(row: dict[str, Any]) -> list[str]:
    """Return what does not depend on where a row stands."""
    return [row[name] for name in row if name not in {"file", "record"}]
