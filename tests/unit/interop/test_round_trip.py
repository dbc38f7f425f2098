"""A questionnaire that goes out as FHIR and comes back says all that FHIR can say."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.interop.bringing import Brought, bring
from moodcheck.interop.fhir.reading import read_form
from moodcheck.interop.fhir.writing import export, questionnaire_resource
from moodcheck.loading.catalogue import built_in_questionnaires
from moodcheck.loading.data_files import parse_questionnaire
from moodcheck.loading.questionnaire_copy import questionnaire_file
from tests.random_scales import plain_scales
from tests.shipped import LANGUAGE, SYMPTOMS
from tests.strategies import questionnaires

Tree = dict[str, Any]

_TODAY = date(2026, 11, 27)
_UNSAID_OF_A_SCALE = (
    "bands", "citation", "cut_points", "max_unanswered", "missing_rule", "reliable_change",
)  # fmt: skip


@given(st.data())
def test_a_questionnaire_comes_back_from_fhir_with_all_that_fhir_can_say(
    data: st.DataObject,
) -> None:
    ours = _with_words(data.draw(questionnaires(most_items=12, scales=plain_scales)), data)

    back = _there_and_back(ours).questionnaire

    assert _sayable(back) == _sayable(ours)
    assert back.scoring_fingerprint.critical == ours.scoring_fingerprint.critical


def test_what_came_back_can_be_kept_as_a_file() -> None:
    back = _there_and_back(SYMPTOMS, "mine").questionnaire

    kept = questionnaire_file(back.plain_data()).encode()

    assert parse_questionnaire("mine.yaml", kept, LANGUAGE) == back


def test_every_shipped_questionnaire_keeps_its_codes_and_scores() -> None:
    for shipped in built_in_questionnaires(LANGUAGE).values():
        form = read_form(questionnaire_resource(shipped), "shipped.json")

        calculations = [item.calculation for item in form.items if item.kind == "score"]
        assert form.codes == shipped.codes
        assert [item.codes for item in form.items[-len(shipped.scales) :]] == [
            scale.codes for scale in shipped.scales
        ]
        for scale, found in zip(shipped.scales, calculations, strict=True):
            assert found is not None
            assert (found.links, found.reverse_keyed, found.max_unanswered) == (
                shipped.items_of(scale),
                scale.reverse_keyed,
                scale.max_unanswered,
            )


def _there_and_back(ours: Questionnaire, new_id: str = "random") -> Brought:
    resource = json.loads(export(ours, notice=LANGUAGE.notice).content)
    critical = [one.item for one in ours.critical]
    form = read_form(resource, "random.json")
    return bring(form, LANGUAGE, wanted=new_id, critical=critical, today=_TODAY)


def _sayable(questionnaire: Questionnaire) -> Tree:
    """Return what FHIR has a place for, every reference resolved and every default left out."""
    tree = questionnaire.model_dump(mode="json", exclude_defaults=True)
    for section in ("items", "context"):
        for item in tree.get(section, ()):
            if "responses" in item:
                item["responses"] = [
                    option.model_dump(exclude_defaults=True)
                    for option in questionnaire.options(item["id"])
                ]
    for scale, whole in zip(tree["scales"], questionnaire.scales, strict=True):
        scale["items"] = questionnaire.items_of(whole)
        scale["reverse_keyed"] = sorted(whole.reverse_keyed)
        for key in _UNSAID_OF_A_SCALE:
            scale.pop(key, None)
    for key in ("id", "responses", "source", "validated", "advice", "critical"):
        tree.pop(key, None)
    return tree


def _with_words(plain: Questionnaire, data: st.DataObject) -> Questionnaire:
    """Return the same questionnaire with texts and codes of all kinds."""
    tree = plain.plain_data()
    for item in (*tree["items"], *tree["context"]):
        item.update(data.draw(_ITEM_WORDS))
    for name, options in tree["responses"].items():
        labels = data.draw(
            st.lists(_TEXTS, min_size=len(options), max_size=len(options), unique=True)
        )
        coded = data.draw(st.booleans())
        for position, (option, label) in enumerate(zip(options, labels, strict=True)):
            option["label"] = label
            if coded:
                option["codes"] = {"loinc": f"LA{name}-{position}"}
    tree.update(data.draw(_WHOLE_WORDS))
    return Questionnaire.model_validate(tree, strict=False)


_WORDS = st.sampled_from(
    ["rest", "“so”", "it's", "a | b", "'", "\\", "100 %", "# no", "- no", "né", "漢字", "🙂", "<b>"]
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
_CODES = st.dictionaries(
    st.sampled_from(["loinc", "snomed", "http://example.org/codes"]),
    st.sampled_from(["1-8", "44250-9", "x"]),
    min_size=1,
)
_ITEM_WORDS = st.fixed_dictionaries(
    {"text": _TEXTS, "label": _TEXTS}, optional={"help": _TEXTS, "codes": _CODES}
)
_WHOLE_WORDS = st.fixed_dictionaries(
    {"title": _TEXTS, "licence": _TEXTS}, optional={"stem": _TEXTS, "codes": _CODES}
)
