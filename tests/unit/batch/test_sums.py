"""A row is scored by sums over its answers as the reference scorer scores the sitting."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.batch.plan import Plan
from moodcheck.batch.row_reading import row_reading
from moodcheck.batch.sums import findings
from moodcheck.core.administration import Unanswered, administer
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.safety import advice_for, critical_states, row_alert
from moodcheck.core.scoring import score
from tests.shipped import TAKEN_AT
from tests.strategies import questionnaires


@settings(max_examples=60)
@given(asked=questionnaires(), data=st.data())
def test_what_sums_say_is_what_the_reference_scorer_says(
    asked: Questionnaire, data: st.DataObject
) -> None:
    items = [item.id for item in asked.items]
    plan = Plan(asked, row_reading(asked, None, items, where="f.csv"))
    codes = {item: data.draw(st.sampled_from(one.codes)) for item, one in plan.codings.items()}

    said: dict[str, object] = {}
    for finding in findings(plan, "Notice."):
        sums = [
            sum(codes_of.get(codes[item], 0) for item, codes_of in one.added.items())
            for one in finding.sums
        ]
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
