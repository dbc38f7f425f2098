"""A questionnaire → the text of a file to change or to fill in."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from moodcheck.core.data_model import LONGEST_ID, is_id
from moodcheck.core.wording import PLACEHOLDER
from moodcheck.errors import UsageError
from moodcheck.loading.yaml_text import WIDEST, Tree, yaml_lines
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


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
    comment = _no_comment if questionnaire.has_wording else _comment
    return questionnaire_file(tree, _head(questionnaire, name), comment)


def _no_comment(_key: str) -> str:
    return ""


def questionnaire_file(
    tree: Tree, head: Iterable[str] = (), comment: Callable[[str], str] = _no_comment
) -> str:
    """Return the text of a questionnaire file.

    Args:
        tree: what it says, as `Questionnaire.plain_data` has it.
        head: comments at its beginning.
        comment: what stands above a key; nothing where that is empty.
    """
    width = WIDEST - 2
    lines = [f"# {line}" for text in head for line in textwrap.wrap(text, width)]
    parts = ["\n".join(lines) + "\n"] if lines else []
    for key, value in tree.items():
        above = comment(key)
        parts.append("\n".join([*([f"# {above}"] if above else []), *yaml_lines(key, value)]))
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


def _head(questionnaire: Questionnaire, new_id: str) -> list[str]:
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
    return [
        *said,
        _("What is left to do:  moodcheck questionnaire validate FILE"),
        _("Among your own:      moodcheck questionnaire add FILE"),
        _("Then:                moodcheck check {id}").format(id=new_id),
    ]


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
