"""A walk, whatever a person replies: nothing is lost, guessed or asked before help is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.checkin.walkthrough import AfterStop, Move, MovedOn, Question, walk
from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import IOFailed
from tests.shipped import SYMPTOMS, TAKEN_AT
from tests.strategies import questionnaires

Reply = int | str | Unanswered | Move | MovedOn | AfterStop | bool | None

ITEMS = [item.id for item in SYMPTOMS.items]
CONTEXT = [item.id for item in SYMPTOMS.context]
CRITICAL = SYMPTOMS.critical[0].item
NUMBER = ITEMS.index(CRITICAL)

# What may be replied to help lines.
GO_ON, NO_MORE = True, False


@dataclass
class ScriptedAsker:
    """Replies what the script says; when that ends, it goes on to the end with skips."""

    script: list[Reply] = field(default_factory=list)
    begins: bool = True
    calls: list[str] = field(default_factory=list)
    """What was asked: `ask low_mood`, `help`, `stop`, `review`, in order."""
    questions: list[Question] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    reviewed: list[dict[str, object]] = field(default_factory=list)
    offered_summary: list[bool] = field(default_factory=list)
    at_the_parts: list[Move | None] = field(default_factory=list)
    """What is replied between the parts; when that ends, to go on."""
    parts: list[tuple[int, int]] = field(default_factory=list)
    """How much had been asked at each page between the parts, and how many items it announced."""

    def welcome(self) -> bool:
        return self.begins

    def ask(self, question: Question) -> int | str | Unanswered | Move | MovedOn:
        self.questions.append(question)
        reply = self._reply(f"ask {question.item.id}", Move.SKIP)
        assert isinstance(reply, (int, str, Move, MovedOn))
        return reply

    def between_parts(self, context: int) -> Move | None:
        self.parts.append((len(self.calls), context))
        return self.at_the_parts.pop(0) if self.at_the_parts else None

    def help_after_alert(self) -> bool:
        return bool(self._reply("help", is_default=True))

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        self.offered_summary.append(has_answers)
        reply = self._reply("stop", AfterStop.SUMMARY)
        assert isinstance(reply, AfterStop)
        return reply

    def review(self, questions: Sequence[Question]) -> str | Move | None:
        self.reviewed.append({one.item.id: one.given for one in questions})
        reply = self._reply("review", None)
        assert not isinstance(reply, (int, AfterStop, MovedOn))
        return reply

    def _reply(self, call: str, default: Reply = None, *, is_default: bool = False) -> Reply:
        self.calls.append(call)
        reply = self.script.pop(0) if self.script else default or is_default or None
        self.replies.append(reply)
        return reply


def walked(*script: Reply, of: Questionnaire = SYMPTOMS) -> tuple[Administration, ScriptedAsker]:
    asker = ScriptedAsker(list(script))
    administration = walk(of, asker, lambda: TAKEN_AT)
    assert administration is not None
    return administration, asker


def zeros(count: int) -> list[Reply]:
    return [0] * count


# In order


def test_every_item_is_asked_once_in_order_and_then_reviewed() -> None:
    administration, asker = walked(*zeros(len(ITEMS)), *[1] * (len(CONTEXT) - 1), "Rest")

    assert asker.calls == [*(f"ask {name}" for name in [*ITEMS, *CONTEXT]), "review"]
    assert administration.answers == dict.fromkeys(ITEMS, 0) | dict.fromkeys(CONTEXT[:-1], 1)
    assert administration.words == {CONTEXT[-1]: "Rest"}
    assert not administration.unanswered
    assert administration.taken_at == TAKEN_AT


def test_whoever_does_not_begin_is_asked_nothing() -> None:
    asker = ScriptedAsker(begins=False)

    assert walk(SYMPTOMS, asker, lambda: TAKEN_AT) is None
    assert not asker.calls


def test_questions_are_numbered_among_their_own_kind() -> None:
    _administration, asker = walked()

    first, context = asker.questions[0], asker.questions[len(ITEMS)]
    assert (first.position, first.of, first.is_context) == (1, len(ITEMS), False)
    assert first.stem == SYMPTOMS.stem
    assert first.options == SYMPTOMS.options(ITEMS[0])
    assert (context.position, context.of, context.is_context) == (1, len(CONTEXT), True)
    assert context.stem is None


# Moves


def test_back_asks_the_item_before_and_keeps_its_answer_until_another_is_given() -> None:
    administration, asker = walked(1, 2, Move.BACK, Move.BACK, 3)

    assert asker.calls[:6] == [f"ask {ITEMS[number]}" for number in (0, 1, 2, 1, 0, 1)]
    assert [asker.questions[n].given for n in (3, 4)] == [2, 1]
    assert administration.answers[ITEMS[0]] == 3


def test_own_words_are_kept_when_somebody_moves_on_in_the_middle() -> None:
    first = [*zeros(len(ITEMS)), *[1] * (len(CONTEXT) - 1)]
    administration, asker = walked(*first, MovedOn("To sle", Move.BACK), 1, "To sleep")

    assert [one.given for one in asker.questions if one.item.id == CONTEXT[-1]] == [None, "To sle"]
    assert administration.words == {CONTEXT[-1]: "To sleep"}


def test_back_at_the_first_item_asks_it_again() -> None:
    _administration, asker = walked(Move.BACK, Move.BACK, 1)

    assert asker.calls[:4] == [f"ask {ITEMS[number]}" for number in (0, 0, 0, 1)]


def test_skipping_takes_back_an_answer() -> None:
    administration, _asker = walked(2, Move.BACK, Move.SKIP)

    assert administration.unanswered[ITEMS[0]] is Unanswered.SKIPPED


def test_finishing_leaves_out_what_is_left_and_goes_to_the_review() -> None:
    administration, asker = walked(*zeros(len(ITEMS)), 1, Move.FINISH)

    assert asker.calls[-2:] == [f"ask {CONTEXT[1]}", "review"]
    assert administration.answers[CONTEXT[0]] == 1
    assert set(administration.unanswered) == set(CONTEXT[1:])


def test_f_leaves_what_was_never_shown_as_not_reached_and_skipped_as_skipped() -> None:
    administration, _asker = walked(*zeros(len(ITEMS)), Move.SKIP, 1, Move.FINISH)

    skipped, _answered, *rest = CONTEXT
    assert administration.unanswered == {
        skipped: Unanswered.SKIPPED,
        **dict.fromkeys(rest, Unanswered.NOT_REACHED),
    }


def test_between_the_parts_it_is_said_once_how_many_short_questions_follow() -> None:
    _administration, asker = walked(*zeros(len(ITEMS)), 1, Move.BACK, Move.BACK, 0, 1)

    # Going back to the first part and coming again says it again; going back within one does not.
    assert asker.parts == [(len(ITEMS), len(CONTEXT)), (len(ITEMS) + 4, len(CONTEXT))]


def test_between_the_parts_one_may_finish_go_back_or_stop() -> None:
    def parted(*moves: Move | None, script: Sequence[Reply] = ()) -> ScriptedAsker:
        asker = ScriptedAsker([*zeros(len(ITEMS)), *script], at_the_parts=list(moves))
        walk(SYMPTOMS, asker, lambda: TAKEN_AT)
        return asker

    assert parted(Move.FINISH).calls[len(ITEMS) :] == ["review"]
    assert parted(Move.BACK).calls[len(ITEMS)] == f"ask {ITEMS[-1]}"
    assert parted(Move.STOP).calls[len(ITEMS) :] == ["stop"]
    came_back = parted(Move.STOP, None, script=[AfterStop.BACK])
    assert came_back.calls[len(ITEMS) :][:2] == ["stop", f"ask {CONTEXT[0]}"]


def test_without_items_for_the_visit_there_is_no_page_between_the_parts() -> None:
    of = SYMPTOMS.model_copy(update={"context": ()})
    _administration, asker = walked(of=of)

    assert not asker.parts


def test_a_skipped_critical_item_is_unanswered_and_no_alert() -> None:
    administration, asker = walked(*zeros(NUMBER), Move.SKIP)

    assert CRITICAL not in administration.answers
    assert administration.unanswered[CRITICAL] is Unanswered.SKIPPED
    assert "help" not in asker.calls


# Stopping


@pytest.mark.parametrize("number", range(len(ITEMS) + len(CONTEXT)))
def test_what_was_not_reached_is_said_to_be_wherever_one_stops(number: int) -> None:
    given_ = [*zeros(len(ITEMS)), *[1] * len(CONTEXT)][:number]
    administration, asker = walked(*given_, Move.STOP, AfterStop.SUMMARY)

    rest = [*ITEMS, *CONTEXT][number:]
    assert administration.unanswered == dict.fromkeys(rest, Unanswered.NOT_REACHED)
    assert asker.offered_summary == [number > 0]
    assert asker.calls[-1] == "stop"


def test_what_was_skipped_before_one_stopped_stays_skipped() -> None:
    administration, _asker = walked(Move.SKIP, 1, Move.STOP, AfterStop.SUMMARY)

    assert administration.unanswered[ITEMS[0]] is Unanswered.SKIPPED
    assert administration.unanswered[ITEMS[2]] is Unanswered.NOT_REACHED


def test_whoever_comes_back_from_stopping_is_asked_the_same_item() -> None:
    administration, asker = walked(1, Move.STOP, AfterStop.BACK, 2)

    assert asker.calls[1:4] == [f"ask {ITEMS[1]}", "stop", f"ask {ITEMS[1]}"]
    assert administration.answers[ITEMS[1]] == 2


def test_whoever_leaves_leaves_nothing() -> None:
    asker = ScriptedAsker([1, 2, Move.STOP, AfterStop.LEAVE])

    assert walk(SYMPTOMS, asker, lambda: TAKEN_AT) is None


# Alerts


@pytest.mark.parametrize("value", [1, 2, 3])
def test_an_alert_shows_help_before_the_next_item(value: int) -> None:
    _administration, asker = walked(*zeros(NUMBER), value, GO_ON)

    assert asker.calls[NUMBER : NUMBER + 3] == [
        f"ask {CRITICAL}", "help", f"ask {ITEMS[NUMBER + 1]}",
    ]  # fmt: skip


def test_an_alert_that_is_answered_again_shows_help_again() -> None:
    _administration, asker = walked(*zeros(NUMBER), 1, GO_ON, Move.BACK, 1, GO_ON, Move.BACK, 0)

    assert asker.calls.count("help") == 2


def test_whoever_stops_at_help_may_come_back_to_the_next_item() -> None:
    administration, asker = walked(*zeros(NUMBER), 2, NO_MORE, AfterStop.BACK, 1)

    assert asker.calls[NUMBER : NUMBER + 4] == [
        f"ask {CRITICAL}", "help", "stop", f"ask {ITEMS[NUMBER + 1]}",
    ]  # fmt: skip
    assert administration.answers[CRITICAL] == 2


def test_whoever_stops_at_help_keeps_the_alert() -> None:
    administration, _asker = walked(*zeros(NUMBER), 2, NO_MORE, AfterStop.SUMMARY)

    assert administration.answers[CRITICAL] == 2
    assert administration.unanswered[ITEMS[NUMBER + 1]] is Unanswered.NOT_REACHED


# The review


def test_the_review_shows_every_answer_and_changes_one_at_a_time() -> None:
    before: list[Reply] = [*zeros(len(ITEMS)), Move.FINISH]
    administration, asker = walked(*before, ITEMS[2], 3, None)

    assert asker.calls[-3:] == ["review", f"ask {ITEMS[2]}", "review"]
    assert asker.reviewed[0][ITEMS[2]] == 0
    assert asker.reviewed[1][ITEMS[2]] == 3
    assert administration.answers[ITEMS[2]] == 3


@pytest.mark.parametrize("move", [Move.BACK, Move.FINISH])
def test_going_back_from_a_change_changes_nothing(move: Move) -> None:
    administration, asker = walked(*zeros(len(ITEMS)), Move.FINISH, ITEMS[2], move, None)

    assert asker.calls[-1] == "review"
    assert administration.answers[ITEMS[2]] == 0


def test_an_alert_given_at_the_review_shows_help_before_the_review_comes_back() -> None:
    _administration, asker = walked(*zeros(len(ITEMS)), Move.FINISH, CRITICAL, 1, GO_ON, None)

    assert asker.calls[-4:] == ["review", f"ask {CRITICAL}", "help", "review"]


def test_whoever_stops_at_the_review_may_come_back_leave_or_see_the_summary() -> None:
    full: list[Reply] = [*zeros(len(ITEMS)), Move.FINISH, Move.STOP]
    administration, asker = walked(*full, AfterStop.BACK, None)
    assert asker.calls[-3:] == ["review", "stop", "review"]
    assert all(administration.answers[name] == 0 for name in ITEMS)

    administration, _asker = walked(*full, AfterStop.SUMMARY)
    assert all(administration.answers[name] == 0 for name in ITEMS)

    assert walk(SYMPTOMS, ScriptedAsker([*full, AfterStop.LEAVE]), lambda: TAKEN_AT) is None


# Kept as it is given


@dataclass
class Keeper:
    """Remembers what it was told to keep, beside what the asker was asked; fails if it has to."""

    asker: ScriptedAsker
    fails_at: str = ""
    kept: list[tuple[str, object]] = field(default_factory=list)

    def __call__(self, item: str, given_: int | str | Unanswered) -> None:
        self.kept.append((item, given_))
        self.asker.calls.append(f"keep {item}")
        if item == self.fails_at:
            raise IOFailed("The disk is full")


def test_every_answer_and_every_skip_is_kept_before_anything_else_is_asked() -> None:
    asker = ScriptedAsker([0, Move.SKIP, Move.BACK, Unanswered.DECLINED, Move.STOP])
    keeper = Keeper(asker)
    walk(SYMPTOMS, asker, lambda: TAKEN_AT, save=keeper)

    first, second = ITEMS[:2]
    assert keeper.kept == [
        (first, 0), (second, Unanswered.SKIPPED), (second, Unanswered.DECLINED),
    ]  # fmt: skip
    assert asker.calls[:4] == [f"ask {first}", f"keep {first}", f"ask {second}", f"keep {second}"]


def test_an_alert_is_kept_before_help_is_shown() -> None:
    asker = ScriptedAsker([*zeros(NUMBER), 2, GO_ON])
    walk(SYMPTOMS, asker, lambda: TAKEN_AT, save=Keeper(asker))

    at = asker.calls.index(f"ask {CRITICAL}")
    assert asker.calls[at + 1 : at + 3] == [f"keep {CRITICAL}", "help"]


def test_an_alert_that_cannot_be_kept_shows_help_all_the_same() -> None:
    asker = ScriptedAsker([*zeros(NUMBER), 2, GO_ON])
    with pytest.raises(IOFailed):
        walk(SYMPTOMS, asker, lambda: TAKEN_AT, save=Keeper(asker, fails_at=CRITICAL))

    assert asker.calls[-2:] == [f"keep {CRITICAL}", "help"]


@pytest.mark.parametrize("number", range(len(ITEMS) + len(CONTEXT)))
def test_a_sitting_that_broke_off_goes_on_at_the_first_item_that_was_not_given(
    number: int,
) -> None:
    before = dict.fromkeys([*ITEMS, *CONTEXT][:number], Unanswered.SKIPPED)
    asker = ScriptedAsker()
    administration = walk(SYMPTOMS, asker, lambda: TAKEN_AT, before=before)

    assert asker.calls[0] == f"ask {[*ITEMS, *CONTEXT][number]}"
    assert administration is not None
    assert set(administration.unanswered.values()) == {Unanswered.SKIPPED}


def test_a_sitting_that_broke_off_at_the_review_goes_on_there() -> None:
    before = dict.fromkeys([*ITEMS, *CONTEXT], Unanswered.DECLINED)
    asker = ScriptedAsker()
    administration = walk(SYMPTOMS, asker, lambda: TAKEN_AT, before=before)

    assert asker.calls == ["review"]
    assert administration is not None
    assert administration.unanswered == before


def test_a_sitting_that_broke_off_after_an_alert_goes_on_with_help() -> None:
    asker = ScriptedAsker()
    walk(SYMPTOMS, asker, lambda: TAKEN_AT, before=dict.fromkeys(ITEMS[: NUMBER + 1], 1))

    assert asker.calls[:2] == ["help", f"ask {ITEMS[NUMBER + 1]}"]


# Whatever is replied


@dataclass
class RandomAsker(ScriptedAsker):
    """Replies whatever is drawn, within what an asker may reply."""

    draw: Callable[[Sequence[Reply]], Reply] = lambda choices: choices[0]
    left: int = 60

    def ask(self, question: Question) -> int | str | Unanswered | Move | MovedOn:
        self.questions.append(question)
        values: list[Reply] = [option.value for option in question.options] or ["own words"]
        moves: list[Reply] = [Move.BACK, Move.SKIP, Move.STOP, Unanswered.DECLINED]
        if question.is_context:
            moves.append(Move.FINISH)
        # Answers weigh as much as moves do, so that walks get far.
        choices = [*values, *moves, *values] if self.left else [Move.SKIP]
        reply = self._drawn(f"ask {question.item.id}", choices)
        assert isinstance(reply, (int, str, Move, MovedOn))
        return reply

    def help_after_alert(self) -> bool:
        return bool(self._drawn("help", [True, False]))

    def how_to_stop(self, *, has_answers: bool) -> AfterStop:
        ways = list(AfterStop) if has_answers else [AfterStop.BACK, AfterStop.LEAVE]
        reply = self._drawn("stop", ways if self.left else [AfterStop.LEAVE])
        assert isinstance(reply, AfterStop)
        return reply

    def review(self, questions: Sequence[Question]) -> str | Move | None:
        ids: list[Reply] = [one.item.id for one in questions]
        reply = self._drawn("review", [None, Move.STOP, *ids] if self.left else [None])
        assert not isinstance(reply, (int, AfterStop, MovedOn))
        return reply

    def _drawn(self, call: str, choices: Sequence[Reply]) -> Reply:
        self.left = max(0, self.left - 1)
        self.calls.append(call)
        reply = self.draw(choices)
        self.replies.append(reply)
        return reply


@given(data=st.data(), of=st.one_of(st.just(SYMPTOMS), questionnaires(most_items=6)))
def test_whatever_is_replied_every_item_ends_answered_or_unanswered_with_a_reason(
    data: st.DataObject, of: Questionnaire
) -> None:
    asker = RandomAsker(draw=lambda choices: data.draw(st.sampled_from(choices)))
    administration = walk(of, asker, lambda: TAKEN_AT)

    last = last_replies(asker)
    left = AfterStop.LEAVE in asker.replies
    assert (administration is None) == left
    if administration is None:
        return
    kinds = (administration.answers, administration.words, administration.unanswered)
    for item in of.all_items:
        assert sum(item.id in kind for kind in kinds) == 1
        given_ = last.get(item.id)
        if isinstance(given_, int):
            assert administration.answers[item.id] == given_
        elif isinstance(given_, Unanswered):
            assert administration.unanswered[item.id] is given_
        elif isinstance(given_, str):
            assert administration.words[item.id] == given_
        elif given_ is Move.SKIP:
            assert administration.unanswered[item.id] is Unanswered.SKIPPED
        else:
            assert administration.unanswered[item.id] in {
                Unanswered.SKIPPED, Unanswered.NOT_REACHED,
            }  # fmt: skip


@given(data=st.data(), of=st.one_of(st.just(SYMPTOMS), questionnaires(most_items=6)))
def test_whatever_is_replied_an_alert_is_followed_by_help_and_nothing_else_is(
    data: st.DataObject, of: Questionnaire
) -> None:
    asker = RandomAsker(draw=lambda choices: data.draw(st.sampled_from(choices)))
    walk(of, asker, lambda: TAKEN_AT)

    critical = {f"ask {one.item}": one for one in of.critical}
    for call, reply, following in zip(
        asker.calls, asker.replies, [*asker.calls[1:], "end"], strict=True
    ):
        is_one = call in critical and isinstance(reply, int) and critical[call].is_alert(reply)
        assert (following == "help") == is_one


def last_replies(asker: ScriptedAsker) -> dict[str, Reply]:
    """Return for each item the last reply that answered or skipped it."""
    last: dict[str, Reply] = {}
    for call, reply in zip(asker.calls, asker.replies, strict=True):
        if call.startswith("ask ") and (not isinstance(reply, Move) or reply is Move.SKIP):
            last[call.removeprefix("ask ")] = reply
    return last
