"""Random sittings, random questionnaires and hostile text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from pydantic import ValidationError

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Item
from tests.random_scales import random_scales
from tests.shipped import DIRECTORY, NUMBERLESS, OTHERS, SYMPTOMS, TAKEN_AT

Document = dict[str, Any]

ATTACKS = (
    "\x1b[2J", "\x1b[31m", "\x1b[10A", "\x1b]8;;https://example.org\x1b\\", "\x1b]52;c;QUJD\x07",
    "\x1bP1$q\x1b\\", "\x9b2J", "\x9d8;;x\x9c", "\0", "\a", "\b", "\t", "\n", "\r", "\x0b",
    "\x0c", "\x7f", "\x85", "\xa0", "\xad", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b",
    "\u200d", "\u200f", "\ufeff", "\u115f", "\u2800", "\u3164", "\u3000", "\ufffe", "\ud800",
    "\udc9b", "\U000e0041", "a" + "\u0301" * 60, "\ufe0f" * 9, "[bold]", "[/]", "[red on red]",
    "[link=https://example.org]", "\\[", ":warning:", "{emergency}", "{0}", "%s", "漢字" * 30, "ﷺ",
    "👩\u200d👩\u200d👧", "🇺🇸", "\u200c", "\u0645\u06cc\u200c\u062e", "\u0915\u094d\u200d\u0937",
    "x" * 90, "<script>", "│╭─", '"', "\\u001b[2J",
)  # fmt: skip


def hostile_text() -> st.SearchStrategy[str]:
    """Text that would move, colour, link, hide, reorder or overflow, if anything let it."""
    parts = st.one_of(st.sampled_from(ATTACKS), st.text(min_size=1, max_size=6), st.just(" word "))
    return st.lists(parts, min_size=1, max_size=6).map("".join)


def regions() -> st.SearchStrategy[Region]:
    """Named countries with and without lines, guesses, and nobody knows where."""
    known = st.builds(Region, st.sampled_from(sorted(DIRECTORY.countries)), st.booleans())
    others = [Region(code, country=OTHERS[code]) for code in ("SE", NUMBERLESS)]
    return st.one_of(known, st.sampled_from([Region(), *others]))


def administrations(
    of: Questionnaire = SYMPTOMS,
    *,
    own_words: st.SearchStrategy[str] | None = None,
    given: Mapping[str, st.SearchStrategy[object]] | None = None,
) -> st.SearchStrategy[Administration]:
    """Sittings with one questionnaire; `given` overrides what is drawn for an item."""
    words = st.just("I would like to rest") if own_words is None else own_words
    full, partial = (
        st.fixed_dictionaries(
            {item.id: _given(item, of, words, is_full=is_full) for item in of.all_items}
            | dict(given or {})
        )
        for is_full in (True, False)
    )
    return (full | partial).map(lambda answers: administer(of, answers, taken_at=TAKEN_AT))


def _given(
    item: Item, of: Questionnaire, own_words: st.SearchStrategy[str], *, is_full: bool
) -> st.SearchStrategy[object]:
    if item.type == "text":
        return own_words | st.none()
    values = [option.value for option in of.options(item.id)]
    return st.sampled_from(values if is_full else [*values, None, *Unanswered])


@st.composite
def questionnaires(
    draw: st.DrawFn,
    *,
    most_items: int = 40,
    scales: Callable[[Document, str], st.SearchStrategy[Document]] = random_scales,
) -> Questionnaire:
    """Consistent questionnaires of every shape: ranges, keys, methods, rules, bands, advice."""
    sets = draw(st.lists(_response_sets(), min_size=1, max_size=3))
    responses = {f"set{i}": values for i, values in enumerate(sets)}
    names = [f"item{i}" for i in range(draw(st.integers(1, most_items)))]
    offers = {name: draw(st.sampled_from(sorted(responses))) for name in names}
    several = [name for name in names if len(responses[offers[name]]) > 1]
    critical = draw(st.lists(st.sampled_from(several), unique=True, max_size=2)) if several else []
    is_validated = draw(st.booleans())
    document: Document = {
        "schema": 1,
        "id": "random",
        "version": "1.2.3",
        "title": "Random check-in",
        "language": "en",
        "licence": "MIT",
        "source": {"document": "Drawn at random"},
        "validated": {"citation": "Nobody 1999"} if is_validated else False,
        "recall_period": "Over the last week",
        "responses": {
            name: [{"value": value, "label": f"label of {value}"} for value in values]
            for name, values in responses.items()
        },
        "items": [
            {"id": name, "label": f"Label of {name}", "text": "A text.", "responses": offers[name]}
            for name in names
        ],
        "context": [
            {"id": "why", "label": "Context", "responses": "set0"},
            {"id": "said", "label": "Own words", "type": "text"},
        ],
        "scales": [],
        "critical": [
            {"item": name, "at_least": sorted(responses[offers[name]])[1]} for name in critical
        ],
        "advice": [*draw(_advice(names)), _always()],
    }
    for i in range(draw(st.integers(1, 4))):
        document["scales"].append(draw(scales(document, f"scale{i}")))
    try:
        return Questionnaire.model_validate(document, strict=False)
    except ValidationError as error:
        # Scales within scales can come to numbers that are too large.
        assume("cannot be computed exactly" not in str(error))
        raise


def _response_sets() -> st.SearchStrategy[list[int]]:
    usual = st.integers(-5, 10)
    return st.lists(usual | st.integers(-1_000, 1_000), min_size=1, max_size=6, unique=True)


@st.composite
def _advice(draw: st.DrawFn, names: list[str]) -> list[Document]:
    height = st.integers(-5, 10)
    one = st.fixed_dictionaries(
        {"item": st.sampled_from([*names, "any", "why"]), "at_least": height}
    )
    several = st.fixed_dictionaries(
        {"item": st.just("any"), "at_least": height, "how_many": st.integers(1, len(names))}
    )
    parts = st.lists(one | several, min_size=2, max_size=3)
    conditions = one | several | st.fixed_dictionaries({"all": parts})
    return [
        {
            "id": f"rule{i}",
            "when": draw(st.lists(conditions, min_size=1, max_size=3)),
            "label": f"Rule {i}",
            "text": f"Please see a doctor, says rule {i}.",
        }
        for i in range(draw(st.integers(0, 3)))
    ]


def _always() -> Document:
    return {"id": "anyway", "label": "Talk it over", "text": "Talk about it with a doctor."}
