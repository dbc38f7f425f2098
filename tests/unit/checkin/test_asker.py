"""What a person's entries mean to whoever asks."""

from __future__ import annotations

from typing import Any

import pytest

from moodcheck.checkin import help_pages
from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.dialogue import Setting
from moodcheck.checkin.walkthrough import AfterStop, Move, MovedOn
from moodcheck.core.administration import Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Item
from moodcheck.errors import InputNotFound
from moodcheck.report.document import Document
from moodcheck.terminal.page import View
from moodcheck.terminal.reader import Echo, Entry, IsInstant, Key, LineEditor
from moodcheck.terminal.signals import LeftAtOnce
from tests.shipped import SYMPTOMS
from tests.unit.terminal.fakes import (
    RememberingView,
    ScriptedReader,
    Typed,
    question,
    setting,
    talk,
)

WORDS = SYMPTOMS.context[-1]


class Talk:
    """Somebody who enters a script, and whoever asks them."""

    def __init__(self, *script: Entry | Typed, of: Setting | None = None) -> None:
        self.dialogue, self.view, self.reader = talk(*script, of=of)
        self.plain_view = RememberingView()
        self.asker = TerminalAsker(self.dialogue, to_plain=self._to_plain)

    def _to_plain(self) -> View:
        return self.plain_view


def asked(*script: Entry | Typed, item: Item = SYMPTOMS.items[0]) -> int | str | Move | MovedOn:
    return Talk(*script).asker.ask(question(item))


# The welcome


@pytest.mark.parametrize(
    ("script", "begins"),
    [
        ([Key.ENTER], True),
        (["q"], False),
        ([Key.END], False),
        (["1", "b", Key.ENTER], True),
        (["h", "g", Key.ENTER], True),
        (["h", "q"], False),
        (["y", "g", Key.ENTER], True),
        (["y", "q"], False),
        (["o", "g", Key.ENTER], True),
        (["o", "q"], False),
        (["r", "us", Key.ENTER], True),
    ],
    ids=str,
)
def test_only_enter_begins(script: list[Entry], *, begins: bool) -> None:
    assert Talk(*script).asker.welcome() is begins


def test_whoever_is_under_18_sees_lines_for_young_people_first_from_then_on() -> None:
    talking = Talk("y", "g", Key.ENTER)
    talking.asker.welcome()

    assert talking.dialogue.is_young


def test_p_goes_on_in_plain_text() -> None:
    talking = Talk("p", Key.ENTER)

    assert talking.asker.welcome()
    assert talking.dialogue.view is talking.plain_view
    assert talking.plain_view.shown == talking.view.shown


def test_a_pipe_that_ends_at_the_welcome_is_nobody_to_ask() -> None:
    talking = Talk(Key.END, of=setting(is_piped=True))

    with pytest.raises(InputNotFound, match="nobody to ask"):
        talking.asker.welcome()


# A question


@pytest.mark.parametrize("value", [0, 1, 2, 3])
def test_an_entry_that_an_item_offers_is_its_value(value: int) -> None:
    talking = Talk(str(value))

    assert talking.asker.ask(question()) == value
    label = SYMPTOMS.option(SYMPTOMS.items[0].id, value).label
    assert talking.view.repeated == [f"{SYMPTOMS.items[0].label}: {label}"]


@pytest.mark.parametrize(
    ("entry", "move"),
    [
        ("b", Move.BACK),
        (Key.LEFT, Move.BACK),
        ("s", Move.SKIP),
        ("q", Move.STOP),
        (Key.END, Move.STOP),
    ],
)
def test_keys_that_move(entry: Entry, move: Move) -> None:
    assert asked(entry) is move


def test_f_finishes_at_context_items_only() -> None:
    assert asked("f", item=SYMPTOMS.context[0]) is Move.FINISH
    assert asked("f", "1") == 1


