"""What a file brings, as a document to look at before it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from moodcheck.interop.bringing import Brought
from moodcheck.report.document import Document, Fact, Facts, Listing, Paragraph, Section
from moodcheck.translation import gettext as _


def brought_document(brought: Brought) -> Document:
    """Return everything that would be asked, where it comes from, and what is not taken over."""
    found = brought.questionnaire
    about = [
        Fact(_("Id"), f"{found.id} {found.version}"),
        Fact(_("Licence"), found.licence),
        Fact(_("Scored as"), _scoring(brought)),
        *([Fact(_("Above the items"), found.stem)] if found.stem else []),
    ]
    return Document(
        found.title,
        (
            Section("", (Facts(tuple(about)),)),
            Section(_("Items"), (Facts(tuple(_items(brought))),)),
            Section(_("Answers"), (Facts(tuple(_answers(brought))),)),
            Section(_("Not taken over"), _listing(brought.left_out)),
            Section("", tuple(map(Paragraph, _warnings(brought)))),
        ),
    )


def _listing(lines: tuple[str, ...]) -> tuple[Listing, ...]:
    return (Listing(lines),) if lines else ()


def _scoring(brought: Brought) -> str:
    if brought.scored_as is not None:
        return _("the {id} that comes with moodcheck").format(id=brought.scored_as)
    names = [scale.label for scale in brought.questionnaire.scales]
    return _("the file says: {names}").format(names=", ".join(names))


def _items(brought: Brought) -> Iterator[Fact]:
    critical = {one.item for one in brought.questionnaire.critical}
    for item in brought.questionnaire.all_items:
        alert = _("help lines come up") if item.id in critical else ""
        scored = "" if item in brought.questionnaire.items else _("not scored")
        aside = ", ".join(filter(None, (alert, scored)))
        label = f"{item.label} ({aside})" if aside else item.label
        yield Fact(label, item.text or "")


def _answers(brought: Brought) -> Iterator[Fact]:
    for name, options in brought.questionnaire.responses.items():
        yield Fact(name, ", ".join(f"{one.value} {one.label}" for one in options))


def _warnings(brought: Brought) -> Iterator[str]:
    if brought.is_by_position:
        yield _(
            "Nothing but their order tells which item is which. Please compare each one with what "
            "it is said to be about."
        )
    if not brought.questionnaire.critical:
        yield _(
            "No answer of it brings up help lines. If an item asks about death or suicide, name "
            "it with --critical."
        )
