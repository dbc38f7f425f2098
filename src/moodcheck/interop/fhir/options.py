"""What an item of a Questionnaire offers: its options, or those of a value set inside the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from moodcheck.interop.code_systems import system_name
from moodcheck.interop.fhir.elements import Element, quoted
from moodcheck.interop.fhir.names import WEIGHTS
from moodcheck.interop.form import FormOption

MOST_OPTIONS = 101
_HIGHEST = 1_000
_MOST_LEVELS = 32

ValueSets = Mapping[str, Element]
"""The value sets inside a resource, by the id that `#id` refers to."""


def contained_value_sets(resource: Element) -> ValueSets:
    """Return the value sets that a resource contains."""
    found: dict[str, Element] = {}
    for one in resource.elements("contained"):
        name = one.text("id")
        if one.tree.get("resourceType") == "ValueSet" and name is not None:
            if name in found:
                one.refuse(f"two contained resources are called {quoted(name)}", "Rename one")
            found[name] = one
    return found


def options_of(item: Element, value_sets: ValueSets) -> tuple[FormOption, ...]:
    """Return what an item offers; problems go to the item."""
    before = len(item.problems)
    if "answerValueSet" in item.tree:
        offered = _of_value_set(item, value_sets)
    else:
        offered = map(_option, item.elements("answerOption"))
    options = tuple(islice(offered, MOST_OPTIONS + 1))
    if not options and len(item.problems) == before:
        item.refuse("it offers no answers", "Use a file that has them in 'answerOption'")
    if len(options) > MOST_OPTIONS:
        item.refuse(f"it offers more than {MOST_OPTIONS} answers", "Leave some out")
    _refuse_twice(item, options)
    return options


def codes_of(element: Element, key: str) -> dict[str, str]:
    """Return the codings under a key, as codes by system."""
    found: dict[str, str] = {}
    for coding in element.elements(key):
        system, code = coding.text("system"), coding.text("code")
        if code is not None:
            found.setdefault(system_name(system or ""), code)
    return found


def _option(option: Element) -> FormOption:
    names = [name for name in option.tree if name.startswith("value")]
    if len(names) != 1:
        option.refuse("an answer needs exactly one value", "Give it a valueCoding")
        return FormOption(None, None)
    weight = _weight(option)
    match names[0]:
        case "valueCoding":
            coding = option.element("valueCoding")
            return _coded(coding, weight) if coding else FormOption(None, weight)
        case "valueString":
            return FormOption(option.text("valueString"), weight)
        case "valueInteger":
            number = option.number("valueInteger")
            whole = _whole(option, "valueInteger", number)
            return FormOption(None if whole is None else str(whole), whole)
    what = f"an answer by {quoted(names[0])} cannot be chosen here"
    option.refuse(what, "Use valueCoding, valueString or valueInteger")
    return FormOption(None, None)


def _coded(coding: Element, weight: int | None) -> FormOption:
    inside = _weight(coding)
    if weight is not None and inside is not None and weight != inside:
        coding.refuse("the answer and its coding have different weights", "Keep one of the two")
    system, code = coding.text("system"), coding.text("code")
    codes = {} if code is None else {system_name(system or ""): code}
    return FormOption(coding.text("display"), weight if weight is not None else inside, codes)


def _weight(element: Element) -> int | None:
    """Return the weight that the extensions of an option, a coding or a concept give it."""
    found: list[int] = []
    for extension in element.extensions(*WEIGHTS):
        if "valueDecimal" not in extension.tree:
            what = "a weight must be a valueDecimal"
            extension.refuse(what, "Write the number as valueDecimal")
            continue
        whole = _whole(extension, "valueDecimal", extension.number("valueDecimal"))
        if whole is not None:
            found.append(whole)
    if len(set(found)) > 1:
        element.refuse("its weights contradict each other", "Keep one of them")
    return found[0] if found else None


def _whole(element: Element, key: str, number: float | None) -> int | None:
    """Return a number that can be the value of an option."""
    if number is None:
        return None
    if number != int(number) or abs(number) > _HIGHEST:
        what = f"a weight must be a whole number between -{_HIGHEST:,} and {_HIGHEST:,}"
        element.refuse(what, "moodcheck cannot score with this one", key=key)
        return None
    return int(number)


def _of_value_set(item: Element, value_sets: ValueSets) -> Iterator[FormOption]:
    reference = item.text("answerValueSet")
    if reference is None:
        return
    if not reference.startswith("#"):
        what = "its answers are kept elsewhere, and moodcheck never goes online"
        mend = "Use a file that contains them: as answerOption, or as a contained ValueSet"
        item.refuse(what, mend, key="answerValueSet")
        return
    yield from _concepts(item, reference.removeprefix("#"), value_sets, set())


def _concepts(
    item: Element, name: str, value_sets: ValueSets, taken: set[str]
) -> Iterator[FormOption]:
    if name in taken:
        what = f"the value set {quoted(name)} is taken twice, or contains itself"
        item.refuse(what, "Name each once", key="answerValueSet")
        return
    taken.add(name)
    if name not in value_sets:
        what = f"there is no contained ValueSet {quoted(name)}"
        item.refuse(what, "Put it into the file", key="answerValueSet")
        return
    value_set = value_sets[name]
    if (expansion := value_set.element("expansion")) is not None:
        yield from _expanded(expansion, None, 0)
        return
    compose = value_set.element("compose")
    for include in compose.elements("include") if compose else ():
        yield from _included(item, include, value_sets, taken)
    if compose and "exclude" in compose.tree:
        compose.refuse("'exclude' is not understood", "List the answers that are left")


def _included(
    item: Element, include: Element, value_sets: ValueSets, taken: set[str]
) -> Iterator[FormOption]:
    system = include.text("system")
    for concept in include.elements("concept"):
        yield _concept(concept, system)
    if "concept" in include.tree:
        return
    others = include.tree.get("valueSet")
    if not isinstance(others, list) or "filter" in include.tree:
        what = "a value set must list its answers, because moodcheck never goes online"
        include.refuse(what, "List them as concept, or as an expansion")
        return
    for other in others:
        yield from _concepts(item, str(other).removeprefix("#"), value_sets, taken)


def _expanded(element: Element, system: str | None, level: int) -> Iterator[FormOption]:
    if level > _MOST_LEVELS:
        element.refuse(f"answers are nested more than {_MOST_LEVELS} levels deep", "Flatten them")
        return
    for concept in element.elements("contains"):
        of = concept.text("system") or system
        if not concept.flag("abstract"):
            yield _concept(concept, of)
        yield from _expanded(concept, of, level + 1)


def _concept(concept: Element, system: str | None) -> FormOption:
    code = concept.text("code")
    codes = {} if code is None else {system_name(system or ""): code}
    return FormOption(concept.text("display"), _weight(concept), codes)


def _refuse_twice(item: Element, options: tuple[FormOption, ...]) -> None:
    """Refuse answers that nobody could tell from each other."""
    weights = [option.value for option in options if option.value is not None]
    codes = [pair for option in options for pair in option.codes.items()]
    labels = [option.label for option in options if option.label is not None]
    for what, found in (("weight", weights), ("code", codes), ("text", labels)):
        if len(set(found)) < len(found):
            item.refuse(f"two of its answers have the same {what}", "Tell them apart")
