"""Parquet that is not what it seems: wrong types, broken files, and a few bytes that are many."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import random
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.hostile.batch.scoring import QUESTIONNAIRE, score_there
from tests.memory import MEGABYTE, peak_of
from tests.unit.core.small import document

# Seconds by themselves; the rest is for a machine that has other work.
pytestmark = pytest.mark.timeout(300)

GOOD = {"id": ["1", "2", "3"], "a": [0, 3, None], "b": [0, 1, 0], "c": [0, 0, 2]}
_MIB = 1024 * 1024


def written(folder: Path, columns: Mapping[str, object], name: str = "answers.parquet") -> Path:
    pq.write_table(pa.table(dict(columns)), folder / name)
    return folder / name


def test_whole_numbers_and_texts_are_read(tmp_path: Path) -> None:
    written(tmp_path, GOOD | {"b": ["0", "1", ""]})
    done = score_there(tmp_path, "answers.parquet")

    assert done.code == 0, done.said
    assert done.report is not None
    assert (done.report["read"], done.report["alerts"]["records"]) == (3, 1)


@pytest.mark.parametrize(
    ("values", "bad"),
    [
        (pa.array([True, False, None]), 2),
        (pa.array([0.5, 1.0, None]), 1),
        (pa.array([float("nan"), float("inf"), 1.0]), 1),
        (pa.array([[0], [1], None]), 2),
        (pa.array([{"x": 0}, None, {"x": 1}]), 2),
        (pa.array([b"0", b"1", None]), 0),
        (pa.array(["0", " 1", "01"]), 2),
        (pa.array([0, 2**63, 1], pa.uint64()), 1),
        (pa.array([0, 1, 2], pa.date32()), 3),
        (pa.array([None, None, None], pa.null()), 0),
        (pa.array(["0", "1", "9"]).dictionary_encode(), 1),
        (pa.array(["0", "1", "9"], pa.string_view()), 1),
        (pa.array(["0", " 1", "9"], pa.large_string()), 2),
        (pa.array([b"0", b"1", b"9"], pa.binary_view()), 1),
        (pa.array([["0"], ["1"], None], pa.list_(pa.string_view())), 2),
    ],
    ids=str,
)
def test_a_column_of_another_type_holds_answers_only_where_they_are_exact(
    values: pa.Array, bad: int, tmp_path: Path
) -> None:
    written(tmp_path, GOOD | {"a": values})
    done = score_there(tmp_path, "answers.parquet")

    assert done.report is not None, done.said
    rejected = done.report["rejected"]["by_reason"]
    assert rejected == ({"bad_answer": bad} if bad else {})
    assert done.report["read"] == done.report["scored"] + bad == 3
    assert done.report["alerts"]["records"] == 1


@pytest.mark.parametrize("again", ["c", "C"])
def test_a_column_that_is_there_twice_is_refused(again: str, tmp_path: Path) -> None:
    columns = [*GOOD.values(), [0, 0, 0]]
    table = pa.table([pa.array(column) for column in columns], names=[*GOOD, again])
    pq.write_table(table, tmp_path / "answers.parquet")
    done = score_there(tmp_path, "answers.parquet")

    assert done.code == 65
    assert "column c: 2 columns have this name" in done.said


def test_columns_are_told_apart_by_their_places(tmp_path: Path) -> None:
    """An engine that gives the second `x` a name of its own may give it that of an item."""
    names = ["id", "x", "x", "x_1", "a", "b", "c"]
    columns = [["1"], [3], [3], [1], [0], [0], [0]]
    table = pa.table([pa.array(column) for column in columns], names=names)
    pq.write_table(table, tmp_path / "answers.parquet")
    (tmp_path / "map.yaml").write_text("schema: 1\nitems: {a: x_1}\n", encoding="utf-8")
    done = score_there(tmp_path, "answers.parquet", "--map", "map.yaml")

    assert done.scores is not None, done.said
    assert done.scores.splitlines()[1].startswith("1,1,")


def test_a_folder_that_looks_like_a_column_is_none(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "a=9").mkdir()
    done = score_there(tmp_path, "answers.parquet", "--spool", "a=9")

    assert done.code == 0, done.said


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(share: float, tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    content = file.read_bytes()
    file.write_bytes(content[: 4 + int((len(content) - 4) * share)])
    done = score_there(tmp_path, "answers.parquet")

    assert done.code == 65, done.said
    assert "answers.parquet is damaged" in done.said
    assert done.scores is None


SCORE_EACH = """
import json, sys
from pathlib import Path
from moodcheck.cli import app

codes = {}
for file in sorted(Path().glob("*.parquet")):
    sys.argv = ["moodcheck", "score", file.name, "--questionnaire", "small.yaml", "--exact",
                "--map", "map.yaml", "--output", f"{file.stem}.csv", "--allow-rejects"]
    codes[file.stem] = int(app.main())