@pytest.mark.parametrize(
    "entry",
    ["4", "7", "10", "-1", "1.0", "01", "+1", "x", "", "1 ", "true", "¹", Key.ENTER, Key.BACKSPACE],
)
def test_nothing_else_is_an_answer(entry: Entry) -> None:
    talking = Talk(entry, "3")

    assert talking.asker.ask(question()) == 3
    assert len(talking.view.notes) == 1


def test_why_an_item_is_asked_is_shown_and_left_again() -> None:
    for leave in (Key.ENTER, Key.LEFT, "b"):
        talking = Talk("?", leave, "2")

        assert talking.asker.ask(question()) == 2
        assert talking.view.headings == ["1 of 12", "Why this is asked", "1 of 12"]
        assert talking.view.shown[1].texts()[1] == SYMPTOMS.items[0].help


@pytest.mark.parametrize(
    ("script", "answer"),
    [
        (["To sleep"], "To sleep"),
        ([Key.ENTER], Move.SKIP),
        (["s"], Move.SKIP),
        (["b"], Move.BACK),
        (["q"], Move.STOP),
        (["f"], Move.FINISH),
        (["?", Key.ENTER, "0"], "0"),
        (["no idea"], "no idea"),
    ],
    ids=str,
)
def test_own_words_are_taken_as_they_are(script: list[Entry], answer: str | Move) -> None:
    assert asked(*script, item=WORDS) == answer


def words_at(talking: Talk, given: str | None = None) -> int | str | Unanswered | Move | MovedOn:
    return talking.asker.ask(question(WORDS, given))


@pytest.mark.parametrize(
    ("script", "given"),
    [
        (["To sleep"], "To sleep"),
        (["To sleep at night"], "To sleep at night"),
        ([Key.TAB, "s"], Move.SKIP),
        ([Key.TAB, "b"], Move.BACK),
        ([Key.TAB, Key.ENTER, "To rest"], "To rest"),
    ],
    ids=str,
)
def test_own_words_that_stand_there_are_kept_by_enter_and_never_by_chance_lost(
    script: list[Entry], given: object
) -> None:
    talking = Talk(*script)

    assert words_at(talking, "To sleep") == given
    assert talking.view.echoed[0] == "To sleep"
    assert all(line.text == "To sleep" for line in talking.reader.lines[:1])


def test_own_words_that_were_cleared_come_back_and_only_s_takes_them_away() -> None:
    talking = Talk(Typed("", Key.ENTER), Key.TAB, "s")

    assert words_at(talking, "To sleep") is Move.SKIP
    assert talking.view.echoed[1] == "To sleep"
    assert talking.view.notes[0].startswith("Your words are still here.")


@pytest.mark.parametrize(("key", "move"), [("b", Move.BACK), ("f", Move.FINISH), ("q", Move.STOP)])
def test_own_words_are_kept_when_somebody_moves_on_in_the_middle(key: str, move: Move) -> None:
    assert words_at(Talk(Typed("To sle", Key.TAB), key)) == MovedOn("To sle", move)
    assert words_at(Talk(Typed("To sle", Key.TAB), key), "To sle") is move


def test_own_words_half_written_are_there_after_a_hand_back() -> None:
    class Leaves(ScriptedReader):
        def entry(self, is_instant: IsInstant, echo: Echo, line: LineEditor) -> Entry:
            if line.text:
                raise LeftAtOnce
            return super().entry(is_instant, echo, line)

    talking = Talk()
    talking.dialogue._reader = Leaves([Typed("To sle", Key.TAB), Key.ENTER])
    with pytest.raises(LeftAtOnce):
        words_at(talking)
    talking.dialogue._reader = ScriptedReader(["To sleep"])

    assert words_at(talking) == "To sleep"
    assert talking.view.echoed[-1] == "To sle"


def test_where_nothing_can_be_drawn_own_words_are_said_and_kept_by_enter() -> None:
    talking = Talk(Key.ENTER)
    talking.view.edits = False

    assert words_at(talking, "To sleep") == "To sleep"
    shown = talking.view.shown[0].texts()
    assert "You wrote: To sleep" in shown
    assert talking.reader.lines[0].text == ""


