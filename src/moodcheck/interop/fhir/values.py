"""The answers to one item of a response, each as it stands: its type, its text, its weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moodcheck.interop.code_systems import system_name
from moodcheck.interop.fhir.faults import ResponseFault
from moodcheck.interop.fhir.names import WEIGHTS

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_DECIMAL = re.compile(r"(-?(?:0|[1-9][0-9]{0,8}))(?:\.0{1,20})?")
_NO_VALUE = frozenset({"extension", "id", "item"})


class Number(str):
    """A number of JSON as it was written, so that `2.0`, `2` and `"2"` are three things."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One answer."""

    kind: str
    """What follows `value` in its key: `Coding`, `Integer`, …."""
    text: str
    """Its code, number or words; a whole decimal without its point."""
    system: str = ""
    """Of a code: its system, by the short name where it has one; empty where it has none."""
    weight: int | None = None
    """What an extension of its coding says that it counts."""
    fault: ResponseFault | None = None


def whole_number(text: str) -> int | None:
    """Return the whole number that a text of JSON is, `2.0` among them; None for any other."""
    found = _DECIMAL.fullmatch(text)
    return None if found is None else int(found[1])


def values_of(item: Mapping[str, Any]) -> tuple[Value, ...]:
    """Return the answers of an item; one that has no value, or says why it has none, is none."""
    answers = item.get("answer", [])
    if not isinstance(answers, list):
        return (Value("", "", fault=ResponseFault.BAD_SHAPE),)
    return tuple(found for one in answers if (found := _value(one)) is not None)


def _value(answer: object) -> Value | None:
    if not isinstance(answer, dict):
        return Value("", "", fault=ResponseFault.BAD_SHAPE)
    names = [name for name in answer if name not in _NO_VALUE and not name.startswith("_")]
    if not names:
        return None
    key = names[0]
    if len(names) > 1 or not key.startswith("value"):
        return Value("", "", fault=ResponseFault.BAD_SHAPE)
    return _read(key.removeprefix("value"), answer[key])


def _read(kind: str, value: object) -> Value:
    if kind == "Coding" and isinstance(value, dict):
        return _coding(value)
    text = _text(kind, value)
    if text is not None:
        return Value(kind, text)
    said = str(value) if isinstance(value, str) else ""
    return Value(kind, said, fault=ResponseFault.WRONG_TYPE)


def _text(kind: str, value: object) -> str | None:
    """Return a value as a text; None for one that is not what its type says, or is of another."""
    match kind, value:
        case "Integer", Number() if _WHOLE.fullmatch(value):
            return str(value)
        case "Decimal", Number():
            whole = whole_number(value)
            return str(value if whole is None else whole)
        case "Quantity", {"value": Number() as number}:
            return str(number)
        case "String", str() if not isinstance(value, Number):
            return value
        case "Boolean", bool():
            return "true" if value else "false"
    return None


def _coding(coding: Mapping[str, Any]) -> Value:
    system, code = coding.get("system", ""), coding.get("code", "")
    for text in (system, code):
        if not isinstance(text, str) or isinstance(text, Number):
            return Value("Coding", "", fault=ResponseFault.WRONG_TYPE)
    weights = [*_weights(coding)]
    if None in weights or len({*weights}) > 1:
        return Value("Coding", code, system_name(system), fault=ResponseFault.BAD_WEIGHT)
    return Value("Coding", code, system_name(system), weights[0] if weights else None)


def _weights(coding: Mapping[str, Any]) -> Iterator[int | None]:
    """Yield what each weight of a coding says; None for one that is no whole number."""
    extensions = coding.get("extension", [])
    if not isinstance(extensions, list):
        yield None
        return
    for one in extensions:
        if isinstance(one, dict) and one.get("url") in WEIGHTS:
            said = one.get("valueDecimal", one.get("valueInteger"))
            yield whole_number(said) if isinstance(said, Number) else None