Path("codes.json").write_text(json.dumps(codes))
"""


MUTATIONS = int(os.environ.get("PARQUET_MUTATIONS", "50"))
"""How many damaged files of each kind are read; `just hostile` reads a thousand."""


@pytest.mark.parametrize("first", range(0, MUTATIONS, 50))
def test_a_mutated_file_is_refused_by_name_or_read_as_others_read_it(
    first: int, tmp_path: Path
) -> None:
    rows = random.Random(first).choices(range(4), k=200)  # noqa: S311 - no secret
    columns = {"id": [f"C-{i}" for i in range(200)], **dict.fromkeys("abc", rows)}
    # Without the schema that only Arrow reads: where that breaks, it refuses what others read.
    pq.write_table(pa.table(columns), tmp_path / "good.parquet", store_schema=False)
    good = (tmp_path / "good.parquet").read_bytes()
    for seed in range(first, first + 50):
        (tmp_path / f"mutated-{seed}.parquet").write_bytes(mutated(good, seed))
    (tmp_path / "map.yaml").write_text("schema: 1\nkeep: [a, b, c]\n", encoding="utf-8")
    codes, said = scored_each(tmp_path)
    assert codes.pop("good") == 0
    assert len(codes) == 50
    assert set(codes.values()) <= {0, 65}
    for name, code in codes.items():
        if code == 65:
            assert f"moodcheck: {name}.parquet " in said
            assert not (tmp_path / f"{name}.csv").exists()
        else:
            expected = read_by_others(tmp_path / f"{name}.parquet")
            assert scored_and_rejected(tmp_path / f"{name}.csv") == expected


def scored_each(folder: Path) -> tuple[dict[str, int], str]:
    """Score every file in a folder by itself; return how each run ended, and what all said."""
    (folder / QUESTIONNAIRE).write_text(json.dumps(document()), encoding="utf-8")
    code, said, peak = peak_of([sys.executable, "-c", SCORE_EACH], folder)
    assert code == 0, said[-500:]
    assert "panicked" not in said
    assert "Traceback" not in said
    assert peak < 500 * MEGABYTE
    codes: dict[str, int] = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
    return codes, said


NOON = dt.datetime(2026, 3, 29, 12, 30, tzinfo=dt.UTC)
OF_MANY_TYPES: dict[str, tuple[object, pa.DataType]] = {
    "at": (NOON, pa.timestamp("us", "Europe/Berlin")),
    "local": (NOON.replace(tzinfo=None), pa.timestamp("ms")),
    "day": (NOON.date(), pa.date32()),
    "clock": (NOON.time(), pa.time64("us")),
    "price": (Decimal("1.50"), pa.decimal128(3, 2)),
    "wide": (Decimal("1.5"), pa.decimal256(60, 1)),
    "yes": (True, pa.bool_()),
    "half": (0.5, pa.float32()),
    "large": (2**63, pa.uint64()),
    "lump": (b"\xff\0", pa.binary()),
    "list": ([1], pa.list_(pa.int64())),
}


@pytest.mark.parametrize("first", range(0, MUTATIONS, 50))
def test_no_mutation_of_any_type_ends_in_anything_but_a_message(first: int, tmp_path: Path) -> None:
    """Also where a column is not asked for: what tells records apart is read as well."""
    answers = [number % 4 for number in range(100)]
    columns = {name: pa.array([one] * 100, kind) for name, (one, kind) in OF_MANY_TYPES.items()}
    columns |= {"id": pa.array([f"C-{n}" for n in range(100)]), "a": pa.array(answers, pa.int8())}
    columns |= {"b": pa.array(map(float, answers)), "c": pa.array(map(str, answers))}
    for seed in range(first, first + 50):
        file = tmp_path / f"mutated-{seed}.parquet"
        pq.write_table(
            pa.table(columns),
            file,
            compression=["snappy", "zstd", "none"][seed % 3],
            data_page_version=["1.0", "2.0"][seed % 2],
            store_schema=seed % 4 < 2,
            use_dictionary=seed % 5 > 0,
        )
        file.write_bytes(mutated(file.read_bytes(), seed, most=1 + seed % 3))
    kept = ", ".join(one for one in OF_MANY_TYPES if one not in {"wide", "lump", "yes"})
    (tmp_path / "map.yaml").write_text(f"schema: 1\nkeep: [{kept}]\n", encoding="utf-8")
    codes, said = scored_each(tmp_path)

    assert set(codes.values()) <= {0, 65}
    refused = [name for name, code in codes.items() if code == 65]
    assert said.count("moodcheck: ") == len(refused)
    assert not [name for name in refused if (tmp_path / f"{name}.csv").exists()]


def mutated(content: bytes, seed: int, most: int = 8) -> bytes:
    """Return the content with one to `most` bytes changed, after the mark at its beginning."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    changed = bytearray(content)
    for _ in range(chance.randint(1, most)):
        changed[chance.randrange(4, len(changed))] = chance.randrange(256)
    return bytes(changed)


