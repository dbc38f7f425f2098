"""Importing an export: first a plan of what it brings, then only what was agreed to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData, InputNotFound, Problem, UsageError, did_you_mean
from moodcheck.history.client_code import OWN, client_code, same_client
from moodcheck.history.exported import Exported
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import AuditEntry, Import, Record
from moodcheck.safe_text import safe_text

_LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brings of one client."""

    code: str
    """As it is in the file."""
    under: str
    """The code under which it will be filed here."""
    sittings: int
    new: int
    """How many of them are not here yet."""
    first: datetime
    last: datetime
    here: int
    """How many sittings are filed under that code here."""
    must_be_accepted: bool
    """Whether two clients could become one, so that somebody has to say that they are one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do."""

    exported: Exported
    brought: tuple[Brought, ...]
    """In the order of the file."""
    new: tuple[Record, ...]
    """What is not here yet, under the codes that it will have here."""
    known: int
    """How many sittings are here already; they stay as they are."""
    tells_more: tuple[str, ...]
    """Ids of those of which the file has a note or an acknowledgement that is not here."""

    def not_accepted(self, accepted: Collection[str]) -> tuple[Brought, ...]:
        """Return what has to be accepted, and is not among these client codes."""
        return tuple(
            one
            for one in self.brought
            if one.must_be_accepted and not any(same_client(one.under, code) for code in accepted)
        )


def plan_import(store: HistoryStore, exported: Exported, renamed: Mapping[str, str]) -> Plan:
    """Return what an import will do; nothing is done yet.

    Args:
        store: the history.
        exported: what the file holds.
        renamed: client code in the file → the one that it gets here.

    Raises:
        UsageError: for a code that is not in the file, or cannot be that client's here.
        BadData: when a sitting is here already with other answers.
    """
    kept = store.records()
    here = {record.id: record for record in kept}
    filed = _filed(exported.records, renamed, kept)
    _refuse_other_answers(exported.records, here)
    known = [one for one in exported.records if one.id in here]
    brought = tuple(_brought(exported, filed, kept, store.id))
    return Plan(
        exported=exported,
        brought=brought,
        new=tuple(
            replace(one, client=filed[one.client.lower()])
            for one in exported.records
            if one.id not in here
        ),
        known=len(known),
        tells_more=tuple(one.id for one in known if _tells_more(one, here[one.id])),
    )


def import_records(
    store: HistoryStore,
    plan: Plan,
    *,
    at: datetime,
    source: str,
    progress: Callable[[int], None] = lambda _count: None,
) -> Import | None:
    """Carry out a plan, all of it or nothing; return the import, or None if nothing is new.

    Args:
        store: the history, as it was when the plan was made.
        plan: what was agreed to.
        at: when.
        source: the name of the file, without its folder.
        progress: is called now and then with how many sittings are written.
    """
    if not plan.new:
        return None
    incoming = Import("", at, source[:_LONGEST_SOURCE], plan.exported.store, ())
    return store.import_records(
        plan.new, tuple(_audit(plan, store.id)), incoming, progress=progress
    )


def import_named(store: HistoryStore, beginning: str) -> Import:
    """Return the only import whose id begins with this.

    Raises:
        InputNotFound: when there is none.
        UsageError: when there are several.
    """
    found = [one for one in store.imports() if one.id.startswith(beginning.lower())]
    if not found or not beginning:
        raise InputNotFound(
            f"There is no import '{safe_text(beginning[:64])}'",
            mend="See 'moodcheck history undo-import'",
        )
    if len(found) > 1:
        raise UsageError(
            f"More than one import has an id that begins with '{beginning.lower()}'",
            mend="Type more of it",
        )
    return found[0]