# The echo of the answer before


def test_a_question_shows_the_answer_before_it_until_help_or_the_review_came_between() -> None:
    first, second = SYMPTOMS.items[:2]
    talking = Talk("1", "?", Key.ENTER, "2", "g", "1", "b")

    def asides() -> list[str]:
        return [getattr(page.blocks[0], "aside", "") for page in talking.view.shown]

    for item in (first, second):
        talking.asker.ask(question(item))
    assert asides() == ["", "before: A few days", "", "before: A few days"]
    talking.asker.help_after_alert()
    talking.asker.ask(question(first))
    talking.asker.ask(question(second))
    assert asides()[-2:] == ["", "before: A few days"]


def of_values(*values: int) -> Questionnaire:
    document: dict[str, Any] = SYMPTOMS.plain_data()
    document["responses"]["frequency"] = [
        {"value": value, "label": f"Point {place}", "say": "often"}
        for place, value in enumerate(values, start=1)
    ]
    document["critical"] = []
    (often,) = (one for one in document["scales"] if one["id"] == "often")
    often["at_least"] = values[-1]
    often["items"] = [one["id"] for one in document["items"] if one["id"] != "death_thoughts"]
    return Questionnaire.model_validate(document, strict=False)


@pytest.mark.parametrize(
    "values", [(10, 20, 30), (-1, 0, 1), tuple(range(1, 12)), tuple(range(12)), (1, 2, 10)], ids=str
)
def test_where_a_value_is_no_digit_the_position_and_enter_answer(values: tuple[int, ...]) -> None:
    of = of_values(*values)
    item = of.items[0]
    asking = question(item)
    asking = type(asking)(
        item, of.options(item.id), asking.stem, 1, 12, is_context=False, given=None
    )
    for place, value in enumerate(values, start=1):
        talking = Talk(str(place))

        assert talking.asker.ask(asking) == value
        is_instant = talking.reader.asked_for[0]
        assert not any(is_instant(digit) for digit in "0123456789")
        assert is_instant("b")
        assert "Type a number, then press Enter." in talking.view.shown[0].texts()


# Between the parts


@pytest.mark.parametrize(
    ("entry", "move"),
    [
        (Key.ENTER, None),
        ("f", Move.FINISH),
        ("b", Move.BACK),
        (Key.LEFT, Move.BACK),
        ("q", Move.STOP),
        (Key.END, Move.STOP),
    ],
)
def test_between_the_parts_a_digit_does_nothing_and_every_way_is_open(
    entry: Entry, move: Move | None
) -> None:
    talking = Talk("0", "s", entry)

    assert talking.asker.between_parts(12) is move
    assert len(talking.view.notes) == 2


# Help after an alert


def test_after_an_alert_only_keys_pressed_from_then_on_count() -> None:
    talking = Talk("1", "7", Key.ENTER)

    assert talking.asker.help_after_alert()
    assert talking.reader.discarded_before == [0]
    assert len(talking.view.notes) == 2


@pytest.mark.parametrize("entry", [Key.ENTER, Key.LEFT, "b", "g"])
def test_help_lines_are_left_as_every_other_page_is(entry: Entry) -> None:
    assert Talk(entry).asker.help_after_alert()


@pytest.mark.parametrize("entry", ["q", Key.END])
def test_after_an_alert_whoever_does_not_go_on_stops(entry: Entry) -> None:
    assert not Talk(entry).asker.help_after_alert()


# Stopping


@pytest.mark.parametrize(
    ("entry", "has_answers", "way"),
    [
        ("b", True, AfterStop.BACK),
        ("l", True, AfterStop.LEAVE),
        ("v", True, AfterStop.SUMMARY),
        (Key.END, True, AfterStop.SUMMARY),
        (Key.END, False, AfterStop.LEAVE),
        ("l", False, AfterStop.LEAVE),
    ],
)
def test_the_ways_from_where_one_stops(entry: Entry, way: AfterStop, *, has_answers: bool) -> None:
    assert Talk(entry).asker.how_to_stop(has_answers=has_answers) is way


