"""A cluster makes of files what the exact fractions say; where it must differ, it says so."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings

import moodcheck
from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.batch.known_alerts import SIGNS, read_known_alerts
from moodcheck.batch.outcome import RejectReason
from moodcheck.batch.spark.engine import SparkEngine
from moodcheck.errors import IOFailed, UsageError
from tests.parity.files import KINDS, Outcome, Texts, scored, texts
from tests.parity.oracle import Bad, oracle
from tests.parity.test_every_engine import exactly
from tests.shipped import LANGUAGE
from tests.spark.asked import ASKED, ITEMS
from tests.strategies import questionnaires
from tests.survey_exports import EXPORTS, survey

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HEADER = ",".join(["id", *ITEMS])


def test_every_row_of_a_file_is_scored_as_exact_fractions_say_or_is_rejected(
    spark: SparkSession,
) -> None:
    del spark  # it is the active one, which the engine takes

    # Spark takes seconds for each; what is random here is checked in thousands elsewhere.
    @seed(1)
    @given(asked=texts(questionnaires(most_items=4)))
    @settings(
        max_examples=1,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
        database=None,
    )
    def hold(asked: Texts) -> None:
        assume(len(asked.rows) > 4 and len(asked.questionnaire.scales) > 1)
        with tempfile.TemporaryDirectory() as folder:
            files = in_every_kind(Path(folder), asked.cells)
            hold_equal(asked, scored(SparkEngine(), asked.questionnaire, files))

    hold()


def in_every_kind(folder: Path, rows: Sequence[Mapping[str, str | None]]) -> list[Path]:
    """Write the same rows as a file of each kind, the kind before every id there is."""
    files = []
    for kind, content in KINDS.items():
        files.append(folder / f"answers.{kind}")
        named = [{**row, "id": row["id"] and f"{kind} {row['id']}"} for row in rows]
        files[-1].write_bytes(content(named))
    return files


def test_a_cluster_knows_the_alerts_that_this_machine_wrote(
    spark: SparkSession, tmp_path: Path
) -> None:
    del spark
    usual = dict.fromkeys(ITEMS, "0")
    (critical,) = {one.item for one in ASKED.critical}
    people = ["p1", "p2", "p2", "", "p3", "p4"]
    rows = [usual | {"id": one, critical: "3", "day": "1 May"} for one in people]
    rows[-1][critical] = "often"
    first = scored(EmbeddedEngine(), ASKED, in_every_kind(tmp_path, rows))
    seen = read_known_alerts([tmp_path / "alerts.csv"])
    rows += [usual | {"id": "p5", critical: "3", "day": "8 May"}]
    rows[0]["day"] = "8 May"
    files = in_every_kind(tmp_path, rows)
    outcomes = []
    for engine in (EmbeddedEngine(), SparkEngine()):
        for written in ("out.parquet", "alerts.csv"):
            (tmp_path / written).unlink()
        outcomes.append(scored(engine, ASKED, files, None, seen))

    def in_each(*ids: str) -> list[str]:
        return sorted(one and f"{kind} {one}" for kind in KINDS for one in ids)

    assert sorted(one["id"] for one in first.alerts) == in_each(*people)
    for outcome in outcomes:
        assert sorted(one["id"] for one in outcome.alerts) == in_each("", "p1", "p2", "p2", "p5")
        assert (outcome.report.known_alerts, outcome.report.doubtful_alerts) == (6, 9)
    assert outcomes[0].report.values == outcomes[1].report.values
    here, there = (sorted(map(_signs, one.alerts)) for one in outcomes)
    assert here == there


def test_a_cluster_keeps_types_and_shows_instants_in_utc(
    spark: SparkSession, tmp_path: Path
) -> None:
    noon = dt.datetime(2026, 3, 29, 12, 30, tzinfo=dt.UTC)
    columns = {"id": pa.array([7, 8]), "at": pa.array([noon, None], pa.timestamp("us", "UTC"))}
    columns |= {"share": pa.array([0.5, None]), "price": pa.array([Decimal("1.50"), None])}
    columns |= {item: pa.array([Decimal("1.0")] * 2) for item in ITEMS}
    pyarrow.parquet.write_table(pa.table(columns), tmp_path / "answers.parquet")
    kept = AnswerMap.model_validate({"schema": 1, "id": ("id",), "keep": ("at", "share", "price")})
    spark.conf.set("spark.sql.session.timeZone", "Asia/Kolkata")
    try:
        outcome = scored(SparkEngine(), ASKED, tmp_path / "answers.parquet", kept)
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")

    first, second = sorted(outcome.scores, key=lambda row: int(row["id"]))
    assert (first["id"], first["share"], first["price"]) == (7, 0.5, Decimal("1.50"))
    assert first["at"].replace(tzinfo=None) == noon.replace(tzinfo=None)
    assert (second["at"], second["share"], second["price"]) == (None, None, None)
    # The hash of a record has an instant in UTC, whatever the session shows.
    assert {one["record_sha256"] for one in outcome.alerts} == {
        one["record_sha256"] for one in _here(tmp_path / "answers.parquet", kept).alerts
    }


def test_a_cluster_takes_the_maps_that_come_with_moodcheck(
    spark: SparkSession, tmp_path: Path
) -> None:
    del spark
    name, export = "redcap-gad-7", tmp_path / "export.csv"
    export.write_text(EXPORTS[name](survey()), encoding="utf-8")
    done = moodcheck.score_files(
        export, "gad-7", map=name, output=tmp_path / "there.csv", engine="spark"
    )
    here = moodcheck.score_files(export, "gad-7", map=name, output=tmp_path / "here.csv")

    assert (done.read, done.scored, done.values) == (here.read, here.scored, here.values)
    assert done.found_columns == here.found_columns
    assert [*done.found_columns.values()] == [f"gad7_{place}" for place in range(1, 8)]
    assert done.provenance.map_name == here.provenance.map_name == name


def _here(file: Path, answer_map: AnswerMap) -> Outcome:
    folder = file.parent / "here"
    folder.mkdir()
    copy = folder / file.name
    copy.write_bytes(file.read_bytes())
    return scored(EmbeddedEngine(), ASKED, copy, answer_map)


def _signs(alert: dict[str, str]) -> list[str]:
    return [alert[sign] for sign in SIGNS]


def hold_equal(asked: Texts, outcome: Outcome) -> None:
    """Hold what a run wrote and said to what the rows are; in whatever order they come."""
    is_bad = [any(isinstance(cell, Bad) for cell in row.values()) for row in asked.rows]
    every = [oracle(asked.questionnaire, row, LANGUAGE.batch.notice) for row in asked.rows]
    expected: list[dict[str, Any]] = [
        {"id": f"{kind} p{number}", **row}
        for kind in KINDS
        for number, (row, bad) in enumerate(zip(every, is_bad, strict=True))
        if not bad
    ]
    found = sorted(outcome.scores, key=lambda row: str(row["id"]))
    assert [exactly(row) for row in found] == [exactly(row) for row in expected]
    assert sorted(row["id"] for row in outcome.rejects) == sorted(
        f"{kind} p{number}" for kind in KINDS for number, bad in enumerate(is_bad) if bad
    )
    alerting = {
        f"{kind} p{number}"
        for kind in KINDS
        for number, row in enumerate(every)
        if row["alert"] == "alert"
    }
    assert {row["id"] for row in outcome.alerts} == alerting
    report = outcome.report
    assert (report.read, report.scored, report.alerts) == (
        len(KINDS) * len(asked.rows),
        len(KINDS) * is_bad.count(False),
        len(alerting),
    )


def row(called: str, answers: str = "1,1,0,1") -> str:
    return f"{called},{answers}"


LINES = [
    row("whole"),
    row('"quoted, ""twice"""'),
    row('"broken'),
    row('over two lines"'),
    "short,1,1",
    row("long", "1,1,0,1,1"),
    row("replaced\ufffd"),
    "   ",
    "",
    row("quoted answer", '"1",1,0,1'),
    row("spaced answer", ' "1",1,0,1'),
    row("trimmed?", " 1,1,0,1"),
    row("undecodable \udcff"),
]
ONES = ", ".join(f'"{item}": 1' for item in ITEMS)
OBJECTS = [
    f'{{"id": "object", {ONES}}}',
    f'{{"id": "escaped \\u0041\\"", {ONES}}}',
    f'{{"id": "nested", "more": [1], {ONES}}}',
    f'{{"id": "twice", "low_mood": 0, {ONES}}}',
    '{"id": "no number", "low_mood": NaN}',
    f'{{"id": "respelled", {ONES}}}'.replace("low_mood", "low\\u005fmood"),
    f'{{"id": "twice respelled", "low\\u005fmood": 0, {ONES}}}',
    f'{{"id": "half \\ud83d", {ONES}}}',
    f'{{"id": "whole \\ud83d\\ude42 \\\\ud83d", {ONES}}}',
    "not json",
    "",
]
OBJECT_IDS = {"object", 'escaped A"', "respelled", "whole \U0001f642 \\ud83d"}
RETURNS = ONES.replace(" ", "\r")
ODD_ENDS = [
    f'\ufeff{{"id": "odd 1", {RETURNS}}}\r',
    " \t\r",
    f'{{"id":\r"odd 2", {RETURNS}}}',
    "\x0b\x0c",
]
LINES_FILE, OBJECTS_FILE, ODD_FILE = "answers.csv", "answers.jsonl", "odd.jsonl"
FILES = {
    LINES_FILE: "\n".join([HEADER, *LINES]).encode(errors="surrogateescape"),
    OBJECTS_FILE: "\n".join(OBJECTS).encode(),
    ODD_FILE: "\n".join(ODD_ENDS).encode(),
    "[of] {many,names}*.csv": b"\xef\xbb\xbf" + f"{HEADER}\r{row(' returned ')}\r".encode(),
    "packed.csv.gz": gzip.compress(f"{HEADER}\r\n{row(' packed ')}\r\n".encode(), mtime=0),
}


