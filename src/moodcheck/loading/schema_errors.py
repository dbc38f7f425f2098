"""The rules of a model that a tree breaks, in words for the author of the file.

No message repeats a value: it may be private.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from moodcheck.core.data_model import ID_PATTERN, DataPath, Fault
from moodcheck.loading.nodes import Words
from moodcheck.loading.problems import quoted

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

NO_FORM = "no_form"
"""The type of an error where a value has none of the forms that it may have."""

_KEYS = "keys with values"
_KINDS: dict[type, str] = {
    type(None): "empty",
    int: "a number",
    float: "a number with a point",
    str: "text",
    list: "a list",
    dict: _KEYS,
}
_NUMBER_TYPES = {"int_type", "int_from_float", "float_type"}
_FILLED_IN = re.compile(r"\\\{(\w+)\\\}")


class SchemaError(NamedTuple):
    """One rule of a model that a value, or its key, breaks."""

    type: str
    """pydantic's name of the kind of error, or `NO_FORM`."""
    path: DataPath
    value: object
    """What stands there now; None where nothing does."""
    rule: Mapping[str, Any] = {}
    """What the rule asks for: pydantic's `ctx`, or `forms`."""
    is_key: bool = False
    """The key breaks the rule, and not its value."""


class Pattern(NamedTuple):
    """A pattern that a text must match, in words for the author of the file."""

    what: str
    mend: str
    example: str


PATTERNS = {
    ID_PATTERN: Pattern(
        "must begin with a small letter and hold only small letters, digits, '-' and '_'",
        "Write it like 'low_mood'",
        "an-id",
    ),
    r"^\d{1,4}\.\d{1,4}\.\d{1,4}$": Pattern(
        "must be three numbers with points between them",
        'Write it in quotes, like "1.0.0"',
        "1.0.0",
    ),
    r"^[a-z]{2,3}(-[A-Z]{2})?$": Pattern(
        "must be the code of a language", "Write it like 'en' or 'pt-BR'", "en"
    ),
    r"^[A-Z]{2}$": Pattern(
        "must be the two capital letters of a country", "Write it like 'CA'", "CA"
    ),
    r"^[*#]?[0-9][0-9 -]*(, option [0-9])?$": Pattern(
        "must be a number as people dial it: digits, spaces and '-'",
        'Write it in quotes, like "555 0100", "*555" or "555, option 1"',
        "555 0100",
    ),
}
"""The patterns that texts of a data file may have to match."""


def pattern(regex: str) -> Pattern | None:
    """Return what a pattern asks for; None for one that has no words."""
    names = ["{" + name + "}" for name in _FILLED_IN.findall(regex)]
    if not names:
        return PATTERNS.get(regex)
    listed = ", then ".join(names)
    mend = "Write it where the program fills something in"
    return Pattern(f"must hold {listed}", mend, " ".join(names))


def schema_errors(error: ValidationError, tree: object) -> list[SchemaError]:
    """Return each rule that `tree` breaks, once.

    Where a value may have one of several forms, pydantic tells why it is none of them. Here the
    form that the author had in mind counts, and the error is `NO_FORM` where that is unclear.
    """
    found: list[SchemaError] = []
    forms: dict[DataPath, list[SchemaError]] = {}
    for detail in error.errors(include_input=False, include_url=False):
        one, is_about_a_form = _located(detail, tree)
        if is_about_a_form:
            forms.setdefault(one.path, []).append(one)
        elif not _is_an_echo(one):
            found.append(one)
    paths = [*(one.path for one in found), *forms]
    inside = {path[:length] for path in paths for length in range(len(path))}
    found += [_meant(tried) for path, tried in forms.items() if path not in inside]
    return found


def _meant(tried: list[SchemaError]) -> SchemaError:
    """Return the error of a value that has none of the forms that were tried."""
    types = {one.type for one in tried}
    # A word that is none of those allowed is meant as one, whatever else could stand there; and of
    # whole numbers and those with a point nobody needs to choose.
    if types == {"literal_error"} or types <= _NUMBER_TYPES:
        return tried[-1]
    return SchemaError(NO_FORM, tried[0].path, tried[0].value, {"forms": tried})


def _located(detail: ErrorDetails, tree: object) -> tuple[SchemaError, bool]:
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
        return SchemaError("missing", (*path, loc[-1]), None, rule), False
    is_key = loc[-1:] == ("[key]",)
    return SchemaError(detail["type"], path, node, rule, is_key), last_is_a_tag and not is_key