def test_without_answers_there_is_no_summary_to_see() -> None:
    talking = Talk("v", "b")

    assert talking.asker.how_to_stop(has_answers=False) is AfterStop.BACK
    assert len(talking.view.notes) == 1


# The review


def test_the_review_takes_numbers_and_only_fresh_keys() -> None:
    questions = [question(item) for item in SYMPTOMS.all_items]

    def reviewed(*script: Entry) -> str | Move | None:
        talking = Talk(*script)
        result = talking.asker.review(questions)
        assert talking.reader.discarded_before == [0]
        assert not talking.reader.asked_for[0]("1")
        return result

    assert reviewed("1") == SYMPTOMS.items[0].id
    assert reviewed("24") == WORDS.id
    assert reviewed("25", "0", "v") is None
    assert reviewed("q") is Move.STOP
    assert reviewed(Key.END) is Move.STOP
    assert reviewed("h", "g", "v") is None
    assert reviewed("h", "q") is Move.STOP


# The summary


def offer(talking: Talk, saying: str = "Written.") -> list[str]:
    names: list[str] = []

    def write(name: str) -> str:
        names.append(name)
        return saying

    def write_visit(name: str) -> str:
        return write(f"{name}, for a visit")

    talking.asker.offer_after_summary(lambda: Document("the summary", ()), write, write_visit)
    return names


def test_the_menu_comes_back_until_the_person_is_done() -> None:
    talking = Talk("w", "mine.txt", Key.ENTER, "x", "w", Key.ENTER, "h", "g", "d")

    assert offer(talking) == ["mine.txt"]
    assert not talking.reader.script


def test_a_page_for_a_visit_is_a_key_away() -> None:
    talking = Talk("v", "mine.pdf", Key.ENTER, "d")

    assert offer(talking) == ["mine.pdf, for a visit"]


@pytest.mark.parametrize("entry", ["d", "q", Key.END])
def test_whoever_is_done_with_the_summary_leaves(entry: Entry) -> None:
    assert offer(Talk(entry)) == []


def test_what_is_said_of_a_file_can_do_nothing_to_the_screen() -> None:
    talking = Talk("w", "name", Key.ENTER, "d")
    offer(talking, "Written to \x1b[2J.")

    said = [text for page in talking.view.shown for text in page.texts()]
    assert "Written to \\x1b[2J." in said


@pytest.mark.parametrize(
    ("is_discreet", "has_alerted", "asks"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_a_discreet_sitting_asks_only_after_an_alert_whether_the_number_is_noted(
    *, is_discreet: bool, has_alerted: bool, asks: bool
) -> None:
    talking = Talk("g", "x", "y", of=setting(is_discreet=is_discreet))
    if has_alerted:
        talking.asker.help_after_alert()
    talking.reader.script = ["x", "y"]
    talking.asker.before_clearing()

    assert (not talking.reader.script) is asks
    if asks:
        asked, first, *_others = talking.view.shown[-1].texts()
        assert "Have you noted the number?" in asked
        assert first == talking.asker.dialogue.panel.act_now


def test_whoever_has_not_noted_the_number_sees_the_lines_again_and_nothing_is_cleared() -> None:
    talking = Talk(Key.ENTER, "n", Key.ENTER, "y", of=setting(is_discreet=True))
    talking.asker.help_after_alert()
    talking.asker.before_clearing()

    panel = talking.asker.dialogue.panel
    noted, again = help_pages.is_number_noted(panel), help_pages.help_page(panel)
    assert talking.view.shown[1:] == [noted, again, noted]
    assert set(dict(noted.keys)) == {"y", "n"}


def test_a_reader_that_has_no_more_is_a_mistake_of_the_test() -> None:
    with pytest.raises(AssertionError):
        ScriptedReader([]).entry(lambda _: True, print, LineEditor())
