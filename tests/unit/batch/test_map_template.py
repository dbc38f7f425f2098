from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import moodcheck
from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.map_file import parse_answer_map
from moodcheck.batch.map_proposal import Preview, map_proposal
from moodcheck.batch.map_template import map_template
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.safe_text import safe_text
from tests.shipped import SYMPTOMS
from tests.strategies import hostile_text
from tests.unit.core.small import questionnaire

SMALL = questionnaire()
PHQ_9 = moodcheck.load("phq-9")


def template(
    names: Sequence[str],
    texts: Sequence[Collection[str]] | None = None,
    asked: Questionnaire = SMALL,
) -> str:
    seen = [()] * len(names) if texts is None else texts
    return map_template(map_proposal(asked, Preview(names, seen)), asked)


def loaded(text: str, asked: Questionnaire = SMALL) -> AnswerMap:
    return parse_answer_map("m.yaml", text.encode(), asked)


def confirmed(text: str) -> str:
    """Return the template with its guesses taken over, as a person would."""
    guess = re.compile(r"^# ( +\w+: [^…\n]*  # .*)$", re.MULTILINE)
    return guess.sub(r"\1", text.replace("# items:", "items:") if guess.search(text) else text)


def test_what_is_certain_stands_there_and_the_rest_waits_to_be_confirmed() -> None:
    text = template(
        ["id", "A", "b", "other", "age: years"],
        [{"1"}, {"Label 0", "label 3", "", "2"}, {"label 1", "n/a"}, (), ()],
    )

    assert (
        text
        == """\
# How to read this table as answers to small 1.0.0.
# Look at every line. Lines that begin with # do nothing until you take it away.
schema: 1

# The column that names a row; [one, two] where it takes several.
id: id

# Which column holds the answers to which item.
items:
  a: A  # a
  b: b  # b
#   c: …  # c

# Texts that are answers. Without this, the text of an answer is its value: 3.
answers:
  often:
    "Label 0": 0
    "label 1": 1
    "2": 2
    "label 2": 2
    "label 3": 3

# Texts that stand for no answer: skipped, declined, unknown or blank.
# An empty cell is blank without being named.
# missing:
#   "n/a": …

# Items that are not part of this data.
# not_asked: [ … ]

# Columns to carry along into the scores.
# keep: [ … ]
# Columns that belong to no item:
#   other
#   "age: years"
"""
    )
    assert loaded(text).items == {"a": "A", "b": "b"}


def test_numbered_columns_are_guessed_in_their_order_and_left_to_be_confirmed() -> None:
    names = ["SEQN", *(f"DPQ0{i}0" for i in range(1, 10)), "DPQ100", "x1"]
    text = template(names, [(), *[{"0", "3", "7"}] * 10, ()], PHQ_9)

    assert loaded(text, PHQ_9) == AnswerMap.model_validate({"schema": 1})
    assert "# id: SEQN\n" in text
    assert '#   "7": …\n' in text
    items = loaded(confirmed(text), PHQ_9).items
    assert items == dict(zip([item.id for item in PHQ_9.all_items], names[1:11], strict=True))


@pytest.mark.parametrize(
    "names",
    [
        [f"{i}. Some words, or others" for i in range(1, 10)],
        [f"PHQ-9 [Item {i}]" for i in range(1, 10)],
        [f"PHQ[SQ00{i}]" for i in range(1, 10)],
        [f"[SQ00{i}]. Some words" for i in range(1, 10)],
        [f"SQ00{i}" for i in range(1, 10)],
        [f"phq9_{i}" for i in range(1, 10)],
        [f"PHQ_{i}" for i in range(1, 10)],
        [f"Q1_{i}" for i in range(1, 10)],
        [f"Q{i}: Some words" for i in range(1, 10)],
        [f"Q{i}" for i in range(7, 16)],
        [
            "id",
            "age1",
            "age2",
            *(f"gad7_{i}" for i in range(1, 11)),
            *(f"phq9_{i}" for i in range(1, 10)),
        ],
        [*(f"x{i}" for i in range(1, 30)), *(f"y{i}" for i in range(1, 10))],
    ],
    ids=lambda names: names[-1],
)
def test_any_way_to_number_items_is_known_by_its_whole_names(names: list[str]) -> None:
    text = template(names, asked=PHQ_9)
    nine = loaded(confirmed(text), PHQ_9).items

    assert loaded(text, PHQ_9).items == {}
    assert [*nine.values()] == names[-9:]


