"""Hostile files of FHIR, each with what must become of it; see `corpus`."""

# ruff: noqa: E501 - a case is a line, so that a table of them can be read

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fhir import ORDINAL, bundle, item, ndjson, response, weighted
from tests.hostile.batch.corpus import OK, REFUSED, SOME, Case, refused

FORM = "form.json"
"""A Questionnaire of the three items, which count 0 to 3."""

_CALLED = "answers.ndjson"


Answer = int | Mapping[str, Any] | None


def given(*answers: Answer, more: Sequence[object] = ()) -> list[object]:
    """Return the items a, b and c with these answers, then others."""
    found = [{"valueInteger": one} if type(one) is int else one for one in answers]
    items = [
        item(link, one) if isinstance(one, Mapping) else item(link)
        for link, one in zip("abc", found, strict=False)
    ]
    return [*items, *more]


GOOD = (
    response(given(0, 1, 0), "1"),
    response(given(3, 0, 0), "2"),
    response(given(0, None, 2), "3"),
    response([item("g", item=given(0, 0, 0))], "4"),
)
"""Four responses, the third of which is an alert."""


def _whole(value: int) -> dict[str, object]:
    return {"valueInteger": value}


def among_good(*lines: object) -> bytes:
    return ndjson(*GOOD) + b"".join(
        (one if isinstance(one, bytes) else json.dumps(one).encode()) + b"\n" for one in lines
    )


def bad(name: str, line: object, reason: str, *, alerts: int = 1, **more: Any) -> Case:  # noqa: ANN401 - of `Case`
    """Return a case in which one line after four good ones is rejected."""
    return Case(
        f"fhir: {name}", among_good(line), SOME, 4, {reason: 1}, alerts, called=_CALLED, **more
    )


def fine(name: str, content: bytes, scored: int, alerts: int, **more: Any) -> Case:  # noqa: ANN401 - of `Case`
    return Case(f"fhir: {name}", content, OK, scored, {}, alerts, **{"called": _CALLED, **more})


def not_read(name: str, content: bytes, says: str, **more: Any) -> Case:  # noqa: ANN401 - of `Case`
    return refused(f"fhir: {name}", content, says, **{"called": "answers.json", **more})


def form(**more: object) -> dict[str, object]:
    options = [{"valueInteger": value} for value in range(4)]
    asked = [
        {"linkId": link, "type": "choice", "text": link, "answerOption": options} for link in "abc"
    ]
    return {
        "resourceType": "Questionnaire",
        "status": "draft",
        "title": "Small",
        "item": asked,
        **more,
    }


def nested(levels: int, items: list[object]) -> list[object]:
    for level in range(levels):
        items = [item(f"g{level}", item=items)]
    return items


_LINE = json.dumps(response(given(0, 0, 3), "5"))
_WITH_FORM = ("--form", FORM)

