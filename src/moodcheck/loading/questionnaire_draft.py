"""A questionnaire that is being started: a step after another, each held against the loader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from moodcheck.core.language import Language
from moodcheck.core.questionnaire_draft import (
    OWN_RESPONSES,
    Draft,
    DraftItem,
    item_id,
    offered_options,
    own_options,
    proposed_label,
)
from moodcheck.errors import BadData, UsageError, did_you_mean
from moodcheck.loading.catalogue import refuse_taken_id
from moodcheck.loading.data_files import parse_questionnaire
from moodcheck.loading.yaml_text import yaml_lines
from moodcheck.translation import gettext as _

FEWEST_OPTIONS = 2
"""Of one answer nobody has a choice."""

_SECTIONS = {"responses", "items", "scales", "critical", "advice"}
"""The keys with an empty line before them."""

_STAND_IN = DraftItem("item", "?", "?", is_critical=False)
"""The item of a draft that has none yet."""


def draft_text(draft: Draft) -> str:
    """Return the draft as a questionnaire file."""
    head = [
        _("# Started with `moodcheck questionnaire new`, to change as you need it."),
        _("# Any change to what an item or an answer means raises the version."),
    ]
    lines = [""]
    for key, value in draft.tree().items():
        lines += [*([""] if key in _SECTIONS else []), *yaml_lines(key, value)]
    return "\n".join([*head, *lines, ""])


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps from a draft to the next one.

    Each returns a draft and raises UsageError when the loader would refuse its file, or
    `questionnaire add` its id; the message names no place in a file, which is not there yet.
    """

    draft: Draft
    language: Language

    def changed(self, **changes: str | bool) -> Draft:
        """Return the draft with other texts, as `Draft` names them."""
        return self._checked(replace(self.draft, **changes))  # type: ignore[arg-type]

    def offering(self, name: str) -> Draft:
        """Return the draft with the answers that the template has under that name."""
        known = self.draft.template.responses
        if name not in known:
            raise UsageError(
                f"There are no answers called '{name[:64]}'",
                mend=f"{did_you_mean(name, list(known))}Use one of: {', '.join(known)}",
            )
        return self._answered_by(name, offered_options(self.draft.template, name))

    def with_options(self, labels: Sequence[str]) -> Draft:
        """Return the draft with answers of the author's own, from the least to the most."""
        if len(labels) < FEWEST_OPTIONS:
            raise UsageError("One answer alone is no choice", mend="Name another")
        return self._answered_by(OWN_RESPONSES, own_options(labels))

    def with_item(self, text: str, label: str = "") -> Draft:
        """Return the draft with one more item; without a label, its first words are that."""
        label = label or proposed_label(text)
        others = self.draft.items
        name = item_id(label, [item.id for item in others])
        item = DraftItem(name, label, text, is_critical=False)
        return self._checked(replace(self.draft, items=(*others, item)))

    def with_critical(self, number: int) -> Draft:
        """Return the draft in which the item of that number, from 1, is about death or suicide."""
        self._refuse_unknown(number)
        items = list(self.draft.items)
        items[number - 1] = replace(items[number - 1], is_critical=True)
        return self._checked(replace(self.draft, items=tuple(items)))

    def names_death(self, item: DraftItem) -> bool:
        """Return whether the words of an item name death, suicide or hurting oneself."""
        return self.language.names_death(f"{item.text} {item.label}")

    def refuse_unwatched(self, allowed: Collection[int]) -> None:
        """Raise UsageError where words name death and the item is neither critical nor allowed.

        And where there is no item of an allowed number, or it is critical.
        """
        for number in allowed:
            self._refuse_unknown(number)
            if self.draft.items[number - 1].is_critical:
                raise UsageError(f"Item {number} is said to be critical", mend="Say one of the two")
        for number, item in enumerate(self.draft.items, start=1):
            if self.names_death(item) and not item.is_critical and number not in allowed:
                raise UsageError(
                    f"The words of item {number} name death or suicide, and it is not critical",
                    mend=f"Use --critical {number}, so that answers to it show help lines, or "
                    f"--not-critical {number}, if none should",
                )

    def _refuse_unknown(self, number: int) -> None:
        if not 1 <= number <= len(self.draft.items):
            raise UsageError(f"There is no item {number}", mend=f"Use 1 to {len(self.draft.items)}")

    def _answered_by(self, name: str, options: tuple[dict[str, object], ...]) -> Draft:
        return self._checked(replace(self.draft, responses=name, options=options))

    def _checked(self, draft: Draft) -> Draft:
        whole = draft if draft.items else replace(draft, items=(_STAND_IN,))
        try:
            found = parse_questionnaire(draft.id, draft_text(whole).encode(), self.language)
        except UnicodeEncodeError:
            raise UsageError(
                "One of its letters is not UTF-8", mend="Use a terminal that sends UTF-8"
            ) from None
        except BadData as error:
            first, *_others = error.problems
            raise UsageError(first.what[:1].upper() + first.what[1:], mend=first.mend) from None
        refuse_taken_id(found, self.language)
        return draft
