"""Lines of FHIR are what the strict reader takes them for, whichever way they are read."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.batch.embedded.fhir_columns import fhir_columns
from moodcheck.batch.embedded.fhir_rows import FhirRows
from moodcheck.batch.embedded.rows import Rows
from moodcheck.interop.fhir.responses import ResponsesReader, Wish
from tests.fhir import LINKS, PHQ_9, TOTAL, coding, item, items_of, ndjson, response, weighted

EXAMPLES = int(os.environ.get("FHIR_EXAMPLES", "150"))
"""How many files are tried; `just hostile` tries many more."""

ITEMS = [one.id for one in PHQ_9.items]
COLUMNS = {
    "id_0": "subject",
    "id_1": "authored",
    "keep_0": "form",
    "keep_1": "note",
    **{f"text_{one}": one for one in ITEMS},
}
NUMBERS = {f"text_{one}": range(4) for one in ITEMS}


def rows_of() -> FhirRows:
    """Return what reads files whose beginning is a response with every item."""
    beginning = ndjson(response([*items_of([0] * 9), item("note", {"valueString": "x"})]))
    reader = ResponsesReader(Wish(questionnaire=PHQ_9), beginning.splitlines(), "answers")
    return FhirRows(reader, fhir_columns(COLUMNS, {one: one for one in ITEMS}, ["total"], NUMBERS))


def said(rows: Rows) -> tuple[object, ...]:
    every = rows.frame.get_column("__record").to_list()
    return (
        rows.frame.rows(named=True),
        [*rows.broken],
        (rows.blank_lines, rows.unfinished, rows.other_resources, rows.records),
        [*rows.content(every)],
    )


def refuse_difference(content: bytes) -> None:
    reader = rows_of()
    assert said(reader.read(content)) == said(reader.read_strictly(content))


ANSWERS = st.sampled_from([
    *(coding(value) for value in range(4)),
    *(coding(value, display="") for value in range(2)),
    {"valueInteger": 2}, {"valueDecimal": 1.0}, {"valueString": "3"}, {"valueString": 'é"\n'},
    {"valueInteger": 7}, {"valueBoolean": True}, {"valueString": "\ud800"}, {}, weighted(1),
    weighted("1"), weighted(0.5), coding(1, extension=[]), {"valueCoding": {}},
    {"valueInteger": 1, "item": [item("inside", {"valueInteger": 1})]},
    {"valueInteger": 1, "extension": [item(LINKS["pace"], coding(1))]},
    {"valueInteger": 1, "item": [{"text": "x", **item("inside", {"valueInteger": 1})}]},
])  # fmt: skip
LINKS_DRAWN = st.sampled_from([*LINKS.values(), *LINKS.values(), "note", "g", TOTAL])


@st.composite
def given_items(draw: st.DrawFn) -> list[Any]:
    items = items_of(draw(st.lists(st.sampled_from([0, 0, 1, 2, 3, None]), min_size=9, max_size=9)))
    # Most lines have one thing that is odd, so that it is what decides how they are read.
    odd = draw(st.sampled_from(["", "answer", "answer", "answer", "link", "group", "all"]))
    if odd in {"answer", "all"}:
        place = draw(st.integers(0, 8))
        items[place] = item(items[place]["linkId"], draw(ANSWERS))
    if odd in {"link", "all"}:
        more = item(draw(LINKS_DRAWN), *draw(st.lists(ANSWERS, max_size=2)))
        items.insert(draw(st.integers(0, 9)), more)
    if odd in {"group", "all"}:
        first = draw(st.integers(0, 9))
        said: dict[str, Any] = draw(st.sampled_from([{}, {"text": "A group"}, {"answer": []}]))
        items = [*items[:first], item("g1", item=items[first:], **said)]
    return items


@st.composite
def responses(draw: st.DrawFn) -> dict[str, Any]:
    more: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "status": st.sampled_from(["completed", "in-progress", "entered-in-error", "x"]),
                "questionnaire": st.sampled_from(["http://loinc.org/q/44249-1|2", "http://x", ""]),
                "subject": st.sampled_from(
                    [{}, {"reference": 'P"\\'}, {"identifier": {"value": "i"}}, {"display": "Jo"}]
                ),
                "authored": st.sampled_from(["", "2026", None, 5]),
                "text": st.sampled_from([{"div": '<div class="a"/>'}, {"div": "\ud800"}, "\t"]),
                "meta": st.just({"tag": [{"code": "a"}, 1, True, None]}),
                "extension": st.just([{"url": "u", "valueString": '{"linkId":"x"}'}]),
                "modifierExtension": st.just([]),
                "contained": st.just([item(LINKS["mood"], coding(3))]),
            },
        )
    )
    some = more if draw(st.integers(0, 4)) == 0 else {}
    return response(draw(given_items()), draw(st.sampled_from(["1", "2", "é"])), **some)


CUTS = st.sampled_from([
    (", ", ","), ("}", ""), ('"', ""), ("[", "{"), (":", "::"), ("1", "01"), ("a", "\x00"),
    ("a", "\\ud800"), ("linkId", "linkid"), (",", ", ,"), ('"linkId"', '"id": 1, "linkId"'),
    ("item", "status"), ("}", "} {"), ("subject", "\\u0073ubject"), ('"id"', '"i\\/d"'),
])  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """Draw a response on a line, and sometimes spoil it."""
    indent = draw(st.sampled_from([(",", ":"), (",", ":"), (",", ":"), (", ", ": ")]))
    is_ascii = draw(st.integers(0, 9)) == 0
    written = json.dumps(draw(responses()), separators=indent, ensure_ascii=is_ascii)
    if draw(st.integers(0, 7)) == 0:
        old, new = draw(CUTS)
        at = draw(st.integers(0, len(written)))
        written = written[:at] + written[at:].replace(old, new, 1)
    return written.encode(errors="surrogatepass")


OTHERS = st.sampled_from([b"", b" \t", b"{}", b"[]", b'{"resourceType": "Patient"}', b"\xff"])


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    drawn=st.lists(st.one_of(lines(), lines(), lines(), OTHERS), min_size=1, max_size=6),
    ending=st.sampled_from([b"\n", b"\r\n"]),
)
def test_every_line_is_what_the_strict_reader_takes_it_for(
    drawn: list[bytes], ending: bytes
) -> None:
    refuse_difference(b"".join(line + ending for line in [*drawn, *drawn[:1]]))


ODD = [
    {"status": "entered-in-error"},
    {"status": "final"},
    {"status": "in-progress"},
    {"questionnaire": "http://example.org/other"},
    {"questionnaire": "http://loinc.org/q/44249-1|1"},
    {"subject": {"display": "Jo"}},
    {"authored": None},
    {"id": 5},
    {"item": items_of([0] * 9)[::-1]},
    {"item": [*items_of([0] * 9), *items_of([0] * 9)[:1]]},
    {"item": [*items_of([0] * 9)[:8], item(LINKS["death_thoughts"], weighted("1"))]},
    {"item": [*items_of([0] * 9)[:8], item(LINKS["death_thoughts"], coding(0), coding(0))]},
    {"item": [item("g", item=items_of([1] * 9))]},
    {"item": [item("g", item=[item("h", item=items_of([1] * 9))], answer=[])]},
    {"extension": [{"valueReference": items_of([1] * 9)[0]}]},
    {"contained": items_of([1] * 9)},
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: next(iter(odd)))
def test_what_is_odd_among_lines_that_are_alike_is_seen(odd: dict[str, Any]) -> None:
    good, other = response(items_of([0] * 9)), response(items_of([2] * 9))

    refuse_difference(ndjson(good, other, good | odd, other | odd, good))
    refuse_difference(ndjson(good | odd, other | odd, good))


HEADS = {
    "plain": {},
    "a narrative": {"text": {"status": "generated", "div": '<div class="a">x\n</div>'}},
    "an identifier": {"subject": {"identifier": {"system": "urn:x", "value": "7"}}},
    "an identifier beside a reference": {
        "subject": {"identifier": {"value": "7"}, "reference": "Patient/7"}
    },
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_lines_that_are_put_together_alike_are_read_at_once(head: dict[str, Any]) -> None:
    answers: list[list[int | None]] = [
        [0, 1, 2, 3, 0, 1, 2, 3, 0],
        [3, 3, 3, 3, 3, 3, 3, 3, 1],
        [0] * 8 + [None],
    ]
    lines = [response(items_of(one), str(i)) for i, one in enumerate(answers)]
    lines.append(response(items_of([3] * 9)[::-1][:-1], "4"))
    content = ndjson(*(head | one | head for one in lines))
    rows = rows_of()
    strict: list[bytes] = []
    patch = pytest.MonkeyPatch()
    patch.setattr(FhirRows, "row", lambda _self, line, _places: strict.append(line))
    read = rows.read(content)
    patch.undo()

    assert strict == []
    assert read.frame.get_column("text_death_thoughts").to_list() == [0, 1, None, 3]
    assert said(read) == said(rows.read_strictly(content))