def read_by_others(file: Path) -> tuple[list[list[str]], list[int]]:
    """Return the rows that can be scored, as text, and the numbers of those that cannot."""
    names = ["id", "a", "b", "c"]
    try:
        table = pq.read_table(file, columns=names)
    except (OSError, pa.ArrowInvalid):  # one of them refuses what the other reads
        table = pl.read_parquet(file, columns=names).select(names).to_arrow()
    rows = table.to_pylist()
    texts = [["" if cell is None else str(cell) for cell in row.values()] for row in rows]
    is_good = [row[0].isprintable() and {*row[1:]} <= {"", "0", "1", "2", "3"} for row in texts]
    return (
        [row for row, good in zip(texts, is_good, strict=True) if good],
        [number for number, good in enumerate(is_good, start=1) if not good],
    )


def scored_and_rejected(scores: Path) -> tuple[list[list[str]], list[int]]:
    """Return the cells that were carried into the scores, and the numbers of rejected records."""
    with scores.open(encoding="utf-8", newline="") as file:
        scored = [row[:4] for row in csv.reader(file)]
    with scores.with_suffix(".rejects.csv").open(encoding="utf-8", newline="") as file:
        rejected = [int(row["record"]) for row in csv.DictReader(file)]
    return scored[1:], rejected


@pytest.mark.parametrize(
    ("rows", "length", "codes"),
    [
        (256, 8 * _MIB, {65}),  # one after the other is refused as it is met
        (12_000, 60_000, {0, 74}),  # each may be read, and 2,048 at once are what the engine reads
    ],
)
def test_a_small_file_that_decodes_to_gigabytes_takes_bounded_memory(
    rows: int, length: int, codes: set[int], tmp_path: Path
) -> None:
    """It is read, or refused with a message; what is staged lies on the disk, and not in memory.

    74 is for scores that the engine has no room to write, a few thousand long ids at a time.
    """
    columns = {name: pa.array([0] * rows, pa.int8()) for name in "abc"}
    places, texts = pa.array([0] * rows, pa.int32()), pa.array(["x" * length])
    bomb = pa.DictionaryArray.from_arrays(places, texts)
    pq.write_table(pa.table({"id": bomb, **columns}), tmp_path / "bomb.parquet", compression="zstd")
    (tmp_path / QUESTIONNAIRE).write_text(json.dumps(document()), encoding="utf-8")
    assert (tmp_path / "bomb.parquet").stat().st_size < _MIB

    command = [sys.executable, "-m", "moodcheck", "score", "bomb.parquet", "--output", "s.csv"]

    code, said, peak = peak_of([*command, "--questionnaire", QUESTIONNAIRE], tmp_path)

    assert code in codes, said[-500:]
    assert "Traceback" not in said
    assert ("bomb.parquet has a cell of over 1,000,000 bytes" in said) is (code == 65)
    assert peak < 500 * MEGABYTE


_LONG = pa.array(["x" * 900_000])


def _repeated(rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), _LONG)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"id": _repeated(160)}, "made to exhaust memory"),
        ({"id": pa.array([0] * 160), "note": _repeated(160)}, "made to exhaust memory"),
        ({"id": pa.array(range(20_000)), "note": _repeated(20_000)}, ""),
        ({"id": pa.nulls(400_000, pa.string())}, ""),
        ({"id": pa.array([1, 2]), "list": pa.array([[0] * 2_000_000] * 2)}, ""),
    ],
    ids=["one page", "one page that nobody reads", "a text for all", "rows of nothing", "lists"],
)
def test_a_bomb_is_refused_by_name_or_read_as_it_stands(
    columns: Mapping[str, pa.Array], says: str, tmp_path: Path
) -> None:
    rows = len(columns["id"])
    answers = dict.fromkeys("abc", pa.array([3] * rows, pa.int8()))
    table = pa.table({**columns, **answers})
    if says:  # written out, and all of it in one page
        plain = [
            one.cast(pa.string()) if pa.types.is_dictionary(one.type) else one for one in table
        ]
        table = pa.table(plain, names=table.column_names)
    pq.write_table(
        table,
        tmp_path / "bomb.parquet",
        compression="zstd",
        use_dictionary=not says,
        data_page_size=2**31 - 1,
        write_batch_size=1_000_000,
    )
    (tmp_path / QUESTIONNAIRE).write_text(json.dumps(document()), encoding="utf-8")
    assert (tmp_path / "bomb.parquet").stat().st_size < _MIB
    command = [sys.executable, "-m", "moodcheck", "score", "bomb.parquet", "--output", "s.csv"]
    code, said, peak = peak_of([*command, "--questionnaire", QUESTIONNAIRE], tmp_path)

    assert code == (65 if says else 0)
    assert says in said
    assert "Traceback" not in said
    assert peak < 500 * MEGABYTE
    if not says:
        with (tmp_path / "s.csv").open(encoding="utf-8") as scores:
            assert sum(1 for _ in scores) == rows + 1