LINES = [
    fine("integers, groups, skipped items", ndjson(*GOOD), 4, 1),
    fine("told by its content", ndjson(*GOOD), 4, 1, called="answers.txt"),
    fine("blank lines, a mark and CRLF", b"\xef\xbb\xbf" + ndjson(*GOOD).replace(b"\n", b"\r\n\r\n"), 4, 1, blank=4),
    fine("gzip", gzip.compress(ndjson(*GOOD)), 4, 1),
    fine("no end of the last line", ndjson(*GOOD)[:-1], 4, 1),
    fine("other resources among them", among_good({"resourceType": "Patient", "id": "9"}, GOOD[1]), 5, 1),
    fine("a response without any item", among_good(response([], "5")), 5, 1),
    fine("answers without a value", among_good(response(given(0, {}, {"extension": []}), "5")), 5, 1),
    fine("answers that are nested in answers", among_good(response([item("a", {"valueInteger": 0, "item": given(0, 1, 2)[1:]})], "5")), 5, 2),
    fine("decimals that are whole", among_good(response(given({"valueDecimal": 3.0}, 0, {"valueDecimal": 1.0}), "5")), 5, 2),
    fine("words of the options", among_good(response(given({"valueString": "label 1"}, 0, 0), "5")), 5, 1),
    fine("numbers as words", among_good(response(given({"valueString": "2"}, 0, 0), "5")), 5, 1),
    fine("codes that are values", among_good(response(given({"valueCoding": {"code": "2"}}, 0, 0), "5")), 5, 1),
    fine("weights of both names", among_good(response(given(weighted(1), weighted(2, ORDINAL), weighted(3)), "5")), 5, 2),
    fine("weights that are whole decimals", among_good(json.dumps(response(given(weighted(17), 0, 0), "5")).replace("17", "1.00").encode()), 5, 1),
    fine("an item of its Questionnaire that nobody needs", among_good(response(given(0, 0, 0, more=[item("more", _whole(7))]), "5")), 5, 1),
    fine("in progress", among_good(response(given(0, 0, None), "5", status="in-progress")), 5, 1),
    fine("a subject without a reference", among_good(response(given(0, 0, 0), "5", subject={"identifier": {"value": "p"}, "display": "Jo Doe"})), 5, 1),
    bad("a subject that would move a cursor", response(given(0, 0, 0), "5", subject={"reference": "\x1b[2J"}), "suspect_id"),
    bad("a malformed line", _LINE[:-1].encode(), "not_an_object", alerts=2),
    bad("NaN", _LINE.replace("3}", "NaN}").encode(), "not_an_object", alerts=2),
    bad("1e400", _LINE.replace("3}", "1e400}").encode(), "wrong_type", alerts=2),
    bad("a duplicate key", _LINE.replace('"valueInteger": 3', '"valueInteger": 3, "valueInteger": 0').encode(), "duplicate_key", alerts=2),
    bad("half a character", _LINE.replace("Patient/5", r"\ud800").encode(), "bad_encoding", alerts=2),
    bad("half a character in a name", _LINE.replace('"status"', r'"\udfff": 1, "status"').encode(), "bad_encoding", alerts=2),
    bad("bad UTF-8", b"\xff" + _LINE.encode(), "bad_encoding", alerts=2),
    bad("no resource", {"item": []}, "not_an_object", alerts=2),
    bad("20,000 levels", b'{"resourceType": "QuestionnaireResponse", "item": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", "not_an_object", alerts=2),
    bad("a line of 2 MB", _LINE.replace("Patient/5", "p" * 2_000_000).encode(), "too_long", alerts=2),
    bad("a hundred groups", response(nested(100, given(0, 0, 3)), "5"), "too_deep", alerts=2),
    bad("a hundred groups that hold nothing critical", response(nested(100, given(0, 0, 0)), "5"), "too_deep"),
    bad("items that are no array", response({"a": 1}, "5"), "bad_shape", alerts=2),
    bad("an item without a linkId", response([*given(0, 0), {"answer": [_whole(3)]}], "5"), "bad_shape", alerts=2),
    bad("answers that are no array", response([*given(0, 0), {"linkId": "c", "answer": _whole(3)}], "5"), "bad_shape", alerts=2),
    bad("a modifier", response([*given(0, 0), item("c", _whole(0), modifierExtension=[{}])], "5"), "bad_shape", alerts=2),
    bad("two values in an answer", response(given(0, {"valueInteger": 1, "valueString": "1"}, 0), "5"), "bad_shape"),
    bad("an unknown status", response(given(0, 0, 0), "5", status="final"), "bad_shape", alerts=2),
    bad("DSTU2", {"resourceType": "QuestionnaireResponse", "status": "completed", "group": {"question": []}}, "other_fhir_version", alerts=2),
    bad("STU3", response(given(0, 0, 0), "5", questionnaire={"reference": "Questionnaire/1"}), "other_fhir_version", alerts=2),
    bad("entered in error", response(given(0, 0, 0), "5", status="entered-in-error"), "entered_in_error"),
    bad("entered in error, with an alert", response(given(0, 0, 1), "5", status="entered-in-error"), "entered_in_error", alerts=2),
    bad("another questionnaire", response([item("x", _whole(3))], "5", questionnaire="http://example.org/other"), "other_questionnaire"),
    bad("another questionnaire with an item of the same name", response(given(1, 1, 1), "5", questionnaire="http://example.org/other"), "other_questionnaire", alerts=2),
    bad("a response without anything of it", response([item("x", _whole(3))], "5"), "other_questionnaire"),
    bad("an item twice", response(given(0, 0, 0, more=[item("a", _whole(0))]), "5"), "answered_twice"),
    bad("a critical item twice, once in a group", response(given(0, 0, 0, more=[item("g", item=[item("c", _whole(3))])]), "5"), "answered_twice", alerts=2),
    bad("two answers to an item", response([*given(0, 0), item("c", _whole(0), _whole(1))], "5"), "answered_twice", alerts=2),
    bad("a number as a text", response(given({"valueInteger": "1"}, 0, 0), "5"), "wrong_type"),
    bad("a text as a number", response(given({"valueString": 1}, 0, 0), "5"), "wrong_type"),
    bad("yes", response(given({"valueBoolean": True}, 0, 0), "5"), "wrong_type"),
    bad("a date", response(given({"valueDate": "2026-01-01"}, 0, 0), "5"), "wrong_type"),
    bad("a quantity", response(given({"valueQuantity": {"value": 1}}, 0, 0), "5"), "wrong_type"),
    bad("half", response(given({"valueDecimal": 0.5}, 0, 0), "5"), "bad_answer"),
    bad("beyond the last", response(given(4, 0, 0), "5"), "bad_answer"),
    bad("an unknown code", response(given(0, 0, {"valueCoding": {"code": "x"}}), "5"), "bad_answer", alerts=2),
    bad("a code of LOINC that looks like a value", response(given(0, 0, {"valueCoding": {"system": "http://loinc.org", "code": "2"}}), "5"), "bad_answer", alerts=2),
    bad("a coding without a code", response(given(0, 0, {"valueCoding": {"display": "label 0"}}), "5"), "bad_answer", alerts=2),
    bad("unknown words", response(given({"valueString": "often"}, 0, 0), "5"), "bad_answer"),
    bad("a weight that is a text", response(given(weighted("1"), 0, 0), "5"), "bad_weight"),
    bad("a weight that is half", response(given(weighted(0.5), 0, 0), "5"), "bad_weight"),
    bad("a weight beyond the last", response(given(weighted(9), 0, 0), "5"), "bad_answer"),
    bad("two weights that differ", response(given({"valueCoding": {"code": "1", "extension": [*weighted(1)["valueCoding"]["extension"], *weighted(2)["valueCoding"]["extension"]]}}, 0, 0), "5"), "bad_weight"),
]  # fmt: skip

_FORM_BYTES = json.dumps(form()).encode()

FILES = [
    fine("a form beside it", ndjson(*GOOD), 4, 1, options=_WITH_FORM),
    bad("an answer that the form does not ask for", response(given(0, 0, 0, more=[item("x", _whole(1))]), "5"), "unknown_item", options=_WITH_FORM),
    bad("an unknown item in place of the critical one", response([*given(0, 0), item("C", _whole(3))], "5"), "unknown_item", alerts=2, options=_WITH_FORM),
    fine("a Bundle", bundle(*GOOD), 4, 1, called="answers.json"),
    fine("a Bundle with other resources", bundle({"resourceType": "Patient"}, *GOOD), 4, 1, called="answers.json"),
    fine("a Bundle with its Questionnaire", bundle(form(url="http://loinc.org/q/44249-1"), *GOOD), 4, 1, called="answers.json"),
    fine("a Bundle whose type comes last", b'{"entry": [' + b",".join(b'{"resource": %s}' % json.dumps(one).encode() for one in GOOD) + b'], "resourceType": "Bundle"}', 4, 1, called="answers.json"),
    fine("a Bundle on one line", json.dumps(json.loads(bundle(*GOOD))).encode(), 4, 1, called="answers.ndjson"),
    fine("a single response, laid out for people", json.dumps(GOOD[0], indent=2).encode(), 1, 0, called="answers.json"),
    fine("an array of responses", json.dumps([*GOOD], indent=1).encode(), 4, 1, called="answers.json"),
    fine("a response that contains its Questionnaire", ndjson(*(one | {"contained": [form(id="q")], "questionnaire": "#q"} for one in GOOD)), 4, 1),
    Case("fhir: a response that contains another Questionnaire", ndjson(*(one | {"contained": [form(id="q", title=title)], "questionnaire": "#q"} for one, title in zip(GOOD, "xxxy", strict=True))), SOME, 3, {"other_questionnaire": 1}, 1, called=_CALLED),
    Case("fhir: a Bundle with a broken entry", bundle(*GOOD).replace(b'"valueInteger": 2', b'"valueInteger": 02'), SOME, 3, {"not_an_object": 1}, 1, called="answers.json"),
    Case("fhir: all of another version", ndjson(*(response(given(0, 0, 0), questionnaire={"reference": "x"}) for _ in range(3))), REFUSED, says="has no QuestionnaireResponse of FHIR R4", called=_CALLED),
    not_read("an empty Bundle", bundle(), "no QuestionnaireResponse"),
    not_read("a Bundle without a response", bundle({"resourceType": "Patient"}), "it has 1 Patient"),
    not_read("a Bundle that breaks off", bundle(*GOOD)[:-40], "is no JSON"),
    not_read("a Bundle with two lists of entries", bundle(*GOOD)[:-1] + b', "entry": []}', "'entry' is named twice"),
    not_read("a Questionnaire", _FORM_BYTES, "give this one with --form"),
    not_read("XML", b'<?xml version="1.0"?>\n<Bundle xmlns="http://hl7.org/fhir"></Bundle>', "is XML"),
    not_read("XML without a declaration", b'<QuestionnaireResponse xmlns="http://hl7.org/fhir"/>', "is XML"),
    not_read("an item that nobody answers", ndjson(*(response(given(0, 0)) for _ in range(3))), "item c: no response answers it"),
    not_read("responses to something else", ndjson(response([item("x", _whole(1))])), "Its other linkIds are 'x'"),
    not_read("a form that is none", ndjson(*GOOD), "is no FHIR Questionnaire", options=("--form", "map.yaml.json")),
    not_read("a form that counts otherwise", ndjson(*GOOD), "counts its answers otherwise", options=("--form", "shifted.json")),
    not_read("a form of another questionnaire", ndjson(*GOOD), "answer 'http://loinc.org/q/44249-1'", options=("--form", "other.json")),
    not_read("a form that is XML", ndjson(*GOOD), "is XML", options=("--form", "form.xml")),
]  # fmt: skip

FHIR = [*LINES, *FILES]


def side_files() -> dict[str, bytes]:
    """Return the files that options name, by their names."""
    shifted = json.dumps(form()).replace('{"valueInteger": 0}', '{"valueInteger": 4}')
    return {
        FORM: _FORM_BYTES,
        "shifted.json": shifted.encode(),
        "other.json": json.dumps(form(url="http://example.org/other")).encode(),
        "map.yaml.json": json.dumps({"resourceType": "Patient"}).encode(),
        "form.xml": b"<Questionnaire/>",
    }
