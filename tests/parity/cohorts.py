"""What may be shown of many rows, worked out a second time: row by row, with exact fractions."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import sqrt

import pytest

from moodcheck.batch.cohort.figures import Figures, ScaleFigures, Spread
from moodcheck.batch.cohort.sums import NoAlpha
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scale import Scale
from tests.parity.oracle import Row, oracle

Numbers = Sequence[int | float | Fraction]


def hold_figures(shown: Figures, questionnaire: Questionnaire, rows: Sequence[Row]) -> None:
    """Hold what is shown of rows without a bad answer to what they are."""
    assert shown.rows == len(rows)
    for one in shown.items:
        cells = [row[one.item.id] for row in rows]
        answers = [cell for cell in cells if isinstance(cell, int)]
        assert {option.value: count for option, count in one.options} == {
            option.value: answers.count(option.value)
            for option in questionnaire.options(one.item.id)
        }
        assert sum(one.unanswered.values()) == len(rows) - len(answers)
        hold_spread(one.spread, answers)
    for scale in shown.scales:
        _hold_scale(scale, questionnaire, rows)


def hold_spread(shown: Spread, numbers: Numbers) -> None:
    """Hold mean and standard deviation to those of the library of Python."""
    exact = [Fraction(number) for number in numbers]
    assert shown.rows == len(exact)
    assert shown.mean == (float(statistics.mean(exact)) if exact else None)
    if len(exact) > 1:
        assert shown.sd == pytest.approx(sqrt(statistics.variance(exact)), rel=1e-12)
    else:
        assert shown.sd is None


def _hold_scale(shown: ScaleFigures, questionnaire: Questionnaire, rows: Sequence[Row]) -> None:
    scale = shown.scale
    said = [oracle(questionnaire, row, "") for row in rows]
    scores = [one[f"{scale.id}_score"] for one in said]
    found = [score for score in scores if isinstance(score, int | float)]
    complete = [
        score
        for one, score in zip(said, scores, strict=True)
        if one[f"{scale.id}_unanswered"] == 0 and isinstance(score, int | float)
    ]
    assert shown.scored.counts == Counter(found)
    assert shown.complete.counts == Counter(complete)
    assert shown.not_scored == len(rows) - len(found)
    assert (shown.scored.floor, shown.scored.ceiling) == (
        found.count(shown.minimum),
        found.count(shown.maximum),
    )
    hold_spread(shown.scored.spread, found)
    hold_spread(shown.complete.spread, complete)
    columns = keyed(questionnaire, scale, rows)
    weights = {scale.weights.get(item, 1) for item in columns}
    is_plain = scale.method in {"sum", "mean"} and len(weights) == 1
    if scale.alternatives or scale.scales or not is_plain:
        assert (shown.reliability.alpha, shown.reliability.why) == (None, NoAlpha.NOT_ADDED_UP)
    else:
        _hold_reliability(shown, columns)


def keyed(
    questionnaire: Questionnaire, scale: Scale, rows: Sequence[Row]
) -> Mapping[str, list[Fraction]]:
    """Return the answers to each item of a scale, as it counts them, where all are answered."""
    members = questionnaire.items_of(scale)
    columns: dict[str, list[Fraction]] = {item: [] for item in members}
    for row in rows:
        cells = [row.get(item) for item in members]
        if not all(isinstance(cell, int) for cell in cells):
            continue
        for item, cell in zip(members, cells, strict=True):
            assert isinstance(cell, int)
            values = [option.value for option in questionnaire.options(item)]
            turned = min(values) + max(values) - cell
            columns[item].append(Fraction(turned if item in scale.reverse_keyed else cell))
    return columns


def _hold_reliability(shown: ScaleFigures, columns: Mapping[str, list[Fraction]]) -> None:
    reliability, items = shown.reliability, [*columns]
    expected = _alpha([*columns.values()])
    if expected is None:
        assert (reliability.alpha, reliability.items) == (None, ())
        assert reliability.why is not None
        return
    assert reliability.alpha == float(expected)
    assert reliability.why is None
    assert [one.item for one in reliability.items] == items
    for one in reliability.items:
        others = [columns[item] for item in items if item != one.item]
        without = _alpha(others)
        assert one.alpha_without == (None if without is None else float(without))
        rest = [sum(row, Fraction(0)) for row in zip(*others, strict=True)]
        expected_r = _correlation(columns[one.item], rest)
        assert one.r_rest == (None if expected_r is None else pytest.approx(expected_r, abs=1e-12))


def _alpha(columns: Sequence[Sequence[Fraction]]) -> Fraction | None:
    """Return Cronbach's alpha as its definition has it."""
    totals = [sum(row, Fraction(0)) for row in zip(*columns, strict=True)]
    if len(columns) < 2 or len(totals) < 2 or not statistics.variance(totals):
        return None
    own = sum(map(statistics.variance, columns), Fraction(0))
    return Fraction(len(columns), len(columns) - 1) * (1 - own / statistics.variance(totals))


def _correlation(one: Sequence[Fraction], other: Sequence[Fraction]) -> float | None:
    mean, other_mean = statistics.mean(one), statistics.mean(other)
    shared = sum((a - mean) * (b - other_mean) for a, b in zip(one, other, strict=True))
    variances = [sum((a - m) ** 2 for a in each) for each, m in ((one, mean), (other, other_mean))]
    return float(shared) / sqrt(variances[0] * variances[1]) if all(variances) else None
