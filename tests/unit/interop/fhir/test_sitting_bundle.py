"""A sitting as FHIR: valid to others, the same each time, and never silent about an alert."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.errors import Problem
from moodcheck.history.record import Correction, Record, RecordState
from moodcheck.history.views.history_fhir import history_bundle
from moodcheck.interop.fhir.absent import DATA_ABSENT_REASON, absent, reason_of
from moodcheck.interop.fhir.names import scale_link
from moodcheck.interop.fhir.sitting_bundle import summary_bundle
from moodcheck.interop.scale_calculation import calculation_of
from tests.fhir_validators import complaints, missed_by_validators, needs_npm
from tests.history_outputs import summary_of as record_summary
from tests.records import SEEN, histories, record
from tests.shipped import CONTEXT, LANGUAGE, SYMPTOMS, TAKEN_AT, answered, summary_of
from tests.strategies import ATTACKS, administrations, hostile_text, questionnaires

Tree = dict[str, Any]

HISTORY = "0123456789abcdef"
PHQ_9 = CONTEXT.questionnaire("phq-9")

few = settings(max_examples=10)
"""A Bundle has thousands of lines."""

SITTINGS = st.one_of(
    administrations(own_words=hostile_text()),
    administrations(PHQ_9),
    questionnaires(most_items=6).flatmap(administrations),
)


def bundle_of(administration: Administration) -> Tree:
    found: Tree = json.loads(summary_bundle(summary_of(administration)))
    return found


def exported(*records: Record, for_client: bool = False) -> Tree:
    shown = [record_summary(one) for one in records]
    found: Tree = json.loads(history_bundle(shown, HISTORY, for_client=for_client))
    return found


def resources(bundle: Tree, kind: str) -> list[Tree]:
    of_all = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in of_all if one["resourceType"] == kind]


def observation(bundle: Tree, text: str) -> Tree:
    [found] = [one for one in resources(bundle, "Observation") if one["code"]["text"] == text]
    return found


def notes(resource: Tree) -> list[str]:
    return [one["text"].replace("\\", "") for one in resource.get("note", ())]


def references(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get("reference"), str):
            yield tree["reference"]
        for value in tree.values():
            yield from references(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from references(value)


def rich_bundles() -> list[Tree]:
    """Return sittings with everything that one can have."""
    reasons = dict(zip([item.id for item in SYMPTOMS.items], Unanswered, strict=False))
    ones = dict.fromkeys([item.id for item in PHQ_9.items], 1)
    prorated = administer(PHQ_9, ones | {"sleep": None}, taken_at=TAKEN_AT)
    kept = record(
        answered(low_mood=1, death_thoughts=0, unreal=1),
        alerted={"death_thoughts": 2},
        notes={"sleep": "Since *spring*\n1. and <b>before</b>"},
        acknowledgement=SEEN,
    )
    sittings = (answered(**reasons, own_words="".join(ATTACKS)), answered(), prorated)
    return [*map(bundle_of, sittings), exported(kept, record(prorated, name="a" * 12))]


@needs_npm
def test_every_validator_takes_every_resource() -> None:
    bundles = rich_bundles()
    found = [entry["resource"] for bundle in bundles for entry in bundle["entry"]]
    # Each resource is looked at by itself: of a whole Bundle, the schema says only that it is none.
    short = [one | {"entry": [min(one["entry"], key=lambda of: len(str(of)))]} for one in bundles]
    once = {json.dumps(one): one for one in (*found, *short)}

    assert complaints(list(once.values())) == []


@few
@given(st.data())
def test_what_is_referred_to_is_in_it_and_nothing_is_wrong_that_validators_miss(
    data: st.DataObject,
) -> None:
    sitting, kept = data.draw(SITTINGS), data.draw(histories(SYMPTOMS, PHQ_9))
    for bundle in (bundle_of(sitting), exported(*kept)):
        names = [entry["fullUrl"] for entry in bundle["entry"]]

        assert len(set(names)) == len(names)
        assert set(references(bundle)) <= set(names)
        assert [*missed_by_validators([entry["resource"] for entry in bundle["entry"]])] == []


@few
@given(SITTINGS)
def test_every_answer_score_and_reason_is_in_it(sitting: Administration) -> None:
    bundle, summary = bundle_of(sitting), summary_of(sitting)
    [response] = resources(bundle, "QuestionnaireResponse")
    items = {item["linkId"]: item for item in response["item"]}

    for name, value in sitting.answers.items():
        [answer] = items[name]["answer"]
        weights = {one["valueDecimal"] for one in answer["valueCoding"]["extension"]}
        assert weights == {value}
    for name, reason in sitting.unanswered.items():
        assert (name in items) == (reason is not Unanswered.BLANK)
        assert "answer" not in items.get(name, {})
        assert reason_of(items.get(name, {})) is reason
    for line in summary.scales:
        result = line.result
        scored = items.get(scale_link(result.scale.id))
        is_told = calculation_of(sitting.questionnaire, result.scale) is not None
        assert (scored is not None) == (is_told and result.score is not None)
        if scored is not None:
            assert list(scored["answer"][0].values()) == [result.score]


@few
@given(SITTINGS)
def test_the_panel_has_every_item_and_score_and_all_come_from_the_response(
    sitting: Administration,
) -> None:
    bundle, summary = bundle_of(sitting), summary_of(sitting)
    [name] = [
        entry["fullUrl"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == "QuestionnaireResponse"
    ]
    panel, *members = resources(bundle, "Observation")

    assert len(panel["hasMember"]) == len(members)
    assert len(members) == len(sitting.questionnaire.choices) + len(summary.scales)
    for one in (panel, *members):
        assert one["derivedFrom"] == [{"reference": name}]
        assert one["category"][0]["coding"][0]["code"] == "survey"
        assert "interpretation" not in one
    # As US Core has it, whatever is no panel has a value or a reason why it has none.
    for one in members:
        has_value = any(key.startswith("value") for key in one)
        assert has_value != ("dataAbsentReason" in one)
    for line, one in zip(summary.scales, members[-len(summary.scales) :], strict=True):
        assert one.get("valueQuantity", {}).get("value") == line.result.score


def test_a_published_instrument_has_the_codes_of_loinc() -> None:
    given_ = dict.fromkeys((item.id for item in PHQ_9.items), 1)
    bundle = bundle_of(administer(PHQ_9, given_, taken_at=TAKEN_AT))
    panel, first, *_others, total = resources(bundle, "Observation")

    def code(resource: Tree) -> Tree:
        return dict(resource["code"]["coding"][0])

    assert code(panel) == {"system": "http://loinc.org", "code": "44249-1"}
    assert code(first) == {"system": "http://loinc.org", "code": "44250-9"}
    assert code(total) == {"system": "http://loinc.org", "code": "44261-6"}
    assert first["valueCodeableConcept"]["coding"][0]["code"] == "LA6569-3"
    assert notes(total)[0].startswith("9 of 27 (in the range published as 'mild' (5–9, ")


@few
@given(administrations(given={"death_thoughts": st.sampled_from([1, 2, 3])}))
def test_an_alert_is_the_first_note_of_its_item_and_of_the_panel(sitting: Administration) -> None:
    bundle = bundle_of(sitting)

    for title in (SYMPTOMS.title, "Thoughts of death"):
        first = notes(observation(bundle, title))[0]
        assert first.startswith('ALERT. "Thoughts of death: ')
        assert "someone who can help reads this today" in first
    assert not notes(observation(bundle, "Low mood"))


@few
@given(SITTINGS)
def test_no_resource_with_an_outcome_is_without_the_notice(sitting: Administration) -> None:
    bundle = bundle_of(sitting)
    [response] = resources(bundle, "QuestionnaireResponse")
    panel, *members = resources(bundle, "Observation")
    scores = members[-len(sitting.questionnaire.scales) :]

    assert LANGUAGE.not_a_diagnosis in notes(panel)
    assert "not a diagnosis" in " ".join(response["text"]["div"].split())
    assert all(LANGUAGE.notice in notes(one) for one in scores)


def test_a_critical_item_without_an_answer_is_said_to_have_none() -> None:
    bundle = bundle_of(answered(death_thoughts="declined"))
    item = observation(bundle, "Thoughts of death")

    assert item["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"
    assert any("Thoughts of death" in one for one in notes(observation(bundle, SYMPTOMS.title)))


def test_a_person_is_a_code_of_one_history_and_nobody_else() -> None:
    kept = record(answered(low_mood=1), client="C-014")
    other = exported(record(answered(low_mood=1), client="C-015"))
    bundle = exported(kept)
    [patient] = resources(bundle, "Patient")
    elsewhere = json.loads(history_bundle([record_summary(kept)], "f" * 16))

    assert set(patient) == {"resourceType", "meta", "identifier"}
    assert patient["identifier"][0]["value"] == "C-014"
    assert patient["meta"]["security"][0]["code"] == "PSEUDED"
    assert bundle["entry"][0]["fullUrl"] != other["entry"][0]["fullUrl"]
    # The same code may be somebody else's in another history.
    assert bundle["entry"][0]["fullUrl"] != elsewhere["entry"][0]["fullUrl"]
    assert "subject" not in resources(bundle_of(answered(low_mood=1)), "QuestionnaireResponse")[0]


@few
@given(st.data())
def test_the_same_sittings_give_the_same_bytes(data: st.DataObject) -> None:
    kept = data.draw(histories(SYMPTOMS, PHQ_9))
    shown = [record_summary(one) for one in kept]

    assert history_bundle(shown, HISTORY) == history_bundle(shown, HISTORY)
    assert history_bundle(shown, HISTORY).isascii()


@pytest.mark.parametrize(
    ("state", "status", "of_observations"),
    [
        (RecordState.OPEN, "in-progress", "preliminary"),
        (RecordState.ANSWERED, "completed", "final"),
        (RecordState.CLOSED, "completed", "final"),
    ],
)
def test_how_far_a_sitting_came_is_its_status(
    state: RecordState, status: str, of_observations: str
) -> None:
    bundle = exported(record(answered(low_mood=1), state=state))

    assert resources(bundle, "QuestionnaireResponse")[0]["status"] == status
    assert {one["status"] for one in resources(bundle, "Observation")} == {of_observations}


def test_what_was_put_right_later_makes_it_amended() -> None:
    kept = replace(record(answered(low_mood=1)), corrections=(Correction("low_mood", 2, TAKEN_AT),))
    [response] = resources(exported(kept), "QuestionnaireResponse")

    assert response["status"] == "amended"
    assert "entered as 2" in response["text"]["div"]


def test_what_a_counselor_saw_noted_and_did_is_with_its_item_but_not_for_the_client() -> None:
    kept = replace(
        record(
            answered(death_thoughts=0),
            alerted={"death_thoughts": 2},
            notes={"sleep": "Since *spring*"},
            acknowledgement=SEEN,
        ),
        note="Came alone",
    )
    bundle, for_client = exported(kept), exported(kept, for_client=True)
    critical = notes(observation(bundle, "Thoughts of death"))[0]

    assert "changed to 0" in critical
    assert SEEN.action in critical
    assert observation(bundle, "Sleep")["note"] == [{"text": "Since \\*spring\\*"}]
    assert "Came alone" in notes(observation(bundle, SYMPTOMS.title))
    assert critical in notes(observation(bundle, SYMPTOMS.title))
    for told in ("Since", "Came alone", SEEN.action, "changed to 0"):
        assert told not in json.dumps(for_client)


def test_what_could_not_be_read_of_a_damaged_history_is_said_first() -> None:
    lost = [Problem("record 7", "it cannot be read", "Bring back a copy")]
    bundle = json.loads(history_bundle([], HISTORY, without=lost))
    [outcome] = resources(bundle, "OperationOutcome")

    assert bundle["entry"][0]["resource"] is outcome
    assert outcome["issue"][0]["code"] == "incomplete"
    assert "record 7: it cannot be read" in outcome["issue"][0]["diagnostics"]


@pytest.mark.parametrize("reason", Unanswered)
def test_every_reason_for_no_answer_is_kept_apart(reason: Unanswered) -> None:
    extensions = absent(reason)

    assert extensions[0]["url"] == DATA_ABSENT_REASON
    assert reason_of({"extension": extensions}) is reason


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("asked-declined", Unanswered.DECLINED),
        ("asked-unknown", Unanswered.UNKNOWN),
        ("not-asked", Unanswered.NOT_ASKED),
        ("masked", Unanswered.BLANK),
        (7, Unanswered.BLANK),
        ([], Unanswered.BLANK),
    ],
)
def test_a_reason_of_another_program_is_understood(code: object, reason: Unanswered) -> None:
    item = {"extension": ["?", {"url": {}}, {"url": DATA_ABSENT_REASON, "valueCode": code}]}

    assert reason_of(item) is reason
    assert reason_of({"extension": 1}) is Unanswered.BLANK
