"""What is typed in several lines about a new questionnaire: answers, items, which are critical."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from moodcheck.cli.asked_lines import AskedLines
from moodcheck.core.questionnaire_draft import Draft
from moodcheck.errors import UsageError
from moodcheck.loading.questionnaire_draft import FEWEST_OPTIONS, Steps
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.core.language import Language
    from moodcheck.interop.form import Form


def chosen_responses(lines: AskedLines, steps: Steps) -> Draft:
    """Ask what can be answered, and return the draft with that."""
    offered = steps.draft.template.responses
    choices = [
        f"{one.label}: {', '.join(option.label or '' for option in one.options)}"
        for one in offered.values()
    ]
    chosen = lines.choose(_("What can be answered?"), [*choices, _("Answers of your own")])
    if chosen < len(offered):
        return steps.offering(list(offered)[chosen])
    return _typed_options(lines, steps)


def _typed_options(lines: AskedLines, steps: Steps) -> Draft:
    tell(_("Type them one by one, from the least to the most."))
    labels: list[str] = []

    def use(typed: str) -> Draft:
        # The first alone is no choice yet.
        draft = steps.with_options([*labels, typed] if labels else [typed] * FEWEST_OPTIONS)
        labels.append(typed)
        return draft

    draft = steps.draft
    while len(labels) < FEWEST_OPTIONS:
        draft = lines.ask(_("Answer {value}:").format(value=len(labels)), use)
    more = _("Answer {value}, or Enter alone if there are no more:")
    while with_next := lines.ask_or_end(more.format(value=len(labels)), use):
        draft = with_next
    return draft


def typed_items(lines: AskedLines, steps: Steps) -> Draft:
    """Ask for the items one by one, and return the draft with them."""
    tell(_("Now the items, one by one: short sentences in plain words."))
    draft = _typed_item(lines, steps, lines.ask(_("Item 1:"), steps.with_item))
    more = _("Item {number}, or Enter alone if there are no more:")
    while True:
        steps = replace(steps, draft=draft)
        asked = more.format(number=len(draft.items) + 1)
        with_next = lines.ask_or_end(asked, steps.with_item)
        if with_next is None:
            return draft
        draft = _typed_item(lines, steps, with_next)


def _typed_item(lines: AskedLines, before: Steps, with_item: Draft) -> Draft:
    """Ask what else there is to know about the item that was just typed."""
    item = with_item.items[-1]
    draft = lines.ask(
        _("Two or three words for it, for tables:"),
        lambda label: before.with_item(item.text, label),
        item.label,
    )
    steps = replace(before, draft=draft)
    # Words that name it are never left uncritical by a key that was pressed once too often.
    usual = "" if steps.names_death(draft.items[-1]) else "n"
    if not lines.agrees(_("Is it about death, suicide or hurting oneself?"), usual):
        return draft
    said = _("From '{label}' on, an answer to it shows help lines at once.")
    critical = steps.with_critical(len(draft.items))
    tell(said.format(label=draft.first["label"]))
    return critical


def chosen_critical(lines: AskedLines, form: Form, language: Language) -> Collection[str]:
    """Ask which items of another program's form are about death or suicide; return their links."""
    choices = form.choices
    marked = [
        number for number, one in enumerate(choices, start=1) if language.names_death(one.all_words)
    ]
    sign = _("its words name death or suicide")
    tell(
        _("Nobody but you knows which of these items are about death, suicide or hurting oneself:")
    )
    for number, item in enumerate(choices, start=1):
        words = item.text or item.label or item.link
        tell(f"  {number}. {words}" + (f"  ({sign})" if number in marked else ""))
    none = _("none")

    def use(typed: str) -> Collection[str]:
        numbers = set() if typed.lower() == none else _numbers(typed, len(choices))
        if left := _listed([number for number in marked if number not in numbers]):
            what = _("The words of {numbers} name death or suicide").format(numbers=left)
            mend = _("Type every number that is about it, and {numbers} too").format(numbers=left)
            raise UsageError(what, mend=mend)
        return [choices[number - 1].link for number in sorted(numbers)]

    question = _("Type their numbers, such as {some}, or 'none':").format(
        some=_listed(marked or [1])
    )
    # Where words name it, or cannot be read, Enter alone never says that there is none.
    return lines.ask(question, use, "" if marked or not form.is_in(language.language) else none)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _numbers(typed: str, most: int) -> set[int]:
    """Return the numbers in a line; raises UsageError where one is none of 1 to `most`."""
    found = re.split(r"[,; ]+", typed.strip(",; "))
    known = {str(number) for number in range(1, most + 1)}
    if not known.issuperset(found):
        mend = _("Type numbers from 1 to {most}, or 'none'").format(most=most)
        raise UsageError(_("That is not one of them"), mend=mend)
    return {int(one) for one in found}
