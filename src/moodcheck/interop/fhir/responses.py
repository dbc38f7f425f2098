"""A file of responses, told by its beginning: which Questionnaire it answers, and with what links.

A file may bring responses to several Questionnaires, as a bulk export does. Those to one of them
are read: to the one that is at hand, else to the first that has every item.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from moodcheck.errors import BadData, Problem
from moodcheck.files.strict_json import parse
from moodcheck.interop.fhir.answers import AnswerReader, Cells
from moodcheck.interop.fhir.elements import quoted
from moodcheck.interop.fhir.links import Links
from moodcheck.interop.fhir.reading import read_form
from moodcheck.interop.fhir.response import (
    RESPONSE,
    Fault,
    NotAResourceError,
    Response,
    read_line,
    read_response,
)

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.interop.fhir.answers import Meaning
    from moodcheck.interop.fhir.response import Given

_QUESTIONNAIRE = "Questionnaire"
_MOST_RESOURCES = 20_000
_ENOUGH_RESPONSES = 1_000
_MOST_LINKS = 2_000
_MOST_NAMED = 5
_MOST_LINKS_NAMED = 20

Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody says of the responses in a file."""

    questionnaire: Questionnaire
    form: Resource | None = None
    """The Questionnaire that they answer, as strict JSON has it."""
    named: Mapping[str, str] = field(default_factory=dict)
    """linkId → the id of the item that it is."""
    as_given: Collection[str] = ()
    """Ids of the items whose answers stay as they stand there."""


@dataclass(slots=True)
class _Seen:
    """What the first resources of a file are."""

    responses: list[Response] = field(default_factory=list)
    forms: list[Resource] = field(default_factory=list)
    """The Questionnaires among them."""
    contained: tuple[Resource, Resource] | None = None
    """The first Questionnaire inside a response, as `Response.forms` has it, and as plain JSON."""
    kinds: dict[str, int] = field(default_factory=dict)

    def add(self, line: bytes) -> None:
        try:
            resource = read_line(line)
        except NotAResourceError:
            return
        kind = resource["resourceType"]
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        if kind == _QUESTIONNAIRE:
            self.forms.append(_plain(line))
        if kind != RESPONSE or isinstance(found := read_response(resource), Fault):
            return
        self.responses.append(found)
        if found.forms and self.contained is None:
            plain = read_response(_plain(line))
            if isinstance(plain, Response):
                self.contained = (found.forms[0], plain.forms[0])


class ResponsesReader:
    """Reads the responses of a file as answers to a questionnaire."""

    def __init__(self, wish: Wish, lines: Iterable[bytes], shown: str) -> None:
        """Look at the beginning of a file.

        Args:
            wish: what somebody says of it.
            lines: its first resources, each on a line.
            shown: what messages call the file.

        Raises:
            BadData: when there is no response among them, when they answer another Questionnaire
                than the one that is given, or that one cannot be read or counts otherwise.
        """
        self._shown, self._questionnaire = shown, wish.questionnaire.id
        seen = _first(lines, shown)
        groups = _by_address(seen.responses)
        form, self._contained = wish.form, None
        if form is None and seen.contained is not None:
            self._contained, form = seen.contained
        elif form is None:
            form = next((one for one in seen.forms if any(_fits(one, to) for to in groups)), None)
        read = None if form is None else read_form(form, shown)
        told = {
            address: Links(
                wish.questionnaire, form=read, named=wish.named, seen=links, address=address
            )
            for address, links in groups.items()
            if form is None or _fits(form, address)
        }
        if not told:
            raise _other_questionnaire(form or {}, [*groups], shown)
        self._address = max(told, key=lambda one: len(_items(told[one], groups[one])))
        self.links = told[self._address]
        """Tells which linkId is which item."""
        asked = {item.link: "" for item in read.items} if read is not None else {}
        self.seen = {**groups[self._address], **asked}
        """linkIds of the responses and of the Questionnaire, with what defines each."""
        self.items = tuple(_items(self.links, self.seen))
        """Ids of the items that are asked, as far as anybody can tell."""
        self.links.refuse_misfits(shown if read is None else read.shown, wish.as_given)
        self._answers = AnswerReader(wish.questionnaire, self.links, wish.as_given)

    @property
    def meaning(self) -> Callable[[Given], Meaning]:
        """What stands under a linkId, by itself."""
        return self._answers.meaning

    def cells(self, response: Response) -> Cells:
        """Return what a response says."""
        is_other = not self.is_one_of(response.heads["form"])
        if self._contained is not None and response.forms[:1] != (self._contained,):
            is_other = True
        cells = self._answers.cells(response, is_other=is_other)
        if not (cells.items or is_other) and any(given.values for given in response.given):
            return self._answers.cells(response, is_other=True)
        return cells

    @property
    def has_contained(self) -> bool:
        """Whether each response contains the Questionnaire that it answers."""
        return self._contained is not None

    def refuse_absent(self, needed: Iterable[str], mend: str) -> None:
        """Refuse a file without an item: it may not have been asked, and is not unanswered then.

        Args:
            needed: ids of items that have to be somewhere.
            mend: what to do about one that is nowhere.

        Raises:
            BadData: naming every item that is nowhere, and the linkIds that are no item's.
        """
        absent = dict.fromkeys(item for item in needed if item not in self.items)
        if not absent:
            return
        problems = [Problem(f"item {one}", "no response answers it", mend) for one in absent]
        links = [link for link in self.seen if self.links.item(link) is None]
        there = ", ".join(quoted(link) for link in links[:_MOST_LINKS_NAMED])
        raise BadData(
            f"{self._shown} cannot be scored as {self._questionnaire} as it is",
            mend="Give the Questionnaire that was answered with --form"
            + (f". Its other linkIds are {there}" if there else ""),
            problems=problems,
        )

    def is_one_of(self, questionnaire: str) -> bool:
        """Return whether a response that says so answers the Questionnaire that is read."""
        return _base(questionnaire) in {self._address, ""}