def test_answers_are_never_proposed_as_codes_for_none() -> None:
    names = [f"Q{i}" for i in range(1, 10)]
    words = {"not at all", "several days", "-9", "99", ".a", "N/A", "?"}
    text = template(names, [words] * 9, PHQ_9)

    answers, missing = text.split("# missing:")
    assert '#     "not at all": …' in answers
    assert '"not at all"' not in missing
    for code in ("-9", "99", ".a", "N/A", "?"):
        assert f'#   "{code}": …' in missing


def test_answers_that_count_from_one_are_seen_as_that() -> None:
    names = [f"Q{i}" for i in range(1, 10)]
    text = template(names, [{"1", "2", "3", "4", "9"}] * 9, PHQ_9)

    answers, missing = text.split("# missing:")
    assert all(f'#     "{value + 1}": {value}\n' in answers for value in range(4))
    assert '#   "9": …' in missing
    assert '"4"' not in missing


def test_codes_stand_beside_what_the_file_calls_them() -> None:
    labels = {"a": {"0": "Never", "9": "Refused\x1b[2J"}, "other": {"9": "Nine"}}
    proposal = map_proposal(SMALL, Preview(["a", "other"], [{"0", "9"}, {"9"}], labels=labels))

    assert '#   "9": …  # Refused\\x1b[2J\n' in map_template(proposal, SMALL)


def test_what_exports_of_redcap_and_qualtrics_have_is_proposed() -> None:
    names = ["record_id", "redcap_event_name", "a", "b", "c", "small_complete"]
    proposal = map_proposal(SMALL, Preview(names, [()] * 6, header_rows=3))
    text = map_template(proposal, SMALL)

    assert "#   redcap_event_name: …\n" in text
    assert '#   small_complete: "0"\n' in text
    assert loaded(text).header_rows == 3


def test_two_columns_that_an_item_may_mean_are_left_open() -> None:
    text = template(["a", "A", "b", "b", "c", "id", "id"])

    assert loaded(text).items == {"c": "c"}
    assert loaded(text).id is None


def test_two_items_that_a_column_may_mean_are_left_open() -> None:
    twins = questionnaire(
        items=[{"id": one, "label": one, "responses": "often"} for one in ("c", "c-", "c_")]
    )

    assert loaded(template(["c"], asked=twins), twins).items == {}


def test_a_column_that_no_map_can_name_is_said_to_be_so() -> None:
    text = template(["a\x1b]52;c", "b\u202e", "c\u200b", "", "x" * 2_000, "y" * 1_000])
    remark = "(a map cannot name it: rename it first)"

    assert loaded(text).items == {}
    assert "#   a: …" in text
    assert f"#   a\\x1b]52;c  {remark}\n" in text
    assert f"#   {'x' * 1_000}…  {remark}\n" in text
    assert f"#   {'y' * 1_000}\n" in text


def test_ten_thousand_columns_make_no_map_of_ten_thousand_lines() -> None:
    text = template([f"column {i}" for i in range(10_000)], asked=SYMPTOMS)

    assert len(text.splitlines()) < 200
    assert "#   and 9884 more\n" in text


NAMES = st.lists(st.one_of(hostile_text(), st.sampled_from("abc")), min_size=1, max_size=8)
TEXTS = st.sets(st.one_of(hostile_text(), st.sampled_from(["0", "label 1"])), max_size=4)


@given(names=NAMES, data=st.data())
@example(names=["a: b", "- a", "#", "'", '"', "a\nb", "NO", "1", "<<", "{", "a #b"], data=None)
def test_whatever_a_header_holds_the_map_is_loaded_and_shows_nothing_hidden(
    names: list[str], data: st.DataObject | None
) -> None:
    texts = [data.draw(TEXTS) if data else () for _ in names]
    text = template(names, texts)

    assert set(loaded(text).items.values()) <= set(names)
    assert set(loaded(confirmed(text)).items.values()) <= set(names)
    assert all(line == safe_text(line) for line in text.splitlines())
