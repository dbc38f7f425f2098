"""Lines of JSON are what the strict reader takes them for, whichever way they are read."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moodcheck.batch.embedded.jsonl_rows import JsonlRows
from moodcheck.batch.embedded.rows import strict_rows
from tests.jsonl import read_jsonl

KEYS = ("id", "a", "x", "b")
COLUMNS = {"id_0": "id", "text_a": "a", "text_b": "b"}
NUMBERS = {"text_a": range(4), "text_b": (-1, 12)}
GOOD = '{"id":"p","a":1,"x":null,"b":12}'
LINES = [
    *(GOOD, '{"id":"q","a":null,"x":1.5,"b":-1}', '{"id":"","a":3,"x":true,"b":null}'),
    *('{"id":"p","a":7,"x":0,"b":12}', '{"id":"p","a":1.0,"x":0,"b":1e1}'),
    *('{"id":"p:,","a":1,"x":"y","b":12}', '{"id":"é","a":"1","x":0,"b":"12"}'),
    *('{"id": "p", "a": 1, "x": 0, "b": 12}', '{"a":1,"id":"p","b":12,"x":0}'),
    *('{"id":"p","a":1,"b":12}', '{"id":"p","a":01,"x":0,"b":12}', '{"id":"p"}', "[1]", "", " "),
    *('{"id":"p","a":1,"x":0,"b":12', '{"id":"p","a":1,"a":2,"b":12}', "{,}", '{"id":null}'),
    *('{"id":"p\\"","a":1,"x":0,"b":12}', '{"id":"p\x1f","a":1,"x":0,"b":12}', '"'),
    *(
        '{"id":"p,q","a":1,"x":null,"b":12}',
        '{"id":"p,q","a":1,"b":12}',
        '{"id":"p","a":1,,"b":12}',
    ),
    *('{"id":"p","a":1,"x":"",","b":12}', '{"id":"p","a":1,"x":"b":12}', ',"b":12}', '{"id":"p",'),
    *('{"id":"p","a":1,"x\r":0,"b":12}', '{"id":"p","a":1,"x":0,"b":12}\r', '{"id":p","a":1}'),
]


def read(content: bytes) -> tuple[list[tuple[object, ...]], list[object], int]:
    rows = JsonlRows(COLUMNS, KEYS, NUMBERS).read(content)
    texts = [pl.col(called).cast(pl.String).fill_null("") for called in COLUMNS]
    return rows.frame.select("__record", *texts).rows(), [*rows.broken], rows.blank_lines


def read_strictly(content: bytes) -> tuple[list[tuple[object, ...]], list[object], int]:
    records, blank = read_jsonl(content, [*COLUMNS.values()])
    rows = strict_rows(records, blank, {one: i for i, one in enumerate(COLUMNS)})
    return rows.frame.rows(), [*rows.broken], rows.blank_lines


@given(lines=st.lists(st.sampled_from(LINES), min_size=1, max_size=4), good=st.integers(0, 3))
@example(lines=['{"id":"p","a":1,"x\r":0,"b":12}'], good=2)
@example(lines=['{"id":"p","a":1,"x":0,"b":12}', '{"id":"p","a":1.0,"x":0,"b":1e1}'], good=0)
def test_every_line_is_what_the_strict_reader_takes_it_for(lines: list[str], good: int) -> None:
    content = "".join(f"{line}\n" for line in [*[GOOD] * good, *lines]).encode()

    assert read(content) == read_strictly(content)


@pytest.mark.parametrize("called", ["p", "p, q"])
@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_lines_that_are_alike_are_read_at_once(blank: str, called: str) -> None:
    line = GOOD.replace(":", f":{blank}").replace(",", f"{blank},{blank}")
    line = line.replace('"p"', f'"{called}"')
    content = f"{line}\n{line.replace('1', 'null', 1)}\n".encode()
    rows = JsonlRows(COLUMNS, KEYS, NUMBERS)._alike.read(content)

    assert rows is not None
    assert rows.frame.rows() == [(1, called, 1, 12), (2, called, None, 12)]
    assert rows.content([2]) == [content.splitlines()[1]]
