"""What can be told of a table → the text of a map, with the doubtful left to be confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from moodcheck.batch.answer_map import LONGEST_COLUMN
from moodcheck.loading.nodes import written
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.batch.map_proposal import MapProposal
    from moodcheck.core.questionnaire import Questionnaire

_MOST_COLUMNS = 100
_MOST_GUESSES = 5


def map_template(proposal: MapProposal, questionnaire: Questionnaire) -> str:
    """Return a map that can be loaded as it is, and says what is left to do.

    Args:
        proposal: what can be told of a table.
        questionnaire: what its answers are to.
    """
    sections = (_head(proposal, questionnaire), _id(proposal), _items(proposal, questionnaire))
    later = (_answers(proposal), _missing(proposal), _not_asked(), _rows(proposal), _keep(proposal))
    texts = ("\n".join(lines) for lines in (*sections, *later))
    return "\n\n".join(filter(None, texts)) + "\n"


def _head(proposal: MapProposal, questionnaire: Questionnaire) -> Iterator[str]:
    yield "# " + _("How to read this table as answers to {name}.").format(
        name=f"{questionnaire.id} {questionnaire.version}"
    )
    for name in proposal.fitting:
        yield "# " + _("You may not need it: --map {name} seems to fit.").format(name=name)
    yield "# " + _("Look at every line. Lines that begin with # do nothing until you take it away.")
    yield "schema: 1"
    if proposal.header_rows > 1:
        yield "# " + _("The rows below the names are labels, and no records.")
        yield f"header_rows: {proposal.header_rows}"


def _id(proposal: MapProposal) -> Iterator[str]:
    yield "# " + _("The column that names a row; [one, two] where it takes several.")
    others = [name for name in map(written, proposal.id_guesses) if name not in {None, proposal.id}]
    if proposal.id:
        yield f"id: {proposal.id}"
    yield from (f"# id: {name}" for name in others[:_MOST_GUESSES])
    if not (proposal.id or others):
        yield "# id: …"


def _items(proposal: MapProposal, questionnaire: Questionnaire) -> Iterator[str]:
    yield "# " + _("Which column holds the answers to which item.")
    if proposal.is_of_responses:
        yield "# " + _("In responses of FHIR, a column is a linkId.")
    known = {item_id: written(column) for item_id, column in proposal.items.items()}
    yield "items:" if any(known.values()) else "# items:"
    for item_id, column in known.items():
        label = safe_text(questionnaire.item(item_id).label)
        yield f"  {item_id}: {column}  # {label}" if column else f"#   {item_id}: …  # {label}"
    for item_id, guess in proposal.item_guesses.items():
        label = safe_text(questionnaire.item(item_id).label)
        yield f"#   {item_id}: {written(guess or '') or '…'}  # {label}"


def _answers(proposal: MapProposal) -> Iterator[str]:
    usual = _("Texts that are answers. Without this, the text of an answer is its value: 3.")
    if proposal.is_of_responses:
        usual = _(
            "Codes that are answers. Without this, known codes, weights and numbers tell them."
        )
    yield "# " + usual
    yield "answers:" if proposal.answers else "# answers:"
    for name, texts in proposal.answers.items():
        yield f"  {name}:"
        for text, value in sorted(texts.items(), key=lambda pair: pair[1]):
            yield f"    {_quoted(text)}: {value}"
    for name, guesses in proposal.answer_guesses.items():
        yield f"#   {name}:"
        for text, guess in guesses.items():
            known = "…" if guess is None else guess
            yield f"#     {_quoted(text)}: {known}{_label(proposal, text)}"
    if not proposal.answers and not proposal.answer_guesses:
        yield "#   …: {…: 0, …: 1}"


def _quoted(text: str) -> str:
    return safe_text(json.dumps(text, ensure_ascii=False))


def _missing(proposal: MapProposal) -> Iterator[str]:
    yield "# " + _("Texts that stand for no answer: skipped, declined, unknown or blank.")
    yield "# " + _("An empty cell is blank without being named.")
    yield "# missing:"
    for text in proposal.open_texts:
        yield f"#   {_quoted(text)}: …{_label(proposal, text)}"


def _label(proposal: MapProposal, text: str) -> str:
    label = proposal.labels.get(text)
    return "" if label is None else f"  # {safe_text(label)}"


def _not_asked() -> Iterator[str]:
    yield "# " + _("Items that are not part of this data.")
    yield "# not_asked: [ … ]"


def _rows(proposal: MapProposal) -> Iterator[str]:
    if proposal.choosing:
        yield "# " + _("Which rows are scored: a column, and its text in them.")
        yield "# rows:"
        yield from (f"#   {name}: …" for name in map(written, proposal.choosing) if name)
    if proposal.statuses:
        yield "# " + _("What says that nobody opened the form, so that its zeros are blanks.")
        yield "# blank_when:"
        yield from (f'#   {name}: "0"' for name in map(written, proposal.statuses) if name)


def _keep(proposal: MapProposal) -> Iterator[str]:
    yield "# " + _("Columns to carry along into the scores.")
    yield "# keep: [ … ]"
    if proposal.free:
        yield "# " + _("Columns that belong to no item:")
    for name in proposal.free[:_MOST_COLUMNS]:
        called = written(name) if len(name) <= LONGEST_COLUMN else None
        rest = "…" if len(name) > LONGEST_COLUMN else ""
        remark = "" if called else "  " + _("(a map cannot name it: rename it first)")
        yield f"#   {called or safe_text(name[:LONGEST_COLUMN])}{rest}{remark}"
    if len(proposal.free) > _MOST_COLUMNS:
        more = len(proposal.free) - _MOST_COLUMNS
        yield "#   " + _("and {count} more").format(count=more)
