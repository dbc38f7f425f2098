"""Every instrument that is shipped, against what was published of it, written down here once more.

The citations stand in the data files. What is expected is worked out here by plain arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

import moodcheck
from moodcheck.core.administration import administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.safety import advice_for
from moodcheck.core.scoring import score
from tests.shipped import CHECKOUT, LANGUAGE, TAKEN_AT

UP_TO_3 = ("minimal", "mild", "moderate", "severe")
DASS = ("normal", "mild", "moderate", "severe", "extremely severe")


@dataclass(frozen=True)
class Published:
    """One scale of an instrument, as it was published."""

    instrument: str
    places: tuple[int, ...]
    """Which items it has, from 1."""
    values: tuple[int, int]
    times: int = 1
    reversed: frozenset[int] = frozenset()
    may_miss: int = 0
    bands: dict[int, str] = field(default_factory=dict)
    cut_points: tuple[int, ...] = ()
    scale: str = "total"

    def __str__(self) -> str:
        return f"{self.instrument} {self.scale}"


def first(count: int) -> tuple[int, ...]:
    return tuple(range(1, count + 1))


PUBLISHED = [
    Published(
        "phq-9",
        first(9),
        (0, 3),
        may_miss=2,
        bands={0: "minimal", 5: "mild", 10: "moderate", 15: "moderately severe", 20: "severe"},
        cut_points=(10,),
    ),
    Published("phq-8", first(8), (0, 3), may_miss=2, cut_points=(10,)),
    Published("phq-2", first(2), (0, 3), cut_points=(2, 3)),
    Published(
        "gad-7",
        first(7),
        (0, 3),
        bands=dict(zip((0, 5, 10, 15), UP_TO_3, strict=True)),
        cut_points=(10,),
    ),
    Published("who-5", first(5), (0, 5), times=4),
    Published("k10", first(10), (1, 5)),
    Published("ces-d", first(20), (0, 3), reversed=frozenset({4, 8, 12, 16}), cut_points=(16,)),
    Published("audit-c", first(3), (0, 4)),
    Published(
        "dass-21",
        (3, 5, 10, 13, 16, 17, 21),
        (0, 3),
        times=2,
        bands=dict(zip((0, 10, 14, 21, 28), DASS, strict=True)),
        scale="depression",
    ),
    Published(
        "dass-21",
        (2, 4, 7, 9, 15, 19, 20),
        (0, 3),
        times=2,
        bands=dict(zip((0, 8, 10, 15, 20), DASS, strict=True)),
        scale="anxiety",
    ),
    Published(
        "dass-21",
        (1, 6, 8, 11, 12, 14, 18),
        (0, 3),
        times=2,
        bands=dict(zip((0, 15, 19, 26, 34), DASS, strict=True)),
        scale="stress",
    ),
]
EVERY_SCALE = pytest.mark.parametrize("one", PUBLISHED, ids=str)
SHIPPED = sorted(path.stem for path in (CHECKOUT / "data" / "instruments").glob("*.yaml"))


def answers(one: Published, points: int) -> dict[str, int]:
    """Return answers that, as they are keyed, are so many points above the lowest ones."""
    asked = moodcheck.load(one.instrument)
    lowest, highest = one.values
    given = {item.id: lowest for item in asked.items}
    for place in one.places:
        more = min(points, highest - lowest)
        points -= more
        value = lowest + more
        given[asked.items[place - 1].id] = (
            highest + lowest - value if place in one.reversed else value
        )
    assert points == 0
    return given


def scored(one: Published, given: dict[str, object]) -> tuple[int | float | None, str | None]:
    asked: Questionnaire = moodcheck.load(one.instrument)
    sitting = administer(asked, given, taken_at=TAKEN_AT)
    (result,) = [result for result in score(sitting) if result.scale.id == one.scale]
    return result.score, None if result.band is None else result.band.name


def test_every_instrument_that_is_shipped_is_held_to_what_was_published() -> None:
    assert sorted({one.instrument for one in PUBLISHED}) == SHIPPED
    for name in SHIPPED:
        scales = {scale.id for scale in moodcheck.load(name).scales}
        assert scales == {one.scale for one in PUBLISHED if one.instrument == name}


@EVERY_SCALE
def test_its_range_is_the_published_one(one: Published) -> None:
    asked = moodcheck.load(one.instrument)
    lowest, highest = (len(one.places) * value * one.times for value in one.values)
    (scale,) = [scale for scale in asked.scales if scale.id == one.scale]

    assert asked.range_of(scale) == (lowest, highest)
    most = len(one.places) * (one.values[1] - one.values[0])
    for points in range(most + 1):
        expected = lowest + points * one.times
        below = [name for start, name in one.bands.items() if start <= expected]
        assert scored(one, {**answers(one, points)}) == (expected, below[-1] if below else None)


@EVERY_SCALE
def test_its_cut_points_are_the_published_ones(one: Published) -> None:
    asked = moodcheck.load(one.instrument)
    (scale,) = [scale for scale in asked.scales if scale.id == one.scale]

    assert tuple(cut.at_least for cut in scale.cut_points) == one.cut_points
    assert all(cut.citation for cut in scale.cut_points)


@EVERY_SCALE
def test_it_has_a_score_up_to_the_published_number_of_missing_answers_and_not_beyond(
    one: Published,
) -> None:
    asked = moodcheck.load(one.instrument)
    ids = [asked.items[place - 1].id for place in one.places]
    most = len(ids) * (one.values[1] - one.values[0])
    for missing in range(len(ids)):
        given: dict[str, object] = {**answers(one, most)}
        given |= dict.fromkeys(ids[:missing], "skipped")
        result, _band = scored(one, given)
        # All others are at the highest, so their mean is that too.
        highest = len(ids) * one.values[1] * one.times
        assert result == (highest if missing <= one.may_miss else None)


@pytest.mark.parametrize("name", SHIPPED)
def test_it_holds_facts_and_none_of_the_wording_of_its_authors(name: str) -> None:
    asked = moodcheck.load(name)

    assert not asked.has_wording
    assert {item.text for item in asked.all_items} == {None}
    assert {option.label for offered in asked.responses.values() for option in offered} == {None}
    assert max(len(item.label.split()) for item in asked.all_items) <= 4
    for rule in asked.advice:
        assert LANGUAGE.names_a_clinician(rule.text)
        assert not LANGUAGE.denied_words(rule.text)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_highest_answers_lead_to_an_appointment_where_higher_is_worse(name: str) -> None:
    asked = moodcheck.load(name)
    highest = {item.id: asked.extremes(item.id)[1] for item in asked.items}
    advice = advice_for(administer(asked, highest, taken_at=TAKEN_AT)).id

    expected = {"who-5": "anyway", "phq-9": "today"}
    assert advice == expected.get(name, "soon")
