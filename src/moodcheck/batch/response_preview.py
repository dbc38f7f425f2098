"""The beginning of a file of FHIR: its linkIds, the items that these are, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from moodcheck.batch.map_proposal import Preview, answers_among, map_proposal
from moodcheck.batch.used_items import used_items
from moodcheck.errors import BadData
from moodcheck.interop.fhir.response import (
    RESPONSE,
    NotAResourceError,
    Response,
    read_line,
    read_response,
)
from moodcheck.interop.fhir.responses import ResponsesReader, Wish

if TYPE_CHECKING:
    from moodcheck.batch.responses import Asked


def preview_of_responses(asked: Asked, lines: Sequence[bytes], shown: str) -> Preview:
    """Return what the first resources of a file tell.

    Args:
        asked: what was answered; a map does not matter.
        lines: the resources, each on a line.
        shown: what messages call the file.

    Raises:
        BadData: as `ResponsesReader`; not where an answer counts otherwise, which a map can say.
    """
    used = used_items(asked.questionnaire)
    told = _reader(asked, {}, lines, shown)
    items: dict[str, str] = {}
    names = []
    for link, definition in told.seen.items():
        item = told.links.item(link, definition)
        if item in used:
            items.setdefault(item, link)
        if item in used or (item is None and told.links.scale(link, definition) is None):
            names.append(link)
    unread = Preview(names, [()] * len(names), items=items)
    guesses = map_proposal(asked.questionnaire, unread).item_guesses
    named = {link: item for item, link in {**items, **guesses}.items() if link is not None}
    reader = _reader(asked, named, lines, shown)
    texts: dict[str, set[str]] = {name: set() for name in names}
    for response in _responses(lines):
        for given in response.given if reader.is_one_of(response.heads["form"]) else ():
            if given.link in texts and given.values:
                texts[given.link].add(reader.meaning(given).text)
    return Preview(
        names,
        [answers_among(texts[name]) for name in names],
        labels={name: _labels(reader, name) for name in names},
        items=items,
    )


def _reader(
    asked: Asked, named: Mapping[str, str], lines: Sequence[bytes], shown: str
) -> ResponsesReader:
    wish = Wish(questionnaire=asked.questionnaire, form=asked.form, named=named)
    try:
        return ResponsesReader(wish, lines, shown)
    except BadData:
        # Where answers count otherwise, the map has to say what each is worth.
        every = [item.id for item in asked.questionnaire.all_items]
        return ResponsesReader(replace(wish, as_given=every), lines, shown)


def _responses(lines: Iterable[bytes]) -> Iterable[Response]:
    for line in lines:
        try:
            resource = read_line(line)
        except NotAResourceError:
            continue
        found = read_response(resource) if resource["resourceType"] == RESPONSE else None
        if isinstance(found, Response):
            yield found


def _labels(reader: ResponsesReader, link: str) -> dict[str, str]:
    asked = reader.links.form_item(link)
    return {
        code: option.label
        for option in (asked.options if asked is not None else ())
        for code in option.codes.values()
        if option.label is not None
    }