@pytest.fixture(scope="module")
def outcome(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Return what a cluster makes of all files in one run: what takes it its time is to begin."""
    del spark
    folder = tmp_path_factory.mktemp("files")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return scored(SparkEngine(), ASKED, [folder / name for name in FILES])


def rejected(outcome: Outcome, name: str) -> Counter[str]:
    """Return how many records of a file are rejected, by reason."""
    return Counter(one["reason"] for one in outcome.rejects if Path(one["file"]).name == name)


def test_every_record_of_every_file_is_scored_or_rejected(outcome: Outcome) -> None:
    report = outcome.report
    assert report.read == report.scored + report.all_rejected == 13 + 10 + 2 + 2 - 1
    assert report.blank_lines == 1 + 2
    assert report.rejected == Counter(one["reason"] for one in outcome.rejects)
    assert len({one["record"] for one in outcome.rejects} - {""}) == len(outcome.rejects)
    assert sorted(one["id"] for one in outcome.scores) == [
        " packed ",
        " returned ",
        'escaped A"',
        "object",
        "odd 1",
        "odd 2",
        "quoted answer",
        'quoted, "twice"',
        "respelled",
        "whole",
        "whole \U0001f642 \\ud83d",
    ]
    assert {one["total_score"] for one in outcome.scores if one["id"] in OBJECT_IDS} == {4}


def test_what_a_line_cannot_show_is_rejected_with_its_reason(outcome: Outcome) -> None:
    assert rejected(outcome, LINES_FILE) == {
        RejectReason.BROKEN_QUOTE: 3,
        RejectReason.TOO_FEW_COLUMNS: 2,
        RejectReason.TOO_MANY_COLUMNS: 1,
        RejectReason.BAD_ENCODING: 2,
        RejectReason.BAD_ANSWER: 1,
    }
    bad = [one["value"] for one in outcome.rejects if one["reason"] == "bad_answer"]
    assert bad == [" 1"]
    assert [one["raw"] for one in outcome.rejects if "undecodable" in one["raw"]] == [
        row("undecodable \ufffd")
    ]


def test_an_object_that_is_not_flat_or_says_two_things_is_rejected(outcome: Outcome) -> None:
    assert rejected(outcome, OBJECTS_FILE) == {
        RejectReason.NOT_AN_OBJECT: 3,
        RejectReason.DUPLICATE_KEY: 2,
        RejectReason.BAD_ENCODING: 1,
    }


def test_only_a_line_feed_ends_an_object_and_what_cannot_be_seen_is_none(outcome: Outcome) -> None:
    assert not rejected(outcome, ODD_FILE)
    assert {"odd 1", "odd 2"} <= {one["id"] for one in outcome.scores}


def test_a_file_is_read_whatever_ends_its_lines_and_wherever_patterns_stand_in_its_name(
    outcome: Outcome,
) -> None:
    for name, called in (("[of] {many,names}*.csv", " returned "), ("packed.csv.gz", " packed ")):
        assert not rejected(outcome, name)
        assert called in {one["id"] for one in outcome.scores}


def test_a_file_that_breaks_off_is_refused_even_where_a_cluster_passes_over_such_files(
    spark: SparkSession, tmp_path: Path
) -> None:
    lines = "\n".join(
        [HEADER, *(row(hashlib.sha256(b"%d" % n).hexdigest()) for n in range(40_000))]
    )
    packed = gzip.compress(lines.encode())
    file = tmp_path / "answers.csv.gz"
    file.write_bytes(packed[: len(packed) * 9 // 10])

    spark.conf.set("spark.sql.files.ignoreCorruptFiles", "true")
    try:
        with pytest.raises(IOFailed, match="Spark stopped"):
            scored(SparkEngine(), ASKED, file)
    finally:
        spark.conf.unset("spark.sql.files.ignoreCorruptFiles")


PLAIN = f"{HEADER}\n{row('a')}\n".encode()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("_a.csv", PLAIN, "a file whose name begins with '_' counts as hidden"),
        (".a.csv", PLAIN, "a file whose name begins with '.' counts as hidden"),
        ("a:b.csv", PLAIN, "its path has a colon"),
        (
            "a.csv",
            gzip.compress(PLAIN, mtime=0),
            "it is compressed, and its name does not end in .gz",
        ),
        ("a.csv.gz", PLAIN, "it is not compressed with gzip, and its name ends in .gz"),
        ("a.zst", PLAIN, "it is not compressed with gzip, and its name ends in .zst"),
    ],
)
def test_a_file_whose_name_misleads_spark_is_refused(
    spark: SparkSession, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    del spark
    (tmp_path / name).write_bytes(content)

    with pytest.raises(UsageError, match=re.escape(why)):
        scored(SparkEngine(), ASKED, tmp_path / name)
