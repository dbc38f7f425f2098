"""Every row of the table of verdicts in docs/scoring.md, on files that show it."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.spark.engine import SparkEngine
from moodcheck.errors import BadData, MoodcheckError, UsageError
from tests.parity.files import scored
from tests.shipped import CHECKOUT, SYMPTOMS

if TYPE_CHECKING:
    from moodcheck.batch.row_engine import RowEngine

PAGE = (CHECKOUT / "docs" / "scoring.md").read_text(encoding="utf-8")
TITLE = "| what stands there | here | on a cluster |\n|---|---|---|\n"

ITEMS = [item.id for item in SYMPTOMS.items]
ANSWERS = ",".join("1" * len(ITEMS))
HEADER = ",".join(["id", *ITEMS, "note"])


@dataclass(frozen=True)
class Made:
    """What came of a file."""

    scored: tuple[str, ...]
    """Ids, in order."""
    rejected: tuple[tuple[str, str], ...] = ()
    """Reasons, each with the number of the record."""


Verdict = Made | type[MoodcheckError]


@dataclass(frozen=True)
class Shown:
    """A file that shows a row of the table, and what becomes of it."""

    content: str | bytes
    here: Verdict
    on_cluster: Verdict
    name: str = "answers.csv"
    answer_map: AnswerMap | None = None


def rows(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def row(called: str, note: str = "") -> str:
    return f"{called},{ANSWERS},{note}"


def objects(*parts: str) -> str:
    answers = ", ".join(f'"{item}": 1' for item in ITEMS)
    return "".join(f"{{{part}, {answers}}}\n" for part in parts)


A, B = row("a"), row("b")
GOOD = rows(A)
ONLY_A = Made(("a",))

SHOWN = {
    "the number of a record": [
        Shown(
            rows(A, "b,9" + ANSWERS[1:] + ",", row("c")),
            Made(("a", "c"), (("bad_answer", "2"),)),
            Made(("a", "c"), (("bad_answer", ""),)),
        )
    ],
    "a quoted cell over several lines": [
        Shown(
            rows(A, row("b", '"two\nlines"'), row('"two\nlines"'), f'd,{ANSWERS},"\n{B}"'),
            Made(("a", "b"), (("suspect_id", "3"), ("suspect_cell", "4"))),
            Made(("a",), (("broken_quote", ""),) * 6),
        )
    ],
    "a quotation mark inside a cell that does not begin with one": [
        Shown(
            rows(A, row('b"c"'), row("d", ' "e"')),
            Made(("a", 'b"c"', "d")),
            Made(("a",), (("broken_quote", ""),) * 2),
        )
    ],
    "bytes that are not UTF-8, and the replacement character U+FFFD itself": [
        Shown(
            rows(A, row("b\udcff"), row("c\ufffd")).encode(errors="surrogateescape"),
            Made(("a", "c\ufffd"), (("bad_encoding", "2"),)),
            Made(("a",), (("bad_encoding", ""),) * 2),
        )
    ],
    "a list or an object inside a JSON object": [
        Shown(
            objects('"id": "a"', '"id": "b", "note": [1]', '"id": "c", "note": {}')
            + objects('"id": "d"').replace("1", "[1]", 1),
            Made(("a", "b", "c"), (("bad_answer", "4"),)),
            Made(("a",), (("not_an_object", ""),) * 3),
            "answers.jsonl",
        )
    ],
    "a JSON line that is broken, and names a column twice before it breaks": [
        Shown(
            objects('"id": "a"') + '{"id": "b", "id": "b"}}\n',
            Made(("a",), (("duplicate_key", "2"),)),
            Made(("a",), (("not_an_object", ""),)),
            "answers.jsonl",
        )
    ],
    "lines of CSV that end in a carriage return alone": [
        Shown(rows(A, B).replace("\n", "\r"), Made(("a", "b")), Made(("a", "b")))
    ],
    "a file that is packed, and its name does not say so, or the other way round": [
        Shown(gzip.compress(GOOD.encode(), mtime=0), ONLY_A, UsageError),
        Shown(GOOD, ONLY_A, UsageError, "answers.csv.gz"),
    ],
    "a name that begins with `_` or `.`, or a path with a colon": [
        Shown(GOOD, ONLY_A, UsageError, name) for name in ("_a.csv", ".a.csv", "a:b.csv")
    ],
    "a header over several lines, separators other than commas, a first line `sep=,`": [
        Shown(GOOD.replace("note", '"note\nof"'), ONLY_A, UsageError),
        Shown(GOOD.replace(",", ";"), ONLY_A, UsageError),
        Shown(f"sep=,\n{GOOD}", ONLY_A, UsageError),
    ],
    "`rows` and `blank_when` in a map": [
        Shown(GOOD, ONLY_A, UsageError, answer_map=one)
        for one in (
            AnswerMap.model_validate({"schema": 1, "rows": {"id": ("a",)}}),
            AnswerMap.model_validate({"schema": 1, "blank_when": {"note": ("x",)}}),
        )
    ],
    "the header once more, further down": [
        Shown(rows(A, HEADER, B), Made(("a", "b"), (("bad_answer", "2"),)), BadData)
    ],
    "order of rows": [Shown(rows(B, A), Made(("b", "a")), Made(("a", "b")))],
    "standard input and output": [Shown(GOOD, ONLY_A, UsageError, "-")],
}


def _table() -> dict[str, tuple[str, str]]:
    body = PAGE.split(TITLE)[1].split("\n\n")[0]
    found = [line.strip("| ").split(" | ") for line in body.splitlines()]
    return {what: (here, on_cluster) for what, here, on_cluster in found}


TABLE = _table()


def test_every_row_of_the_table_is_shown_by_a_file() -> None:
    assert [*SHOWN] == [*TABLE]


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("what", TABLE)
def test_a_row_of_the_table_is_what_both_engines_do(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, shown in enumerate(SHOWN[what]):
        here = _verdict(EmbeddedEngine(), shown, tmp_path / f"here-{place}", monkeypatch)
        on_cluster = _verdict(SparkEngine(), shown, tmp_path / f"there-{place}", monkeypatch)

        assert here == shown.here
        # A cluster has no order, and its keys of rows are no numbers of records.
        assert _in_no_order(on_cluster) == shown.on_cluster
    for words, side in zip(TABLE[what], ("here", "on_cluster"), strict=True):
        _hold_to_its_words(words, [getattr(shown, side) for shown in SHOWN[what]])


def _hold_to_its_words(words: str, verdicts: list[Verdict]) -> None:
    """Hold a cell of the table to verdicts: it names every reason, and says what is refused."""
    made = [one for one in verdicts if isinstance(one, Made)]
    reasons = {reason for one in made for reason, _record in one.rejected}
    named = {word for word in re.findall(r"`(\w+)`", words) if word in {*RejectReason}}
    assert named <= reasons
    assert ("refused" in words) is (len(made) < len(verdicts))


def _verdict(
    engine: RowEngine, shown: Shown, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Verdict:
    folder.mkdir()
    monkeypatch.chdir(folder)
    content = shown.content if isinstance(shown.content, bytes) else shown.content.encode()
    if shown.name == "-":
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    else:
        Path(shown.name).write_bytes(content)
    try:
        outcome = scored(engine, SYMPTOMS, Path(shown.name), shown.answer_map)
    except MoodcheckError as error:
        return type(error)
    rejected = tuple((one["reason"], one["record"]) for one in outcome.rejects)
    return Made(tuple(one["id"] for one in outcome.scores), rejected)


def _in_no_order(verdict: Verdict) -> Verdict:
    if isinstance(verdict, Made):
        keys = [key for _reason, key in verdict.rejected]
        assert len({*keys} - {""}) == len(keys)
        rejected = ((reason, "") for reason, _key in verdict.rejected)
        return Made(tuple(sorted(verdict.scored)), tuple(sorted(rejected)))
    return verdict


def test_scores_for_standard_output_are_refused(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(GOOD, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "moodcheck", "score", "answers.csv", "--engine", "spark"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "moodcheck: A cluster writes a folder of files. Name it with --output.\n"
    )
