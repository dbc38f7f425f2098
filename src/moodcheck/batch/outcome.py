"""What came of scoring many rows, counted so that no row can go missing without a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor
from typing import TYPE_CHECKING, Generic, TypeVar

from moodcheck.batch.code_doubts import CodeDoubt
from moodcheck.core.administration import Unanswered
from moodcheck.interop.fhir.faults import ResponseFault

if TYPE_CHECKING:
    from moodcheck.batch.provenance import Provenance
    from moodcheck.core.scale import Scale
    from moodcheck.errors import MoodcheckError

Frame = TypeVar("Frame")

_SHORTEST = 1.0
"""Seconds below which the start of a run is most of it."""


class RejectReason(StrEnum):
    """Why a record has no scores."""

    BAD_ANSWER = "bad_answer"
    """A cell of an item holds neither an offered answer nor a code for a missing one."""
    TOO_FEW_COLUMNS = "too_few_columns"
    TOO_MANY_COLUMNS = "too_many_columns"
    BROKEN_QUOTE = "broken_quote"
    BAD_ENCODING = "bad_encoding"
    """Not UTF-8, or a NUL."""
    TOO_LONG = "too_long"
    """A record longer than any answer sheet is."""
    SUSPECT_ID = "suspect_id"
    """A character inside an id that cannot be seen; a line break is a sign of a lost record."""
    NO_ID = "no_id"
    """Rows of a long table that do not say which sitting they are of."""
    SUSPECT_CELL = "suspect_cell"
    """A quoted cell over several lines that look like records: a stray quote may hold them."""
    NOT_AN_OBJECT = "not_an_object"
    """A line of JSONL that is not one flat JSON object."""
    DUPLICATE_KEY = "duplicate_key"
    """A line of JSONL that says two things about one column, or may do so.

    A key looks like the name of the column, but for capital letters or blanks.
    """
    OTHER_FHIR_VERSION = ResponseFault.OTHER_FHIR_VERSION.value
    BAD_SHAPE = ResponseFault.BAD_SHAPE.value
    TOO_DEEP = ResponseFault.TOO_DEEP.value
    ENTERED_IN_ERROR = ResponseFault.ENTERED_IN_ERROR.value
    OTHER_QUESTIONNAIRE = ResponseFault.OTHER_QUESTIONNAIRE.value
    UNKNOWN_ITEM = ResponseFault.UNKNOWN_ITEM.value
    ANSWERED_TWICE = ResponseFault.ANSWERED_TWICE.value
    WRONG_TYPE = ResponseFault.WRONG_TYPE.value
    BAD_WEIGHT = ResponseFault.BAD_WEIGHT.value
    TOTAL_DIFFERS = "total_differs"
    """It states a score that is not the one of its answers."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """How often each score of a scale occurs."""

    label: str
    minimum: int
    maximum: int
    counts: Mapping[int, int]
    """Score → rows; one with decimals is counted at the whole number below it."""
    not_scored: int
    """Rows without a score, because too many items were unanswered."""

    @staticmethod
    def of(
        scale: Scale,
        extremes: tuple[float, float],
        counts: Mapping[int, int],
        not_scored: int,
    ) -> Distribution:
        """Return how often each score of a scale occurs, in the order of the scores.

        `extremes` are the lowest and the highest; where they have decimals, the whole numbers
        around them count.
        """
        low, high = floor(extremes[0]), ceil(extremes[1])
        return Distribution(scale.label, low, high, dict(sorted(counts.items())), not_scored)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """What is known of rows once they are read. `read == scored + rejected + left_out`, always."""

    read: int
    """Records, without headers and blank lines."""
    scored: int
    """Rows in the scores, whether or not a scale has a score there."""
    blank_lines: int
    left_out: int = 0
    """Records that a map does not want; nobody looked for alerts in them."""
    unopened: int = 0
    """Rows of a form that nobody opened: their zeros are blank."""
    unfinished: int = 0
    """Responses of FHIR that say that they were not brought to their end."""
    other_resources: int = 0
    """Resources of FHIR that are no responses, and no records."""
    rejected: Mapping[RejectReason, int]
    alerts: int
    """Rows and rejected records with an alert, also those already known."""
    known_alerts: int
    """How many of them were left out of the alerts file, because they had been seen."""
    doubtful_alerts: int = 0
    """How many may have been seen, and stand there again: their id does not name one row."""
    alert_ids: tuple[str, ...]
    """Of the first alerts, for a run whose scores go to standard output; else empty."""
    critical_unanswered: int
    """Rows in which a critical item was not answered."""
    unanswered: Mapping[str, Mapping[Unanswered, int]]
    """Item id → why it is unanswered → rows among those scored."""
    values: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    """Item id → each option's value → rows that have cells, rejected ones as well."""
    whole_floats: int = 0
    """Cells such as 1.0 that were read as whole numbers."""
    code_doubts: tuple[CodeDoubt, ...] = ()
    """Why codes may not mean what they were taken for."""
    distributions: Mapping[str, Distribution]
    """By scale id."""
    absent_conditions: tuple[str, ...]
    """Ids of the items that advice looks at and the data does not have."""
    unread_columns: tuple[str, ...] = ()
    """The columns of the data that were used for nothing."""
    found_columns: Mapping[str, str] = field(default_factory=dict)
    """Item id → its column, where a map only tells how all of them are called."""
    altered_cells: int
    """Cells that would be formulas in a spreadsheet and were made text."""
    duplicate_ids: int | None
    """Rows whose id had been seen before; None where nobody asked."""

    @property
    def all_rejected(self) -> int:
        """How many records were rejected."""
        return sum(self.rejected.values())

    @property
    def new_alerts(self) -> int:
        """How many alerts nobody has seen in an earlier file."""
        return self.alerts - self.known_alerts

    def __post_init__(self) -> None:
        if self.read != self.scored + self.all_rejected + self.left_out:
            msg = "every record that was read is either scored, rejected or left out"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport(RowCounts):
    """What came of a run."""

    questionnaire: str
    version: str
    absent_known_alerts: tuple[str, ...] = ()
    """Files of known alerts that are not there."""
    outputs: Mapping[str, str]
    """`scores`, `rejects`, `alerts` → the file, or `-`; an output that was not made is left out.

    `partial_scores` has those that did not get the name of the scores, as records were rejected.
    `older_alerts` is where alerts are now that were in the place of these.
    """
    provenance: Provenance
    exit_code: int
    """As the command ends with."""
    failure: MoodcheckError | None = None
    """Why there are no scores, where there are none."""
    seconds: float

    @property
    def rows_per_second(self) -> int | None:
        """How fast records were read; None where it was too short to say."""
        return round(self.read / self.seconds) if self.seconds >= _SHORTEST else None


@dataclass(frozen=True, slots=True)
class FrameParts(Generic[Frame]):
    """What `moodcheck.score_frame` gives where scores, rejects and alerts are wanted apart."""

    scores: Frame
    """The rows without a bad answer, with their scores."""
    rejects: Frame
    """The other rows: what names them, `column` and `value` of the first bad answer, `reason`."""
    alerts: Frame
    """A row for each alert, also in a reject: what names it, `item`, `answer`, `why`, `notice`.

    Somebody who can help has to read these today.
    """
    count: Callable[[], RowCounts]
    """Counts the rows, on the engine of the frame."""
