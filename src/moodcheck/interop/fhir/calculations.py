"""A scale ↔ the FHIRPath that computes it from the answers of a QuestionnaireResponse.

Weights come from `weight()`, never from an extension by its name, which some programs rewrite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from moodcheck.interop.form import Calculation, Method

Ranges = Mapping[str, tuple[int, int]]
"""The lowest and the highest weight that each item offers, by link."""

_WHOLE = r"-?[0-9]{1,9}"
_LINK = r"'[^'\\]*'"
_FIRST_LINKS = re.compile(
    rf"iif\(%resource\.item\.where\(linkId in \(({_LINK}(?: \| {_LINK})*)\)\)"
)
_REVERSED = re.compile(rf"linkId in \(([^()]*)\)\)\.answer\.value\.where\(weight\(\) <= {_WHOLE}\)")
_SUBTRACTED = re.compile(r"- (?:iif\()?%resource\.item\.where\(linkId in \(([^()]*)\)\)")
_COUNTED = re.compile(rf"where\(weight\(\) >= ({_WHOLE})\)")
_COUNTED_FROM_ABOVE = re.compile(rf"where\(weight\(\) <= ({_WHOLE})\)")
_NEEDED = re.compile(r"\.count\(\) >= ([0-9]{1,3}),")
_MULTIPLIED = re.compile(r" \* ([0-9]{1,4})$")

# The sums that other programs write. They take an unanswered item for a zero.
_PLAIN_SUM = re.compile(
    rf"""
    %resource \. (?: item | descendants\(\) )
    (?: \. where \(
        (?: linkId\ in\ \( (?P<several> {_LINK} (?: \| {_LINK} )* ) \)
        |   (?P<either> linkId = {_LINK} (?: \ or\ linkId = {_LINK} )* )
        ) \)
    )?
    \. answer \. value \. weight\(\) \. sum\(\)
    (?: \* (?P<times> [1-9][0-9]{{0,2}} ) )?
    """,
    re.VERBOSE,
)


def written(calculation: Calculation, ranges: Ranges) -> str:
    """Return the FHIRPath that computes a score, or nothing where too few items are answered."""
    all_answers = _answers(calculation.links)
    enough = len(calculation.links) - calculation.max_unanswered
    value = _value(calculation, ranges, all_answers)
    return f"iif({all_answers}.count() >= {enough}, {value}, {{}})"


def calculation(expression: str, ranges: Ranges) -> Calculation | None:
    """Return what an expression computes; None where it is none that we know to read.

    Args:
        expression: FHIRPath.
        ranges: of the items that could be meant, in their order.
    """
    one_line = " ".join(expression.split())
    return _own(one_line, ranges) or _plain_sum(one_line, ranges)


def _answers(links: Iterable[str]) -> str:
    return f"%resource.item.where(linkId in ({' | '.join(map(_literal, links))})).answer.value"


def _literal(link: str) -> str:
    escaped = link.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _value(calculation: Calculation, ranges: Ranges, all_answers: str) -> str:
    parts = list(_parts(calculation, ranges))
    # A minus stands before what it takes away, a plus between two parts.
    total = " ".join(parts).removeprefix("+ ")
    grouped = total if len(parts) == 1 else f"({total})"
    times = calculation.multiply_by
    of = len(calculation.links)
    answered = f"{all_answers}.count()"
    match calculation.method:
        case "count":
            return f"{grouped} * {times}"
        case "mean":
            return f"{grouped} * {times} / {answered}"
        case "sum" if calculation.max_unanswered:
            doubled = f"({grouped} * {2 * of} + {answered}) / ({answered} * 2)"
            return f"({doubled}).floor() * {times}"
        case "sum":
            return f"{grouped} * {times}"


def _parts(calculation: Calculation, ranges: Ranges) -> Iterable[str]:
    """Yield what is added up: the items as they are, then those that count from the other end."""
    is_count, least = calculation.method == "count", calculation.at_least or 0
    forward = [link for link in calculation.links if link not in calculation.reverse_keyed]
    may_be_empty = calculation.max_unanswered > 0 and bool(calculation.reverse_keyed)
    if forward and is_count:
        yield f"+ {_answers(forward)}.where(weight() >= {least}).count()"
    elif forward:
        yield f"+ {_sum(forward, may_be_empty=may_be_empty)}"
    by_ends: dict[int, list[str]] = {}
    for link in calculation.links:
        if link in calculation.reverse_keyed:
            by_ends.setdefault(sum(ranges[link]), []).append(link)
    for ends, links in by_ends.items():
        answers = _answers(links)
        if is_count:
            yield f"+ {answers}.where(weight() <= {ends - least}).count()"
        else:
            yield f"+ {answers}.count() * {ends}"
            yield f"- {_sum(links, may_be_empty=may_be_empty)}"


def _sum(links: Iterable[str], *, may_be_empty: bool) -> str:
    answers = _answers(links)
    added = f"{answers}.weight().sum()"
    # The sum of nothing is nothing, and so is whatever is added to it.
    return f"iif({answers}.exists(), {added}, 0)" if may_be_empty else added


def _own(expression: str, ranges: Ranges) -> Calculation | None:
    """Return the calculation of an expression that is exactly as we write it."""
    first, enough = _FIRST_LINKS.match(expression), _NEEDED.search(expression)
    if not (first and enough):
        return None
    links = _links(first[1])
    computed = expression.removesuffix(", {})")
    undivided = computed.removesuffix(f" / {_answers(links)}.count()")
    multiplied = _MULTIPLIED.search(undivided)
    if multiplied is None:
        return None
    if not set(links) <= ranges.keys():
        return None
    counted, from_above = _COUNTED.search(expression), _COUNTED_FROM_ABOVE.search(expression)
    reverse = [
        link
        for group in (_REVERSED if from_above else _SUBTRACTED).findall(expression)
        for link in _links(group)
    ]
    at_least: int | None = None
    method: Method = "sum" if undivided == computed else "mean"
    if counted is not None:
        at_least = int(counted[1])
    elif from_above is not None and reverse:
        at_least = sum(ranges[reverse[0]]) - int(from_above[1])
    found = Calculation(
        method=method if at_least is None else "count",
        links=tuple(links),
        reverse_keyed=tuple(link for link in links if link in reverse),
        at_least=at_least,
        multiply_by=int(multiplied[1]),
        max_unanswered=len(links) - int(enough[1]),
    )
    return found if written(found, ranges) == expression else None


def _plain_sum(expression: str, ranges: Ranges) -> Calculation | None:
    found = _PLAIN_SUM.fullmatch(re.sub(r" ?([|=*]) ?", r"\1", expression))
    if found is None:
        return None
    named = found["several"] or found["either"]
    links = _links(named) if named else list(ranges)
    if not links or not set(links) <= ranges.keys():
        return None
    return Calculation("sum", tuple(links), multiply_by=int(found["times"] or 1))


def _links(literals: str) -> Sequence[str]:
    return [literal[1:-1] for literal in re.findall(_LINK, literals)]
