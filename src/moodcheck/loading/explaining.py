"""What is wrong with a value, in words for whoever wrote the file.

No message repeats a value: a file may hold what is not for every eye.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from moodcheck.core.data_model import Fault
from moodcheck.loading.findings import quoted
from moodcheck.loading.wrongs import NO_FORM, Wrong

Words = tuple[str, str]
"""What is wrong, to be read after the name of what it is about; and the mend."""

_PATTERNS: dict[str, Words] = {
    r"^[a-z][a-z0-9_-]*$": (
        "must begin with a small letter and hold only small letters, digits, '-' and '_'",
        "Write it like 'low_mood'",
    ),
    r"^\d{1,4}\.\d{1,4}\.\d{1,4}$": (
        "must be three numbers with points between them",
        'Write it in quotes, like "1.0.0"',
    ),
    r"^[a-z]{2,3}(-[A-Z]{2})?$": (
        "must be the code of a language",
        "Write it like 'en' or 'pt-BR'",
    ),
    r"^[A-Z]{2}$": ("must be the two capital letters of a country", "Write it like 'CA'"),
    r"^[*#]?[0-9][0-9 -]*(, option [0-9])?$": (
        "must be a number as people dial it: digits, spaces and '-'",
        'Write it in quotes, like "555 0100", "*555" or "555, option 1"',
    ),
}
_KEYS = "keys with values"
_FILLED_IN = re.compile(r"\\\{(\w+)\\\}")


def explain(wrong: Wrong) -> list[Fault]:
    """Return what is wrong, in words."""
    if wrong.type == "faults":
        return list(wrong.rule["faults"])
    what, mend = _WORDS.get(wrong.type, _anything)(wrong)
    return [Fault(wrong.path, f"{_name(wrong)} {what}", mend)]


def _name(wrong: Wrong) -> str:
    last = wrong.path[-1:]
    match last:
        case (str() as key,):
            return f"the key {quoted(key)}" if wrong.is_key else quoted(key)
        case (int() as index,):
            of = [key for key in wrong.path if isinstance(key, str)][-1:]
            return f"entry {index + 1} of {quoted(of[0])}" if of else f"entry {index + 1}"
    return "the file"


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    kinds: dict[type, str] = {
        int: "a number",
        float: "a number with a point",
        str: "text",
        list: "a list",
    }
    return next((words for kind, words in kinds.items() if isinstance(value, kind)), _KEYS)


def _missing(_wrong: Wrong) -> Words:
    return "is missing", f"Add a line '{_wrong.path[-1]}: …'"


def _text(wrong: Wrong) -> Words:
    what = f"must be text, and is {_kind(wrong.value)}"
    match wrong.value:
        case bool() | int() | float():
            return f"must be text, and is read as {_kind(wrong.value)}", "Put it in quotes"
        case None:
            return what, "Write the text after it"
    return what, "Write one text"


def _number(wrong: Wrong) -> Words:
    mend = "Write a number such as 1" + (", without quotes" if isinstance(wrong.value, str) else "")
    whole = "whole " if wrong.type.startswith("int") else ""
    return f"must be a {whole}number, and is {_kind(wrong.value)}", mend


def _list(wrong: Wrong) -> Words:
    return f"must be a list, and is {_kind(wrong.value)}", "Write it as [one, two], or with '- '"


def _keys(wrong: Wrong) -> Words:
    what = f"must hold keys with values, and is {_kind(wrong.value)}"
    return what, "Write lines such as 'key: value' under it"


def _day(_wrong: Wrong) -> Words:
    return "must be a real date", "Write it as year-month-day, like 2025-02-07"


def _one_of(wrong: Wrong) -> Words:
    what = "is not one of the words allowed here"
    return what, f"Use {_plain(wrong.rule['expected'])}"


def _limit(words: str, key: str, mend: str) -> Callable[[Wrong], Words]:
    return lambda wrong: (words.format(f"{wrong.rule[key]:,g}"), mend)


def _too_few(wrong: Wrong) -> Words:
    least = wrong.rule["min_length"]
    return f"must have {least} {'entry' if least == 1 else 'entries'} or more", "Add one"


def _empty_text(_wrong: Wrong) -> Words:
    return "is empty", "Write something there"


def _pattern(wrong: Wrong) -> Words:
    pattern = wrong.rule["pattern"]
    if pattern in _PATTERNS:
        return _PATTERNS[pattern]
    names = ["{" + name + "}" for name in _FILLED_IN.findall(pattern)]
    if not names:
        return _anything(wrong)
    listed = ", then ".join(names)
    return f"must hold {listed}", "Write it where the program fills something in"


def _no_form(wrong: Wrong) -> Words:
    what = f"does not fit: it is {_kind(wrong.value)}"
    return what, f"Use {' or '.join(_form(form) for form in wrong.rule['forms'])}"


def _form(form: Wrong) -> str:
    match form.type:
        case "literal_error":
            return _plain(form.rule["expected"])
        case "tuple_type":
            return "a list such as [one, two]"
    return _KEYS


def _plain(expected: str) -> str:
    return {"True": "true", "False": "false", "None": "null"}.get(expected, expected)


def _anything(_wrong: Wrong) -> Words:
    return "does not belong here", "Compare it with the guide to writing a questionnaire"


_WORDS: dict[str, Callable[[Wrong], Words]] = {
    "missing": _missing,
    "string_type": _text,
    "string_too_short": _empty_text,
    "string_too_long": _limit("is longer than {} characters", "max_length", "Shorten it"),
    "string_pattern_mismatch": _pattern,
    "int_type": _number,
    "int_from_float": _number,
    "float_type": _number,
    "greater_than": _limit("must be more than {}", "gt", "Use a larger number"),
    "greater_than_equal": _limit("must be {} or more", "ge", "Use a larger number"),
    "less_than": _limit("must be less than {}", "lt", "Use a smaller number"),
    "less_than_equal": _limit("must be {} or less", "le", "Use a smaller number"),
    "too_short": _too_few,
    "too_long": _limit("has more than {} entries", "max_length", "Leave some out"),
    "tuple_type": _list,
    "dict_type": _keys,
    "model_type": _keys,
    "literal_error": _one_of,
    "enum": _one_of,
    "date_type": _day,
    "date_parsing": _day,
    "date_from_datetime_parsing": _day,
    "date_from_datetime_inexact": _day,
    NO_FORM: _no_form,
}
