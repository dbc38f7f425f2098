"""Every report says what it must, at every width, and shows nothing that is not fit to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from moodcheck.batch.distribution_view import score_ranges
from moodcheck.batch.outcome import BatchReport, Distribution, RejectReason
from moodcheck.batch.report_json import batch_report
from moodcheck.batch.report_view import report_document
from moodcheck.report import render_plain, render_rich
from moodcheck.report.document import Facts
from moodcheck.safe_text import safe_lines
from tests.shipped import DATA, LANGUAGE
from tests.shown import STYLE, letters, words
from tests.unit.batch.reports import NOTHING_SCORED, REPORT, reports

SCHEMA = json.loads((DATA / "batch_report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

Render = Callable[[BatchReport, int], str]
EVERY_FORMAT: dict[str, Render] = {
    "plain": lambda report, width: render_plain.render(
        report_document(report, LANGUAGE), width=width
    ),
    "rich": lambda report, width: render_rich.render(
        report_document(report, LANGUAGE), width=width
    ),
    "json": lambda report, _width: batch_report(report, LANGUAGE),
}


@pytest.fixture(params=EVERY_FORMAT)
def render(request: pytest.FixtureRequest) -> Render:
    return EVERY_FORMAT[request.param]


@given(report=reports(), width=st.integers(20, 120), name=st.sampled_from(sorted(EVERY_FORMAT)))
def test_every_report_is_no_diagnosis_advises_a_clinician_and_says_what_an_alert_asks(
    report: BatchReport, width: int, name: str
) -> None:
    shown = EVERY_FORMAT[name](report, width)
    words = LANGUAGE.batch
    asks = words.no_new_alert if report.alerts else words.no_alert
    asks = words.alert_asks if report.alerts > report.known_alerts else asks

    assert letters(LANGUAGE.not_a_diagnosis) in letters(shown)
    assert letters(asks) in letters(shown)
    assert LANGUAGE.names_a_clinician(LANGUAGE.not_a_diagnosis)


@given(report=reports(), width=st.integers(20, 120), name=st.sampled_from(sorted(EVERY_FORMAT)))
def test_nothing_in_a_report_moves_hides_or_breaks_the_layout(
    report: BatchReport, width: int, name: str
) -> None:
    shown = STYLE.sub("", EVERY_FORMAT[name](report, width))

    assert shown == safe_lines(shown)
    if name != "json":
        assert all(cell_len(line) <= width for line in shown.splitlines())


def test_no_words_of_a_report_diagnose(render: Render) -> None:
    for report in (REPORT, NOTHING_SCORED):
        assert not LANGUAGE.denied_words(words(render(report, 80)))


def test_alerts_are_the_last_that_is_said() -> None:
    for name in ("plain", "rich"):
        said = letters(EVERY_FORMAT[name](REPORT, 60))

        assert said.endswith(letters(LANGUAGE.batch.alert_asks))


def test_every_reason_for_a_reject_has_its_words() -> None:
    report = replace(
        REPORT, rejected=dict.fromkeys(RejectReason, 1), read=REPORT.scored + len(RejectReason)
    )

    shown = report_document(report, LANGUAGE)
    (rejected,) = next(one for one in shown.sections if one.heading.startswith("Rejected")).blocks

    assert isinstance(rejected, Facts)
    assert [fact.label for fact in rejected.facts] == list(RejectReason)
    assert len({fact.text for fact in rejected.facts}) == len(RejectReason)


def test_that_there_are_no_scores_is_said() -> None:
    for name in ("plain", "rich"):
        assert "No scores were written." in EVERY_FORMAT[name](NOTHING_SCORED, 80)
        assert "No scores were written." not in EVERY_FORMAT[name](REPORT, 80)


def test_an_alert_is_named_where_the_run_names_it_and_no_more_than_a_screen_of_them() -> None:
    report = replace(REPORT, alert_ids=tuple(f"C-{i}" for i in range(188)))

    shown = words(EVERY_FORMAT["plain"](report, 80))
    assert "They are: C-0, C-1, " in shown
    assert "C-19 and 168 more." in shown


def test_few_rows_are_never_drawn_as_none() -> None:
    shown = Distribution("Total", 0, 1, {0: 1, 1: 100_000_000}, 0)
    report = replace(REPORT, distributions={"total": shown})

    assert "1  ━" in STYLE.sub("", EVERY_FORMAT["rich"](report, 80))


@pytest.mark.parametrize(
    ("minimum", "maximum", "expected"),
    [
        (0, 3, [(0, 0), (1, 1), (2, 2), (3, 3)]),
        (0, 27, [(low, min(low + 2, 27)) for low in range(0, 28, 3)]),
        (-3, 20, [(low, min(low + 2, 20)) for low in range(-3, 21, 3)]),
        (5, 5, [(5, 5)]),
    ],
)
def test_ranges_cover_every_score_once(
    minimum: int, maximum: int, expected: list[tuple[int, int]]
) -> None:
    shown = Distribution("S", minimum, maximum, dict.fromkeys(range(minimum, maximum + 1), 1), 0)

    assert score_ranges(shown) == {range(low, high + 1): high - low + 1 for low, high in expected}


@given(reports())
def test_every_json_report_is_what_its_schema_says(report: BatchReport) -> None:
    document = json.loads(batch_report(report, LANGUAGE))

    assert [error.message for error in VALIDATOR.iter_errors(document)] == []
    assert list(document) == list(SCHEMA["properties"]) == SCHEMA["required"]
    rejected = sum(document["rejected"]["by_reason"].values())
    assert document["read"] == document["scored"] + rejected == report.read


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"format": "moodcheck.batch_report/4"},
        {"read": None},
        {"read": -1},
        {"read": True},
        {"rejected": {"records": 1}},
        {"rejected": {"records": 1, "by_reason": {"else": 1}}},
        {"alerts": []},
        {"scales": {"Total": {}}},
        {"unanswered": {"sleep": {"forgotten": 1}}},
        {"duplicate_ids": "1"},
        {"outputs": {"other": "x"}},
        {"seconds": None},
        {"not_a_diagnosis": ""},
    ],
    ids=str,
)
def test_a_report_that_broke_the_contract_would_be_noticed(changes: dict[str, object]) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    document = json.loads(batch_report(REPORT, LANGUAGE))

    assert list(VALIDATOR.iter_errors(document)) == []
    assert list(VALIDATOR.iter_errors(document | changes))


def test_a_json_report_is_ascii() -> None:
    report = replace(REPORT, alert_ids=("é漢",))
    text = batch_report(report, LANGUAGE)

    assert text.isascii()
    assert json.loads(text)["alerts"]["named"] == ["é漢"]
