from __future__ import annotations

import pytest
import yaml

from moodcheck.errors import BadData
from moodcheck.loading import document
from moodcheck.loading.document import Document, read_document


def _faults(text: str) -> list[str]:
    """Return what is wrong with a file of which a tree could be made."""
    found = read_document("q.yaml", text.encode()).faults
    return [f"{':'.join(map(str, one.path))}: {one.what}. {one.mend}." for one in found]


def _refused(content: bytes) -> str:
    with pytest.raises(BadData) as refused:
        read_document("q.yaml", content)
    return str(refused.value)


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without the parser in C")
    monkeypatch.setattr(document, "_LOADER", getattr(yaml, request.param))


@pytest.mark.usefixtures("_both_parsers")
def test_a_file_becomes_plain_data_with_the_place_of_every_key_and_value() -> None:
    read = read_document("q.yaml", b'a: 1\nb:\n  - x\n  - {c: "1", d: null}\n')

    assert isinstance(read, Document)
    assert read.name == "q.yaml"
    assert read.tree == {"a": 1, "b": ["x", {"c": "1", "d": None}]}
    assert read.faults == ()
    assert {path: (*mark.key, *mark.value) for path, mark in read.marks.items()} == {
        (): (1, 1, 1, 1),
        ("a",): (1, 1, 1, 4),
        ("b",): (2, 1, 3, 3),
        ("b", 0): (3, 5, 3, 5),
        ("b", 1): (4, 5, 4, 5),
        ("b", 1, "c"): (4, 6, 4, 9),
        ("b", 1, "d"): (4, 14, 4, 17),
    }


@pytest.mark.usefixtures("_both_parsers")
def test_a_byte_order_mark_and_any_line_ending_change_no_place() -> None:
    for line_break in ("\n", "\r\n", "\r"):
        for mark in ("", "\ufeff"):
            text = mark + line_break.join(["a: 1", "", "b: 010", ""])
            assert _faults(text) == [
                "3:4: this value means different things to different programs. Put it in quotes."
            ]


def test_columns_count_characters_and_not_bytes() -> None:
    assert _faults("é😀: {x: no}") == [
        "1:9: this value means different things to different programs. Put it in quotes."
    ]


_DIFFERENT = "means different things to different programs. Put it in quotes."
_HIDDEN = "there is an invisible character here:"
_ANCHOR = (
    "a word that starts with '&' gives this place a name. Take it away, or put the text in quotes."
)
_ALIAS = (
    "a word that starts with '*' refers to another place in the file. "
    "Write out the text itself, or put it in quotes."
)
_TAG = (
    "a word that starts with '!' asks for a special type. Take it away, or put the text in quotes."
)
_NUMBER_AS_KEY = (
    "1:1: the key '2' is not text. Put it in quotes. "
    "If it is the rest of a text with a comma, put that whole text in quotes."
)
_LONG_NUMBER = (
    "this value is a number of more than 18 digits. Use a shorter one, or put it in quotes."
)
_DIRECTIVE = (
    "a line that starts with '%' is an instruction to the program that "
    "reads the file. Take it away."
)


@pytest.mark.usefixtures("_both_parsers")
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "a: 1\na: 3",
            "2:1: the key 'a' appears twice; it is already on line 1. Keep one of the two.",
        ),
        ("a: &here x", f"1:4: {_ANCHOR}"),
        ("a: [*here]", f"1:5: {_ALIAS}"),
        ("a: !!python/object:os.system {}", f"1:4: {_TAG}"),
        ("a: !!str no", f"1:4: {_TAG}"),
        ("!!str a: 1", f"1:1: {_TAG}"),
        ("? [a]\n: 1", "1:3: a key must be text. Write it as one word."),
        ("? {a: b}\n: 1", "1:3: a key must be text. Write it as one word."),
        ("2: x", _NUMBER_AS_KEY),
        ("NO: x", f"1:1: the key 'NO' {_DIFFERENT}"),
        ("a: on", f"1:4: this value {_DIFFERENT}"),
        (f"a: {'1' * 400}", f"1:4: {_LONG_NUMBER}"),
        ('a: "x\\e]52;c;"', f"1:4: {_HIDDEN} U+001B control character. Take it out."),
        ("a: x\u202ey", f"1:4: {_HIDDEN} U+202E right-to-left override. Take it out."),
        ("a: x\u3164y", f"1:4: {_HIDDEN} U+3164 hangul filler. Take it out."),
        ('a: "x\ty"', f"1:4: {_HIDDEN} U+0009 control character. Take it out."),
        ('"a\\nb": x', f"1:1: {_HIDDEN} U+000A control character. Take it out."),
        ("a: x\x1by", f"1:5: {_HIDDEN} U+001B control character. Take it out."),
        ("a: x # \x85", f"1:8: {_HIDDEN} U+0085 control character. Take it out."),
        ("a: 1\n---\nb: 2", "2:1: a second document starts here. Keep one document in a file."),
        ("%YAML 1.2\n---\na: 1", f"1:1: {_DIRECTIVE}"),
        ("%NOBODY knows\n---\na: 1", f"1:1: {_DIRECTIVE}"),
    ],
)
def test_what_may_not_stand_in_a_file_is_found_at_its_place(text: str, finding: str) -> None:
    assert _faults(text) == [finding]


