"""Every hostile file, and the files that their options name."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.batch.corpus import TABLES
from tests.hostile.batch.fhir_corpus import FHIR, side_files

CASES = [*TABLES, *FHIR]


def write_side_files(folder: Path) -> None:
    """Write what options of cases name."""
    (folder / "map.yaml").write_text("schema: 1\nid: person\n", encoding="utf-8")
    for name, content in side_files().items():
        (folder / name).write_bytes(content)
