"""Which item a linkId is, which value an answer is, and what nobody guesses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import moodcheck
from moodcheck.batch.outcome import RejectReason
from moodcheck.errors import BadData, UsageError
from moodcheck.interop.fhir.absent import OWN_REASON
from moodcheck.interop.fhir.answers import UNREADABLE, Cells, is_stated_otherwise
from moodcheck.interop.fhir.faults import ResponseFault
from moodcheck.interop.fhir.response import Response, read_line, read_response
from moodcheck.interop.fhir.responses import ResponsesReader, Wish
from tests.fhir import LINKS, PHQ_9, TOTAL, coding, item, items_of, ndjson, response
from tests.shipped import CHECKOUT

REAL_FORM = CHECKOUT.parent / "shared" / "data" / "fhir-r4-questionnaire-lhc-phq9.json"
ANSWERS = [0, 1, 2, 3, 0, 1, 2, 3, 1]
IDS = [one.id for one in PHQ_9.items]


def cells_of(first: Mapping[str, Any], *others: Mapping[str, Any], **wish: Any) -> list[Cells]:  # noqa: ANN401
    """Return what responses say, told by the first of them."""
    lines = ndjson(first, *others).splitlines()
    reader = ResponsesReader(Wish(questionnaire=PHQ_9, **wish), lines, "answers")
    found = [read_response(read_line(line)) for line in lines]
    return [reader.cells(one) for one in found if isinstance(one, Response)]


def called(names: Sequence[str], answers: Sequence[int] = ANSWERS) -> list[dict[str, Any]]:
    return [item(name, coding(value)) for name, value in zip(names, answers, strict=True)]


@pytest.mark.parametrize(
    "names",
    [
        [f"/{code}" for code in (one.codes["loinc"] for one in PHQ_9.items)],
        [one.codes["loinc"] for one in PHQ_9.items],
        [f"PHQ9/{one.codes['loinc']}" for one in PHQ_9.items],
        IDS,
        [f"PHQ.{number}" for number in range(1, 10)],
        [f"phq-9_{number:02}" for number in range(1, 10)],
    ],
    ids=lambda names: names[0],
)
def test_items_are_told_by_code_by_name_and_by_number(names: list[str]) -> None:
    (cells,) = cells_of(response(called(names)))

    assert [cells.items[one] for one in IDS] == [str(value) for value in ANSWERS]
    assert cells.fault is None


def test_a_position_alone_tells_nothing_unless_the_responses_name_the_questionnaire() -> None:
    positions = called([f"H1/T1/Q{number}" for number in range(1, 10)])
    (named,) = cells_of(response(positions, questionnaire="http://x.org/Questionnaire/PHQ9|1"))
    (unnamed,) = cells_of(response(positions, questionnaire="http://x.org/Questionnaire/gad-7"))

    assert named.items["death_thoughts"] == "1"
    assert unnamed.items == {}


def test_numbers_that_are_not_all_there_may_be_those_of_another_questionnaire() -> None:
    fifteen = [f"PHQ.{number}" for number in range(1, 16)]
    (cells,) = cells_of(response(called(fifteen, [1] * 15)))

    assert cells.items == {}


def test_a_definition_tells_an_item() -> None:
    codes = [one.codes["loinc"] for one in PHQ_9.items]
    items = [
        item(f"q{at}", coding(2), definition=f"http://loinc.org/{code}")
        for at, code in enumerate(codes)
    ]
    (cells,) = cells_of(response(items))

    assert {*cells.items} == {*IDS}


def test_a_map_goes_before_codes_and_numbers() -> None:
    (cells,) = cells_of(
        response([*called([*LINKS.values()]), item("Q-1", coding(3))]), named={"Q-1": "interest"}
    )

    assert cells.items["interest"] == "3"


@pytest.mark.skipif(not REAL_FORM.exists(), reason="../shared/data is not there")
def test_a_real_questionnaire_says_what_its_codes_count() -> None:
    form = json.loads(REAL_FORM.read_text(encoding="utf-8"))
    links = [one["linkId"] for one in form["item"] if one.get("answerOption")][:9]
    options = form["item"][0]["answerOption"]
    given = [
        item(link, {"valueCoding": options[value]["valueCoding"]})
        for link, value in zip(links, ANSWERS, strict=True)
    ]
    (cells,) = cells_of(response(given), form=form)

    assert [cells.items[one] for one in IDS] == [str(value) for value in ANSWERS]


def form_of(options: list[dict[str, Any]], **more: object) -> dict[str, Any]:
    asked: list[dict[str, Any]] = [
        {
            "linkId": f"q{at}",
            "type": "choice",
            "text": "?",
            "code": [{"system": "http://loinc.org", "code": one.codes["loinc"]}],
            **({"answerOption": options} if options else {}),
            **more,
        }
        for at, one in enumerate(PHQ_9.items)
    ]
    return {"resourceType": "Questionnaire", "status": "active", "item": asked}


def own_option(value: int) -> dict[str, Any]:
    weight = {"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": value}
    said = {"system": "urn:own", "code": f"o{value}", "display": f"option {value}"}
    return {"valueCoding": said, "extension": [weight]}


def test_a_weight_of_the_option_counts_where_the_answer_has_none() -> None:
    form = form_of([own_option(value) for value in range(4)])
    answers: list[dict[str, Any]] = [
        {"valueCoding": {"system": "urn:own", "code": f"o{value}"}} for value in ANSWERS
    ]
    answers[1] = {"valueString": "option 1"}
    (cells,) = cells_of(
        response([item(f"q{at}", one) for at, one in enumerate(answers)]), form=form
    )

    assert [cells.items[one] for one in IDS] == [str(value) for value in ANSWERS]


def test_answers_of_a_contained_value_set_are_known() -> None:
    concepts = [
        {"code": f"o{value}", "extension": own_option(value)["extension"]} for value in range(4)
    ]
    compose = {"include": [{"system": "urn:own", "concept": concepts}]}
    held = {"resourceType": "ValueSet", "id": "v", "status": "active", "compose": compose}
    form = form_of([], answerValueSet="#v") | {"contained": [held]}
    given = [
        item(f"q{at}", {"valueCoding": {"system": "urn:own", "code": f"o{value}"}})
        for at, value in enumerate(ANSWERS)
    ]
    (cells,) = cells_of(response(given), form=form)

    assert [cells.items[one] for one in IDS] == [str(value) for value in ANSWERS]


def test_a_form_whose_answers_count_otherwise_is_refused() -> None:
    form = form_of([own_option(value) for value in range(1, 5)])

    with pytest.raises(BadData, match="counts its answers otherwise"):
        cells_of(response([item(f"q{at}", {"valueInteger": 1}) for at in range(9)]), form=form)


def test_a_code_and_a_weight_that_disagree_are_no_answer() -> None:
    said = coding(0)["valueCoding"]
    weight = [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 3}]
    items = items_of([0] * 9)
    items[8] = item(LINKS["death_thoughts"], {"valueCoding": said | {"extension": weight}})
    (cells,) = cells_of(response(items))

    assert cells.fault is not None
    assert cells.fault.why is ResponseFault.BAD_WEIGHT
    assert cells.items["death_thoughts"] not in {"0", "3"}


def test_every_fault_is_a_reason_to_reject() -> None:
    assert {one.value for one in ResponseFault} <= {one.value for one in RejectReason}


@pytest.mark.parametrize(
    ("stated", "score", "differs"),
    [("", 3, False), ("3", 3, False), ("3.0", 3, False), ("4", 3, True), ("three", 3, True),
     ("NaN", 3, True), ("9", None, False), ("2.5", 2.5, False)],
)  # fmt: skip
def test_a_stated_score_is_a_number_or_differs(
    stated: str, score: float | None, *, differs: bool
) -> None:
    assert is_stated_otherwise(stated, score) is differs


@pytest.mark.parametrize(
    ("total", "is_rejected"),
    [
        ({"valueString": "13"}, False),
        ({"valueInteger": 13}, False),
        ({"valueDecimal": 13.0}, False),
        ({"valueQuantity": {"value": 13, "code": "{score}"}}, False),
        ({"valueString": "12"}, True),
        ({"valueString": "thirteen"}, True),
        ({"valueQuantity": {"value": 12}}, True),
        ({"valueBoolean": True}, True),
    ],
)
def test_a_total_that_is_not_the_one_of_the_answers_is_a_reject(
    tmp_path: Path, total: dict[str, object], *, is_rejected: bool
) -> None:
    source = tmp_path / "answers.ndjson"
    good = response(items_of(ANSWERS), "1")
    source.write_bytes(ndjson(good, response([*items_of(ANSWERS), item(TOTAL, total)], "2")))
    done = moodcheck.score_files(
        source, "phq-9", output=tmp_path / "scores.csv", allow_rejects=True
    )

    assert done.scored == (1 if is_rejected else 2)
    assert done.rejected == ({RejectReason.TOTAL_DIFFERS: 1} if is_rejected else {})
    assert done.alerts == 2


def test_python_takes_a_form_and_a_map(tmp_path: Path) -> None:
    source, form = tmp_path / "answers.ndjson", tmp_path / "form.json"
    form.write_text(json.dumps(form_of([own_option(value) for value in range(4)])), "utf-8")
    given = [
        item(f"q{at}", {"valueCoding": {"system": "urn:own", "code": f"o{value}"}})
        for at, value in enumerate([0] * 9)
    ]
    source.write_bytes(ndjson(response(given)))
    done = moodcheck.score_files(
        source, "phq-9", output=tmp_path / "a.csv", form=form, map={"id": "response"}
    )

    assert done.scored == 1
    assert (tmp_path / "a.csv").read_text("utf-8").splitlines()[1].startswith("r1,0,")
    assert done.provenance.options["form"] is not None


def test_a_map_says_what_answers_are_worth_and_what_is_none(tmp_path: Path) -> None:
    source = tmp_path / "answers.ndjson"
    texts = ["never", "some", "most", "all", "never", "some", "most", "asked-declined", "never"]
    given = [
        item(link, {"valueCoding": {"code": text}})
        for link, text in zip(LINKS.values(), texts, strict=True)
    ]
    source.write_bytes(ndjson(response(given)))
    said = {
        "answers": {"frequency": {"never": 0, "some": 1, "most": 2, "all": 3}},
        "missing": {"asked-declined": "declined"},
    }
    done = moodcheck.score_files(source, "phq-9", output=tmp_path / "a.csv", map=said)

    assert done.scored == 1
    assert [*done.unanswered["pace"].values()] == [1]


def test_a_cluster_says_that_it_reads_no_fhir(tmp_path: Path) -> None:
    source = tmp_path / "answers.ndjson"
    source.write_bytes(ndjson(response(items_of([0] * 9))))

    with pytest.raises(UsageError, match="Use --engine embedded"):
        moodcheck.score_files(source, "phq-9", output=tmp_path / "scores", engine="spark")


_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_DECLINED = [{"url": _ABSENT, "valueCode": "asked-declined"}]


def test_an_answer_that_is_absent_keeps_its_reason_in_every_count(tmp_path: Path) -> None:
    absent: list[dict[str, Any]] = [
        {"extension": _DECLINED},
        {"answer": [{"extension": _DECLINED}]},
        {"answer": [{"_valueInteger": {"extension": _DECLINED}}]},
        {"extension": [{"url": _ABSENT, "valueCode": "asked-unknown"}]},
        {"extension": [*_DECLINED, {"url": OWN_REASON, "valueCode": "skipped"}]},
        {"extension": [{"url": _ABSENT, "valueCode": "not-asked"}]},
    ]
    lines = [response(called([*LINKS.values()]), str(number)) for number in range(40)]
    lines += [
        response([*called([*LINKS.values()])[:8], {"linkId": LINKS["death_thoughts"], **one}], name)
        for name, one in zip("abcdef", absent, strict=True)
    ]
    (tmp_path / "answers").write_bytes(ndjson(*lines))

    done = moodcheck.score_files(tmp_path / "answers", "phq-9", output=tmp_path / "scores.csv")

    assert (done.scored, done.rejected) == (46, dict.fromkeys(done.rejected, 0))
    assert done.critical_unanswered == 6
    reasons = {why: count for why, count in done.unanswered["death_thoughts"].items() if count}
    assert reasons == {"declined": 3, "unknown": 1, "skipped": 1, "blank": 1}


def test_what_only_looks_like_a_reason_is_no_answer_and_a_reason_hides_no_alert() -> None:
    links = [*LINKS.values()]
    looks = item(links[8], {"valueString": "(declined)"})
    declined = {"linkId": links[8], "extension": _DECLINED}
    twisted = {"linkId": links[8], "modifierExtension": [], **declined}
    (first, second, third) = cells_of(
        response([*called(links)[:8], looks]),
        response([*called(links)[:8], declined]),
        response([*called(links)[:8], twisted]),
    )

    assert first.items["death_thoughts"] == '"(declined)"'
    assert second.items["death_thoughts"] == "(declined)"
    assert third.items["death_thoughts"] == UNREADABLE
