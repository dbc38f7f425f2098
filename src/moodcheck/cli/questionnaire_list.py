"""Which questionnaires there are, where each comes from, and which can be asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from moodcheck.errors import MoodcheckError
from moodcheck.safe_text import safe_lines, safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.loading.catalogue import Listed


def as_lines(listed: Iterable[Listed]) -> str:
    """Return lines for each questionnaire: what it is, and what can be done with it."""
    return "".join(f"{_what(one)}\n  {_where(one)}\n  {_use(one)}\n" for one in listed)


def as_json(listed: Iterable[Listed]) -> str:
    """Return an indented JSON array with an object for each questionnaire, ASCII."""
    return json.dumps([_object(one) for one in listed], indent=2) + "\n"


def _what(one: Listed) -> str:
    if isinstance(one.found, MoodcheckError):
        return one.id
    return f"{one.id}  {one.found.version}  {safe_text(one.found.title)}"


def _where(one: Listed) -> str:
    if one.takes_place:
        return _("yours, with its wording, in place of the one that comes with moodcheck")
    return _("yours") if one.is_own else _("comes with moodcheck")


def _use(one: Listed) -> str:
    if isinstance(one.found, MoodcheckError):
        said = _("cannot be used; to see why: moodcheck questionnaire validate {file}")
        return said.format(file=safe_text(str(one.file)))
    if one.found.has_wording:
        return _("ready to use: moodcheck check {id}").format(id=one.id)
    if one.is_own:
        return _("has no wording, so it only scores files")
    said = _("has no wording; to bring it: moodcheck questionnaire copy {id} FILE")
    return said.format(id=one.id)


def _object(one: Listed) -> dict[str, Any]:
    found = one.found
    document: dict[str, Any] = {
        "id": one.id,
        "source": "own" if one.is_own else "built_in",
        "file": safe_text(str(one.file)),
    }
    if isinstance(found, MoodcheckError):
        return document | {"can_be_asked": False, "problem": safe_lines(str(found))}
    return document | {
        "version": found.version,
        "title": safe_text(found.title),
        "can_be_asked": found.has_wording,
        "problem": None,
    }
