"""A document of FHIR is taken apart as it stands, however large, deep or broken it is."""

from __future__ import annotations

import json
import os
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodcheck.errors import BadData
from moodcheck.interop.fhir import bundle
from moodcheck.interop.fhir.bundle import resource_lines
from tests.fhir import items_of, response

SIZE = int(os.environ.get("FHIR_MEGABYTES", "10")) * 1_000_000
"""Bytes of a large document; `just hostile` has fifty megabytes."""

SECONDS = 5 + SIZE // 5_000_000
"""What a document may take on a busy machine; what is meant is a tenth of them."""

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('a"\\{}[]\n\u00e9,:') | st.just("entry"),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["entry", "resource", 'a"', "b"]), inside, max_size=3)
    ),
    max_leaves=12,
)
RESOURCES = st.lists(
    st.dictionaries(st.sampled_from(["entry", "x", "resource"]), VALUES), max_size=4
)


def nested(levels: int, inside: object = 0) -> dict[str, Any]:
    for _ in range(levels):
        inside = {"item": [inside]}
    return {"item": inside}


@given(
    resources=RESOURCES,
    other=VALUES,
    is_array=st.booleans(),
    indent=st.sampled_from([None, None, 1]),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_lines_are_the_resources_however_a_document_is_written(
    resources: list[object], other: object, *, is_array: bool, indent: int | None, ending: str
) -> None:
    entries = [{"fullUrl": other, "resource": one, "search": other} for one in resources]
    entries.insert(len(entries) // 2, {"link": other})
    whole = {"a": other, "resourceType": "Bundle", "entry": entries, "z": other}
    written = json.dumps(resources if is_array else whole, indent=indent).replace("\n", ending)
    lines = resource_lines(written.encode(), "it")

    assert [json.loads(line) for line in lines] == resources
    assert not any({*b"\r\n"} & {*line} for line in lines)


def test_a_single_resource_is_one_line() -> None:
    one = response(items_of([1] * 9))

    assert [*map(json.loads, resource_lines(json.dumps(one, indent=2).encode(), "it"))] == [one]


@pytest.mark.parametrize("levels", [10, 30, 100, 400])
def test_deep_resources_are_cut_out_whole(levels: int) -> None:
    resources = [nested(levels, response([])), response([]), nested(levels)]
    written = json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in resources]})

    assert [*map(json.loads, resource_lines(written.encode(), "it"))] == resources


def test_an_end_of_line_inside_a_text_does_not_become_a_blank() -> None:
    (line,) = resource_lines(b'[\n{"a":\n"b\nc", "d": "\\"\r\n"}]', "it")

    assert line == b'{"a": "b\x1fc", "d": "\\"\x1f\x1f"}'


@pytest.mark.parametrize("is_array", [False, True])
def test_what_breaks_off_is_refused_unless_it_is_a_beginning(*, is_array: bool) -> None:
    one = response(items_of([1] * 9))
    whole: object = [one, one] if is_array else {"entry": [{"resource": one}, {"resource": one}]}
    written = json.dumps(whole).encode()
    for end in range(1, len(written), 97):
        begun = resource_lines(written[:end], "it", is_beginning=True)
        assert [*map(json.loads, begun)] == [one] * len(begun)
        with pytest.raises(BadData, match="it is no JSON"):
            resource_lines(written[:end], "it")
    assert len(begun) == 1


ONE = json.dumps(response(items_of([0] * 9))).encode()
PRETTY = json.dumps(response(items_of([0] * 9)), indent=2).encode()


def bundle_of(resource: bytes, size: int) -> bytes:
    entry = b'{"fullUrl": "urn:x", "resource": %s},' % resource
    return b'{"resourceType": "Bundle", "entry": [%s{}]}' % (entry * (size // len(entry)))


def inside(content: bytes) -> bytes:
    return b'{"resourceType": "Bundle", "entry": [{"resource": ' + content


NO_JSON, TOO_MUCH = "is no JSON that can be read", "too much of it is not in the resources"
LARGE = {
    "responses": (lambda size: bundle_of(ONE, size), ""),
    "responses in many lines": (lambda size: bundle_of(PRETTY, size), ""),
    "a huge text": (lambda size: inside(b'{"a": "' + b"x" * size + b'"}}]}'), ""),
    "a huge text beside": (lambda size: b'{"entry": "%s"}' % (b"x" * 2 * size), TOO_MUCH),
    "a text that is never closed": (lambda size: inside(b'{"a": "' + b"x" * size), NO_JSON),
    "its escapes": (lambda size: inside(b'{"a": "' + b'\\"' * (size // 2)), NO_JSON),
    "arrays without end": (lambda size: inside(b"[" * size), NO_JSON),
    "groups without end": (lambda size: inside(b'{"item": [' * (size // 10)), NO_JSON),
    "a resource that is never closed": (
        lambda size: inside(b'{"item": [' + (ONE + b",") * (size // len(ONE))), NO_JSON
    ),
    "closed too often": (lambda size: b'{"entry": []}' + b"}" * size, TOO_MUCH),
    "keys alone": (lambda size: b'{"entry": []' + b',"a":1' * (size // 6) + b"}", TOO_MUCH),
    "no resource in any entry": (lambda size: bundle_of(b"[]", size), TOO_MUCH),
}  # fmt: skip


@pytest.mark.parametrize(("made", "why"), LARGE.values(), ids=LARGE)
def test_a_large_document_is_read_or_refused_in_time(
    made: Callable[[int], bytes], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With all of them, what has too many takes seconds.
    monkeypatch.setattr(bundle, "_MOST_STEPS", 500_000)
    content = made(SIZE)
    start = time.process_time()
    if why:
        with pytest.raises(BadData, match=why):
            resource_lines(content, "it")
    else:
        assert len(resource_lines(content, "it")) == max(1, content.count(b'"fullUrl"'))

    assert time.process_time() - start < SECONDS


def test_a_large_document_takes_little_more_memory_than_its_lines() -> None:
    content = bundle_of(PRETTY, SIZE)
    tracemalloc.start()
    lines = resource_lines(content, "it")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 1.5 * len(content) + sum(map(len, lines))