def test_of_two_equal_keys_the_first_counts() -> None:
    read = read_document("q.yaml", b"a: [1]\nb: 2\na: {c: 3}\n")

    assert read.tree == {"a": [1], "b": 2}
    assert read.marks["a",] == ((1, 1), (1, 4))


def test_line_breaks_may_stand_in_a_value() -> None:
    assert read_document("q.yaml", b"a: |\n  x\n  y\n").tree == {"a": "x\ny\n"}


def test_nothing_that_could_do_harm_reaches_the_tree() -> None:
    read = read_document("q.yaml", b'a: "\\e]52"\n"b\\u202e": [x\x07]')

    assert read.tree == {"a": "\ufffd]52", "b\ufffd": ["x\ufffd"]}


def test_everything_that_is_wrong_is_found_at_once() -> None:
    text = "a: yes\nb: &x 1\nb: *x\n3: !t 4\n? []\n: \u200b\n"

    assert [line.split(". ")[0] for line in _faults(text)] == [
        "1:4: this value means different things to different programs",
        "2:4: a word that starts with '&' gives this place a name",
        "3:1: the key 'b' appears twice; it is already on line 2",
        "3:4: a word that starts with '*' refers to another place in the file",
        "4:1: the key '3' is not text",
        "4:4: a word that starts with '!' asks for a special type",
        "5:3: a key must be text",
        "6:3: there is an invisible character here: U+200B zero width space",
    ]


_UTF_16 = (
    "the file is not UTF-8 text; it looks like UTF-16, or is not text at all. "
    "Save it again as UTF-8 in your editor."
)
_NO_KEY = "the file does not start with a key. Start with 'schema: 1'."
_INDENTED = (
    "the file cannot be read from here on: did not find expected key, in what begins on line 1. "
    "Look at the indentation, quotes, colons and brackets here and just before."
)
_TAB = (
    "the file cannot be read from here on: found character that cannot start any token. "
    "Write spaces where the line has tabs, and put text in quotes that starts with a sign."
)
_DEEP = "lists and keys are nested more than 32 levels deep. Make it flatter."
_LONG = "the file has more than 10,000 keys and values. Leave something out."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a" * (256 * 1024 + 1), "1:1: the file is larger than 256 KiB. Leave something out."),
        ("a: 1".encode("utf-16"), f"1:1: {_UTF_16}"),
        (b"a: x\0", f"1:1: {_UTF_16}"),
        (
            b"a: 1\r\nb: \xe4\n",
            "2:4: this is not UTF-8 text. Save it again as UTF-8 in your editor.",
        ),
        (
            b"\xef\xbb\xbfa: \xe4",
            "1:4: this is not UTF-8 text. Save it again as UTF-8 in your editor.",
        ),
        (b"", "1:1: the file is empty. Write something into it."),
        (b"# only this\n", "1:1: the file is empty. Write something into it."),
        (b"\n- a\n", f"2:1: {_NO_KEY}"),
        (b"words", f"1:1: {_NO_KEY}"),
        (b"a:\n  - b\n c: d\n", f"3:2: {_INDENTED}"),
        (b"a:\n\tb: c\n", f"2:1: {_TAB}"),
        (b"a: " + b"[" * 33, f"1:35: {_DEEP}"),
        (b"a: [" + b"b," * 10_000, f"1:19999: {_LONG}"),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(content: bytes, message: str) -> None:
    assert _refused(content) == f"q.yaml cannot be used: 1 problem.\n  q.yaml:{message}"


def test_32_levels_are_not_too_many() -> None:
    assert read_document("q.yaml", b"a: " + b"[" * 31 + b"]" * 31).faults == ()


def test_what_was_found_before_reading_stopped_is_told_too() -> None:
    assert _refused(b"a: no\nb\n- c\n") == (
        "q.yaml cannot be used: 2 problems.\n"
        "  q.yaml:1:4: this value means different things to different programs. Put it in quotes.\n"
        "  q.yaml:3:1: the file cannot be read from here on: could not find expected ':', "
        "in what begins on line 2. "
        "Look at the indentation, quotes, colons and brackets here and just before."
    )


def test_what_was_found_before_a_limit_is_told_too() -> None:
    assert _refused(b"a: no\nb: " + b"[" * 99).startswith("q.yaml cannot be used: 2 problems.")


def test_a_file_that_is_only_an_alias_does_not_begin_with_a_key() -> None:
    assert _refused(b"*nobody").splitlines()[1:] == [
        f"  q.yaml:1:1: {_ALIAS}",
        f"  q.yaml:1:1: {_NO_KEY}",
    ]


@pytest.mark.usefixtures("_both_parsers")
def test_a_character_beyond_unicode_is_refused() -> None:
    assert "the file cannot be read from here on" in _refused(b'a: "\\Uffffffff"')


def test_a_file_with_thousands_of_problems_tells_a_hundred() -> None:
    lines = _refused(b"a: &x no\n" * 1_000 + b"-").splitlines()

    assert lines[0] == "q.yaml cannot be used: more than 100 problems."
    assert len(lines) == 1 + 100 + 1
    assert lines[-1] == "  q.yaml: there are more problems. Fix these first."


def test_the_name_of_the_file_cannot_move_the_cursor() -> None:
    with pytest.raises(BadData, match=r"^a\\x1b\[2J\.yaml cannot be used: 1 problem\.") as refused:
        read_document("a\x1b[2J.yaml", b"")
    assert refused.value.problems[0].where == "a\\x1b[2J.yaml:1:1"
