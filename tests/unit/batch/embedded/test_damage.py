"""Only what the bytes of an input brought about is blamed on it, and it by its name."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from moodcheck.batch.embedded.damage import damage_named
from moodcheck.batch.embedded.scans import TOO_LONG
from moodcheck.batch.tables.intake import Source
from moodcheck.batch.tables.kinds import TableKind
from moodcheck.errors import BadData, IOFailed


@pytest.fixture
def source(tmp_path: Path) -> Source:
    (tmp_path / "input-0").write_bytes(b"PAR1")
    return Source("answers.parquet", tmp_path / "input-0", TableKind.PARQUET)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (duckdb.IOException, 'Could not read enough bytes from file "{path}": 9 from 4'),
        (duckdb.IOException, "DATE converted type can only be set for value of Type::INT32"),
        (duckdb.InvalidInputException, "No magic bytes found at end of file '{path}'"),
        # The engine quotes the statement, and cuts it short inside the path.
        (duckdb.InvalidInputException, "No '{path}'\n\nLINE 1: read_parquet('{folder}/inp...\n^^"),
        (duckdb.Error, "Out of buffer"),
        (duckdb.InternalException, "Information loss on integer cast"),
        (duckdb.OutOfMemoryException, "failed to allocate data of size 1.0 GiB"),
        (duckdb.InvalidInputException, TOO_LONG),
    ],
)
def test_what_is_in_the_file_is_its_own_fault(
    kind: type[duckdb.Error], said: str, source: Source
) -> None:
    with pytest.raises(BadData, match=r"^answers\.parquet .*nothing was scored") as caught:
        raised_inside(source, kind, said)

    assert str(source.path.parent) not in str(caught.value)
    assert caught.value.mend


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (duckdb.IOException, 'Could not write file "{folder}/rows.duckdb": No space left'),
        (duckdb.OutOfMemoryException, "failed to offload\nset by 'max_temp_directory_size'"),
        (duckdb.FatalException, "Could not fsync"),
        (duckdb.TransactionException, "Failed to commit"),
        (duckdb.BinderException, "Referenced column not found"),
        (duckdb.InterruptException, "Interrupted!"),
    ],
)
def test_what_a_disk_or_a_statement_does_is_not(
    kind: type[duckdb.Error], said: str, source: Source
) -> None:
    with pytest.raises(kind):
        raised_inside(source, kind, said)


def test_a_file_that_cannot_be_read_by_anybody_is_not_called_damaged(source: Source) -> None:
    source.path.unlink()

    with pytest.raises(IOFailed, match=r"answers\.parquet cannot be read to its end: No such"):
        raised_inside(source, duckdb.IOException, 'Could not read from file "{path}": I/O error')


def raised_inside(source: Source, kind: type[duckdb.Error], said: str) -> None:
    with damage_named(source):
        raise kind(said.format(path=source.path, folder=source.path.parent))
