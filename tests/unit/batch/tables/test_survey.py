"""A look at every byte tells which files parsers read differently, wherever a chunk ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.batch.tables import survey as module
from moodcheck.batch.tables.survey import Survey, survey


def seen(signs: str) -> Survey:
    """Return what is seen: q has quotes, b has blank lines, p is plain, a digit counts lines."""
    lines = int("".join(filter(str.isdigit, signs)))
    return Survey("q" in signs, "b" in signs, lines, "p" in signs)


def surveyed(content: bytes, folder: Path) -> Survey:
    file = folder / "answers.csv"
    file.write_bytes(content)
    return survey(file)


@pytest.mark.parametrize("chunk", [1, 2, 3, 1024])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", seen("p0")),
        (b"a,b\n1,2\n", seen("p2")),
        (b"a,b\n1,2", seen("p2")),
        (b"a,b\r\n1,2\r\n", seen("p2")),
        (b'a,b\n"1",2\n', seen("qp2")),
        (b"a,b\n\n1,2\n", seen("bp3")),
        (b"a,b\r\n\r\n1,2\r\n", seen("bp3")),
        (b"\na,b\n", seen("bp2")),
        (b"a,b\n1,2\r\n", seen("2")),
        (b"a,b\r1,2\r", seen("1")),
        (b"a,b\n1\0,2\n", seen("2")),
        (b'a,b\n "1",2\n', seen("q2")),
        (b'a,b\n"1" ,2\n', seen("q2")),
        (b'a,b\n\t"1",2\n', seen("q2")),
    ],
)
def test_what_is_in_a_file_is_seen(
    content: bytes, expected: Survey, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CHUNK", chunk)

    assert surveyed(content, tmp_path) == expected
