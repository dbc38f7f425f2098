"""A look at every byte tells which files parsers read differently, wherever a chunk ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.adapters.tables import survey as module
from moodcheck.adapters.tables.survey import Survey, survey


def seen(signs: str) -> Survey:
    """Return what is seen: q has quotes, b has blank lines, p is plain."""
    return Survey(has_quotes="q" in signs, has_blank_lines="b" in signs, is_plain="p" in signs)


def surveyed(content: bytes, folder: Path) -> Survey:
    file = folder / "answers.csv"
    file.write_bytes(content)
    return survey(file)


@pytest.mark.parametrize("chunk", [1, 2, 3, 1024])
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", seen("p")),
        (b"a,b\n1,2\n", seen("p")),
        (b"a,b\r\n1,2\r\n", seen("p")),
        (b'a,b\n"1",2\n', seen("qp")),
        (b"a,b\n\n1,2\n", seen("bp")),
        (b"a,b\r\n\r\n1,2\r\n", seen("bp")),
        (b"\na,b\n", seen("bp")),
        (b"a,b\n1,2\r\n", seen("")),
        (b"a,b\r1,2\r", seen("")),
        (b"a,b\n1\0,2\n", seen("")),
        (b'a,b\n "1",2\n', seen("q")),
        (b'a,b\n"1" ,2\n', seen("q")),
        (b'a,b\n\t"1",2\n', seen("q")),
    ],
)
def test_what_is_in_a_file_is_seen(
    content: bytes, expected: Survey, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CHUNK", chunk)

    assert surveyed(content, tmp_path) == expected
