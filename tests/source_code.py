"""The strings in the source, by what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.shipped import SOURCE

_SPEAKS = {"gettext", "ngettext", "_"}


def strings(*, with_docstrings: bool) -> Iterator[tuple[str, str]]:
    """Yield where each string in the source stands, and the string."""
    for path, tree in _trees():
        docstrings = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        # How a number is written is no text: `.1%`.
        forms = {id(part) for one in ast.walk(tree) for part in _form_of(one)}
        for node in ast.walk(tree):
            if id(node) in docstrings and not with_docstrings:
                continue
            if id(node) in forms:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", node.value


def _form_of(node: ast.AST) -> list[ast.expr]:
    form = node.format_spec if isinstance(node, ast.FormattedValue) else None
    return form.values if isinstance(form, ast.JoinedStr) else []


def interface_strings() -> Iterator[tuple[str, str]]:
    """Yield where each string that a catalogue can translate stands, and the string."""
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in _SPEAKS:
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield f"{path.relative_to(SOURCE)}:{node.lineno}", argument.value


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))
