"""A questionnaire that goes out and comes back says all that the format can say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scale import Scale
from moodcheck.interop.bringing import Brought, bring
from moodcheck.interop.fhir.reading import read_form
from moodcheck.interop.fhir.writing import export, questionnaire_resource
from moodcheck.interop.forms import FORM_FORMATS, FormatName
from moodcheck.interop.redcap.names import field_names, score_names
from moodcheck.loading.catalogue import built_in_questionnaires
from moodcheck.loading.data_files import parse_questionnaire
from moodcheck.loading.questionnaire_copy import questionnaire_file
from tests.random_scales import plain_scales, random_scales
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


@settings(max_examples=100)
@given(st.data(), st.sampled_from([FormatName.FHIR, FormatName.REDCAP]))
def test_nothing_is_lost_on_the_way_that_the_export_does_not_name(
    data: st.DataObject, name: FormatName
) -> None:
    scales = data.draw(st.sampled_from([random_scales, plain_scales, plain_scales]))
    drawn = data.draw(questionnaires(most_items=6, scales=scales))
    ours = _published(_with_words(drawn, data), data)
    exported = FORM_FORMATS[name].write(ours, notice=LANGUAGE.notice)
    is_redcap = name is FormatName.REDCAP
    items = field_names(ours) if is_redcap else {one.id: one.id for one in ours.all_items}
    scores = score_names(ours) if is_redcap else {one.id: one.id for one in ours.scales}
    form = FORM_FORMATS[name].read("random", exported.content, None)
    critical = [items[one.item] for one in ours.critical]
    if not any(item.kind == "score" for item in form.items):
        assert all(f"'{one.id}' is not in it" in str(exported.unsaid) for one in ours.scales)
        return
    back = bring(form, LANGUAGE, wanted="random", critical=critical, today=_TODAY)

    for what, sentence in _lost(ours, back.questionnaire, items, scores):
        assert any(sentence in one for one in exported.unsaid), (what, exported.unsaid)


def _lost(
    ours: Questionnaire, back: Questionnaire, items: Mapping[str, str], scales: Mapping[str, str]
) -> Iterator[tuple[object, str]]:
    """Yield what did not come back, and words of the sentence that has to say so."""
    known = {one.id: one for one in back.scales}
    for scale in ours.scales:
        if scales[scale.id] in known:
            yield from _lost_of_a_scale(ours, scale, back, known[scales[scale.id]], items)
        else:
            yield scale, f"'{scale.id}' is not in it"
    for item in ours.all_items:
        there = back.item(items[item.id])
        assert (there.text, there.help, there.type) == (item.text, item.help, item.type)
        if there.label != item.label:
            yield item.id, "short names of items"
        yield from _lost_codes(item.codes, there.codes)
        options = zip(ours.options(item.id), back.options(there.id), strict=True)
        for option, other in options:
            assert (other.value, other.label) == (option.value, option.label)
            yield from _lost_codes(option.codes, other.codes)
    yield from _lost_codes(ours.codes, back.codes)
    for key in ("title", "version", "language", "licence"):
        if getattr(ours, key) != getattr(back, key):
            yield key, "its title, version, language and licence are not in it"
    if (ours.recall_period, ours.stem) != (back.recall_period, back.stem) and ours.stem:
        yield "recall_period", "the time that is asked about is not in it"
    if ours.validated:
        yield "validated", "the study is not in it"
    yield "source", "where the questionnaire comes from"


def _lost_of_a_scale(
    ours: Questionnaire, scale: Scale, back: Questionnaire, there: Scale, items: Mapping[str, str]
) -> Iterator[tuple[object, str]]:
    how, again = ours.computation(scale), back.computation(there)
    if again.most_unanswered != how.most_unanswered:
        yield scale, f"the score '{scale.id}' is not completed"
    renamed = {items[one]: one for one in items}
    points = [replace(term, name=renamed[term.name]) for [term] in again.members]
    assert sorted(points, key=str) == sorted((term for [term] in how.members), key=str)
    assert (again.method, again.times, again.plus, again.over) == (
        how.method, how.times, how.plus, how.over,
    )  # fmt: skip
    assert there.label == scale.label
    for key, words in _PUBLISHED.items():
        if getattr(scale, key) != getattr(there, key):
            yield scale, words
    yield from _lost_codes(scale.codes, there.codes)


_PUBLISHED = {
    "bands": "bands",
    "cut_points": "cut-points",
    "missing_rule": "the rule for missing answers",
    "reliable_change": "reliable change",
}


def _lost_codes(ours: Mapping[str, str], back: Mapping[str, str]) -> Iterator[tuple[object, str]]:
    for system, code in ours.items():
        if back.get(system) != code:
            yield system, f"codes of '{system}' are"


def _published(plain: Questionnaire, data: st.DataObject) -> Questionnaire:
    """Return the same questionnaire with more of what is published, and more codes."""
    tree = plain.plain_data()
    for options in tree["responses"].values():
        systems = [*data.draw(st.just({}) | _CODES)]
        for place, option in enumerate(options):
            option["codes"] = dict.fromkeys(systems, f"x{place}")
    for scale in tree["scales"]:
        scale["codes"] = data.draw(st.just({}) | _CODES)
        low, high = plain.computation(plain.scale(scale["id"])).extremes
        if tree["validated"] and ceil(low) <= high and data.draw(st.booleans()):
            scale["cut_points"] = [{"at_least": ceil(low), "citation": "Nobody 1999"}]
            scale["reliable_change"] = {"points": 2, "citation": "Nobody 1999"}
    return Questionnaire.model_validate(tree, strict=False)
