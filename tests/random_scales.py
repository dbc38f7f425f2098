"""Random scales of every shape: members, keys, weights, rules, ranges and bands."""

from __future__ import annotations

from math import floor
from typing import Any

from hypothesis import strategies as st

from tests.exact import ExactScale

Document = dict[str, Any]

RULE = {"name": "rule", "citation": "Nobody 1999"}
WEIGHTS = (2, 3, 0.5, 0.25, 1.1, 2.75)


@st.composite
def random_scales(draw: st.DrawFn, document: Document, name: str) -> Document:
    """One more scale of a document, consistent with it; the first is of all items."""
    scale = draw(_begun(name, ["sum", "mean", "count", "maximum"], _members(document)))
    names = [one for member in ExactScale(document, scale).members for one in member]
    scale["reverse_keyed"] = draw(st.lists(st.sampled_from(names), unique=True))
    scale |= draw(_thresholds(document, scale, names))
    if draw(st.integers(0, 3)) == 0:
        scale["weights"] = draw(_weights(document, scale, names))
    if document["validated"]:
        scale |= draw(_rules(document, scale, names))
    if draw(st.integers(0, 3)) == 0:
        scale |= draw(_rescaling(document, scale))
    return scale | (draw(_bands(document, scale)) if document["validated"] else {})


@st.composite
def plain_scales(draw: st.DrawFn, document: Document, name: str) -> Document:
    """One more scale that other programs can be told: items, reversed, added up and multiplied."""
    scale = draw(_begun(name, ["sum", "mean", "count"], _items(document)))
    names = [name for (name,) in ExactScale(document, scale).members]
    scale["reverse_keyed"] = draw(st.lists(st.sampled_from(names), unique=True))
    scale |= draw(_thresholds(document, scale, names, each=False))
    if not document["validated"]:
        return scale
    rules = draw(_rules(document, scale, names))
    rules.pop("max_unanswered_share", None)
    scale |= {key: value for key, value in rules.items() if key != "round_prorated"}
    return scale | draw(_bands(document, scale))


@st.composite
def _begun(
    draw: st.DrawFn, name: str, methods: list[str], members: st.SearchStrategy[Document]
) -> Document:
    return {
        "id": name,
        "label": f"Label of {name}",
        "method": draw(st.sampled_from(methods)),
        **draw(members),
        "multiply_by": draw(st.integers(1, 5) | st.integers(1, 1_000)),
    }


@st.composite
def _thresholds(
    draw: st.DrawFn, document: Document, scale: Document, names: list[str], *, each: bool = True
) -> Document:
    """What a count counts: from above the lowest value on. Where nothing is that, a sum."""
    if scale["method"] != "count":
        return {}
    ends = {name: ExactScale(document, scale).ends(name) for name in names}
    spans = {name: (floor(low) + 1, floor(high)) for name, (low, high) in ends.items()}
    low, high = max(one[0] for one in spans.values()), min(one[1] for one in spans.values())
    if low <= high and not (each and draw(st.booleans())):
        return {"at_least": draw(st.integers(low, high))}
    if each and all(low <= high for low, high in spans.values()):
        return {"at_least": {name: draw(st.integers(*span)) for name, span in spans.items()}}
    return {"method": "sum"}


@st.composite
def _items(draw: st.DrawFn, document: Document) -> Document:
    items = [item["id"] for item in document["items"]]
    if not document["scales"]:
        return {"items": "all"}
    return {"items": draw(st.lists(st.sampled_from(items), unique=True, min_size=1))}


@st.composite
def _members(draw: st.DrawFn, document: Document) -> Document:
    earlier = [scale["id"] for scale in document["scales"]]
    found = draw(_items(document))
    items = found["items"] if earlier else [item["id"] for item in document["items"]]
    has_parts, has_items = draw(st.booleans()), draw(st.booleans())
    if earlier and has_parts:
        found["scales"] = draw(st.lists(st.sampled_from(earlier), unique=True, min_size=1))
        if not has_items:
            return {"scales": found["scales"]}
    if len(items) > 1 and draw(st.integers(0, 2)) == 0:
        several = draw(st.permutations(items))[: draw(st.integers(2, min(6, len(items))))]
        first = draw(st.integers(2, len(several)))
        groups = [several[:first], several[first:]]
        found["alternatives"] = [group for group in groups if len(group) > 1]
    return found


@st.composite
def _weights(draw: st.DrawFn, document: Document, scale: Document, names: list[str]) -> Document:
    lowest = () if scale["method"] == "mean" else (-1, -2, -0.5)
    weight = st.sampled_from([*WEIGHTS, *lowest])
    if draw(st.booleans()):
        return dict.fromkeys(names, draw(weight))
    members = ExactScale(document, scale).members
    found = {tuple(one): draw(weight) for one in members if draw(st.booleans())}
    return {name: weight for member, weight in found.items() for name in member}


@st.composite
def _rules(draw: st.DrawFn, document: Document, scale: Document, names: list[str]) -> Document:
    """A rule for unanswered members, where one could be."""
    exact = ExactScale(document, scale)
    of = len(exact.members)
    # What has different ranges has no common average from which a sum could be completed.
    alike = {(exact.ends(name), exact.weight(name)) for name in names}
    is_completable = scale["method"] == "maximum" or len(alike) == 1
    if scale["method"] == "count" or of == 1 or not is_completable:
        return {}
    found: Document = draw(
        st.fixed_dictionaries({"max_unanswered": st.integers(0, of - 1)})
        | st.fixed_dictionaries({"max_unanswered_share": st.sampled_from([0.1, 0.2, 0.5, 0.75])})
    )
    if scale["method"] == "sum" and ExactScale(document, scale | found).allowed():
        # Only whole numbers are completed to one.
        found["round_prorated"] = not exact.is_double() and draw(st.booleans())
    return found | {"missing_rule": RULE}


@st.composite
def _rescaling(draw: st.DrawFn, document: Document, scale: Document) -> Document:
    low, high = ExactScale(document, scale).bounds()
    start = draw(st.integers(-20, 20) | st.sampled_from([0.5, -1.25]))
    width = draw(st.integers(1, 50))
    ends = {"low": start, "high": start + width}
    return {"rescale": True if low < high and draw(st.booleans()) else ends}


@st.composite
def _bands(draw: st.DrawFn, document: Document, scale: Document) -> Document:
    if draw(st.booleans()):
        return {}
    low, high = map(floor, ExactScale(document, scale).bounds())
    starts = {low, *draw(st.lists(st.integers(low, high), max_size=3))}
    bands = [{"at_least": start, "name": f"band from {start}"} for start in sorted(starts)]
    return {"bands": bands, "citation": "Nobody 1999"}
