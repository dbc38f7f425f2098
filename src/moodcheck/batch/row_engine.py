"""What scoring many rows needs from an engine, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from moodcheck.batch.column_choice import ColumnChoice
from moodcheck.batch.map_file import MapFile, may_be_changed
from moodcheck.batch.row_reading import RowReading, row_reading
from moodcheck.batch.tables.layout import Layout

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import AnswerMap
    from moodcheck.batch.known_alerts import KnownAlerts
    from moodcheck.batch.outcome import RowCounts
    from moodcheck.batch.provenance import ReadInput
    from moodcheck.batch.remote_place import Place, Remote
    from moodcheck.core.questionnaire import Questionnaire

STANDARD = "-"
"""Standard input, or standard output."""

Progress = Callable[[int, float | None], None]
"""Is told how many rows are done, and the share of the work (0 to 1) where it is known."""


class TableFormat(StrEnum):
    """How scores are written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class BatchJob:
    """What is to be scored, and how."""

    questionnaire: Questionnaire
    answer_map: AnswerMap | None
    inputs: tuple[str, ...]
    """Paths as the person wrote them; `-` is standard input."""
    table_format: TableFormat
    notice: str
    """The words that go along with every row."""
    is_exact: bool
    """Write outside text as it is, though a spreadsheet might run it or a terminal obey it."""
    checks_ids: bool
    """Count ids that stand in more than one row."""
    known_alerts: KnownAlerts | None
    """What has been seen of alerts."""
    spool: Path
    """A folder in which what must not be seen may lie while the job runs."""
    columns: ColumnChoice = field(default=ColumnChoice())
    """Which columns the scores have."""
    map_file: MapFile | None = None
    """Where the map comes from, where it is not given itself."""
    layout: Layout = field(default=Layout())
    """How the text of the inputs lies."""
    form: Mapping[str, Any] | None = None
    """The FHIR Questionnaire that was answered, as strict JSON has it."""
    remote: tuple[Remote, ...] = ()
    """The places of outputs that are no local files; nothing may be there yet."""

    def reading(self, names: Sequence[str], where: str, said: AnswerMap | None) -> RowReading:
        """Return how rows with these columns are read; arguments and errors as `row_reading`."""
        with may_be_changed(self.map_file):
            return row_reading(self.questionnaire, said, names, where=where, choice=self.columns)


class ReadRows(Protocol):
    """Rows that were read and checked, and of which nothing is in its place yet."""

    @property
    def counts(self) -> RowCounts:
        """What is known of them."""

    @property
    def inputs(self) -> Sequence[ReadInput]:
        """What was read, in the order of the job."""

    def write_alerts(self, target: Place) -> None:
        """Write every alert that is not known, as CSV."""

    def write_rejects(self, target: Place) -> None:
        """Write every rejected record, with its place and reason, as CSV."""

    def write_scores(self, target: Place, progress: Progress) -> None:
        """Write every row that is not rejected, with its scores, in the job's format.

        Args:
            target: the file that `RowEngine.read` was given, or a place that the job names.
            progress: is told how far it is.
        """


class RowEngine(Protocol):
    """Whatever scores rows."""

    name: ClassVar[str]
    """As `--engine` has it."""

    def read(
        self, job: BatchJob, scores: Place, progress: Progress
    ) -> AbstractContextManager[ReadRows]:
        """Read and check every row; what that left behind is gone when the context ends.

        Args:
            job: what is to be scored.
            scores: an empty file beside the place of the scores. An engine may write them while
                it reads, or only when `write_scores` asks for them.
            progress: is told how far it is.

        Raises:
            UsageError: when an input looks like a URL.
            InputNotFound: when an input is not there.
            BadData: when an input cannot be read, lacks a column, or most of it is broken.
            IOFailed: when there is no room left.
        """
