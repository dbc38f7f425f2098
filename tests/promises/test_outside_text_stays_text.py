"""P9: outside text never moves the cursor, colours, links, hides, reorders or breaks the layout."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.core.administration import administer
from moodcheck.core.crisis import Region
from moodcheck.core.data_model import DataModel
from moodcheck.core.summary import Summary, summarize
from moodcheck.safe_text import safe_text
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TAKEN_AT, TODAY, answered, summary_of
from tests.shown import EVERY_FORMAT, STYLE, Format, Look, leaves, letters, looks
from tests.strategies import ATTACKS, hostile_text

WRITTEN_BY_OTHERS = {
    # a questionnaire
    "title", "recall_period", "stem", "label", "text", "help", "say", "visit", "citation", "name",
    "message", "hours", "source", "emergency", "address",  # help lines
}  # fmt: skip

UNSEEN = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters that look like nothing, although Unicode calls them letters, marks or symbols."""

BESIDE_ASCII = re.compile("[!-~][\u200c\u200d]|[\u200c\u200d][!-~]")
"""A joiner where no script needs one."""


def rewritten(part: Any, texts: Iterator[str]) -> Any:  # noqa: ANN401 - any part of a data file
    """Return `part` with every text in it replaced, behind the back of loader and model."""
    match part:
        case DataModel():
            fields: dict[str, Any] = {
                name: next(texts)
                if name in WRITTEN_BY_OTHERS and isinstance(value, str)
                else rewritten(value, texts)
                for name, value in part
            }
            return type(part).model_construct(**fields)
        case tuple():
            return tuple(rewritten(one, texts) for one in part)
        case dict():
            return {key: rewritten(one, texts) for key, one in part.items()}
    return part


HOSTILE = st.lists(hostile_text(), min_size=1, max_size=12)


def hostile_summary(texts: list[str], *, alert: bool) -> Summary:
    """Return a summary in which everything that somebody else wrote is one of `texts`."""
    others = cycle(texts)
    asked, directory = rewritten(SYMPTOMS, others), rewritten(DIRECTORY, others)
    given_answers: dict[str, object] = dict.fromkeys((item.id for item in asked.items), 1)
    given_answers |= {"death_thoughts": 2 if alert else None, "own_words": next(others)}
    sitting = administer(asked, given_answers, taken_at=TAKEN_AT)
    where = Region("GB", is_guess=alert)
    return summarize(sitting, directory, LANGUAGE, region=where, today=TODAY)


def dangers(line: str) -> list[str]:
    """Return what in a line could do anything but be read."""
    found = [
        f"U+{ord(char):04X}"
        for char in line
        if char in UNSEEN or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
        if char not in " \xa0\u200c\u200d"  # no-break spaces are ours: they keep numbers whole
    ]
    found += ["joiner"] if BESIDE_ASCII.search(line) else []
    unjoined = line.replace("\u200c", "").replace("\u200d", "")
    runs = re.findall("M+", "".join(unicodedata.category(char)[0] for char in unjoined))
    return found + ["marks" for run in runs if len(run) > 8]


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@given(texts=HOSTILE, alert=st.booleans(), data=st.data())
def test_only_our_own_styles_reach_a_terminal_and_none_a_file(
    format_: Format, texts: list[str], alert: bool, data: st.DataObject
) -> None:
    shown = data.draw(looks(format_)).render(hostile_summary(texts, alert=alert))
    if format_ == "rich":
        shown = STYLE.sub("", shown)

    assert [found for line in shown.split("\n") for found in dangers(line)] == []


@pytest.mark.parametrize("format_", ["rich", "plain"])
@given(texts=HOSTILE, alert=st.booleans(), data=st.data())
def test_no_line_is_wider_than_the_terminal(
    format_: Format, texts: list[str], alert: bool, data: st.DataObject
) -> None:
    look = data.draw(looks(format_))
    lines = STYLE.sub("", look.render(hostile_summary(texts, alert=alert))).split("\n")

    assert [line for line in lines if cell_len(line) > look.width] == []


@given(texts=HOSTILE, alert=st.booleans(), width=st.integers(20, 200))
def test_without_colour_there_is_none(texts: list[str], alert: bool, width: int) -> None:
    shown = Look("rich", width).render(hostile_summary(texts, alert=alert))
    codes = {code for style in STYLE.findall(shown) for code in style[2:-1].split(";")}

    assert codes <= {"", "0", "1", "2"}  # plain, bold and dim


@given(texts=HOSTILE)
def test_json_stays_one_document_whose_texts_are_fit_to_show(texts: list[str]) -> None:
    document = json.loads(Look("json").render(hostile_summary(texts, alert=True)))

    assert [found for text in leaves(document) for found in dangers(text.replace("\n", ""))] == []


@pytest.mark.parametrize("format_", EVERY_FORMAT)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: ascii(attack[:12]))
def test_own_words_are_all_still_there(format_: Format, attack: str) -> None:
    said = f"before {attack} after"
    shown = Look(format_, 120).render(summary_of(answered(own_words=said)))

    parts = said.split("\n") if format_ == "json" else [said]
    assert all(letters(safe_text(part)) in letters(shown) for part in parts)


@pytest.mark.parametrize("format_", ["rich", "plain"])
@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028"])
def test_own_words_cannot_begin_a_line_of_their_own(format_: Format, line_break: str) -> None:
    forged = f"x{line_break}{line_break}Forged: no need to call"
    shown = STYLE.sub("", Look(format_, 200).render(summary_of(answered(own_words=forged))))

    assert not re.search(r"^\W*Forged", shown, re.MULTILINE)
    assert "Forged: no need to call" in shown