def _leads_on(node: object, segment: str | int) -> bool:
    if isinstance(node, dict):
        return segment in node
    return isinstance(node, list) and isinstance(segment, int) and segment < len(node)


def _is_an_echo(error: SchemaError) -> bool:
    """Return whether a list is only too short because some of its entries are wrong."""
    if error.type != "too_short" or not isinstance(error.value, list):
        return False
    return len(error.value) >= int(error.rule["min_length"])


def explain(error: SchemaError) -> Fault:
    """Return what is wrong, in words."""
    if error.type in _SENTENCES:
        what, mend = _SENTENCES[error.type](error)
    else:
        fields = {**error.rule, "key": error.path[-1:], "kind": _kind(error.value)}
        what, mend = (words.format(**fields) for words in _WORDS.get(error.type, _ANYTHING))
    return Fault(error.path, f"{_name(error)} {what}", mend)


def _name(error: SchemaError) -> str:
    last = error.path[-1:]
    match last:
        case (str() as key,):
            return f"the key {quoted(key)}" if error.is_key else quoted(key)
        case (int() as index,):
            of = [key for key in error.path if isinstance(key, str)][-1:]
            return f"entry {index + 1} of {quoted(of[0])}" if of else f"entry {index + 1}"
    return "the file"


def _kind(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else _KINDS[type(value)]


def _text(error: SchemaError) -> Words:
    kind = _kind(error.value)
    match error.value:
        case bool() | int() | float():
            return f"must be text, and is read as {kind}", "Put it in quotes"
        case None:
            return f"must be text, and is {kind}", "Write the text after it"
    return f"must be text, and is {kind}", "Write one text"


def _number(error: SchemaError) -> Words:
    mend = "Write a number such as 1" + (", without quotes" if isinstance(error.value, str) else "")
    whole = "whole " if error.type.startswith("int") else ""
    return f"must be a {whole}number, and is {_kind(error.value)}", mend


def _too_few(error: SchemaError) -> Words:
    least = error.rule["min_length"]
    return f"must have {least} {'entry' if least == 1 else 'entries'} or more", "Add one"


def _pattern(error: SchemaError) -> Words:
    known = pattern(error.rule["pattern"])
    return (known.what, known.mend) if known else _ANYTHING


def _no_form(error: SchemaError) -> Words:
    forms = " or ".join(_form(form) for form in error.rule["forms"])
    return f"does not fit: it is {_kind(error.value)}", f"Use {forms}"


def _form(form: SchemaError) -> str:
    match form.type:
        case "literal_error":
            expected = str(form.rule["expected"])
            return {"True": "true", "False": "false"}.get(expected, expected)
        case "tuple_type":
            return "a list such as [one, two]"
        case "int_type" | "int_from_float":
            return "a whole number"
    return _KEYS


_ANYTHING = ("does not belong here", "Compare it with the guide to writing a questionnaire")
_HOLDS_KEYS = (
    "must hold keys with values, and is {kind}",
    "Write lines such as 'key: value' under it",
)
_ONE_OF = ("is not one of the words allowed here", "Use {expected}")
_DAY = ("must be a real date", "Write it as year-month-day, like 2025-02-07")

_WORDS: dict[str, Words] = {
    "missing": ("is missing", "Add a line '{key[0]}: …'"),
    "string_too_short": ("is empty", "Write something there"),
    "string_too_long": ("is longer than {max_length:,} characters", "Shorten it"),
    "bool_type": ("must be true or false, and is {kind}", "Write true or false, without quotes"),
    "greater_than": ("must be more than {gt:,g}", "Use a larger number"),
    "greater_than_equal": ("must be {ge:,g} or more", "Use a larger number"),
    "less_than": ("must be less than {lt:,g}", "Use a smaller number"),
    "less_than_equal": ("must be {le:,g} or less", "Use a smaller number"),
    "too_long": ("has more than {max_length:,} entries", "Leave some out"),
    "tuple_type": ("must be a list, and is {kind}", "Write it as [one, two], or with '- '"),
    "dict_type": _HOLDS_KEYS,
    "model_type": _HOLDS_KEYS,
    "literal_error": _ONE_OF,
    "enum": _ONE_OF,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
}
_SENTENCES: dict[str, Callable[[SchemaError], Words]] = {
    "string_type": _text,
    "string_pattern_mismatch": _pattern,
    "int_type": _number,
    "int_from_float": _number,
    "float_type": _number,
    "too_short": _too_few,
    NO_FORM: _no_form,
}
