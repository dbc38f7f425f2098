"""What the author of a new questionnaire types in several lines: the answers, and the items."""

from __future__ import annotations

from dataclasses import replace

from moodcheck.cli.asked_lines import AskedLines
from moodcheck.core.questionnaire_draft import Draft
from moodcheck.loading.questionnaire_draft import FEWEST_OPTIONS, Steps
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _


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
