"""A table of pyarrow → the same with types that pyarrow can choose rows of, and compare."""

from __future__ import annotations

from typing import Any


def common_types(table: Any) -> Any:  # noqa: ANN401 - a table of pyarrow, which may not be there
    """Return the table; texts and bytes of its views, halves and the like in the usual types."""
    for place, field in enumerate(table.schema):
        column = _common(table.column(place))
        if column is not None:
            table = table.set_column(place, field.name, column)
    return table


def _common(column: Any) -> Any | None:  # noqa: ANN401 - as above
    """Return a column in a common type; None where its own will do."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_run_end_encoded(kind):
        decoded = pc.run_end_decode(column)
        again = _common(decoded)
        return decoded if again is None else again
    if pa.types.is_decimal256(kind):
        try:
            return column.cast(pa.decimal128(38, kind.scale))
        except pa.ArrowInvalid:  # more digits than that
            return column.cast(pa.large_string())
    common = _without_views(kind)
    return None if common == kind else column.cast(common)


def _without_views(kind: Any) -> Any:  # noqa: ANN401 - a type of pyarrow
    """Return the type, however it is nested, of which pyarrow chooses rows, and compares them."""
    import pyarrow as pa

    if pa.types.is_list(kind):
        return pa.list_(_without_views(kind.value_type))
    if pa.types.is_large_list(kind):
        return pa.large_list(_without_views(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([part.with_type(_without_views(part.type)) for part in kind])
    common = {
        pa.string_view(): pa.large_string(),
        pa.binary_view(): pa.large_binary(),
        pa.float16(): pa.float32(),
    }
    return common.get(kind, kind)
