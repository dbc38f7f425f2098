"""Which item of a questionnaire stands behind a linkId of somebody else's responses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from moodcheck.errors import BadData, Problem
from moodcheck.interop.code_systems import loinc_in
from moodcheck.interop.fhir.elements import quoted
from moodcheck.interop.fhir.names import scale_link

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.interop.form import Form, FormItem

_LOINC = "loinc"
_NUMBERED = re.compile(r"(.*?\D)0*([1-9][0-9]{0,2})")
_SIGNS = re.compile(r"[^a-z0-9]+")


class Links:
    """Tells items by linkId: by what somebody says, by codes, by name and by number."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        *,
        form: Form | None = None,
        named: Mapping[str, str] | None = None,
        seen: Collection[str] = (),
        address: str = "",
    ) -> None:
        """Tell them for responses to one Questionnaire.

        Args:
            questionnaire: whose items they are.
            form: the Questionnaire, where it is at hand.
            named: linkId → the id of the item that somebody says it is; nothing goes before it.
            seen: linkIds that stand in the responses: numbered ones are told by all of them.
            address: what the responses call their Questionnaire.
        """
        self._questionnaire = questionnaire
        self._named = named or {}
        self._form = None if form is None else {item.link: item for item in form.items}
        self._items = {
            pair: item.id for item in questionnaire.all_items for pair in item.codes.items()
        }
        self._scales = {
            pair: scale.id for scale in questionnaire.scales for pair in scale.codes.items()
        }
        self._written = {scale_link(scale.id): scale.id for scale in questionnaire.scales}
        self._numbered = _by_number(questionnaire, seen, address)

    def item(self, link: str, definition: str = "") -> str | None:
        """Return the id of the item, or None where it is none that anybody could tell.

        Args:
            link: the linkId.
            definition: what the response says defines the item.
        """
        if link in self._named:
            return self._named[link]
        by_code = self._coded(self._items, link, definition)
        if by_code is not None:
            return None if by_code in self._named.values() else by_code
        found = link if link in self._questionnaire else self._numbered.get(link)
        is_free = found is not None and found not in self._named.values()
        return found if is_free and self._may_be(link, found) else None

    def scale(self, link: str, definition: str = "") -> str | None:
        """Return the id of the scale whose score stands there, or None."""
        if link in self._named:
            return None
        return self._coded(self._scales, link, definition) or self._written.get(link)

    def is_unknown(self, link: str) -> bool:
        """Return whether the Questionnaire is at hand and has no such item."""
        return self._form is not None and link not in self._form and link not in self._named

    def form_item(self, link: str) -> FormItem | None:
        """Return the item as its Questionnaire has it, where that is at hand."""
        return None if self._form is None else self._form.get(link)

    def refuse_misfits(self, shown: str, apart_from: Collection[str] = ()) -> None:
        """Refuse a Questionnaire whose answers count otherwise than those of the items they are.

        Args:
            shown: what messages call it.
            apart_from: ids of items of which somebody says what each answer is worth.

        Raises:
            BadData: naming each item.
        """
        if problems := [*self._misfits(apart_from)]:
            raise BadData(
                f"{shown} counts its answers otherwise than {self._questionnaire.id} does",
                mend="If it is the same questionnaire, say under 'answers' in a map what each "
                "answer is worth",
                problems=problems,
            )

    def _misfits(self, apart_from: Collection[str]) -> Iterator[Problem]:
        for link, asked in (self._form or {}).items():
            item = self.item(link)
            if item is None or item in apart_from or not asked.options:
                continue
            theirs = [one.value for one in asked.options]
            ours = {one.value for one in self._questionnaire.options(item)}
            known = {one for one in theirs if one is not None}
            if not known <= ours or (None not in theirs and known != ours):
                what = f"its answers count {_listed(known)}, and those of {item} {_listed(ours)}"
                yield Problem(f"item {quoted(link)}", what, "Compare the two")

    def _coded(
        self, known: Mapping[tuple[str, str], str], link: str, definition: str
    ) -> str | None:
        """Return what a code stands for: of the form's item, or at the end of a name."""
        asked = self.form_item(link)
        pairs = [*asked.codes.items()] if asked is not None else []
        codes = map(loinc_in, (link, definition))
        pairs += ((_LOINC, code) for code in codes if code is not None)
        return next((known[pair] for pair in pairs if pair in known), None)

    def _may_be(self, link: str, item: str | None) -> bool:
        """Return whether no code says that what is called like an item is another one."""
        asked = self.form_item(link)
        if asked is None or item is None:
            return True
        ours = self._questionnaire.item(item).codes
        return all(ours.get(system, code) == code for system, code in asked.codes.items())


def _listed(values: Collection[int]) -> str:
    return ", ".join(map(str, sorted(values))) or "nothing"


def _by_number(questionnaire: Questionnaire, seen: Collection[str], address: str) -> dict[str, str]:
    """Return the items of linkIds that differ in their number alone: all of them, from 1 on.

    What stands before the number has to be the name of the questionnaire, with or without its own
    number, as in `PHQ.1`; or the responses have to name it, where all that is there is a position,
    as in `H1/T1/Q1`. Nine questions of anybody's could be called so.
    """
    stems: dict[str, dict[int, str]] = {}
    for link in seen:
        if found := _NUMBERED.fullmatch(link):
            stems.setdefault(found[1], {})[int(found[2])] = link
    scored = [item.id for item in questionnaire.items]
    every = [item.id for item in questionnaire.all_items]
    for stem, links in stems.items():
        if not (_is_name(stem, questionnaire.id) or _is_named(address, questionnaire.id)):
            continue
        for ids in (every, scored):
            if {*links} == {*range(1, len(ids) + 1)}:
                return {links[place]: one for place, one in enumerate(ids, start=1)}
    return {}


def _is_name(stem: str, questionnaire: str) -> bool:
    name = _SIGNS.sub("", questionnaire)
    return _SIGNS.sub("", stem.lower()) in {name, name.rstrip("0123456789")}


def _is_named(address: str, questionnaire: str) -> bool:
    """Return whether an address has the name of a questionnaire in it, as `…/PHQ9|1.0` has."""
    words = [re.escape(word) for word in _SIGNS.split(questionnaire)]
    name = r"[-_. ]?".join(words)
    return re.search(rf"(?<![a-z0-9]){name}(?![0-9a-z])", address.lower()) is not None
