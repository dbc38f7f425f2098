"""A questionnaire → the text of a file to change or to fill in."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from moodcheck.core.data_model import LONGEST_ID, is_id
from moodcheck.core.wording import PLACEHOLDER
from moodcheck.errors import UsageError
from moodcheck.loading.nodes import written
from moodcheck.safe_text import unsafe_characters
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire

_WIDEST = 98
_STEP = 2

Tree = dict[str, Any]


def questionnaire_copy(questionnaire: Questionnaire, new_id: str | None = None) -> str:
    """Return a file with everything a questionnaire holds, and a mark where its wording is missing.

    Args:
        questionnaire: what is copied.
        new_id: the id of the copy; when None, the same id if wording is missing, else another.

    Raises:
        UsageError: when that cannot be an id.
    """
    default = f"my-{questionnaire.id}" if questionnaire.has_wording else questionnaire.id
    name = new_id or default[:LONGEST_ID]
    if not is_id(name):
        raise UsageError(
            f"'{name[:LONGEST_ID]}' cannot be an id",
            mend=f"Use 1 to {LONGEST_ID} small letters, digits, '-' or '_', with a letter first",
        )
    tree = questionnaire.plain_data()
    tree["id"] = name
    if not questionnaire.has_wording:
        _mark(tree)
    parts = [_head(questionnaire, name)]
    for key, value in tree.items():
        comment = _comment(key) if not questionnaire.has_wording else ""
        parts.append("\n".join([*([f"# {comment}"] if comment else []), *_lines(key, value, 0)]))
    return "\n".join(parts) + "\n"


def _mark(tree: Tree) -> None:
    """Put the placeholder wherever there is wording to bring."""
    tree["title"] = tree["licence"] = PLACEHOLDER
    for options in tree["responses"].values():
        for option in options:
            _insert(option, "label", PLACEHOLDER, after="value")
    for item in (*tree["items"], *tree.get("context", ())):
        # In quotation marks: it is what others wrote.
        _insert(item, "text", f"“{PLACEHOLDER}”", after="label")


def _insert(tree: Tree, key: str, value: str, *, after: str) -> None:
    if tree.get(key) is not None:
        return
    pairs = list(tree.items())
    position = list(tree).index(after) + 1
    tree.clear()
    tree.update([*pairs[:position], (key, value), *pairs[position:]])


def _head(questionnaire: Questionnaire, new_id: str) -> str:
    name = f"{questionnaire.id} {questionnaire.version}"
    if questionnaire.has_wording:
        said = [_("A copy of {name}, to change as you need it.").format(name=name)]
    else:
        said = [
            _("A copy of {name}, to fill in with wording that you may use.").format(name=name),
            _(
                "Write the wording where {mark} stands, inside the quotation marks, word for word "
                "as it was published: other words are another questionnaire."
            ).format(mark=PLACEHOLDER),
            _(
                "Leave ids, values, scales and critical items as they are: where they differ, "
                "sittings are not compared with those of the original."
            ),
        ]
    comments = [
        *said,
        _("What is left to do:  moodcheck questionnaire validate FILE"),
        _("Among your own:      moodcheck questionnaire add FILE"),
        _("Then:                moodcheck check {id}").format(id=new_id),
    ]
    width = _WIDEST - 2
    return "\n".join(f"# {line}" for text in comments for line in textwrap.wrap(text, width)) + "\n"


def _comment(key: str) -> str:
    return {
        "title": _("What people call it."),
        "licence": _("What lets you use the wording: a licence, or whom you asked."),
        "recall_period": _("The time that is asked about, as it was published."),
        "responses": _("The answers to choose from, for each value."),
        "items": _("The items. 'label' is our short name for what an item is about."),
        "critical": _("Answered this high, an item shows help lines at once. Please leave it in."),
        "advice": _("When to advise what: the first rule that fits. Each names a clinician."),
    }.get(key, "")


def _lines(key: str, value: object, indent: int) -> Iterator[str]:
    """Yield a key with its value: on one line where that reads well, else below each other."""
    start = f"{' ' * indent}{key}:"
    short = _flow(value)
    if isinstance(value, str) and _is_long(value, len(start) + len(short)):
        space = " " * (indent + _STEP)
        yield f"{start} >-"
        yield from textwrap.wrap(
            value, _WIDEST, initial_indent=space, subsequent_indent=space,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    elif isinstance(value, dict) and key != "codes":
        yield start
        yield from _mapping(value, indent + _STEP)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield start
        for entry in value:
            yield from _entry(entry, indent + _STEP)
    else:
        yield f"{start} {short}"


def _mapping(tree: Tree, indent: int) -> Iterator[str]:
    for key, value in tree.items():
        yield from _lines(key, value, indent)


def _entry(tree: Tree, indent: int) -> Iterator[str]:
    """Yield an entry of a list: what people edit a key a line, the rest on one line."""
    short, space = _flow(tree), " " * indent
    has_parts = any(isinstance(value, list) for value in tree.values())
    if "text" not in tree and not has_parts and indent + len(short) <= _WIDEST:
        yield f"{space}- {short}"
        return
    first, *others = _mapping(tree, indent + _STEP)
    yield f"{space}- {first.lstrip()}"
    yield from others


def _is_long(text: str, cells: int) -> bool:
    """Return whether a text is folded: it would not fit, and folding changes nothing in it."""
    return cells >= _WIDEST and " ".join(text.split()) == text and not unsafe_characters(text)


def _flow(value: object) -> str:
    if isinstance(value, str):
        return written(value) or json.dumps(value, ensure_ascii=bool(unsafe_characters(value)))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value)
