"""P3: an answer about death shows help lines before anything else is asked, in every mode."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from moodcheck.core.crisis import Region, help_panel
from tests.functional.person import CTRL_D, ENTER, Person
from tests.in_process import run
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS = SYMPTOMS.items
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == SYMPTOMS.critical[0].item)
CRITICAL = ITEMS[NUMBER - 1]
BEFORE, AFTER = "0" * (NUMBER - 1), "0" * (len(ITEMS) - NUMBER)
FREQUENCY = [str(option.label) for option in SYMPTOMS.options(CRITICAL.id)]
TODAY_ADVICE = next(rule for rule in SYMPTOMS.advice if rule.id == "today")
ALERTS = [option.value for option in SYMPTOMS.options(CRITICAL.id) if option.value > 0]

GB, US = (help_panel(DIRECTORY, LANGUAGE, Region(code), today=TODAY) for code in ("GB", "US"))
FIRST, LAST, SAMARITANS = GB.act_now, GB.if_it_does_not_connect, GB.lines[0].number

BOTH = pytest.mark.parametrize("options", ["", " --plain"], ids=["rich", "plain"])


def somebody(options: str = "") -> Person:
    return Person(f"moodcheck --region GB{options}", columns=90, rows=40)


def at_the_critical_item(person: Person) -> Person:
    return person.sees("begin").press(ENTER, BEFORE).sees(str(CRITICAL.text))


def panel_seen_by(person: Person) -> str:
    """Return the page of help lines that the person sees, from its title to its keys."""
    title = person.view.index(LANGUAGE.help.title)
    return person.view[title:]


@BOTH
def test_every_alert_shows_help_lines_at_once_and_asks_nothing_else(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person)
        for value in ALERTS:
            person.press(str(value)).sees(FIRST, SAMARITANS, LAST, "go on")

            panel = panel_seen_by(person)
            assert panel.startswith(f"{LANGUAGE.help.title} {FIRST}")
            assert LANGUAGE.help.tells_no_one in panel
            assert f"{NUMBER + 1} of" not in person.view
            person.press("g").sees(f"{NUMBER + 1} of {len(ITEMS)}").press("b")
            person.sees(str(CRITICAL.text), f"{FREQUENCY[value]} (chosen before)")
        person.press("0").sees(f"{NUMBER + 1} of {len(ITEMS)}", str(ITEMS[NUMBER].text))


@BOTH
def test_help_after_an_alert_looks_like_any_other_help_and_repeats_nothing(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person).press("h").sees(FIRST, LAST, "go on")
        asked_for = panel_seen_by(person)
        person.press("g").sees(str(CRITICAL.text)).press("2").sees(FIRST, LAST, "go on")
        after_the_alert = panel_seen_by(person)

    assert after_the_alert == asked_for
    for repeated in (str(CRITICAL.text), str(CRITICAL.label), f"{NUMBER} of", *FREQUENCY):
        assert repeated not in after_the_alert


def test_a_drawn_page_of_help_replaces_question_and_answer_on_the_screen() -> None:
    with somebody() as person:
        at_the_critical_item(person).press("2").sees(FIRST)

        for repeated in (str(CRITICAL.text), str(CRITICAL.label), f"{NUMBER} of", *FREQUENCY):
            assert repeated not in person.view


@BOTH
def test_keys_typed_ahead_end_at_the_help_page(options: str) -> None:
    with somebody(options) as person:
        person.press(ENTER, BEFORE, "2", "g", AFTER, "f", "v", "d", ENTER, "q", "l")
        person.sees(FIRST, "go on").press("7").sees("Please use one of")
        person.press("g").sees(f"{NUMBER + 1} of {len(ITEMS)}", str(ITEMS[NUMBER].text))


@BOTH
def test_keys_typed_ahead_with_enter_for_each_end_at_the_help_page(options: str) -> None:
    with somebody(f" --enter{options}") as person:
        keys = "\r".join([*BEFORE, "2", "g", *AFTER, "f", "v", "d"])
        person.press(ENTER, keys, ENTER).sees(FIRST, "go on")
        person.press("g", ENTER).sees(f"{NUMBER + 1} of {len(ITEMS)}", str(ITEMS[NUMBER].text))


@BOTH
def test_whoever_goes_on_after_an_alert_is_told_to_talk_to_someone_today(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person).press("1").sees("go on").press("g").sees(f"{NUMBER + 1} of")
        person.press(AFTER, "f").sees("Your answers", "see the summary")
        assert f"{CRITICAL.label}: {FREQUENCY[1]}" in person.view
        person.press("v").sees("write it to a file").press("d")

        assert person.ends() == 0
        shown = f"{person.scrollback}\n{person.screen}"
    stays = " ".join(shown.replace("│", " ").split()).rpartition(SYMPTOMS.title)[2]
    today = TODAY_ADVICE
    assert FIRST in stays
    assert SAMARITANS in stays
    assert stays.index(FIRST) < stays.index(today.label) < stays.index(LANGUAGE.not_a_diagnosis)
    assert stays.index(LANGUAGE.not_a_diagnosis) < stays.index(str(CRITICAL.label))


@BOTH
def test_whoever_stops_after_an_alert_sees_help_lines_and_may_see_a_summary(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person).press("3").sees("go on").press("q")
        person.sees("Stop here?", FIRST, SAMARITANS).press("b").sees(f"{NUMBER + 1} of")
        person.press("q").sees("Stop here?").press("v").sees("write it to a file")
        person.press("d")

        assert person.ends() == 0
        stays = " ".join(f"{person.scrollback}\n{person.screen}".split())
    assert TODAY_ADVICE.label in stays
    assert "not answered (not reached)" in stays


@BOTH
def test_an_answer_changed_to_an_alert_shows_help_lines_at_once(options: str) -> None:
    with somebody(options) as person:
        person.sees("begin").press(ENTER, BEFORE, "0", AFTER, "f").sees("see the summary")
        person.press(str(NUMBER), ENTER).sees(str(CRITICAL.text)).press("1", "v", "d")
        person.sees(FIRST, SAMARITANS, "go on").press("g")
        person.sees("Your answers", f"{CRITICAL.label}: {FREQUENCY[1]}", "see the summary")


@BOTH
def test_the_country_can_be_changed_where_help_is_shown(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person).press("2").sees(FIRST).press("r").sees("Which country")
        person.press("us", ENTER).sees(US.act_now, US.lines[0].number, "go on")
        person.press("g").sees(f"{NUMBER + 1} of")


def test_help_after_an_alert_stays_readable_where_one_line_is_all_there_is() -> None:
    with Person("moodcheck --region GB", TERM="dumb") as person:
        person.sees("begin").press("\r".join(["", *BEFORE, "2"]), ENTER).sees(FIRST, SAMARITANS)
        person.press("g", ENTER).sees(f"{NUMBER + 1} of")


def test_behind_a_pipe_an_alert_shows_help_lines_and_no_digit_leaves_them() -> None:
    typed = "\n".join(["", *BEFORE, "2", "0", "0", "g", *AFTER, "f", "v", "d", ""])
    ran = run("moodcheck --region GB", typed)

    assert ran.code == 0
    help_at = ran.said.index(FIRST, ran.said.index(str(CRITICAL.text)))
    next_at = ran.said.index(f"{NUMBER + 1} of {len(ITEMS)}")
    assert help_at < ran.said.index("Please use one of") < next_at
    assert f"{ITEMS[NUMBER].label}: {FREQUENCY[0]}" in ran.shown
    assert TODAY_ADVICE.label in ran.shown


@BOTH
def test_the_end_of_the_keyboard_at_help_lines_leads_to_a_summary(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person).press("1").sees(FIRST, "go on").press(CTRL_D)
        person.sees("Stop here?").press(CTRL_D).sees("write it to a file").press(CTRL_D)

        assert person.ends() == 0


@BOTH
def test_a_changed_answer_does_not_withdraw_help(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person).press("3").sees("go on").press("g").sees(f"{NUMBER + 1} of")
        person.press("b").sees(str(CRITICAL.text)).press("0").sees(f"{NUMBER + 1} of")
        person.press(AFTER, "f").sees(f"{CRITICAL.label}: {FREQUENCY[0]}", "see the summary")
        person.press("v").sees("write it to a file")
        if person.is_drawn:
            before, first, _after = " ".join(person.view.replace("│", " ").split()).partition(FIRST)
            assert first
            assert SYMPTOMS.advice[-1].label not in before
        person.press("w").sees("Type its name").press("mine.json", ENTER).sees("Written to")
        document = json.loads(Path(person.home, "mine.json").read_text(encoding="utf-8"))
        person.press(ENTER).sees("write it to a file").press("d")

        assert person.ends() == 0
        stays = " ".join(f"{person.scrollback}\n{person.screen}".replace("│", " ").split())
    stays = stays.rpartition(SYMPTOMS.title)[2]
    assert stays.index(FIRST) < stays.index(SYMPTOMS.advice[-1].label)
    assert FREQUENCY[3] not in stays, "the earlier answer is not repeated"
    assert document["help_first"] is True
    assert document["answers"][CRITICAL.id] == 0


@pytest.mark.parametrize("options", ["", " --plain", " --discreet"], ids=str)
def test_leaving_after_an_alert_ends_with_the_help_lines(options: str) -> None:
    with somebody(options) as person:
        at_the_critical_item(person).press("2").sees("go on").press("q").sees("Stop here?")
        person.press("l")
        if options == " --discreet":
            person.sees("noted").press("y")

        assert person.ends() == 0
        assert not person.is_drawn
        stays = " ".join(person.screen.split())
    if options == " --discreet":
        assert not stays
    else:
        said = stays[stays.rindex(f"{LANGUAGE.help.title}:") :]
        assert FIRST in said
        assert SAMARITANS in said
        assert FREQUENCY[2] not in said


def test_leaving_without_an_alert_leaves_no_help_lines_behind() -> None:
    with somebody() as person:
        person.sees("begin").press(ENTER, "1q").sees("Stop here?").press("l")

        assert person.ends() == 0
        assert not person.screen.strip()
