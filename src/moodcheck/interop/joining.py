"""A form joined with a questionnaire that knows how to score it, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moodcheck.errors import BadData, Problem
from moodcheck.interop.code_systems import loinc_in
from moodcheck.interop.form import Form, FormItem

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import Item, ResponseOption

_MEND = "Use a file of this very questionnaire, or write the wording into a copy by hand"


@dataclass(frozen=True, slots=True)
class Joined:
    """Every scored item of a questionnaire, and the item of a form that is the same."""

    form: Form
    questionnaire: Questionnaire
    items: Mapping[str, FormItem]
    """By item id; context items that the form lacks are not in it."""
    values: Mapping[str, tuple[int, ...]]
    """For each of them, what its options score, in the order of the form."""
    is_by_position: bool
    """Whether nothing but their order tells which item is which."""
    left_out: tuple[FormItem, ...]
    """What the form asks and the questionnaire does not, or with other answers."""


def loinc_of(item: FormItem) -> str | None:
    """Return the LOINC code of an item: the one it has, else the one its name is made of."""
    if code := item.codes.get("loinc"):
        return code
    return loinc_in(item.link)


def best_fit(form: Form, known: Iterable[Questionnaire]) -> Questionnaire | None:
    """Return the questionnaire that a form is by its codes or names; None for none of `known`.

    Raises:
        BadData: when it could be several of them.
    """
    whole = form.codes.get("loinc")
    fitting = [one for one in known if _is_whole(form, one)]
    named = [one for one in known if whole is not None and one.codes.get("loinc") == whole]
    if named:
        return named[0]
    # The items of a short form are items of the long one, too.
    most = max((len(one.items) for one in fitting), default=0)
    largest = [one for one in fitting if len(one.items) == most]
    apart = [one for one in fitting if not _is_part(one, largest[0])]
    if len(largest) > 1 or apart:
        ids = ", ".join(sorted({one.id for one in (*largest, *apart)}))
        raise BadData(
            f"{form.shown} holds more than one questionnaire: {ids}", mend="Name one with --as"
        )
    return largest[0] if largest else None


def join(form: Form, questionnaire: Questionnaire, *, by_position: bool = False) -> Joined:
    """Return a form joined with a questionnaire.

    Args:
        form: has the wording.
        questionnaire: has the scoring.
        by_position: whether items may be told by their order, where nothing else tells them.

    Raises:
        BadData: naming each place where the two do not fit.
    """
    problems: list[Problem] = []
    found = dict(_found(form, questionnaire, problems))
    is_by_position = by_position and not found and not problems
    if is_by_position:
        found = _by_position(form, questionnaire, problems)
    if not problems:
        problems += _missing(questionnaire, found)
    deciding = {one.id for one in questionnaire.items} | {
        one.item for one in questionnaire.critical
    }
    values = {}
    for item_id, item in [*found.items()]:
        doubts: list[Problem] = []
        values[item_id] = _values(item, questionnaire.options(item_id), item_id, doubts)
        if doubts and item_id not in deciding:
            # Many forms count it otherwise, and the scores are right without it.
            del found[item_id], values[item_id]
        else:
            problems += doubts
    if problems:
        title = f"{form.shown} does not fit the scoring of {questionnaire.id}"
        raise BadData(title, problems=problems)
    links = {item.link for item in found.values()}
    left_out = tuple(item for item in form.items if item.link not in links and item.kind != "score")
    return Joined(form, questionnaire, found, values, is_by_position, left_out)


def _is_whole(form: Form, questionnaire: Questionnaire) -> bool:
    return all(_candidates(form, item) for item in questionnaire.items)


def _is_part(one: Questionnaire, other: Questionnaire) -> bool:
    ours, theirs = ({item.codes.get("loinc", item.id) for item in q.items} for q in (one, other))
    return ours <= theirs


def _candidates(form: Form, item: Item) -> list[FormItem]:
    code = item.codes.get("loinc")
    coded = [one for one in form.items if code is not None and loinc_of(one) == code]
    return coded or [one for one in form.items if one.link == item.id]


def _found(
    form: Form, questionnaire: Questionnaire, problems: list[Problem]
) -> Iterator[tuple[str, FormItem]]:
    for item in questionnaire.all_items:
        candidates = _candidates(form, item)
        if len(candidates) > 1:
            places = ", ".join(one.place for one in candidates)
            what = f"several could be '{item.label}' ({item.id})"
            problems.append(Problem(places, what, "Keep one of them"))
        elif candidates:
            [one] = candidates
            if one.kind == item.type:
                yield item.id, one
            else:
                what = f"'{item.label}' ({item.id}) cannot be asked as '{one.type}'"
                problems.append(Problem(one.place, what, _MEND))


def _by_position(
    form: Form, questionnaire: Questionnaire, problems: list[Problem]
) -> dict[str, FormItem]:
    """Return the items in their order, where there are as many as the questionnaire has."""
    asked: Sequence[Item] = [item for item in questionnaire.all_items if item.type == "choice"]
    counts = {len(questionnaire.items), len(asked)}
    if len(form.choices) not in counts:
        wanted = " or ".join(map(str, sorted(counts)))
        what = f"it offers answers to {len(form.choices)} items, and {questionnaire.id} to {wanted}"
        problems.append(Problem("", what, _MEND))
        return {}
    pairs = zip(asked, form.choices, strict=False)
    return {item.id: one for item, one in pairs}


def _missing(questionnaire: Questionnaire, found: Mapping[str, FormItem]) -> Iterator[Problem]:
    for item in questionnaire.items:
        if item.id not in found:
            code = f", LOINC {item.codes['loinc']}" if "loinc" in item.codes else ""
            what = f"nothing in the file is '{item.label}' ({item.id}{code})"
            yield Problem("", what, _MEND)


def _values(
    item: FormItem, ours: Sequence[ResponseOption], item_id: str, problems: list[Problem]
) -> tuple[int, ...]:
    """Return what each option scores, by its weight and its code, which may not disagree."""
    by_code = {pair: one.value for one in ours for pair in one.codes.items()}
    values: list[int] = []
    for position, option in enumerate(item.options, start=1):
        place = f"{item.place}, answer {position}"
        coded = {by_code[pair] for pair in option.codes.items() if pair in by_code}
        told = coded if option.value is None else {option.value, *coded}
        if len(told) != 1:
            why = "neither its weight nor its code says" if not told else "weight and code disagree"
            problems.append(Problem(place, f"{why} which answer of '{item_id}' it is", _MEND))
            return ()
        if option.label is None:
            problems.append(Problem(place, "this answer has no words", "Add its display"))
        values.append(told.pop())
    offered, scored = sorted(values), sorted(one.value for one in ours)
    if item.kind == "choice" and offered != scored:
        texts = [", ".join(map(str, numbers)) for numbers in (offered, scored)]
        what = f"it offers {texts[0]}, and '{item_id}' is scored with {texts[1]}"
        problems.append(Problem(item.place, what, _MEND))
    return tuple(values)
