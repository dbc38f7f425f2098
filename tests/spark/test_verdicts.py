"""Every row of the table of verdicts in docs/spark.md, on files that show it."""

from __future__ import annotations

import gzip
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.spark.engine import SparkEngine
from moodcheck.errors import BadData, MoodcheckError, UsageError
from tests.in_process import run
from tests.parity.files import scored
from tests.shipped import CHECKOUT
from tests.spark.asked import ASKED, ITEMS, in_file

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from moodcheck.batch.row_engine import RowEngine

PAGE = (CHECKOUT / "docs" / "spark.md").read_text(encoding="utf-8")
TITLE = "| what stands there | here | on a cluster |\n|---|---|---|\n"

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


@dataclass(frozen=True, eq=False)
class Shown:
    """A file that shows a row of the table, and what becomes of it; equal to no other."""

    content: str | bytes
    here: Verdict
    on_cluster: Verdict
    name: str = "answers.csv"
    answer_map: AnswerMap | None = field(default=None, hash=False)

    @property
    def as_bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content.encode()


def workbook(text: str) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(content)
    return content.getvalue()


def rows(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def row(called: str, note: str = "") -> str:
    return f"{called},{ANSWERS},{note}"


def objects(*parts: str) -> str:
    answers = ", ".join(f'"{item}": 1' for item in ITEMS)
    return "".join(f"{{{part}, {answers}}}\n" for part in parts)


A = row("a")
GOOD = rows(A)
ONLY_A = Made(("a",))

SHOWN = {
    "the number of a record": [
        Shown(
            rows(row("n1"), "n2,9" + ANSWERS[1:] + ",", row("n3")),
            Made(("n1", "n3"), (("bad_answer", "2"),)),
            Made(("n1", "n3"), (("bad_answer", ""),)),
        )
    ],
    "a quoted cell over several lines": [
        Shown(
            rows(
                row("l1"),
                row("l2", '"two\nlines"'),
                row('"two\nlines"'),
                f'l4,{ANSWERS},"\n{row("l5")}"',
            ),
            Made(("l1", "l2"), (("suspect_id", "3"), ("suspect_cell", "4"))),
            Made(("l1",), (("broken_quote", ""),) * 6),
        )
    ],
    "a quotation mark inside a cell that does not begin with one": [
        Shown(
            rows(row("q1"), row('q2"c"'), row("q3", ' "e"')),
            Made(("q1", 'q2"c"', "q3")),
            Made(("q1",), (("broken_quote", ""),) * 2),
        )
    ],
    "bytes that are not UTF-8, and the replacement character U+FFFD itself": [
        Shown(
            rows(row("u1"), row("u2\udcff"), row("u3\ufffd")).encode(errors="surrogateescape"),
            Made(("u1", "u3\ufffd"), (("bad_encoding", "2"),)),
            Made(("u1",), (("bad_encoding", ""),) * 2),
        )
    ],
    "a list or an object inside a JSON object": [
        Shown(
            objects('"id": "o1"', '"id": "o2", "note": [1]', '"id": "o3", "note": {}')
            + objects('"id": "o4"').replace(": 1", ": [1]", 1),
            Made(("o1", "o2", "o3"), (("bad_answer", "4"),)),
            Made(("o1",), (("not_an_object", ""),) * 3),
            "answers.jsonl",
        )
    ],
    "a JSON line that is broken, and names a column twice before it breaks": [
        Shown(
            objects('"id": "j1"') + '{"id": "j2", "id": "j2"}}\n',
            Made(("j1",), (("duplicate_key", "2"),)),
            Made(("j1",), (("not_an_object", ""),)),
            "answers.jsonl",
        )
    ],
    "lines of CSV that end in a carriage return alone": [
        Shown(
            rows(row("c1"), row("c2")).replace("\n", "\r"), Made(("c1", "c2")), Made(("c1", "c2"))
        )
    ],
    "a file that is packed, and its name does not say so, or the other way round": [
        Shown(gzip.compress(GOOD.encode(), mtime=0), ONLY_A, UsageError),
        Shown(GOOD, ONLY_A, UsageError, "answers.csv.gz"),
    ],
    "a name that begins with `_` or `.`, or a local path with a colon": [
        Shown(GOOD, ONLY_A, UsageError, name) for name in ("_a.csv", ".a.csv", "a:b.csv")
    ],
    "a header over several lines, separators other than commas, a first line `sep=,`": [
        Shown(GOOD.replace("note", '"note\nof"'), ONLY_A, UsageError),
        Shown(GOOD.replace(",", ";"), ONLY_A, UsageError),
        Shown(f"sep=,\n{GOOD}", ONLY_A, UsageError),
    ],
    "`rows`, `blank_when` and `long` in a map": [
        Shown(GOOD, ONLY_A, UsageError, answer_map=one)
        for one in (
            AnswerMap.model_validate({"schema": 1, "rows": {"id": ("a",)}}),
            AnswerMap.model_validate({"schema": 1, "blank_when": {"note": ("x",)}}),
        )
    ],
    "a workbook of Excel, a file of SPSS, Stata or SAS": [
        Shown(workbook(GOOD), ONLY_A, UsageError, "answers.xlsx")
    ],
    "the header once more, further down": [
        Shown(rows(A, HEADER, row("b")), Made(("a", "b"), (("bad_answer", "2"),)), BadData)
    ],
    "order of rows": [Shown(rows(row("r2"), row("r1")), Made(("r2", "r1")), Made(("r1", "r2")))],
    "standard input and output": [Shown(GOOD, ONLY_A, UsageError, "-")],
}


def _table() -> dict[str, tuple[str, str]]:
    body = PAGE.split(TITLE)[1].split("\n\n")[0]
    found = [line.strip("| ").split(" | ") for line in body.splitlines()]
    return {what: (here, on_cluster) for what, here, on_cluster in found}


TABLE = _table()


def test_every_row_of_the_table_is_shown_by_a_file() -> None:
    assert [*SHOWN] == [*TABLE]


@pytest.fixture(scope="module")
def together(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> dict[Shown, Made]:
    """Return what a cluster makes of all files that it reads, in one run."""
    del spark
    read = [one for every in SHOWN.values() for one in every if isinstance(one.on_cluster, Made)]
    files = {tmp_path_factory.mktemp("read") / one.name: one for one in read}
    for file, one in files.items():
        file.write_bytes(one.as_bytes)
    outcome = scored(SparkEngine(), ASKED, [*files])
    # A cluster has no order, and its keys of rows are no numbers of records.
    assert len({row["record"] for row in outcome.rejects} - {""}) == len(outcome.rejects)
    rejects = sorted((row["file"], row["reason"]) for row in outcome.rejects)
    ids = sorted(row["id"] for row in outcome.scores)
    made = {
        one: Made(
            tuple(called for called in ids if called in one.as_bytes.decode(errors="replace")),
            tuple((reason, "") for name, reason in rejects if name == str(file)),
        )
        for file, one in files.items()
    }
    assert sum(len(one.scored) for one in made.values()) == len(ids)
    return made


@pytest.mark.parametrize("what", TABLE)
def test_a_row_of_the_table_is_what_both_engines_do(
    what: str, together: dict[Shown, Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, shown in enumerate(SHOWN[what]):
        here = _verdict(EmbeddedEngine(), shown, tmp_path / f"here-{place}", monkeypatch)
        on_cluster = together.get(shown) or _verdict(
            SparkEngine(), shown, tmp_path / f"there-{place}", monkeypatch
        )

        assert here == shown.here
        assert on_cluster == shown.on_cluster
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
    if shown.name == "-":
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(shown.as_bytes)))
    else:
        Path(shown.name).write_bytes(shown.as_bytes)
    try:
        outcome = scored(engine, ASKED, Path(shown.name), shown.answer_map)
    except MoodcheckError as error:
        return type(error)
    rejected = tuple((one["reason"], one["record"]) for one in outcome.rejects)
    return Made(tuple(one["id"] for one in outcome.scores), rejected)


def test_scores_for_standard_output_are_refused(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(GOOD, encoding="utf-8")
    asked = in_file(tmp_path)
    done = run(f"moodcheck score answers.csv --questionnaire {asked} --engine spark", cwd=tmp_path)

    assert (done.code, done.output) == (2, b"")
    assert done.said == "moodcheck: A cluster writes a folder of files. Name it with --output."
