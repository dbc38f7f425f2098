"""A row is scored by sums over its answers as the reference scorer scores the sitting."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.batch.plan import Plan
from moodcheck.batch.row_reading import row_reading
from moodcheck.batch.sums import Alternatives, Sum, findings
from moodcheck.core.administration import Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.safety import advice_for, critical_states, row_alert
from moodcheck.core.scoring import score
from tests.parity.test_warehouses import ASKED
from tests.shipped import TAKEN_AT
from tests.strategies import questionnaires


def worked_out(one: Sum, codes: Mapping[str, int], exact: Mapping[str, Fraction | None]) -> int:
    """Return what a sum comes to in a row."""
    numbers = [part.number(exact[part.scale]) for part in one.parts]
    for source, added in one.added.items():
        code = codes[source] if isinstance(source, str) else 0
        if isinstance(source, Alternatives):
            code = max(ranks.get(codes[item], 0) for item, ranks in source.ranks.items())
        numbers.append(added.get(code, 0))
    return max(numbers) if one.is_highest else sum(numbers)


@settings(max_examples=60)
@given(asked=questionnaires(), data=st.data())
def test_what_sums_say_is_what_the_reference_scorer_says(
    asked: Questionnaire, data: st.DataObject
) -> None:
    plan = planned(asked)
    codes = {item: data.draw(st.sampled_from(one.codes)) for item, one in plan.codings.items()}

    hold_to_the_reference(plan, codes)


def test_sums_below_zero_and_gaps_in_them_say_what_the_reference_scorer_says() -> None:
    plan = planned(ASKED)
    some = [(one.codes[0], one.codes[-2], one.blank) for one in plan.codings.values()]

    for codes in product(*some):
        hold_to_the_reference(plan, dict(zip(plan.codings, codes, strict=True)))


def planned(asked: Questionnaire) -> Plan:
    items = [item.id for item in asked.items]
    return Plan(asked, row_reading(asked, None, items, where="f.csv"))


def hold_to_the_reference(plan: Plan, codes: Mapping[str, int]) -> None:
    """Hold what sums say of a row of codes to what the reference scorer says of the sitting."""
    asked = plan.questionnaire
    said: dict[str, object] = {}
    exact: dict[str, Fraction | None] = {}
    every = {finding.scale: finding for finding in findings(plan, "Notice.")}
    in_order = [scale.id for level in asked.scale_levels for scale in level]
    for finding in (every[name] for name in (*in_order, "")):
        sums = [worked_out(one, codes, exact) for one in finding.sums]
        exact[finding.scale] = finding.exact(*sums)
        assert all(0 <= each <= one.largest for each, one in zip(sums, finding.sums, strict=True))
        cut = [min(each, one.size - 1) for each, one in zip(sums, finding.sums, strict=True)]
        said |= dict(zip(finding.types, finding.cells(*cut), strict=True))

    answers = {
        item: code if code <= plan.codings[item].highest else Unanswered.BLANK
        for item, code in codes.items()
    }
    sitting = administer(asked, answers, taken_at=TAKEN_AT)
    for result in score(sitting):
        name = result.scale.id
        assert said[f"{name}_score"] == result.score
        assert said[f"{name}_unanswered"] == result.of - result.answered
        assert said[f"{name}_reason"] == result.reason
    assert said["alert"] == row_alert(critical_states(sitting).values()).value
    assert said["advice"] == advice_for(sitting).id
