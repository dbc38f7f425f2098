"""What needs an optional part: the engines, and what looks into tables with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Protocol

from moodcheck.batch.cohort.engine import CohortEngine
from moodcheck.batch.map_fitting import fitting_maps
from moodcheck.batch.map_proposal import map_proposal
from moodcheck.batch.map_template import map_template
from moodcheck.batch.responses import IDS
from moodcheck.batch.row_engine import RowEngine
from moodcheck.errors import UsageError
from moodcheck.installation import part_missing

if TYPE_CHECKING:
    from pathlib import Path

    from moodcheck.batch.responses import Asked
    from moodcheck.batch.tables.layout import Layout


_TELL_RESPONSES = ("form", "status")
"""What is known of each response by which some of them may be chosen."""


_KEEP_MEMORY = ("_RJEM_MALLOC_CONF", "dirty_decay_ms:10000,muzzy_decay_ms:10000")
"""What has polars keep memory for ten seconds: the next part needs as much as the last one did.

To give it back, and to be given it anew, takes a tenth of the time.
"""


class Engine(RowEngine, CohortEngine, Protocol):
    """Whatever scores rows and counts them."""

    name: ClassVar[str]


def open_engine(name: str, memory: int | None = None) -> Engine:
    """Return the engine of that name: `embedded` or `spark`.

    Args:
        name: its name.
        memory: about how many megabytes the embedded one may take; None for 480.

    Raises:
        UsageError: when memory is named for another one: a cluster has settings of its own.
        PartNotInstalled: when the part that it needs is not installed.
    """
    # The libraries behind the engines are optional, and slow to load.
    if name == "spark":
        if memory is not None:
            raise UsageError(
                "--memory is for the embedded engine",
                mend="Leave it out; Spark takes what the settings of its session say",
            )
        with _needing("spark", "Scoring files on a cluster"):
            from moodcheck.batch.spark.engine import SparkEngine

            return SparkEngine()
    # Before polars is loaded, and for the processes beside this one as well.
    os.environ.setdefault(*_KEEP_MEMORY)
    with _needing("batch", "Scoring files"):
        from moodcheck.batch.embedded.engine import EmbeddedEngine, workers_within

        return EmbeddedEngine(workers=workers_within(memory))


def propose_map(name: str, layout: Layout, asked: Asked, spool: Path) -> str:
    """Return the text of a map for a table of answers, or for responses of FHIR.

    Raises:
        PartNotInstalled: when the part that reads it is not installed.
        UsageError, InputNotFound, BadData, IOFailed: as `RowEngine.read`.
    """
    with _needing("batch", "Reading tables"):
        from moodcheck.batch.embedded.preview import preview
    seen, questionnaire = preview(name, layout, spool, asked), asked.questionnaire
    proposal = map_proposal(questionnaire, seen)
    if seen.items is None:
        fitting = fitting_maps(questionnaire, seen.names, seen.texts, seen.header_rows)
        return map_template(replace(proposal, fitting=fitting), questionnaire)
    ids = f"[{', '.join(IDS)}]"
    return map_template(replace(proposal, id=ids, choosing=_TELL_RESPONSES), questionnaire)


@contextmanager
def _needing(part: str, what: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in {"narwhals", "polars", "pyarrow", "pyspark"}:
            raise
        raise part_missing(what, part) from None
