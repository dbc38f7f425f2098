"""A frame of any kind → the same kind of frame, with scores beside the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
from narwhals.exceptions import DuplicateError

from moodcheck.batch.expressions.cells import cell
from moodcheck.batch.expressions.checking import refuse_wrong_arguments, refuse_wrong_columns
from moodcheck.batch.expressions.expressions import output_types, score
from moodcheck.batch.used_items import used_items
from moodcheck.errors import BadData, UsageError

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameOptions:
    """What is said of a frame beside its columns; as the arguments of `moodcheck.score_frame`."""

    not_asked: Collection[str]
    prorate_not_asked: bool
    missing: Mapping[int, str]


def score_native(
    native: Any,  # noqa: ANN401 - narwhals tells what it takes
    questionnaire: Questionnaire,
    options: FrameOptions,
    *,
    notice: str,
) -> Any:  # noqa: ANN401 - the kind of frame that came in
    """Return the frame with its scores; arguments and errors as `moodcheck.score_frame`."""
    frame = _opened(native)
    schema = frame.collect_schema()
    refuse_wrong_arguments(questionnaire, schema, options.not_asked, options.missing)
    refuse_wrong_columns(questionnaire, schema, options.not_asked)
    offered = {
        name: [option.value for option in questionnaire.options(name)]
        for name in used_items(questionnaire)
        if name in schema
    }
    cells = {
        name: cell(name, schema[name], values, options.missing) for name, values in offered.items()
    }
    scored = score(
        frame, questionnaire, cells, notice=notice, prorates_not_asked=options.prorate_not_asked
    )
    return _native(scored, questionnaire)


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
    if frame.implementation.is_spark_like():
        # Spark tells no two names apart by case, and notices only when asked for one of them.
        names = [name.lower() for name in native.columns]
        if len({*names}) < len(names):
            raise _same_name()
    return frame


def _same_name() -> BadData:
    return BadData("Two columns of the frame have the same name", mend="Rename or drop one of them")


def _native(scored: Any, questionnaire: Questionnaire) -> Any:  # noqa: ANN401 - as _opened
    native = scored.to_native()
    if not scored.implementation.is_pandas_like():
        return native
    # pandas makes doubles of whole numbers with gaps, unless told to use its type that has gaps.
    types = output_types(questionnaire)
    return native.astype({name: "Int64" for name, dtype in types.items() if dtype is nw.Int64})
