"""A computation that is worked out once and then done to one frame after the other.

To put a few hundred expressions together takes longer than to evaluate them on a part of a file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping

import polars as pl
from polars.io.plugins import register_io_source

Build = Callable[[pl.LazyFrame], pl.LazyFrame]


class Prepared:
    """Does the same to every frame of a schema, in any thread."""

    def __init__(self, schema: Mapping[str, pl.DataType | type[pl.DataType]], build: Build) -> None:
        self._schema = pl.Schema(schema)
        self.columns = [*schema]
        self._build = build
        self._of_thread = threading.local()

    def __call__(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return what becomes of a frame."""
        if not hasattr(self._of_thread, "plan"):
            self._of_thread.plan = _Plan(self._schema, self._build)
        plan: _Plan = self._of_thread.plan
        return plan.done_to(frame)


class _Plan:
    """A lazy frame over whatever frame is put there."""

    def __init__(self, schema: pl.Schema, build: Build) -> None:
        self._frame = pl.DataFrame(schema=schema)
        self._plan = build(register_io_source(self._given, schema=schema, is_pure=False))

    def done_to(self, frame: pl.DataFrame) -> pl.DataFrame:
        self._frame = frame
        try:
            return self._plan.collect()
        finally:
            self._frame = frame.clear()

    def _given(
        self,
        with_columns: list[str] | None,
        predicate: pl.Expr | None,
        n_rows: int | None,
        batch_size: int | None,  # noqa: ARG002 - polars gives it
    ) -> Iterator[pl.DataFrame]:
        frame = self._frame
        if with_columns is not None:
            frame = frame.select(with_columns)
        if predicate is not None:
            frame = frame.filter(predicate)
        yield frame if n_rows is None else frame.head(n_rows)
