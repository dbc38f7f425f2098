"""Files that mean harm, or mean nothing: refused quickly, with words, by one kind of error."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from moodcheck.loading.data_files import parse_questionnaire
from moodcheck.safe_text import safe_lines
from tests.unit.loading.good_questionnaire import GOOD, LANGUAGE, changed

_KIB_256 = 256 * 1024

# Each takes a fifth of a second by itself. The rest is for a machine that has other work: what
# this finds is a file that takes a reader minutes, or for ever.
_SECONDS = 10

pytestmark = [
    pytest.mark.timeout(_SECONDS, func_only=True),
    pytest.mark.usefixtures("_warm"),
]


@pytest.fixture(scope="module")
def _warm() -> None:
    """Build the models before the clock runs: no file has a part in that."""
    _refusal(b"schema: one")


def _refusal(content: bytes) -> BadData:
    with pytest.raises(BadData) as refused:
        parse_questionnaire("q.yaml", content, LANGUAGE)
    assert refused.value.problems
    assert str(refused.value) == safe_lines(str(refused.value))
    return refused.value


def _in_title(value: str) -> bytes:
    return changed(("title: Rest check-in", f"title: {value}"))


def _filled(unit: str, *, before: str = "", after: str = "") -> bytes:
    """Return as many units as a file may have."""
    room = _KIB_256 - len(before.encode()) - len(after.encode())
    return (before + unit * (room // len(unit.encode())) + after).encode()


_BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
_IDS = ", ".join(f"i{i:03}{'x' * 60}" for i in range(400))
_ITEMS = "".join(f"  - {{id: i{i}, label: Item, responses: often}}\n" for i in range(497))
_OPTIONS = "".join(f"    - {{value: {i}}}\n" for i in range(3, 101))
_SCALES = "".join(f"  - {{id: s{i}, label: All, method: sum, items: all}}\n" for i in range(48))
_CONDITIONS = ", ".join(["{item: nowhere, at_least: 1}"] * 50)
_ADVICE = "".join(
    f"  - {{id: a{i}, when: [{_CONDITIONS}], label: See, text: a nurse}}\n" for i in range(18)
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n\t\n", id="blank"),
        pytest.param(b"# nothing\n" * 9, id="only comments"),
        pytest.param(b"\xef\xbb\xbf", id="only a byte order mark"),
        pytest.param(b"\xef\xbb\xbf" * 2 + GOOD.encode(), id="two byte order marks"),
        pytest.param(GOOD.encode("utf-16-le"), id="UTF-16 LE"),
        pytest.param(GOOD.encode("utf-16-be"), id="UTF-16 BE"),
        pytest.param(GOOD.encode("utf-16"), id="UTF-16 with a byte order mark"),
        pytest.param(GOOD.encode("utf-32"), id="UTF-32"),
        pytest.param(_in_title("Rést").decode().encode("latin-1"), id="Latin-1"),
        pytest.param(_in_title("a\0b"), id="NUL"),
        pytest.param(_in_title('"\\0"'), id="escaped NUL"),
        pytest.param(_in_title('"\\ud800"'), id="lone surrogate"),
        pytest.param(_in_title('"\\U0011ffff"'), id="beyond Unicode"),
        pytest.param(b"a: \xed\xa0\x80", id="surrogate as UTF-8"),
        pytest.param(_in_title('"\\e]52;c;aGk=\\a"'), id="clipboard escape"),
        pytest.param(_in_title('"\\e[2J"'), id="screen escape"),
        pytest.param(_in_title("a\x1b[2Jb"), id="raw escape"),
        pytest.param(_in_title("a\x9b2Jb"), id="C1 escape"),
        pytest.param(_in_title("a\u2028b"), id="line separator"),
        pytest.param(_in_title("\u202eabc"), id="bidi"),
        pytest.param(_in_title("\u2800"), id="blank-looking"),
        pytest.param(_in_title("a" + "\u0301" * 1_000), id="flood of marks"),
        pytest.param(_in_title('"a\tb"'), id="tab in a value"),
        pytest.param(changed(("items:\n  -", "items:\n\t-")), id="tab as indentation"),
        pytest.param(_in_title("NO"), id="Norway"),
        pytest.param(_in_title("off"), id="off"),
        pytest.param(_in_title("12:30:45"), id="sexagesimal"),
        pytest.param(_in_title(".inf"), id="infinity"),
        pytest.param(changed(("value: 2", "value: 1e400")), id="larger than a double"),
        pytest.param(changed(("value: 2", f"value: {'9' * 5_000}")), id="5,000 digits"),
        pytest.param(changed(("value: 2", f"value: 1.{'9' * 5_000}")), id="5,000 decimals"),
        pytest.param(_in_title("!!python/object/apply:os.system [id]"), id="tag that runs"),
        pytest.param(_in_title("!!python/name:os.system"), id="tag that names"),
        pytest.param(_in_title("!!bool maybe"), id="bool maybe"),
        pytest.param(_in_title("!!timestamp never"), id="timestamp never"),
        pytest.param(_in_title("!!int x"), id="int x"),
        pytest.param(_in_title("!!binary x"), id="binary x"),
        pytest.param(_in_title("! x"), id="tag without a name"),
        pytest.param(_in_title("!x!y z"), id="tag of nobody"),
        pytest.param(_in_title("*nobody"), id="alias of nothing"),
        pytest.param(b"&a\na: *a", id="alias of itself"),
        pytest.param(changed(("title:", "<<: {title: x}\ntitle:")), id="merge key"),
        pytest.param(changed(("title:", "title: a\ntitle:")), id="duplicate key"),
        pytest.param(changed(("title:", "? [title]\n:")), id="list as a key"),
        pytest.param(changed(("title:", "? {a: {b: [c]}}\n:")), id="mapping as a key"),
        pytest.param(changed(("title:", f"{'t' * 900}:")), id="long key"),
        pytest.param(changed(("title:", "'[key]': 1\ntitle:")), id="key that pydantic uses"),
        pytest.param(changed(("title:", "__class__: 1\ntitle:")), id="key that Python uses"),
        pytest.param(changed(("validated: false", "validated: {Validation: 1}")), id="own name"),
        pytest.param(_BOMB.encode(), id="alias bomb"),
        pytest.param(GOOD.encode() + b"---\n" + GOOD.encode(), id="two documents"),
        pytest.param(b"%TAG ! tag:x,2000:\n---\n" + GOOD.encode(), id="directive"),
        pytest.param(b"[" * 100_000, id="deep flow"),
        pytest.param(b"{a: " * 60_000, id="deep flow mappings"),
        pytest.param(b"- " * 100_000, id="deep blocks"),
        pytest.param(b"? " * 100_000, id="deep keys"),
        pytest.param(b"[" * 1_000_000, id="deep and large"),
        pytest.param(b"a: 1\n" * 1_000_000, id="large"),
        pytest.param(_filled("-\n"), id="many entries"),
        pytest.param(_filled("a,", before="a: [", after="]"), id="many in a list"),
        pytest.param(_filled("a,", before="{", after="}"), id="many equal keys"),
        pytest.param(_filled("a: no\n"), id="many doubts"),
        pytest.param(_filled("- &a !b\n"), id="many tags"),
        pytest.param(_filled("%TAG !a! b\n"), id="many directives"),
        pytest.param(_filled("\x01\n"), id="many control characters"),
        pytest.param(_filled("\u202e", before="a: "), id="many bidi characters"),
        pytest.param(_filled("\u0301", before="a: "), id="many marks"),
        pytest.param(_filled("\\x1b", before='a: "', after='"'), id="many escapes"),
        pytest.param(_filled("1", before="a: "), id="many digits"),
        pytest.param(_filled("1_", before="a: "), id="many underscores"),
        pytest.param(_filled("1:2", before="a: "), id="many colons"),
        pytest.param(_filled("---\n"), id="many documents"),
        pytest.param(_filled("\r"), id="many carriage returns"),
        pytest.param(_filled("'"), id="many quotes"),
        pytest.param(_filled("#\n", after="a: ["), id="many comments"),
        pytest.param(_filled("1, ", before="items: [", after="]"), id="many wrong items"),
        pytest.param(
            "".join(f"titl{i}: 1\n" for i in range(4_900)).encode(), id="many misspelled keys"
        ),
        pytest.param(changed(("[tired, restless]", f"[{_IDS}]")), id="many items not there"),
        pytest.param(
            changed(("advice:\n", f"advice:\n{_ADVICE}"), ("items:\n", f"items:\n{_ITEMS}")),
            id="many conditions on nothing",
        ),
        pytest.param(
            changed(
                ("A nurse", "Someone"),
                ("    - {value: 2, label: Most days}\n", f"    - {{value: 2}}\n{_OPTIONS}"),
                ("items:\n", f"items:\n{_ITEMS}"),
                ("scales:\n", f"scales:\n{_SCALES}"),
            ),
            id="many options of many items in many scales",
        ),
        pytest.param(changed(("A nurse", "depressed " * 190)), id="many denied words"),
    ],
)
def test_a_hostile_file_is_refused_at_once(content: bytes) -> None:
    _refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), id="byte order mark"),
        pytest.param(GOOD.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(GOOD.replace("\n", "\r").encode(), id="CR"),
        pytest.param(b"---\n" + GOOD.encode() + b"...\n", id="marked document"),
        pytest.param(_in_title('"\\x41 \\u00e9 \\U0001F331"'), id="harmless escapes"),
        pytest.param(_in_title("\u0645\u06cc\u200c\u062e\u0648"), id="a joiner that Persian needs"),
    ],
)
def test_an_unusual_file_that_means_no_harm_is_accepted(content: bytes) -> None:
    assert isinstance(parse_questionnaire("q.yaml", content, LANGUAGE), Questionnaire)


def _is_read_or_refused(content: bytes) -> None:
    """Fail unless the content is a questionnaire, or refused with places and words."""
    refusal = None
    try:
        parse_questionnaire("q.yaml", content, LANGUAGE)
    except BadData as error:
        refusal = error
    if refusal is not None:
        assert refusal.problems
        assert str(refusal) == safe_lines(str(refusal))
        assert all(problem.where.startswith("q.yaml") for problem in refusal.problems)


@pytest.mark.timeout(20)
@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_random_bytes_raise_nothing_but_bad_data(content: bytes) -> None:
    _is_read_or_refused(content)


_SIGNS = st.text(alphabet="abnoty01.-:,'\"[]{}&*!|>%@#? \n\t\\\x1b\u202e", max_size=60)


@pytest.mark.timeout(20)
@settings(max_examples=150)
@given(_SIGNS)
def test_random_signs_of_yaml_raise_nothing_but_bad_data(text: str) -> None:
    _is_read_or_refused(text.encode())


@pytest.mark.timeout(20)
@settings(max_examples=200)
@given(st.data())
def test_random_mutations_of_a_good_file_raise_nothing_but_bad_data(data: st.DataObject) -> None:
    content = GOOD
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 12)))
        content = content[:start] + data.draw(_SIGNS) + content[end:]
    _is_read_or_refused(content.encode())


@pytest.mark.timeout(20)
@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_lines_that_change_places_raise_nothing_but_bad_data(chance: random.Random) -> None:
    lines = GOOD.splitlines(keepends=True)
    for _ in range(4):
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
        lines[chance.randrange(len(lines))] += chance.choice(lines)
    _is_read_or_refused("".join(lines).encode())
