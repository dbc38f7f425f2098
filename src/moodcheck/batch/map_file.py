"""Maps: a file → how somebody's table is to be read; a table → a map to begin with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from moodcheck.batch.answer_map import AnswerMap
from moodcheck.batch.csv_preview import csv_preview
from moodcheck.batch.map_faults import map_faults
from moodcheck.batch.map_proposal import MapProposal, map_proposal
from moodcheck.core.data_model import DataPath, Fault
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import UsageError
from moodcheck.files.reading import read_file
from moodcheck.loading.data_files import validated
from moodcheck.loading.document import Document, Mark, read_document
from moodcheck.loading.kind import Kind
from moodcheck.loading.nodes import written
from moodcheck.safe_text import safe_text
from moodcheck.translation import gettext as _


def load_answer_map(source: Path, questionnaire: Questionnaire) -> AnswerMap:
    """Return the answer map in a file.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is no map for this questionnaire, with every problem and its place.
    """
    return parse_answer_map(*read_file(source), questionnaire)


def answer_map_of(
    given: Path | Mapping[str, object] | None, questionnaire: Questionnaire
) -> AnswerMap | None:
    """Return the answer map in a file, or that would be there; errors as `load_answer_map`."""
    if given is None or isinstance(given, Path):
        return None if given is None else load_answer_map(given, questionnaire)
    try:
        # A line for each key, so that what is wrong has a place here, too.
        content = json.dumps({"schema": 1, **given}, ensure_ascii=False, indent=1).encode()
    except (TypeError, ValueError):
        raise UsageError(
            "The map has keys or values that no map has", mend="Use what could stand in its file"
        ) from None
    return parse_answer_map("map", content, questionnaire)


def parse_answer_map(name: str, content: bytes, questionnaire: Questionnaire) -> AnswerMap:
    """Return the answer map that the content of a YAML file stands for; errors as above.

    Args:
        name: what messages call the file.
        content: UTF-8.
        questionnaire: what the answers are to.
    """

    def rules(found: AnswerMap, damaged: AbstractSet[DataPath]) -> Iterable[Fault]:
        return () if damaged else map_faults(found, questionnaire)

    kind = Kind(AnswerMap, newest=1, rules=rules)
    return validated(_with_lists(read_document(name, content)), kind)


def _with_lists(document: Document) -> Document:
    """Return the document with lists where they are mostly too short to be written as one."""
    tree, marks = dict(document.tree), dict(document.marks)
    if "id" in tree:
        tree["id"] = _as_list(tree["id"], ("id",), marks)
    for key in ("rows", "blank_when"):
        named = tree.get(key)
        if isinstance(named, dict):
            tree[key] = {one: _as_list(text, (key, one), marks) for one, text in named.items()}
    return replace(document, tree=tree, marks=marks)


def _as_list(value: object, path: DataPath, marks: dict[DataPath, Mark]) -> object:
    if value is None or isinstance(value, list | dict):
        return value
    marks[*path, 0] = marks[path]
    return [value]


_MOST_COLUMNS = 100
_MOST_GUESSES = 5
_LONGEST_SHOWN = 64


def propose_map(table: Path, questionnaire: Questionnaire) -> str:
    """Return the text of a map for a table of answers.

    Raises:
        UsageError, InputNotFound, BadData: as `batch.csv_preview`.
    """
    preview = csv_preview(table)
    return map_template(map_proposal(questionnaire, preview.names, preview.texts), questionnaire)


def map_template(proposal: MapProposal, questionnaire: Questionnaire) -> str:
    """Return a map that can be loaded as it is, and says what is left to do.

    Args:
        proposal: what can be told of a table.
        questionnaire: what its answers are to.
    """
    sections = (_head(questionnaire), _id(proposal), _items(proposal, questionnaire))
    later = (_answers(proposal), _missing(proposal), _not_asked(), _keep(proposal))
    return "\n\n".join("\n".join(lines) for lines in (*sections, *later)) + "\n"


def _head(questionnaire: Questionnaire) -> Iterator[str]:
    yield "# " + _("How to read this table as answers to {name}.").format(
        name=f"{questionnaire.id} {questionnaire.version}"
    )
    yield "# " + _("Look at every line. Lines that begin with # do nothing until you take it away.")
    yield "schema: 1"


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
    known = {item_id: written(column) for item_id, column in proposal.items.items()}
    yield "items:" if any(known.values()) else "# items:"
    for item_id, column in known.items():
        label = safe_text(questionnaire.item(item_id).label)
        yield f"  {item_id}: {column}  # {label}" if column else f"#   {item_id}: …  # {label}"
    for item_id, guess in proposal.item_guesses.items():
        label = safe_text(questionnaire.item(item_id).label)
        yield f"#   {item_id}: {written(guess or '') or '…'}  # {label}"


def _answers(proposal: MapProposal) -> Iterator[str]:
    yield "# " + _("Texts that are answers. Without this, the text of an answer is its value: 3.")
    yield "answers:" if proposal.answers else "# answers:"
    for name, texts in proposal.answers.items():
        yield f"  {name}:"
        yield from _texts(texts)
    if not proposal.answers:
        yield "#   …: {…: 0, …: 1}"


def _texts(texts: Mapping[str, int]) -> Iterator[str]:
    for text, value in sorted(texts.items(), key=lambda pair: pair[1]):
        yield f"    {json.dumps(text, ensure_ascii=False)}: {value}"


def _missing(proposal: MapProposal) -> Iterator[str]:
    yield "# " + _("Texts that stand for no answer: skipped, declined, unknown or blank.")
    yield "# " + _("An empty cell is blank without being named.")
    yield "# missing:"
    told = [f"#   {json.dumps(text, ensure_ascii=False)}: …" for text in proposal.open_texts]
    yield from (safe_text(line) for line in told)


def _not_asked() -> Iterator[str]:
    yield "# " + _("Items that are not part of this data.")
    yield "# not_asked: [ … ]"


def _keep(proposal: MapProposal) -> Iterator[str]:
    yield "# " + _("Columns to carry along into the scores.")
    yield "# keep: [ … ]"
    if proposal.free:
        yield "# " + _("Columns that belong to no item:")
    for name in proposal.free[:_MOST_COLUMNS]:
        shown = written(name[:_LONGEST_SHOWN]) or safe_text(name[:_LONGEST_SHOWN])
        rest = "…" if len(name) > _LONGEST_SHOWN else ""
        remark = "" if written(name) else "  " + _("(a map cannot name it: rename it first)")
        yield f"#   {shown}{rest}{remark}"
    if len(proposal.free) > _MOST_COLUMNS:
        more = len(proposal.free) - _MOST_COLUMNS
        yield "#   " + _("and {count} more").format(count=more)