def _plain(line: bytes) -> Resource:
    found = parse(line)
    if not isinstance(found, dict):
        raise TypeError
    return found


def _first(lines: Iterable[bytes], shown: str) -> _Seen:
    """Return what the first resources are; raises BadData where there is no response."""
    seen = _Seen()
    for line in islice(lines, _MOST_RESOURCES):
        if line.strip():
            seen.add(line)
        if len(seen.responses) == _ENOUGH_RESPONSES:
            break
    if not seen.responses:
        raise _no_responses(seen, shown)
    return seen


def _by_address(responses: Iterable[Response]) -> dict[str, dict[str, str]]:
    """Return the linkIds of responses, by what they call their Questionnaire."""
    found: dict[str, dict[str, str]] = {}
    for one in responses:
        links = found.setdefault(_base(one.heads["form"]), {})
        if len(links) < _MOST_LINKS:
            links.update((given.link, given.definition) for given in one.given)
    return found


def _items(links: Links, seen: Mapping[str, str]) -> dict[str, None]:
    found = (links.item(link, definition) for link, definition in seen.items())
    return dict.fromkeys(item for item in found if item is not None)


def _base(canonical: str) -> str:
    """Return an address without the version at its end."""
    return canonical.partition("|")[0]


def _fits(form: Resource, address: str) -> bool:
    """Return whether an address may be that of a Questionnaire."""
    url, name = form.get("url"), form.get("id")
    if not address or not (url or name):
        return True
    names = (f"#{name}", f"{_QUESTIONNAIRE}/{name}")
    return address == url or (name is not None and address.endswith(names))


def _no_responses(seen: _Seen, shown: str) -> BadData:
    if [*seen.kinds] == [_QUESTIONNAIRE]:
        return BadData(
            f"{shown} is a FHIR Questionnaire: what is asked, and nobody's answers",
            mend="Name the file of the responses, and give this one with --form",
        )
    there = ", ".join(f"{count:,} {kind}" for kind, count in seen.kinds.items()) or "nothing"
    return BadData(
        f"{shown} has no {RESPONSE} of FHIR R4 among its first resources; it has {there}",
        mend="Ask for the QuestionnaireResponses, as JSON of FHIR R4",
    )


def _other_questionnaire(form: Resource, addresses: Sequence[str], shown: str) -> BadData:
    theirs = ", ".join(quoted(one) for one in addresses[:_MOST_NAMED])
    return BadData(
        f"The responses in {shown} answer {theirs}, and the Questionnaire that is given is "
        f"{quoted(str(form.get('url') or form.get('id')))}",
        mend="Give the Questionnaire that they answer",
    )
