"""P2: what is shipped to be read diagnoses nobody, and says nothing about what helps against it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from typing import Any

import pytest
import yaml

from moodcheck.cli.app import run
from moodcheck.cli.commands import every_command
from tests.shipped import CHECKOUT, DATA, LANGUAGE
from tests.source_code import interface_strings, strings

CLAIMS = re.compile(
    r"""\b(?: \w*ketamine | anti-?depress\w* | ssris? | st\.?\ john\w* | supplement\w* | vitamins?
            | herb\w* | treat\w* | cur(?: e | es | ed | ing ) | heal(?: s | ed | ing )? | drugs?
            | prove[ns]? | proof | effective\w* | efficacy | reliev\w* | relief | remed\w*
            | medication\w* | pills? | dos(?: e | es | age ) | percent | prevalence
            | (?: m | b )illions?\ (?: of\ )? (?: people | adults | women | men ) | naturally )\b
        | [0-9]\ ?%""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words with which a text would talk of drugs, of what works, or of how many people have it."""

ASKED_OR_CITED = (
    "Did you drink or use drugs more than you would like?",
    "Alcohol or drugs",
    "such as herbs or vitamins?",
    "How Does Ketamine Treat Depression? (article of a ketamine clinic)",
    "Nothing it says about causes or treatment is used.",
    "sensitivity 88 % and specificity 88 % against an interview",
)
"""The only places for such words: questions with no answer in them, and what a study found."""

SAYING_THAT_WE_DO_NOT = (
    "Nothing it says diagnoses or judges",
    "No score is a diagnosis",
    "words that diagnose, judge or blame",
    "diagnoses, judges or blames",
)
"""The only places for a denied word, beside those that `data/language` allows everywhere."""

NAMES_IN_FHIR = ("diagnostics", "effectiveDateTime")
"""Keys of its resources, which are read by programs."""

_MENTIONED = re.compile(r'"[^"]*"|`[^`]*`|```.*?```', re.DOTALL)
_THIRD_CELL = re.compile(r"^(\|[^|\n]*\|[^|\n]*\|)[^|\n]*\|$", re.MULTILINE)

Text = tuple[str, str]


def texts_in(where: str, document: Any) -> Iterator[Text]:  # noqa: ANN401 - whatever YAML holds
    match document:
        case str():
            yield where, document
        case list():
            for i, value in enumerate(document):
                yield from texts_in(f"{where}.{i}", value)
        case dict():
            for key, value in document.items():
                if key not in {"denied", "allowed"}:  # these are the list itself
                    yield from texts_in(f"{where}.{key}", value)


def data_texts() -> Iterator[Text]:
    for path in DATA.rglob("*.yaml"):
        yield from texts_in(path.name, yaml.safe_load(path.read_text(encoding="utf-8")))


def pages() -> Iterator[Text]:
    """Yield the pages of the documentation without the words that they only mention."""
    for path in [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")]:
        text = path.read_text(encoding="utf-8")
        # The third column of a glossary holds the words that are not to be used.
        yield path.name, _THIRD_CELL.sub(r"\1", _MENTIONED.sub("", text))


def help_texts() -> Iterator[Text]:
    for words, _command in every_command():
        shown = io.StringIO()
        with redirect_stdout(shown):
            assert run([*words, "--help"]) == 0
        yield " ".join(words), shown.getvalue()


READ_BY_PEOPLE: dict[str, Callable[[], Iterator[Text]]] = {
    "data": data_texts,
    "documentation": pages,
    "help": help_texts,
    "interface": interface_strings,
    "messages": lambda: (
        text for text in strings(with_docstrings=False) if text[1] not in NAMES_IN_FHIR
    ),
}


def without(phrases: tuple[str, ...], text: str) -> str:
    unbroken = " ".join(text.split())
    for phrase in phrases:
        unbroken = unbroken.replace(phrase, " ")
    return unbroken


@pytest.mark.parametrize("kind", READ_BY_PEOPLE)
def test_no_shipped_text_holds_a_denied_word(kind: str) -> None:
    texts = [
        (where, without(SAYING_THAT_WE_DO_NOT, text)) for where, text in READ_BY_PEOPLE[kind]()
    ]
    found = [(where, LANGUAGE.denied_words(text)) for where, text in texts]

    assert texts
    assert [(where, words) for where, words in found if words] == []


@pytest.mark.parametrize("kind", READ_BY_PEOPLE)
def test_no_shipped_text_says_what_works_against_it(kind: str) -> None:
    texts = [(where, without(ASKED_OR_CITED, text)) for where, text in READ_BY_PEOPLE[kind]()]
    found = [(where, CLAIMS.findall(text)) for where, text in texts]

    assert [(where, words) for where, words in found if words] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Ketamine was approved.",
        "Esketamine helps.",
        "Up to 70% feel better.",
        "Try St. John's wort.",
        "It can be cured.",
        "Treatment works.",
        "This is proven to help.",
        "About 300 million people have it.",
        "Take supplements.",
    ],
)
def test_a_claim_would_be_noticed(sentence: str) -> None:
    assert CLAIMS.search(sentence)


def test_the_commands_that_have_help_are_all_of_them() -> None:
    assert {"", "check", "crisis-lines", "questionnaire", "questionnaire validate"} <= {
        where for where, _ in help_texts()
    }
