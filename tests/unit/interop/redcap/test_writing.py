"""A questionnaire becomes a data dictionary that says all it can, and what it cannot is told."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linkml_redcap import data_dictionary

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.scoring import score
from moodcheck.errors import BadData
from moodcheck.interop.joining import join
from moodcheck.interop.redcap.columns import Column
from moodcheck.interop.redcap.names import field_names, form_name, score_names
from moodcheck.interop.redcap.reading import read_dictionary
from moodcheck.interop.redcap.writing import export
from moodcheck.interop.scale_calculation import calculation_of
from moodcheck.interop.taken_over import quotation
from moodcheck.interop.worded import with_wording
from tests.shipped import CONTEXT, LANGUAGE, SYMPTOMS
from tests.strategies import administrations, questionnaires

AS_REDCAP_WRITES_IT = (
    b'Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"Choices, '
    b'Calculations, OR Slider Labels",Field Note,Text Validation Type OR Show Slider Number,'
    b"Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only "
    b"if...),Required Field?,Custom Alignment,Question Number (surveys only),Matrix Group Name,"
    b"Matrix Ranking?,Field Annotation"
)


def written(asked: Questionnaire) -> bytes:
    return export(asked, notice=LANGUAGE.notice).content


def rows(asked: Questionnaire) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written(asked).decode()), strict=True))


def worded() -> st.SearchStrategy[Questionnaire]:
    """Questionnaires whose every item has a text."""
    return questionnaires(most_items=8).map(
        lambda drawn: Questionnaire.model_validate(
            drawn.plain_data()
            | {"context": [item | {"text": "And?"} for item in drawn.plain_data()["context"]]},
            strict=False,
        )
    )


def test_its_columns_are_the_eighteen_of_redcap() -> None:
    assert written(SYMPTOMS).split(b"\r\n")[0] == AS_REDCAP_WRITES_IT
    assert len(AS_REDCAP_WRITES_IT) == len(",".join(Column)) + 2


@given(worded() | st.just(SYMPTOMS))
def test_whatever_it_can_say_is_read_back(asked: Questionnaire) -> None:
    form = read_dictionary("d.csv", written(asked))
    found = {item.link: item for item in form.items}
    names, scores = field_names(asked), score_names(asked)

    assert form.id == form_name(asked)
    for item in asked.all_items:
        theirs = found[names[item.id]]
        assert (theirs.text, theirs.help, theirs.kind) == (item.text, item.help, item.type)
        offered = [(one.value, one.label) for one in theirs.options]
        assert offered == [(one.value, one.label) for one in asked.options(item.id)]
    for scale in asked.scales:
        theirs_or_none = found.get(scores[scale.id])
        how = calculation_of(asked, scale, names.__getitem__)
        if how is None or scale.method == "count":
            assert theirs_or_none is None
            continue
        assert theirs_or_none is not None
        assert theirs_or_none.text == scale.label
        assert theirs_or_none.calculation == replace(
            how,
            reverse_keyed=tuple(one for one in how.links if one in how.reverse_keyed),
            max_unanswered=0,
        )


@given(worded() | st.just(SYMPTOMS))
def test_with_the_scoring_that_it_came_from_it_is_the_same_questionnaire(
    asked: Questionnaire,
) -> None:
    form = read_dictionary("d.csv", written(asked))
    tree = with_wording(join(form, asked), LANGUAGE, origin="From a file.")
    again = Questionnaire.model_validate(tree, strict=False)

    assert again.scoring_fingerprint == asked.scoring_fingerprint
    assert (again.critical, again.advice, again.scales) == (
        asked.critical, asked.advice, asked.scales,
    )  # fmt: skip
    assert again.stem == (asked.stem or asked.recall_period)
    for item in asked.all_items:
        assert again.item(item.id).text == quotation(item.text or "")
        assert [one.label for one in again.options(item.id)] == [
            one.label for one in asked.options(item.id)
        ]


@given(st.data(), worded())
def test_redcap_works_out_the_same_score_and_none_where_an_answer_is_missing(
    data: st.DataObject, asked: Questionnaire
) -> None:
    sitting = data.draw(administrations(asked))
    given_ = {field_names(asked)[item]: value for item, value in sitting.answers.items()}
    cells = {one[Column.NAME]: one[Column.CHOICES] for one in rows(asked)}
    for result in score(sitting):
        expression = cells.get(score_names(asked)[result.scale.id])
        if expression is None:
            continue
        fields = re.findall(r"\[(\w+)\]", expression)
        if any(field not in given_ for field in fields):
            # REDCap leaves a `+` with an empty field empty.
            assert result.answered < result.of
            continue
        numbers = re.sub(r"\[(\w+)\]", lambda found: f"({given_[found[1]]})", expression)
        assert eval(numbers) == result.score  # noqa: S307 - arithmetic that was just written


def test_another_program_that_knows_redcap_takes_every_field() -> None:
    view = data_dictionary.schema_view()
    slots = view.class_induced_slots("Field")
    assert len(slots) == len(Column)
    for asked in (SYMPTOMS, renamed("under_-_score-", "redcap_x")):
        names = []
        for one in rows(asked):
            names.append(one[Column.NAME])
            for slot, column in zip(slots, Column, strict=True):
                cell = one[column]
                assert cell or not slot.required, (column, one)
                if cell and slot.pattern:
                    assert re.fullmatch(slot.pattern, cell)
                if cell and slot.range in view.all_enums():
                    assert cell in view.get_enum(slot.range).permissible_values
        assert len(set(names)) == len(names)


def renamed(questionnaire_id: str, first: str, second: str = "redcap-x") -> Questionnaire:
    """Return the shipped questionnaire with other ids."""
    tree = SYMPTOMS.plain_data() | {"id": questionnaire_id}
    tree["scales"] = [tree["scales"][0], tree["scales"][1]]
    tree["advice"] = tree["advice"][-1:]
    tree["items"][0]["id"], tree["items"][1]["id"] = first, second
    return Questionnaire.model_validate(tree, strict=False)


@pytest.mark.parametrize(
    ("ids", "fields"),
    [
        (("low-mood", "low_mood"), ("low_mood", "low_mood_2")),
        (("record_id", "mine_complete"), ("record_id_2", "mine_complete_2")),
        (("redcap_event_name", "a__b-"), ("item_redcap_event_name", "a_b")),
    ],
)
def test_a_field_has_a_name_that_redcap_takes_and_no_other_field(
    ids: tuple[str, str], fields: tuple[str, str]
) -> None:
    asked = renamed("mine", *ids)

    assert tuple(field_names(asked)[one] for one in ids) == fields
    told = export(asked, notice=LANGUAGE.notice).unsaid
    assert any(f"{ids[0]} as {fields[0]}" in one for one in told if ids[0] != fields[0])


def test_what_it_cannot_say_is_told_first_of_all_that_nobody_is_told() -> None:
    told = export(SYMPTOMS, notice=LANGUAGE.notice).unsaid

    assert told[0].startswith("REDCap shows no help lines and tells no one")
    assert "[death_thoughts] >= 1" in told[0]
    assert "the advice is not in it" in told
    assert any("'often' is not in it, because it counts" in one for one in told)


def test_every_score_stands_beside_the_notice() -> None:
    scores = [one for one in rows(SYMPTOMS) if one[Column.TYPE] == "calc"]

    assert len(scores) == 4
    assert {one[Column.NOTE] for one in scores} == {LANGUAGE.notice}


def test_without_wording_there_is_no_form_to_show_anybody() -> None:
    with pytest.raises(BadData, match="has no wording"):
        written(CONTEXT.questionnaire("phq-9"))


def test_a_code_is_kept_in_the_annotation() -> None:
    tree = SYMPTOMS.plain_data()
    tree["items"][0]["codes"] = {"loinc": "44255-8", "own": "x"}
    asked = Questionnaire.model_validate(tree, strict=False)
    [first, *_others] = read_dictionary("d.csv", written(asked)).items

    assert first.codes == {"loinc": "44255-8"}
    assert "the codes of 'own' are not in it" in export(asked, notice=LANGUAGE.notice).unsaid
