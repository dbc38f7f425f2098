"""What Spark writes is closed to others from its first byte, and is missed where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlparse

import pytest

from moodcheck.batch.spark.writing import write_lines
from moodcheck.errors import IOFailed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class Frame:
    """Writes one part, or none that could be seen here; stands in for a frame of Spark."""

    columns: tuple[str, ...] = ()

    def __init__(self, *, is_far: bool = False) -> None:
        self.write = self
        self.outside_modes: list[int] = []
        self._is_far = is_far

    def select(self) -> Frame:
        return self

    def coalesce(self, _parts: int) -> Frame:
        return self

    def options(self, **_options: str) -> Frame:
        return self

    def csv(self, place: str) -> None:
        folder = Path(unquote(urlparse(place).path))
        self.outside_modes.append(folder.parent.stat().st_mode & 0o777)
        folder.mkdir(mode=0o755)
        (folder / "_SUCCESS").touch(0o644)
        if not self._is_far:
            (folder / "part-0.csv").write_text("id\n", encoding="utf-8")


def test_nobody_else_can_enter_where_spark_writes(tmp_path: Path) -> None:
    frame, target = Frame(), tmp_path / "alerts of today.csv"
    write_lines(cast("DataFrame", frame), target)

    assert frame.outside_modes == [0o700]
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text(encoding="utf-8") == "id\n"
    assert [*tmp_path.iterdir()] == [target]


def test_what_a_cluster_wrote_elsewhere_is_not_taken_for_written(tmp_path: Path) -> None:
    frame = Frame(is_far=True)
    with pytest.raises(IOFailed, match="do not see the same files"):
        write_lines(cast("DataFrame", frame), tmp_path / "alerts.csv")

    assert not [*tmp_path.iterdir()]
