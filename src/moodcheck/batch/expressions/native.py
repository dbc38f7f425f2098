"""A frame of any kind → the same kind of frame, with scores beside the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
from narwhals.exceptions import DuplicateError

from moodcheck.batch.cohort.cohort import cohort
from moodcheck.batch.expressions.arrow_types import common_types
from moodcheck.batch.expressions.cells import cell
from moodcheck.batch.expressions.expressions import Said, output_types, score
from moodcheck.batch.expressions.frame_counts import counts_of, distributions_of
from moodcheck.batch.expressions.frame_reading import frame_reading
from moodcheck.batch.expressions.group_sums import GroupedFrame
from moodcheck.batch.expressions.parts import Parts
from moodcheck.batch.outcome import FrameParts
from moodcheck.errors import BadData, UsageError

if TYPE_CHECKING:
    from narwhals.dtypes import DType

    from moodcheck.batch.cohort.cohort import Cohort
    from moodcheck.batch.expressions.frame_reading import FrameOptions
    from moodcheck.core.questionnaire import Questionnaire


def score_native(
    native: Any,  # noqa: ANN401 - narwhals tells what it takes
    questionnaire: Questionnaire,
    options: FrameOptions,
    *,
    notice: str,
) -> Any:  # noqa: ANN401 - the kind of frame that came in
    """Return the frame with its scores; arguments and errors as `moodcheck.score_frame`."""
    parts = _parts(native, questionnaire, options, notice)
    return _native(parts.frame, _types(parts))


def parts_of_native(
    native: Any,  # noqa: ANN401 - as above
    questionnaire: Questionnaire,
    options: FrameOptions,
    *,
    notice: str,
) -> FrameParts[Any]:
    """Return scores, rejects and alerts apart; arguments and errors as `moodcheck.score_frame`."""
    parts = _parts(native, questionnaire, options, notice)
    parts.refuse_same_names()
    return FrameParts(
        _native(parts.scores(), _types(parts)),
        parts.rejects().to_native(),
        parts.alerts().to_native(),
        lambda: replace(counts_of(parts), distributions=distributions_of(parts)),
    )


def look_at_native(
    native: Any,  # noqa: ANN401 - as above
    questionnaire: Questionnaire,
    options: FrameOptions,
    *,
    by: str | None,
    least: int,
) -> Cohort:
    """Return what may be shown of the rows; arguments and errors as `moodcheck.cohort_frame`."""
    parts = _parts(native, questionnaire, options, "")
    rows = GroupedFrame(parts, by)
    return cohort(rows.plan, counts_of(parts), rows.groups(), by=by, least=least)


def _parts(
    native: Any,  # noqa: ANN401 - as above
    questionnaire: Questionnaire,
    options: FrameOptions,
    notice: str,
) -> Parts:
    frame = _opened(native)
    schema = frame.collect_schema()
    reading = frame_reading(questionnaire, [*schema], options)
    cells = {
        item: cell(one.column, schema[one.column], one.answers, [*one.missing])
        for item, one in reading.items.items()
    }
    said = Said(
        notice=notice,
        prorates_not_asked=reading.prorates_not_asked,
        prefix=options.get("prefix", ""),
    )
    scored = score(frame, questionnaire, cells, said)
    return Parts(scored, schema, questionnaire, reading, cells, said)


def _types(parts: Parts) -> Mapping[str, type[DType]]:
    return output_types(parts.questionnaire, parts.said.prefix)


def _opened(native: Any) -> Any:  # noqa: ANN401 - eager or lazy: both are scored alike
    if type(native).__module__.partition(".")[0] == "dask":
        raise UsageError(
            "A Dask frame cannot be scored: narwhals, which scoring rests on, is dropping them",
            mend="Score what its compute() returns, or the files that it reads",
        )
    try:
        frame = nw.from_native(native)
        frame.collect_schema()
    except DuplicateError:
        raise _same_name() from None
    except TypeError:
        raise UsageError(
            f"A {type(native).__name__} is not a frame that can be scored",
            mend="Use a Polars, pandas, pyarrow, DuckDB, Spark or Ibis frame",
        ) from None
    if frame.implementation.is_pyarrow():
        return nw.from_native(common_types(native))
    if frame.implementation.is_spark_like():
        # Spark tells no two names apart by case, and notices only when asked for one of them.
        names = [name.lower() for name in native.columns]
        if len({*names}) < len(names):
            raise _same_name()
    return frame


def _same_name() -> BadData:
    return BadData("Two columns of the frame have the same name", mend="Rename or drop one of them")


def _native(scored: Any, types: Mapping[str, type[DType]]) -> Any:  # noqa: ANN401 - as _opened
    native = scored.to_native()
    if not scored.implementation.is_pandas_like():
        return native
    # pandas makes doubles of whole numbers with gaps, unless told to use its type that has gaps.
    return native.astype({name: "Int64" for name, dtype in types.items() if dtype is nw.Int64})
