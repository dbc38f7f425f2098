"""A hostile file gets the same verdict packed, from a pipe, and read one record at a time."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace
from pathlib import Path

import pytest

from moodcheck.batch.embedded.engine import EmbeddedEngine
from tests.hostile.batch.corpus import Case
from tests.hostile.batch.every_case import CASES, write_side_files
from tests.hostile.batch.scoring import Scored, score, score_piped

_BLANK = b"\xef\xbb\xbf \t\r\n"

STRIDE = int(os.environ.get("HOSTILE_STRIDE", "12"))
"""Every how many-th file is read in each way; `just hostile` reads all."""


def _some(first: int) -> list[Case]:
    single = [case for case in CASES if isinstance(case.content, bytes)]
    return single[first % STRIDE :: STRIDE]


def _verdict(done: Scored, name: str) -> tuple[object, ...]:
    """Return what a run wrote, whatever its input is called."""
    texts = (done.scores, done.rejects, done.alerts)
    return (done.code, *(text and text.replace("standard input", name) for text in texts))


def _plain(case: Case, folder: Path) -> tuple[object, ...]:
    return _verdict(_scored(case, folder / "plain"), case.called)


def _scored(case: Case, folder: Path) -> Scored:
    return score(_folder(folder), case.files, *case.options)


def _folder(folder: Path) -> Path:
    folder.mkdir()
    write_side_files(folder)
    return folder


@pytest.mark.parametrize("case", _some(0), ids=lambda case: case.name)
def test_a_packed_file_gets_the_verdict_of_what_is_in_it(case: Case, tmp_path: Path) -> None:
    assert isinstance(case.content, bytes)
    packed = replace(case, content=gzip.compress(case.content))
    if case.content.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
        packed = case  # packed twice is another file

    assert _verdict(_scored(packed, tmp_path / "way"), case.called) == _plain(case, tmp_path)


@pytest.mark.parametrize("case", _some(2), ids=lambda case: case.name)
def test_one_record_at_a_time_makes_no_difference(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _plain(case, tmp_path)
    small = EmbeddedEngine(piece_bytes=1)
    monkeypatch.setattr("moodcheck.cli.score.open_engine", lambda *_how: small)

    assert _verdict(_scored(case, tmp_path / "way"), case.called) == expected


@pytest.mark.parametrize("case", _some(4), ids=lambda case: case.name)
def test_what_comes_through_a_pipe_gets_the_verdict_of_a_file(case: Case, tmp_path: Path) -> None:
    assert isinstance(case.content, bytes)
    is_told = case.called.endswith(".csv") or case.content.lstrip(_BLANK).startswith(b"{")
    if not is_told:
        return  # only its name says what it is
    piped = score_piped(_folder(tmp_path / "way"), case.content, *case.options)

    assert _verdict(piped, case.called) == _plain(case, tmp_path)
