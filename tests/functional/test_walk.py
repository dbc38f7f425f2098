"""The walk, as a person at a terminal goes through it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from moodcheck.core.administration import Unanswered
from moodcheck.core.crisis import Region, help_panel
from tests.functional.person import BACKSPACE, ENTER, ENTERS_DRAWING, LEFT, TAB, Person
from tests.shipped import DATA, DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS, CONTEXT = SYMPTOMS.items, SYMPTOMS.context
CRITICAL = next(n for n, item in enumerate(ITEMS) if item.id == SYMPTOMS.critical[0].item)
FREQUENCY = [str(option.label) for option in SYMPTOMS.options(ITEMS[0].id)]

RICH, PLAIN = "moodcheck", "moodcheck --plain"
BOTH = pytest.mark.parametrize("command", [RICH, PLAIN], ids=["rich", "plain"])


def answers_every_item(person: Person, answers: str) -> Person:
    """Go from the welcome to the first context item; no answer may be an alert."""
    person.sees("begin").press(ENTER, answers)
    person.sees("main part", f"{len(CONTEXT)} short questions for your visit").press(ENTER)
    return person.sees(f"1 of {len(CONTEXT)}, for your visit")


def comes_to_the_review(person: Person, answers: str = "0" * len(ITEMS)) -> Person:
    return answers_every_item(person, answers).press("f").sees("Your answers", "see the summary")


def sees_the_summary(person: Person) -> str:
    """Look at the summary, leave its menu, and return what stays on the screen."""
    person.press("v").sees("write it to a file").press("d")
    assert person.ends() == 0
    return " ".join(f"{person.scrollback}\n{person.screen}".split())


@BOTH
def test_every_item_is_asked_in_order_and_then_the_summary_advises_a_clinician(
    command: str,
) -> None:
    with Person(command, columns=100, rows=40) as person:
        person.sees(SYMPTOMS.title, LANGUAGE.notice).press(ENTER)
        for number, item in enumerate(ITEMS, start=1):
            person.sees(f"{number} of {len(ITEMS)}", str(SYMPTOMS.stem), str(item.text))
            person.sees(*(str(option.label) for option in SYMPTOMS.options(item.id)))
            person.press("0" if number == CRITICAL + 1 else str(number % 4))
        person.sees("main part", "not scored", "press f").press(ENTER)
        for number, item in enumerate(CONTEXT[:-1], start=1):
            person.sees(f"{number} of {len(CONTEXT)}, for your visit", str(item.text)).press("1")
        person.sees(str(CONTEXT[-1].text)).press("To sleep at night", ENTER)
        person.sees("Your answers", "see the summary")
        reviewed = person.view
        stays = sees_the_summary(person)

    for number, item in enumerate([*ITEMS, *CONTEXT], start=1):
        assert re.search(rf"\b{number}\.? {item.label}: ", reviewed)
        assert item.label in stays
    for said in (LANGUAGE.not_a_diagnosis, LANGUAGE.not_validated, LANGUAGE.help.title):
        assert said in stays
    assert "To sleep at night" in stays


def test_plain_mode_repeats_each_answer_in_words() -> None:
    with Person(PLAIN) as person:
        person.sees("begin").press(ENTER).sees("1 of 12")
        for number in range(1, CRITICAL + 1):
            value = number % len(FREQUENCY)
            person.press(str(value)).sees(f"{ITEMS[number - 1].label}: {FREQUENCY[value]}")
        person.press("s").sees(
            f"{ITEMS[CRITICAL].label}: {LANGUAGE.unanswered[Unanswered.SKIPPED]}"
        )


@pytest.mark.parametrize(
    ("command", "keys"),
    [(PLAIN, ""), (f"env MOODCHECK_PLAIN=1 {RICH}", ""), (RICH, "p")],
    ids=["--plain", "MOODCHECK_PLAIN", "p at the welcome"],
)
def test_plain_mode_only_ever_adds_lines(command: str, keys: str) -> None:
    with Person(command) as person:
        person.sees("begin")
        if keys:
            drawn = len(person.press(keys).sees("Keys: Enter begin").raw)
        else:
            drawn = 0
            assert ENTERS_DRAWING not in person.raw
        person.press(ENTER, "0" * len(ITEMS), "f").sees("Your answers", "see the summary")
        person.press("v").sees("write it to a file").press("d")

        assert person.ends() == 0
        assert b"\x1b" not in person.raw[drawn:]
        assert LANGUAGE.not_a_diagnosis in " ".join(person.scrollback.split())


@BOTH
def test_b_and_the_left_arrow_go_back_to_the_answer_given(command: str) -> None:
    with Person(command) as person:
        person.sees("begin").press(ENTER, "023").sees("4 of 12")
        person.press("b").sees("3 of 12", f"{FREQUENCY[3]} (chosen before)")
        person.press(LEFT).sees("2 of 12", f"{FREQUENCY[2]} (chosen before)")
        person.press("b").sees("1 of 12", f"{FREQUENCY[0]} (chosen before)")
        person.press(LEFT, "b", "3").sees("2 of 12")
        person.press("b").sees("1 of 12", f"{FREQUENCY[3]} (chosen before)")


@BOTH
def test_question_mark_says_why_an_item_is_asked_and_comes_back(command: str) -> None:
    with Person(command) as person:
        person.sees("begin").press(ENTER, "1").sees("2 of 12")
        person.press("?").sees("Why this is asked", str(ITEMS[1].help))
        person.press(ENTER).sees("2 of 12", str(ITEMS[1].text))
        person.press("0").sees("3 of 12")


@BOTH
def test_h_shows_help_lines_anywhere_and_comes_back(command: str) -> None:
    panel = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY)
    first = panel.act_now
    with Person(command, MOODCHECK_REGION="GB") as person:
        person.sees("begin").press("h").sees(first, panel.lines[0].number).press("g").sees("begin")
        person.press(ENTER).sees("1 of 12").press("h").sees(first).press("g").sees("1 of 12")
        person.press("0" * 12).sees("main part").press("h").sees(first).press("g")
        person.sees("main part").press(ENTER).sees("1 of 12, for your visit")
        person.press("h").sees(first).press("g")
        person.sees("1 of 12, for your visit").press("f").sees("Your answers")
        person.press("h").sees(first).press("g").sees("Your answers", "see the summary")
        person.press("v").sees("write it to a file").press("h").sees(first)
        person.press("g").sees("write it to a file")


@BOTH
def test_the_stop_page_says_what_happens_to_the_answers_and_leads_everywhere(
    command: str,
) -> None:
    with Person(command) as person:
        person.sees("begin").press(ENTER).sees("1 of 12")
        person.press("q").sees("Nothing has been saved", "back to the questions")
        assert "summary" not in person.view
        person.press("b").sees("1 of 12").press("2").sees("2 of 12")
        person.press("h").sees("go on").press("q", ENTER).sees("Nothing has been saved")
        person.press("b").sees("2 of 12").press("q").sees("see a summary").press("l")

        assert person.ends() == 0
        assert FREQUENCY[2] not in person.screen or command == PLAIN


@pytest.mark.parametrize("number", [*range(len(ITEMS) + 1), 18, len(ITEMS) + len(CONTEXT) - 1])
def test_whoever_stops_at_an_item_gets_a_summary_that_says_what_was_not_reached(
    number: int,
) -> None:
    keys = "0" * min(number, len(ITEMS))
    keys += ENTER + "1" * (number - len(ITEMS)) if number > len(ITEMS) else ""
    is_in_words = number == len(ITEMS) + len(CONTEXT) - 1
    with Person(PLAIN, columns=120) as person:
        person.sees("begin").press(ENTER, keys, "q", ENTER if is_in_words else "")
        person.sees("Stop here?", "l leave")
        person.press("v" if number else "l")
        if number:
            person.sees("write it to a file")
            said = person.view
            person.press("d")

        assert person.ends() == 0
        if not number:
            return
    for place, item in enumerate([*ITEMS, *CONTEXT]):
        answered = "0" if place < len(ITEMS) else "1"
        label = f"{item.label}: "
        if place >= number:
            assert f"{label}not answered (not reached)" in said
        else:
            assert f"{label}{SYMPTOMS.option(item.id, int(answered)).label}" in said
    assert LANGUAGE.not_a_diagnosis in said
    assert number > CRITICAL or str(ITEMS[CRITICAL].label) + '" was not answered' in said


@BOTH
def test_the_under_18_way_shows_lines_for_young_people_first_and_may_go_on(command: str) -> None:
    with Person(command, columns=100, rows=50, MOODCHECK_REGION="DE") as person:
        person.sees("begin").press("y").sees("under 18", LANGUAGE.under_18[0])
        shown = person.view
        panel = help_panel(DIRECTORY, LANGUAGE, Region("DE"), today=TODAY, is_young=True)
        assert panel.act_now in shown
        assert shown.index(panel.lines[0].number) < shown.index(panel.lines[-1].number)
        person.press("g").sees("begin").press(ENTER).sees("1 of 12")


@BOTH
def test_the_way_for_someone_else_says_what_to_do_instead_and_may_leave(command: str) -> None:
    with Person(command, columns=100, rows=50) as person:
        person.sees("begin").press("o").sees(*LANGUAGE.for_someone_else).press("q", ENTER)

        assert person.ends() == 0


@BOTH
def test_an_answer_changed_at_the_review_is_the_one_that_counts(command: str) -> None:
    with Person(command, columns=100, rows=50) as person:
        comes_to_the_review(person, "0" * len(ITEMS)).press("3", ENTER)
        person.sees("3 of 12", str(ITEMS[2].text), "(chosen before)").press("3")
        person.sees("Your answers", f"{ITEMS[2].label}: {FREQUENCY[3]}")
        person.press("2", ENTER).sees("2 of 12", str(ITEMS[1].text)).press("b")
        person.sees("Your answers", f"{ITEMS[1].label}: {FREQUENCY[0]}")
        stays = sees_the_summary(person)

    assert "3 of 36" in stays


@BOTH
def test_a_wrong_key_is_explained_at_once_and_never_answers(command: str) -> None:
    with Person(command) as person:
        person.sees("begin").press(ENTER).sees("1 of 12")
        for number, key in enumerate(["7", "x", "é", "r", "f", "-", TAB, "日"], start=1):
            person.press(key).sees("Please use one of: 0, 1, 2, 3").press("2")
            person.sees(f"{number + 1} of 12").press("b")
            person.sees(f"{number} of 12", f"{FREQUENCY[2]} (chosen before)").press("2")
            person.sees(f"{number + 1} of 12")


@BOTH
def test_with_enter_a_digit_or_a_held_key_answers_nothing_until_enter(command: str) -> None:
    with Person(f"{command} --enter") as person:
        person.sees("begin").press(ENTER).sees("1 of 12", "Press Enter after each key")
        person.press("0000").sees("0000").press(ENTER).sees("Please use one of")
        person.press("3", BACKSPACE, "2").press(ENTER).sees("2 of 12")
        person.press("b", ENTER).sees("1 of 12", f"{FREQUENCY[2]} (chosen before)")
        person.press("s", ENTER).sees("2 of 12")


@BOTH
def test_space_never_begins_or_answers_when_entries_need_enter(command: str) -> None:
    with Person(f"{command} --enter") as person:
        person.sees("begin").press(" ", ENTER, "h", ENTER).sees("go on")
        person.press("g", ENTER).sees("begin")


@BOTH
def test_a_skipped_critical_item_is_said_to_be_not_answered(command: str) -> None:
    said = LANGUAGE.critical_unanswered.replace("{label}", str(ITEMS[CRITICAL].label))
    answers = "0" * CRITICAL + "s" + "0" * (len(ITEMS) - CRITICAL - 1)
    with Person(command, columns=100, rows=60) as person:
        comes_to_the_review(person, answers)
        person.sees(f"{ITEMS[CRITICAL].label}: not answered (skipped)")
        stays = sees_the_summary(person)

    assert said in stays
    assert LANGUAGE.too_many_unanswered.removeprefix("no score") in stays
    assert "Numbers" in stays


@BOTH
def test_all_keys_typed_at_once_come_to_the_review_and_no_further(command: str) -> None:
    with Person(command, rows=40) as person:
        keys = "1" * CRITICAL + "0" + "1" * (len(ITEMS) - CRITICAL - 1)
        person.press(ENTER, keys, ENTER, "1" * (len(CONTEXT) - 1), "s", "v", "d", "1", ENTER, "q")
        person.sees("Your answers", "see the summary")
        person.press("1", ENTER).sees("1 of 12", f"{FREQUENCY[1]} (chosen before)")


@pytest.mark.parametrize(
    ("command", "values"), [(RICH, (0, 1, 10)), (PLAIN, (10, 20, 30)), (RICH, (-1, 0, 1))], ids=str
)
def test_where_a_value_is_no_digit_the_position_and_enter_answer(
    command: str, values: tuple[int, int, int], tmp_path: Path
) -> None:
    document = yaml.safe_load((DATA / "symptoms.yaml").read_text(encoding="utf-8"))
    document["responses"]["frequency"] = [
        {"value": value, "label": f"Point {place}", "say": f"point {place}"}
        for place, value in enumerate(values, start=1)
    ]
    document["critical"] = []
    (often,) = (one for one in document["scales"] if one["id"] == "often")
    often["at_least"] = values[-1]
    often["items"] = [one["id"] for one in document["items"] if one["id"] != "death_thoughts"]
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    own = command.replace("moodcheck", "moodcheck check own.yaml")
    with Person(own, cwd=tmp_path) as person:
        person.sees("begin").press(ENTER).sees("1 of 12", "Point 1", "press Enter")
        person.press("10").sees("10").press(ENTER).sees("Please use one of")
        person.press("3", ENTER).sees("2 of 12")
        person.press("b").sees("1 of 12", "Point 3 (chosen before)")


def test_by_ear_keys_are_said_once_and_an_answer_with_what_was_asked() -> None:
    with Person(PLAIN, columns=60) as person:
        person.sees("Keys: Enter begin")
        for line in person.screen.split("\n"):
            # A sentence that fits in a line is not broken.
            assert not re.search(r"[.?!] \w+( \w+)?$", line)
        person.press(ENTER).sees("1 of 12", "Keys: b back, s skip, ? why asked")
        person.press("1").sees(f"{ITEMS[0].label}: {FREQUENCY[1]}", "2 of 12", "? for keys.")
        assert "Keys:" not in person.view
        assert "before:" not in person.view
        person.press("?").sees("Why this is asked", "Keys: b back, s skip").press(ENTER)
        person.sees("2 of 12", "? for keys.")


def test_a_terminal_of_lines_says_that_enter_follows_each_key() -> None:
    with Person(RICH, TERM="dumb") as person:
        person.sees("Keys: Enter begin", "Press Enter after each key.").press(ENTER)
        person.sees("1 of 12", "Press Enter after each key.").press("1", ENTER).sees("2 of 12")
