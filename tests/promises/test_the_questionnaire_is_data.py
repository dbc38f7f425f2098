"""P7: no item, option, advice or telephone number lives in Python; a new one needs no code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import moodcheck
from moodcheck.core.safety import URGENT_ADVICE
from moodcheck.report.render_plain import render
from moodcheck.report.summary_view import summary_document
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS
from tests.source_code import strings

NUMBER = re.compile(r"(?<![\d.,_])\d[\d -]*\d(?![.,_]?\d)")
"""Digits as in a telephone number; those of 1,000 are a count."""


def numbers() -> set[str]:
    """Return the digits of every number to call or to write to; of two digits, any 15 is one."""
    countries = DIRECTORY.countries.values()
    written = [line.number for country in countries for line in country.lines]
    written += [number for country in countries for number in str(country.emergency).split(" or ")]
    return {digits for number in written if len(digits := re.sub(r"\D", "", number)) > 2}


def questions_and_advice() -> Iterator[str]:
    yield from (SYMPTOMS.title, SYMPTOMS.recall_period, str(SYMPTOMS.stem))
    for item in SYMPTOMS.all_items:
        yield from filter(None, (item.label, item.text, item.help, item.source))
    for scale in SYMPTOMS.scales:
        yield scale.label
    for rule in SYMPTOMS.advice:
        yield from (rule.label, rule.text)
    for options in SYMPTOMS.responses.values():
        yield from (option.label for option in options if option.label)


def help_and_promises() -> Iterator[str]:
    yield DIRECTORY.international.address
    for country in DIRECTORY.countries.values():
        yield country.name
        yield from (line.name for line in country.lines)
    words = {**dict(LANGUAGE.help), **dict(LANGUAGE)}.values()
    sentences = [text for text in words if isinstance(text, str)]
    # Shorter ones, such as "Help lines", are ordinary words and stand in headings too.
    yield from (text for text in sentences if len(text.split()) > 4)


def in_order(text: str) -> str:
    return " ".join(text.split()).lower()


def test_no_telephone_number_stands_in_python() -> None:
    known = numbers()
    assert {"911", "988", "116123"} <= known

    found = [
        (where, written)
        for where, text in strings(with_docstrings=True)
        for written in NUMBER.findall(text)
        if re.sub(r"\D", "", written) in known
    ]
    assert found == []


def test_no_question_option_advice_or_help_text_stands_in_python() -> None:
    data = {in_order(text) for text in (*questions_and_advice(), *help_and_promises())}
    sentences = {text for text in data if len(text.split()) > 2}

    found = [
        (where, text)
        for where, text in strings(with_docstrings=False)
        if text in {*questions_and_advice()} or any(one in in_order(text) for one in sentences)
    ]
    assert found == []


def test_no_item_is_named_in_python() -> None:
    names = {item.id for item in SYMPTOMS.items} | {rule.id for rule in SYMPTOMS.advice}
    names |= set(SYMPTOMS.responses)
    # These ids say to every questionnaire's readers that the advice does not wait.
    names -= URGENT_ADVICE

    assert [(where, text) for where, text in strings(with_docstrings=False) if text in names] == []


def test_another_questionnaire_needs_no_code(tmp_path: Path) -> None:
    document = SYMPTOMS.plain_data()
    document |= {
        "id": "tides",
        "title": "Tide check-in",
        "items": [{"id": "ebb", "label": "Ebb", "text": "The sea went.", "responses": "yes_no"}],
        "context": [],
        "scales": [{"id": "ebbs", "label": "Ebbs", "method": "sum", "items": "all"}],
        "critical": [{"item": "ebb", "at_least": 1}],
        "advice": [{"id": "any", "label": "Talk it over", "text": "Ask a nurse at the pier."}],
    }
    file = tmp_path / "tides.yaml"
    file.write_text(json.dumps(document), encoding="utf-8")  # JSON is YAML, too

    summary = moodcheck.summarize(moodcheck.load(file), {"ebb": 1}, region="GB")
    shown = render(summary_document(summary))

    assert summary.alerts == ("ebb",)
    assert "Ebbs: 1 of 1" in shown
    assert "Ask a nurse at the pier." in shown
