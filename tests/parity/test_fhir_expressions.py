"""Every score that our FHIR computes elsewhere is the one that we compute."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from moodcheck.core.administration import Administration
from moodcheck.core.scoring import score
from moodcheck.interop.fhir.names import CALCULATED_EXPRESSION
from moodcheck.interop.fhir.writing import questionnaire_resource
from moodcheck.interop.scale_calculation import calculation_of
from tests.fhir_validators import Tree, ask_node, needs_npm, response_of
from tests.shipped import CONTEXT
from tests.strategies import administrations, questionnaires

pytestmark = needs_npm

_SHIPPED = ("symptoms", "phq-9", "ces-d", "who-5", "dass-21")
_SITTINGS = st.one_of(
    questionnaires(most_items=8).flatmap(administrations),
    st.sampled_from(_SHIPPED).map(CONTEXT.questionnaire).flatmap(administrations),
)


@settings(max_examples=3, phases=[Phase.generate])  # to shrink, each step would start a process
@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what failed
@given(sittings=st.lists(_SITTINGS, min_size=25, max_size=25))
def test_what_other_programs_compute_is_our_score(sittings: list[Administration]) -> None:
    computed = ask_node(computed=[_case(one) for one in sittings])["computed"]

    # To another program, an item that was not asked is one that was not answered.
    expected = [
        [
            [] if result.score is None else [result.score]
            for result in score(one, prorates_not_asked=True)
            if calculation_of(one.questionnaire, result.scale) is not None
        ]
        for one in sittings
    ]
    assert computed == expected


def _case(sitting: Administration) -> Tree:
    questionnaire = questionnaire_resource(sitting.questionnaire)
    expressions = [
        extension["valueExpression"]["expression"]
        for item in questionnaire["item"]
        for extension in item.get("extension", ())
        if extension["url"] == CALCULATED_EXPRESSION
    ]
    response = response_of(sitting)
    return {"questionnaire": questionnaire, "response": response, "expressions": expressions}
