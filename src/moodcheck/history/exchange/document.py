"""The shape of an exported history, and the hashes that hold each sitting to the one before it.

`data/history.schema.json` is generated from the shape. The hashes show what was changed by accident
or without care. There is no key in them: whoever works them out anew leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from moodcheck.core.administration import MOST_WORDS, Unanswered
from moodcheck.core.data_model import DataModel, Id, Text
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.history.record import AuditAction, CriticalKind, RecordState, SittingMode

Tree = Mapping[str, Any]

NAME = "moodcheck.history"
NEWEST = 2
"""The newest version of the format that this version reads; it reads version 1 too."""

YEARS = range(1900, 2200)
"""A time in any other year is no sitting's: it would confuse every order and age."""

Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]")]
"""ISO 8601 with its UTC offset, from 1900 to 2199."""

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8."""

Link = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
"""SHA-256 that the audit of a history was given when it was written; empty where it has none."""

RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{12}$")]
StoreId = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{16})?$")]
"""Names the history in which something was done; empty where that is not known."""

ClientCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=MOST_WORDS)]
Perhaps = Annotated[str, StringConstraints(max_length=MOST_WORDS)]
SequenceNumber = Annotated[int, Field(ge=0, lt=2**53)]


class AcknowledgementDocument(DataModel):
    """That a human has seen a critical entry, and what was done; at least one text says it."""

    initials: Annotated[str, StringConstraints(min_length=1, max_length=8)]
    at: Moment
    action: Perhaps
    spoken_with: Perhaps = ""
    told: Perhaps = ""
    plan: Perhaps = ""
    next_contact: Perhaps = ""


class CriticalDocument(DataModel):
    """An item that a human has to see; worked out anew from the answers at every import."""

    item: Id
    kind: CriticalKind
    alerted: int | None
    """The highest answer that was an alert or led to advice `now` or `today`; null for none."""
    now: int | Unanswered
    raised_at: Moment
    acknowledgement: AcknowledgementDocument | None


class CorrectionDocument(DataModel):
    """An answer that was entered by mistake, and put right after the sitting."""

    item: Id
    value: int | None
    """What stood there: an answer, else words, else why there was none; the others are null."""
    words: Words | None
    unanswered: Unanswered | None
    at: Moment


class SittingDocument(DataModel):
    """One sitting, whole."""

    id: RecordId
    client: ClientCode
    origin: StoreId
    """The history in which it was begun."""
    sequence: SequenceNumber
    """The order in which sittings were begun there; dates do not decide it."""
    mode: SittingMode
    state: RecordState
    questionnaire: Hash
    taken_at: Moment
    answers: dict[Id, int]
    words: dict[Id, Words]
    unanswered: dict[Id, Unanswered]
    corrections: tuple[CorrectionDocument, ...]
    note: Perhaps
    """What the counselor noted of the sitting as a whole."""
    notes: dict[Id, Words]
    critical: tuple[CriticalDocument, ...]
    not_acknowledged: tuple[Id, ...]
    """The critical items that nobody has acknowledged, though somebody has to."""
    changed_outside: bool
    """Whether it was changed outside moodcheck before it came into this history."""
    previous: Hash | None
    """The hash of the sitting before it in this file; null for the first."""
    hash: Hash
    """Of everything else in this object."""


class AuditDocument(DataModel):
    """One thing that was done; never what stood in it."""

    origin: StoreId
    """The history in which it was done."""
    sequence: SequenceNumber
    at: Moment
    action: AuditAction
    record: RecordId | None
    client: ClientCode | None
    detail: Annotated[str, StringConstraints(max_length=10_000)]
    program: Annotated[str, StringConstraints(max_length=64)]
    """The version of moodcheck that did it."""
    digest: Link
    """Of what it says, with a salt that stays in that history."""
    chained: Link
    """Of the entry before and this one."""


class LostDocument(DataModel):
    """Something of the history that could not be read when it was exported."""

    where: Text
    what: Text


class HistoryDocument(DataModel):
    """A history, or one client's part of it."""

    format: Literal["moodcheck.history/2"]
    program: Annotated[str, StringConstraints(max_length=64)]
    """The version of moodcheck that wrote it."""
    store: StoreId
    """The history that it was written from."""
    exported_at: Moment
    notice: Text
    """That it is not a diagnosis, and whom to see."""
    lost: tuple[LostDocument, ...]
    """What is missing here, because the history is damaged; empty where all is here."""
    questionnaires: dict[Hash, Questionnaire]
    """Each questionnaire that a sitting was held with, once."""
    sittings: tuple[SittingDocument, ...]
    last: Hash | None
    """The hash of the last sitting; null where there is none."""
    audit: tuple[AuditDocument, ...]
    """What was done to these sittings; of a whole history everything that was done to it."""
    hash: Hash
    """Of everything else in this file."""


def history_schema() -> str:
    """Return the JSON Schema of an exported history, ending in a newline."""
    schema = HistoryDocument.model_json_schema(by_alias=True)
    schema["description"] = "Sittings saved by moodcheck, as they were kept."
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class HashCheck:
    """What the hashes of a file say about it."""

    is_as_written: bool
    changed: frozenset[str]
    """Ids of the sittings that are not what was exported, or beside which one was taken out."""


def hash_of(tree: Tree) -> str:
    """Return the SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8, without `hash`."""
    content = {key: value for key, value in tree.items() if key != "hash"}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()


def chained(trees: Iterable[Tree]) -> list[dict[str, Any]]:
    """Return trees, each with the hash of the one before it as `previous`, and its own `hash`."""
    previous, links = None, []
    for tree in trees:
        link = {**tree, "previous": previous}
        previous = link["hash"] = hash_of(link)
        links.append(link)
    return links


def check_hashes(document: Tree, sittings: Sequence[Tree]) -> HashCheck:
    """Check a file against its own hashes.

    Args:
        document: the whole file, with `last` and `hash`.
        sittings: those in it, each with `id`, `previous` and `hash`.
    """
    changed = {str(link["id"]) for link in sittings if link["hash"] != hash_of(link)}
    named = [*(link["previous"] for link in sittings), document["last"]]
    real = [None, *(link["hash"] for link in sittings)]
    for position, (one, other) in enumerate(zip(named, real, strict=True)):
        if one != other:
            # Which side of a broken link was changed, nobody can tell.
            changed |= {str(link["id"]) for link in sittings[max(position - 1, 0) : position + 1]}
    is_as_written = not changed and document["hash"] == hash_of(document)
    return HashCheck(is_as_written, frozenset(changed))
