"""pydantic's errors → one entry for each thing that is wrong, at its place in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from moodcheck.core.data_model import DataPath

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

NO_FORM = "no_form"
"""The type of a wrong whose value has none of the forms it may have."""


class Wrong(NamedTuple):
    """One thing that is wrong with a value or its key."""

    type: str
    """pydantic's name of the kind of error, or `NO_FORM`."""
    path: DataPath
    value: object
    """What stands there now; None where nothing does."""
    rule: Mapping[str, Any] = {}
    """What the rule asks for: pydantic's `ctx`, or `forms`."""
    is_key: bool = False
    """The key itself is wrong, and not its value."""


def wrongs(error: ValidationError, tree: object) -> list[Wrong]:
    """Return what is wrong with `tree`, each thing once.

    Where a value may have one of several forms, pydantic tells why it is none of them. Here the
    form that the author had in mind counts, and the value is `NO_FORM` where that is unclear.
    """
    found: list[Wrong] = []
    forms: dict[DataPath, list[Wrong]] = {}
    for detail in error.errors(include_input=False, include_url=False):
        wrong, is_about_a_form = _located(detail, tree)
        if is_about_a_form:
            forms.setdefault(wrong.path, []).append(wrong)
        elif not _is_an_echo(wrong):
            found.append(wrong)
    inside = {wrong.path[:length] for wrong in found for length in range(len(wrong.path))}
    found += [
        Wrong(NO_FORM, path, tried[0].value, {"forms": tried})
        for path, tried in forms.items()
        if path not in inside
    ]
    return found


def _located(detail: ErrorDetails, tree: object) -> tuple[Wrong, bool]:
    """Return the error at its place, and whether it only says which form the value lacks."""
    loc, node = detail["loc"], tree
    path: DataPath = ()
    last_is_a_tag = False
    for segment in loc:
        # What leads nowhere is pydantic's own name for one form of a union.
        last_is_a_tag = not _leads_on(node, segment)
        if not last_is_a_tag:
            node, path = node[segment], (*path, segment)  # type: ignore[index]
    rule = detail.get("ctx", {})
    if detail["type"] == "missing":
        return Wrong("missing", (*path, loc[-1]), None, rule), False
    is_key = loc[-1:] == ("[key]",)
    return Wrong(detail["type"], path, node, rule, is_key), last_is_a_tag and not is_key


def _leads_on(node: object, segment: str | int) -> bool:
    if isinstance(node, dict):
        return segment in node
    return isinstance(node, list) and isinstance(segment, int) and segment < len(node)


def _is_an_echo(wrong: Wrong) -> bool:
    """Return whether a list is only too short because some of its entries are wrong."""
    if wrong.type != "too_short" or not isinstance(wrong.value, list):
        return False
    return len(wrong.value) >= int(wrong.rule["min_length"])
