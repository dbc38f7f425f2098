"""Whatever a map makes of responses of FHIR, a history keeps what scores are made of."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import moodcheck
from moodcheck.batch.map_file import read_map
from moodcheck.batch.responses import Asked, ResponseRows
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scoring import score
from moodcheck.history.exchange.responses import read_responses, response_lines
from tests.fhir import PHQ_9, item, items_of, ndjson, response
from tests.shipped import SYMPTOMS

_LABELS = [option.label for option in SYMPTOMS.options("low_mood")]


def _numbered(values: Sequence[object], kind: str) -> list[dict[str, Any]]:
    return [
        item(f"Q-{i}", *([] if value is None else [{f"value{kind}": value}]))
        for i, value in enumerate(values, start=1)
    ]


_ITEMS = {one.id: f"Q-{i}" for i, one in enumerate(PHQ_9.items, start=1)}
_FROM_ONE = {"frequency": {str(value + 1): value for value in range(4)}}
_STATED = [0, 1, 2, 3, 3, 2, 1, 0, 1]

_CASES: dict[str, tuple[Questionnaire, Mapping[str, object], list[list[dict[str, Any]]]]] = {
    "named": (PHQ_9, {"items": _ITEMS}, [_numbered([0, 1, 2, 3, None, 2, 1, 0, 2], "Integer")]),
    "counted from 1": (
        PHQ_9,
        {"items": _ITEMS, "answers": _FROM_ONE, "missing": {"9": "unknown"}},
        [_numbered([1, 2, 3, 4, 9, 1, 1, 1, 2], "Integer"), _numbered([1] * 8 + [9], "Integer")],
    ),
    "words": (
        SYMPTOMS,
        {"items": {one.id: f"Q-{i}" for i, one in enumerate(SYMPTOMS.items, start=1)}}
        | {"answers": "wording", "missing": {"": "skipped"}},
        [_numbered([*_LABELS, *_LABELS, *_LABELS[:3], None], "String")],
    ),
    "floats as texts": (
        PHQ_9,
        {"items": _ITEMS, "numbers": "whole_floats"},
        [_numbered([f"{value}.0" for value in _STATED], "String")],
    ),
    "nobody opened it": (
        PHQ_9,
        {"blank_when": {"opened": "0"}},
        [[*items_of([0] * 9), item("opened", {"valueInteger": 0})], items_of([0] * 9)],
    ),
    "not asked": (PHQ_9, {"not_asked": ["death_thoughts"]}, [items_of(_STATED)[:8]]),
    "nothing": (PHQ_9, {}, [items_of(_STATED)]),
}


@pytest.mark.parametrize("name", _CASES)
def test_a_history_keeps_what_scores_are_made_of(name: str, tmp_path: Path) -> None:
    asked, said, every = _CASES[name]
    content = ndjson(*(response(items, authored=_at(day)) for day, items in enumerate(every, 1)))
    (tmp_path / "answers.ndjson").write_bytes(content)
    moodcheck.score_files(
        tmp_path / "answers.ndjson",
        asked,
        output=tmp_path / "scores.csv",
        map={"schema": 1, **said},
    )
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as file:
        scores = {row["authored"]: row for row in csv.DictReader(file)}

    lines = response_lines("answers", content)
    rows = ResponseRows(Asked(asked, read_map(said, asked)[0], None), lines, "answers")
    now = datetime(2026, 11, 27, tzinfo=UTC)
    exported, _found = read_responses("answers", lines, rows, client="C-1", now=now)

    assert len(exported.records) == len(scores) == len(every)
    for day, record in enumerate(exported.records, 1):
        row = scores[_at(day)]
        for one in score(record.administration):
            assert row[f"{one.scale.id}_score"] == ("" if one.score is None else str(one.score))
        assert (row["alert"] == "alert") is any(
            critical.is_alert(record.administration.answers.get(critical.item, 0))
            for critical in asked.critical
        )


def _at(day: int) -> str:
    return f"2026-11-{day:02}T09:30:00+01:00"
