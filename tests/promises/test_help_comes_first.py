"""P3: an alert shows help before all else; a critical item without an answer is never a no."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.crisis import Region
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, answered, summary_of
from tests.shown import EVERY_FORMAT, STYLE, Format, Look, letters, looks, words
from tests.strategies import administrations, regions
from tests.watched import command, watched

CRITICAL = "death_thoughts"
LABEL = SYMPTOMS.item(CRITICAL).label
ALERTS = st.sampled_from([1, 2, 3])
READ_BY_A_PERSON: tuple[Format, ...] = ("rich", "plain", "html", "markdown")


@pytest.mark.parametrize("format_", READ_BY_A_PERSON)
@given(administration=administrations(given={CRITICAL: ALERTS}), where=regions(), data=st.data())
def test_an_alert_shows_what_to_do_now_before_advice_answers_and_scores(
    format_: Format, administration: Administration, where: Region, data: st.DataObject
) -> None:
    summary = summary_of(administration, where)
    shown = letters(data.draw(looks(format_)).render(summary))

    first = shown.index(letters(summary.help.act_now))
    later = [summary.advice.label, summary.advice.text, LANGUAGE.not_a_diagnosis, "Numbers"]
    assert first < shown.index(letters(SYMPTOMS.recall_period))
    assert all(first < shown.index(letters(text)) for text in later)
    # Only what it is and when stand before it.
    title = f"{SYMPTOMS.title}{summary.taken_at:%Y-%m-%d%H:%M}{summary.help.title}"
    assert shown[:first].replace(",", "").replace(":", "") == letters(title).replace(":", "")


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@given(administration=administrations(), where=regions(), data=st.data())
def test_help_lines_are_always_there_alert_or_not(
    format_: Format, administration: Administration, where: Region, data: st.DataObject
) -> None:
    summary = summary_of(administration, where)
    shown = letters(data.draw(looks(format_)).render(summary))

    assert letters(summary.help.emergency or LANGUAGE.help.local_emergency) in shown
    for there in summary.help.elsewhere:
        assert letters(there.name) in shown
        assert letters(there.line.number) in shown
    assert all(letters(line.number) in shown for line in summary.help.lines)
    assert letters(summary.help.if_it_does_not_connect) in shown
    assert letters(LANGUAGE.help.tells_no_one) in shown
    assert DIRECTORY.international.address in shown


@pytest.mark.parametrize("format_", READ_BY_A_PERSON)
@given(code=st.sampled_from(sorted(DIRECTORY.countries)), data=st.data())
def test_no_number_is_broken_over_two_lines(
    format_: Format, code: str, data: st.DataObject
) -> None:
    summary = summary_of(answered(**{CRITICAL: data.draw(ALERTS)}), Region(code))
    shown = STYLE.sub("", data.draw(looks(format_)).render(summary)).replace("\xa0", " ")

    for line in summary.help.lines:
        assert re.search(rf"(?<![\d-]){re.escape(line.number)}(?![\d-])", shown), line.number


@pytest.mark.parametrize("format_", READ_BY_A_PERSON)
@given(
    administration=administrations(given={CRITICAL: st.sampled_from([None, *Unanswered])}),
    data=st.data(),
)
def test_a_critical_item_without_an_answer_is_said_to_have_none(
    format_: Format, administration: Administration, data: st.DataObject
) -> None:
    shown = letters(data.draw(looks(format_)).render(summary_of(administration)))

    sentence = LANGUAGE.critical_unanswered.replace("{label}", LABEL)
    reason = LANGUAGE.unanswered[administration.unanswered[CRITICAL]]
    assert letters(sentence) in shown
    assert re.search(f"{letters(LABEL)}:?{re.escape(letters(reason))}", shown)


@given(administrations(given={CRITICAL: st.sampled_from([0, 1, 2, 3, None, *Unanswered])}))
def test_json_keeps_alert_no_alert_and_no_answer_apart(administration: Administration) -> None:
    document = json.loads(Look("json").render(summary_of(administration)))
    value = administration.answers.get(CRITICAL)
    is_alert = value is not None and value > 0
    state = document["critical"][CRITICAL]

    assert document["answers"][CRITICAL] == value
    assert document["alerts"] == ([CRITICAL] if is_alert else [])
    assert (state == "alert") is is_alert
    assert (state == "no_alert") is (value == 0)
    assert (state in {"unanswered", "not_asked"}) is (value is None)


def test_whoever_starts_a_script_sees_help_lines_when_its_output_goes_elsewhere() -> None:
    to_a_script = command("check --answers answers.json --format json")
    to_a_file = watched(["check", "--answers", "answers.json", "--output", "visit.txt"])
    nothing = watched(["check", "--answers", "-", "--format", "json"], stdin="{}")
    first = LANGUAGE.help.act_now.rpartition("{emergency}")[2]

    assert words(to_a_script.err).count(first) == 1
    assert words(to_a_file.err).count(first) == 1
    assert nothing.err == ""


def test_in_a_sitting_help_comes_right_after_the_answer_and_before_the_next_question() -> None:
    said = words(command("check").err)
    answer = said.index("Thoughts of death: About half the days or more")
    after_it = said[answer:]

    first = LANGUAGE.help.act_now.rpartition("{emergency}")[2]
    assert after_it.index(first) < after_it.index("12 of 12")
