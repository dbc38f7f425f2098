"""A form joined with a known scoring → the tree of a questionnaire file.

The wording of others stands in quotation marks, so that nobody takes it for words of moodcheck.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from moodcheck.interop.taken_over import ResponseSets, licence_of, quotation, stem_of

if TYPE_CHECKING:
    from moodcheck.core.language import Language
    from moodcheck.core.questionnaire_parts import ResponseOption
    from moodcheck.interop.joining import Joined

Tree = dict[str, Any]


def with_wording(joined: Joined, language: Language, *, origin: str) -> Tree:
    """Return a questionnaire that is scored as before, and has the wording of a form.

    Context items that the form lacks are left out, and whatever advice only they could lead to.

    Args:
        joined: the form and the questionnaire.
        language: which words a title may not have.
        origin: where the wording comes from, as a sentence.
    """
    form, questionnaire = joined.form, joined.questionnaire
    tree = questionnaire.plain_data()
    # Ours says in brackets that there is no wording.
    own = questionnaire.title.partition(" (")[0]
    is_usable = form.title not in {None, questionnaire.title}
    is_usable = is_usable and not language.denied_words(form.title or "")
    tree["title"] = form.title if is_usable else own
    tree["language"] = form.language or questionnaire.language
    tree["licence"] = licence_of(form)
    tree["source"]["note"] = f"{origin} The scoring comes with moodcheck."
    if stem := stem_of([joined.items[item.id] for item in questionnaire.items]):
        tree["stem"] = stem
    sets = ResponseSets()
    for section in ("items", "context"):
        tree[section] = [
            _worded(item, joined, sets)
            for item in tree.get(section, ())
            if item["id"] in joined.items
        ]
    tree["responses"] = sets.named
    tree["advice"] = list(_advice(tree["advice"], joined))
    return tree


def _worded(item: Tree, joined: Joined, sets: ResponseSets) -> Tree:
    theirs = joined.items[item["id"]]
    told = {**item, "text": quotation(theirs.text)}
    if theirs.help is not None:
        told["help"] = theirs.help
    if theirs.kind == "choice":
        ours = joined.questionnaire.options(item["id"])
        labels = dict(zip(joined.values[item["id"]], theirs.options, strict=True))
        options = [_option(one, labels[one.value].label) for one in ours]
        told["responses"] = sets.name_of(options, item["responses"])
    return told


def _option(ours: ResponseOption, label: str | None) -> Tree:
    plain = ours.model_dump(mode="json", by_alias=True, exclude_unset=True)
    value = plain.pop("value")
    return {"value": value, "label": label, **{k: v for k, v in plain.items() if k != "label"}}


def _advice(rules: Sequence[Tree], joined: Joined) -> Iterator[Tree]:
    """Yield the rules without conditions about items that are not asked."""
    asked = {*joined.items, "any"}
    for rule in rules:
        when = [entry for entry in rule.get("when", ()) if _items_of(entry) <= asked]
        if when or "when" not in rule:
            yield rule | ({"when": when} if when else {})


def _items_of(entry: Mapping[str, Any]) -> set[str]:
    return {part["item"] for part in entry.get("all", [entry])}