def _filed(
    records: Sequence[Record], renamed: Mapping[str, str], kept: Sequence[Record]
) -> dict[str, str]:
    """Return the code here of each client in the file, by the code there in lower case."""
    codes: dict[str, str] = {}
    for record in records:
        codes.setdefault(record.client.lower(), record.client)
    as_here = {record.client.lower(): record.client for record in reversed(kept)}
    filed = {code: as_here.get(code, written) for code, written in codes.items()}
    for old, new in renamed.items():
        if old.lower() not in codes:
            hint = did_you_mean(old, list(codes.values()))
            raise UsageError(
                f"The file brings nothing of '{client_code(old)}'",
                mend=f"{hint}It brings: {', '.join(codes.values())}",
            )
        code = client_code(new)
        if same_client(code, OWN) and not same_client(old, OWN):
            # Nobody has to acknowledge what is kept under it.
            raise UsageError(
                f"'{OWN}' is where a person's own check-ins are kept, and {old} is a client",
                mend="Use another client code",
            )
        filed[old.lower()] = as_here.get(code.lower(), code)
    return filed


def _brought(
    exported: Exported, filed: Mapping[str, str], kept: Sequence[Record], own: str
) -> Iterator[Brought]:
    here = {record.id for record in kept}
    of_client: dict[str, list[Record]] = {}
    for record in exported.records:
        of_client.setdefault(record.client.lower(), []).append(record)
    under = [code.lower() for code in filed.values()]
    for code, records in of_client.items():
        target = filed[code]
        times = [record.administration.taken_at for record in records]
        new = sum(record.id not in here for record in records)
        there = sum(same_client(record.client, target) for record in kept)
        # The owners of this history and of that one both have this code.
        is_other_me = same_client(target, OWN) and bool(kept) and exported.store != own
        is_shared = under.count(target.lower()) > 1
        yield Brought(
            code=records[0].client,
            under=target,
            sittings=len(records),
            new=new,
            first=min(times),
            last=max(times),
            here=there,
            must_be_accepted=bool(new) and (bool(there) or is_other_me or is_shared),
        )


def _refuse_other_answers(records: Sequence[Record], here: Mapping[str, Record]) -> None:
    is_same = _Sameness()
    problems = [
        Problem(f"sitting {one.id}", "it is here already, with other answers", "Look at both")
        for one in records
        if one.id in here and not is_same(one, here[one.id])
    ]
    if problems:
        raise BadData(
            "The file contradicts this history, and nothing of it was imported",
            mend="Import it into another history with --store, or delete the sittings here first",
            problems=problems,
        )


class _Sameness:
    """Whether two records are of one sitting with the same answers."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}

    def __call__(self, one: Record, other: Record) -> bool:
        now, then = one.administration, other.administration
        return (
            one.mode == other.mode
            and now.taken_at == then.taken_at
            and (now.answers, now.words, now.unanswered)
            == (then.answers, then.words, then.unanswered)
            and self._same_questionnaire(now.questionnaire, then.questionnaire)
        )

    def _same_questionnaire(self, one: Questionnaire, other: Questionnaire) -> bool:
        # Thousands of sittings share few questionnaires, and comparing two of those takes long.
        pair = (id(one), id(other))
        if pair not in self._known:
            self._known[pair] = one == other
        return self._known[pair]


def _tells_more(there: Record, here: Record) -> bool:
    seen = {entry.item: entry.acknowledgement for entry in here.critical}
    return (
        any(here.notes.get(item) != text for item, text in there.notes.items())
        or (bool(there.note) and there.note != here.note)
        or any(
            entry.acknowledgement is not None and seen.get(entry.item) is None
            for entry in there.critical
        )
    )


def _audit(plan: Plan, own: str) -> Iterator[AuditEntry]:
    """Yield the audit of other histories, with the codes that the clients have here.

    A code of any other client is left out: here it could be somebody else's.
    """
    under = {one.code.lower(): one.under for one in plan.brought}
    for entry in plan.exported.audit:
        if entry.origin not in {"", own}:
            client = under.get(entry.client.lower()) if entry.client else None
            yield replace(entry, client=client)
