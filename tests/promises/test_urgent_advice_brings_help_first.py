"""P3: where the advice does not wait, help lines stand before all else, in each view and format."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.core.administration import Administration
from moodcheck.core.crisis import Region
from moodcheck.core.safety import URGENT_ADVICE, advice_for
from moodcheck.core.summary import summarize
from moodcheck.history.review import session_review
from moodcheck.history.session import review_pages
from tests.history_outputs import EVERY_OUTPUT, FOR_EYES_AND_EARS, NOW, OUTCOMES, trend_of
from tests.records import record
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY, answered, summary_of
from tests.shown import EVERY_FORMAT, Format, letters, looks
from tests.strategies import administrations, regions
from tests.unit.terminal.fakes import panel
from tests.watched import watched

CRITICAL = "death_thoughts"
ACT_NOW = letters(LANGUAGE.help.act_now.partition("{emergency}")[0])
URGENT = administrations(given={CRITICAL: st.just(0), "unreal": st.just(1)})
"""No alert, and advice that does not wait all the same."""
few = settings(max_examples=8)


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@given(sitting=URGENT, where=regions(), data=st.data())
def test_help_lines_come_first_whenever_advice_is_now_or_today(
    format_: Format, sitting: Administration, where: Region, data: st.DataObject
) -> None:
    summary = summary_of(sitting, where)
    shown = data.draw(looks(format_)).render(summary)

    assert advice_for(sitting).id in URGENT_ADVICE
    assert not summary.alerts
    if format_ == "json":
        assert json.loads(shown)["help_first"] is True
    else:
        shown = narrative(shown) if format_ == "fhir" else shown
        _is_first(letters(shown), letters(summary.advice.text), letters(SYMPTOMS.recall_period))


@pytest.mark.parametrize("name", EVERY_OUTPUT)
@few
@given(sitting=URGENT, where=regions(), width=st.integers(20, 200))
def test_help_lines_come_first_in_what_is_shown_of_a_saved_sitting_with_such_advice(
    name: str, sitting: Administration, where: Region, width: int
) -> None:
    kept = [record(sitting)]
    shown = EVERY_OUTPUT[name](kept, where, width)

    if name in FOR_EYES_AND_EARS:
        said = letters(advice_for(sitting).text if name in OUTCOMES else LANGUAGE.notice)
        _is_first(letters(shown), said, said)
    elif name in OUTCOMES:
        document = json.loads(shown)
        assert document.get("summary", document)["help_first"] is True


@few
@given(sitting=URGENT)
def test_help_lines_come_first_in_the_closing_view_with_such_advice(
    sitting: Administration,
) -> None:
    view = session_review(record(sitting), None, summary_of(sitting), LANGUAGE, NOW)
    shown = review_pages.closing([view], panel(), NOW).texts()

    texts = letters(" ".join(shown))
    assert texts.index(letters(panel().act_now)) < texts.index(letters(advice_for(sitting).text))


@given(sitting=administrations(given={CRITICAL: st.just(0), "unreal": st.just(0)}))
def test_help_lines_stay_first_where_an_alert_was_changed_later(sitting: Administration) -> None:
    def made(*, help_was_shown: bool) -> bool:
        where, shown = Region("US"), help_was_shown
        return summarize(
            sitting, DIRECTORY, LANGUAGE, region=where, today=TODAY, help_was_shown=shown
        ).help_first

    assert made(help_was_shown=True)
    assert not made(help_was_shown=False)
    assert trend_of([record(sitting, alerted={CRITICAL: 2})]).help_first
    assert not trend_of([record(sitting)]).help_first


@pytest.mark.parametrize("to", [("--format", "json"), ("--output", "visit.txt")])
def test_whoever_starts_a_script_sees_help_lines_with_such_advice(to: tuple[str, str]) -> None:
    seen = watched(["check", "--answers", "-", *to], stdin=json.dumps({"unreal": 1}))

    assert ACT_NOW in letters(seen.err)


def test_the_ids_of_urgent_advice_are_those_that_the_shipped_questionnaire_uses() -> None:
    assert advice_for(answered(unreal=1)).id == "today"
    assert advice_for(answered(sleep=1)).id not in URGENT_ADVICE


def narrative(bundle: str) -> str:
    """Return what people read of a sitting in FHIR; the form that was asked stands before it."""
    resources = [one["resource"] for one in json.loads(bundle)["entry"]]
    [told] = [one for one in resources if one["resourceType"] == "QuestionnaireResponse"]
    div: str = told["text"]["div"]
    return div


def _is_first(shown: str, *later: str) -> None:
    first = shown.index(ACT_NOW)
    assert all(first < shown.index(text) for text in later)
