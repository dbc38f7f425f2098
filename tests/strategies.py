"""Random sittings, random questionnaires and hostile text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered, administer
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import Item
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
def questionnaires(draw: st.DrawFn, *, most_items: int = 40) -> Questionnaire:
    """Consistent questionnaires of every shape: ranges, keys, methods, rules, bands, advice."""
    sets = draw(st.lists(_response_sets(), min_size=1, max_size=3))
    responses = {f"set{i}": values for i, values in enumerate(sets)}
    names = [f"item{i}" for i in range(draw(st.integers(1, most_items)))]
    offers = {name: draw(st.sampled_from(sorted(responses))) for name in names}
    several = [name for name in names if len(responses[offers[name]]) > 1]
    critical = draw(st.lists(st.sampled_from(several), unique=True, max_size=2)) if several else []
    is_validated = draw(st.booleans())
    ranges = {name: (min(responses[offers[name]]), max(responses[offers[name]])) for name in names}
    scales = [
        draw(_scales(f"scale{i}", "all" if i == 0 else None, ranges, is_validated=is_validated))
        for i in range(draw(st.integers(1, 4)))
    ]
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
        "scales": scales,
        "critical": [
            {"item": name, "at_least": sorted(responses[offers[name]])[1]} for name in critical
        ],
        "advice": [*draw(_advice(names)), _always()],
    }
    return Questionnaire.model_validate(document, strict=False)


def _response_sets() -> st.SearchStrategy[list[int]]:
    usual = st.integers(-5, 10)
    return st.lists(usual | st.integers(-1_000, 1_000), min_size=1, max_size=6, unique=True)


@st.composite
def _scales(
    draw: st.DrawFn,
    name: str,
    items: str | None,
    ranges: Mapping[str, tuple[int, int]],
    *,
    is_validated: bool,
) -> Document:
    members = list(ranges)
    if items is None:
        members = draw(st.lists(st.sampled_from(members), unique=True, min_size=1))
    method = draw(st.sampled_from(["sum", "mean", "count"]))
    scale: Document = {
        "id": name,
        "label": f"Label of {name}",
        "method": method,
        "items": items or members,
        "reverse_keyed": draw(st.lists(st.sampled_from(members), unique=True)),
        "multiply_by": draw(st.integers(1, 5) | st.integers(1, 1_000)),
    }
    if method == "count":
        scale["at_least"] = draw(st.integers(-5, 10))
    if is_validated:
        bounds = _bounds(method, [ranges[member] for member in members], scale["multiply_by"])
        scale |= draw(_bands(*bounds))
        # Items of different ranges have no common average from which a sum could be completed.
        have_one_range = len({ranges[member] for member in members}) == 1
        if method != "count" and len(members) > 1 and have_one_range:
            scale["max_unanswered"] = draw(st.integers(0, len(members) - 1))
            scale["missing_rule"] = {"name": "rule", "citation": "Nobody 1999"}
    return scale


def _bounds(method: str, ranges: list[tuple[int, int]], multiply_by: int) -> tuple[int, int]:
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    low, high = {
        "sum": (sum(lows), sum(highs)),
        "mean": (min(lows), max(highs)),
        "count": (0, len(ranges)),
    }[method]
    return low * multiply_by, high * multiply_by


@st.composite
def _bands(draw: st.DrawFn, low: int, high: int) -> Document:
    if draw(st.booleans()):
        return {}
    starts = {low, *draw(st.lists(st.integers(low, high), max_size=3))}
    bands = [{"at_least": start, "name": f"band from {start}"} for start in sorted(starts)]
    return {"bands": bands, "citation": "Nobody 1999"}


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
