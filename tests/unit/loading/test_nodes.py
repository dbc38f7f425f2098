from __future__ import annotations

import itertools

import pytest
import yaml

from moodcheck.loading.nodes import plain_value

_ALPHABET = "01289-+._:eExob~nyNofYsutr<= T"


def _read_by_yaml_1_1(text: str, loader: yaml.SafeLoader) -> object:
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return loader.construct_object(yaml.ScalarNode(tag, text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-12", -12),
        ("999999999999999999", 999_999_999_999_999_999),
        ("1.10", 1.1),
        ("-0.5", -0.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2025-02-07", "2025-02-07"),
        ("1.0.0", "1.0.0"),
        ("116 123", "116 123"),
        ("24/7", "24/7"),
        ("None", "None"),
        ("tRue", "tRue"),
        ("yesterday", "yesterday"),
        ("-", "-"),
    ],
)
def test_numbers_true_false_and_nothing_are_told_from_text(text: str, value: object) -> None:
    assert plain_value(text) == (value, None)
    assert type(plain_value(text)[0]) is type(value)


_READ_DIFFERENTLY = """
    yes Yes YES yEs no NO on Off OFF y N
    010 08 0x1F 0o17 0b11 1_000 +5 .5 5. 1e3 1.5e+3 .inf -.INF .nan
    12:30:45 1:30 1:30.5 2001-1-1 2001-12-14T21:59:43.10Z << =
"""


@pytest.mark.parametrize("text", _READ_DIFFERENTLY.split())
def test_what_other_programs_read_differently_is_doubtful_text(text: str) -> None:
    value, doubt = plain_value(text)

    assert value == text
    assert doubt is not None
    assert doubt == ("means different things to different programs", "Put it in quotes")


def test_no_number_is_longer_than_18_digits() -> None:
    for text in ("1" * 19, "-" + "1" * 5_000, "1." + "0" * 18):
        value, doubt = plain_value(text)
        assert value == text
        assert doubt is not None
        assert doubt[0] == "is a number of more than 18 digits"


@pytest.mark.parametrize("length", [1, 2, 3])
def test_every_short_text_is_doubtful_unless_yaml_1_1_reads_it_the_same(length: int) -> None:
    loader = yaml.SafeLoader("")
    for characters in itertools.product(_ALPHABET, repeat=length):
        text = "".join(characters).strip()
        value, doubt = plain_value(text)
        if doubt is None:
            theirs = _read_by_yaml_1_1(text, loader)
            assert (theirs, type(theirs)) == (value, type(value)), text
