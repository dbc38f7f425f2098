"""What changed between two sittings: numbers side by side, and published words with a citation."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scale import ReliableChange
from moodcheck.history.change import (
    ItemChange,
    are_comparable,
    changes,
    published_change,
    scale_changes,
)
from tests.shipped import TAKEN_AT
from tests.strategies import administrations, questionnaires
from tests.unit.core.small import questionnaire

SMALL = questionnaire()


def sitting(asked: Questionnaire = SMALL, **answers: object) -> Administration:
    return administer(asked, answers, taken_at=TAKEN_AT)


def with_parameters(**parameters: object) -> Questionnaire:
    change = {"citation": "Nobody 1999", **parameters}
    scale = {"id": "s", "label": "S", "method": "sum", "items": "all", "reliable_change": change}
    return questionnaire(scales=[scale])


def test_each_item_is_set_beside_what_it_was() -> None:
    then = sitting(a=1, b=3, words="then")
    now = sitting(a=2, b="skipped", c=0, words="now")

    assert changes(then, now) == (
        ItemChange("a", 1, 2),
        ItemChange("b", 3, Unanswered.SKIPPED),
        ItemChange("c", Unanswered.BLANK, 0),
    )
    assert [change.difference for change in changes(then, now)] == [1, None, None]


def test_an_item_that_the_earlier_version_lacks_has_no_before() -> None:
    item = {"id": "new", "label": "New", "responses": "often"}
    later = questionnaire(version="1.1.0", context=[item])

    assert changes(sitting(), sitting(later, new=2))[-1] == ItemChange("new", None, 2)


@pytest.mark.parametrize("other", [{"id": "large"}, {"version": "2.0.0"}], ids=str)
def test_other_questionnaires_and_major_versions_are_never_compared(
    other: dict[str, object],
) -> None:
    now = sitting(questionnaire(**other))

    assert not are_comparable(SMALL, now.questionnaire)
    with pytest.raises(ValueError, match="cannot be compared"):
        changes(sitting(), now)
    with pytest.raises(ValueError, match="cannot be compared"):
        scale_changes(sitting(), now)


def test_a_score_that_is_not_there_changed_by_nothing_that_could_be_said() -> None:
    (change,) = scale_changes(sitting(a=1, b=1, c=1), sitting(a=1, b=1))

    assert (change.before, change.now, change.difference) == (3, None, None)


def test_without_published_parameters_there_is_no_word_about_a_change() -> None:
    (change,) = scale_changes(sitting(a=0, b=0, c=0), sitting(a=3, b=3, c=3))

    assert change.difference == 9
    assert change.published is None


@pytest.mark.parametrize(("c", "is_reliable"), [(2, False), (3, True)])
def test_published_points_count_from_themselves_on(c: int, is_reliable: bool) -> None:
    asked = with_parameters(points=3)
    (up,) = scale_changes(sitting(asked, a=1, b=1, c=0), sitting(asked, a=1, b=1, c=c))
    (down,) = scale_changes(sitting(asked, a=1, b=1, c=c), sitting(asked, a=1, b=1, c=0))

    for change in (up, down):
        assert change.published is not None
        assert change.published.is_reliable is is_reliable
        assert change.published.needed == 3
        assert change.published.index is None
        assert change.published.parameters.citation == "Nobody 1999"


def test_the_index_is_that_of_jacobson_and_truax() -> None:
    # SEM = 7.5·√0.2 = 3.3541, Sdiff = 4.7434, so the index of (32.5 - 47.5) is -3.162.
    found = published_change(ReliableChange(sd=7.5, reliability=0.8, citation="c"), 47.5, 32.5)

    assert found.index == pytest.approx(-3.1623, abs=1e-4)
    assert found.needed == pytest.approx(9.2971, abs=1e-4)
    assert found.is_reliable


@given(
    sd=st.decimals("0.01", "99", places=2),
    reliability=st.decimals("0.01", "0.99", places=2),
    before=st.integers(-100, 100),
    now=st.integers(-100, 100),
)
def test_fifty_decimals_find_the_same(
    sd: Decimal, reliability: Decimal, before: int, now: int
) -> None:
    parameters = ReliableChange(sd=float(sd), reliability=float(reliability), citation="c")
    found = published_change(parameters, before, now)

    with localcontext(prec=50):
        sem = sd * (1 - reliability).sqrt()
        s_diff = (2 * sem**2).sqrt()
        index = (now - before) / s_diff
        assume(abs(abs(index) - Decimal("1.96")) > Decimal("1e-40"))
        assert found.is_reliable is (abs(index) > Decimal("1.96"))
        assert found.index == pytest.approx(float(index))
        assert found.needed == pytest.approx(float(Decimal("1.96") * s_diff))


def test_exactly_1_96_standard_errors_are_not_beyond_them() -> None:
    # Sdiff is 25 here, so a change of 49 has an index of 1.96.
    parameters = ReliableChange(sd=25.0, reliability=0.5, citation="c")

    assert not published_change(parameters, 0, 49).is_reliable
    assert published_change(parameters, 0, 50).is_reliable


@given(asked=questionnaires(most_items=6), data=st.data())
def test_every_item_with_options_is_there_once_and_no_answer_is_made_up(
    asked: Questionnaire, data: st.DataObject
) -> None:
    then, now = data.draw(administrations(asked)), data.draw(administrations(asked))
    found = changes(then, now)

    assert [change.item for change in found] == [
        item.id for item in asked.all_items if item.type == "choice"
    ]
    for change in found:
        for sitting_, value in ((then, change.before), (now, change.now)):
            assert (value if isinstance(value, int) else None) == sitting_.answers.get(change.item)
        is_answered = change.item in then.answers and change.item in now.answers
        assert (change.difference is None) is not is_answered
