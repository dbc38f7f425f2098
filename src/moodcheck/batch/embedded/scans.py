"""How the engine is told to read each kind of file: every cell as text, nothing guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moodcheck.batch.embedded import sql
from moodcheck.batch.tables.strict_csv import LONGEST

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from moodcheck.batch.tables.csv_header import Header

TOO_LONG = "a cell is too long to be read"
"""What the engine says where a cell of a Parquet file is."""

# No cell is this text, so an empty cell stays an empty text and no cell becomes null.
_NO_NULL = "\x01\x02"
_FLOATS = {"FLOAT", "DOUBLE"}


def csv_scan(path: Path, header: Header, *, has_quotes: bool) -> str:
    """Return a scan of a plain CSV file: columns `c0`, `c1`, … by their places in the header.

    A broken record is left out where no cell is quoted, and ends the statement otherwise. The
    engine could name them: at ten kilobytes each, all in memory.
    """
    quote = '"' if has_quotes else ""
    columns = [f"c{place}" for place in range(len(header.names))]
    options = (
        f"header = false, skip = {header.lines}, quote = {sql.text(quote)}, "
        f"escape = {sql.text(quote)}, ignore_errors = {not has_quotes}, "
        # Never the limit at which a record is rejected: it drops none that a strict reader keeps.
        f"max_line_size = {2 * LONGEST}"
    )
    return _read_csv(path, columns, options)


def canonical_scan(path: Path, columns: Sequence[str]) -> str:
    """Return a scan of what `tables.canonical` wrote: every cell quoted, no header."""
    options = f"header = false, quote = '\"', escape = '\"', max_line_size = {4 * LONGEST}"
    return _read_csv(path, columns, options)


def _read_csv(path: Path, columns: Sequence[str], options: str) -> str:
    types = sql.listed(f"{sql.text(column)}: 'VARCHAR'" for column in columns)
    return (
        f"read_csv({sql.text(str(path))}, auto_detect = false, delim = ',', strict_mode = true, "
        f"nullstr = {sql.text(_NO_NULL)}, columns = {{{types}}}, {options})"
    )


def parquet_scan(path: Path, width: int) -> str:
    """Return a scan of a Parquet file: columns `c0`, `c1`, … by their places in the file."""
    columns = sql.listed(f"c{place}" for place in range(width))
    return f"{_read_parquet(path)} AS file({columns})"


def parquet_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    """Return the columns of a Parquet file, each with the engine's name of its type.

    Two may have the same name, which the engine would tell apart by names of its own.
    """
    types = connection.execute(f"DESCRIBE SELECT * FROM {_read_parquet(path)}").fetchall()
    query = f"SELECT name, num_children FROM parquet_schema({sql.text(str(path))})"
    _, *parts = connection.execute(query).fetchall()
    names, inside = [], 0
    for name, children in parts:  # depth first: what a column is made of comes after it
        if inside:
            inside -= 1
        else:
            names.append(str(name))
        inside += children or 0
    return [(name, str(kind)) for name, (_, kind, *_) in zip(names, types, strict=True)]


def _read_parquet(path: Path) -> str:
    # A folder called `a=1` is no column.
    return f"read_parquet({sql.text(str(path))}, hive_partitioning = false)"


def as_text(column: str, kind: str) -> str:
    """Return a column of a Parquet file as the text that it would be in CSV.

    A floating-point number that is whole is written as one, because that is what tables with
    blanks make of whole numbers; NaN is blank. Anything else is written as the engine does, and
    is an answer only if a map says so. A text that no record of CSV has room for ends the
    statement, which then says `TOO_LONG`: a file of a kilobyte can hold gigabytes of them.
    """
    if kind == "VARCHAR":
        too_long = f"WHEN strlen({column}) > {LONGEST} THEN error('{TOO_LONG}')"
        return f"CASE {too_long} ELSE coalesce({column}, '') END"
    written = f"CAST({column} AS VARCHAR)"
    if kind in _FLOATS:
        whole = f"CAST(CAST({column} AS BIGINT) AS VARCHAR)"
        is_whole = f"abs({column}) < 1e15 AND {column} = trunc({column})"
        return (
            f"CASE WHEN {column} IS NULL OR isnan({column}) THEN '' "
            f"WHEN {is_whole} THEN {whole} ELSE {written} END"
        )
    return f"coalesce({written}, '')"
