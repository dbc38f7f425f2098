"""A history that forgets when the test ends; held to the same tests as the encrypted one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from moodcheck.domain.administration import Administration, Unanswered, administer
from moodcheck.domain.client_code import same_client
from moodcheck.domain.history import (
    Acknowledgement,
    AuditAction,
    AuditEntry,
    CriticalEntry,
    Record,
    RecordState,
    SittingMode,
)
from moodcheck.domain.questionnaire import CriticalItem, Questionnaire
from moodcheck.domain.safety import is_alert
from moodcheck.errors import BadData, InputNotFound, IOFailed, Problem, UsageError

NOT_REACHED = Unanswered.NOT_REACHED


@dataclass
class ForgetfulStore:
    """An unlocked `HistoryStore` in memory."""

    kept: dict[str, Record] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    is_full: bool = False
    """Whether the next answer finds the disk full."""

    def begin(
        self, client: str, questionnaire: Questionnaire, mode: SittingMode, taken_at: datetime
    ) -> str:
        sequence = max((one.sequence for one in self.kept.values()), default=0) + 1
        nothing = dict.fromkeys((item.id for item in questionnaire.all_items), NOT_REACHED)
        administration = administer(questionnaire, nothing, taken_at=taken_at)
        known = next((one for one in self.clients() if same_client(one, client)), client)
        record = Record(
            f"{sequence:012}", known, sequence, mode, RecordState.OPEN, administration,
            MappingProxyType({}), (),
        )  # fmt: skip
        self.kept[record.id] = record
        self._enter(AuditAction.BEGUN, record.id, taken_at)
        return record.id

    def put(self, record: str, item: str, given: int | str | Unanswered, at: datetime) -> None:
        if self.is_full:
            raise IOFailed("The history cannot be written: the disk is full", mend="Make room")
        was = self.record(record)
        if was.state is RecordState.CLOSED:
            raise UsageError("The record is closed", mend="Start another one")
        administration = _with(was.administration, {item: given})
        self._changes(record, AuditAction.CHANGED, at, administration=administration)
        for critical in administration.questionnaire.critical:
            if critical.item == item:
                self._raise_or_follow(record, critical, at, is_over=was.state is not _OPEN)

    def note(self, record: str, item: str, text: str, at: datetime) -> None:
        notes = dict(self.record(record).notes) | {item: text}
        left = MappingProxyType({name: said for name, said in notes.items() if said})
        self._changes(record, AuditAction.CHANGED, at, notes=left)

    def finish(self, record: str, administration: Administration, at: datetime) -> None:
        is_own = self.record(record).mode is SittingMode.OWN
        state = RecordState.CLOSED if is_own else RecordState.ANSWERED
        taken_at = self.record(record).administration.taken_at
        administration = replace(administration, taken_at=taken_at)
        self._changes(record, AuditAction.FINISHED, at, administration=administration, state=state)
        for critical in administration.questionnaire.critical:
            self._raise_or_follow(record, critical, at, is_over=True)

    def acknowledge(self, record: str, item: str, acknowledgement: Acknowledgement) -> None:
        critical = tuple(
            replace(entry, acknowledgement=acknowledgement) if entry.item == item else entry
            for entry in self.record(record).critical
        )
        self._changes(record, AuditAction.ACKNOWLEDGED, acknowledgement.at, critical=critical)

    def close(self, record: str, at: datetime) -> None:
        if self.record(record).unacknowledged:
            raise UsageError("A critical item is not acknowledged", mend="Acknowledge it first")
        self._changes(record, AuditAction.CLOSED, at, state=RecordState.CLOSED)

    def record(self, record: str) -> Record:
        if record not in self.kept:
            raise InputNotFound("There is no such record", mend="See the list of records")
        return self.kept[record]

    def records(self, client: str | None = None) -> tuple[Record, ...]:
        ordered = sorted(self.kept.values(), key=lambda one: one.sequence)
        return tuple(one for one in ordered if client is None or same_client(one.client, client))

    def clients(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.client for one in self.records()))

    def unacknowledged(self) -> tuple[Record, ...]:
        return tuple(one for one in self.records() if one.unacknowledged)

    def move(self, record: str, client: str, at: datetime) -> None:
        self._changes(record, AuditAction.MOVED, at, client=client)

    def add(self, record: Record, at: datetime) -> bool:
        if record.id in self.kept:
            if self.kept[record.id] != record:
                raise BadData("Another record has that id", mend="Import into another store")
            return False
        self.kept[record.id] = record
        self._enter(AuditAction.IMPORTED, record.id, at)
        return True

    def exported(self, records: Sequence[str], at: datetime) -> None:
        for record in records:
            self._enter(AuditAction.EXPORTED, record, at)

    def delete(self, records: Sequence[str], at: datetime) -> None:
        for record in records:
            del self.kept[self.record(record).id]
            self._enter(AuditAction.DELETED, record, at)

    def audit(self) -> tuple[AuditEntry, ...]:
        return tuple(self.entries)

    def verify(self) -> tuple[Problem, ...]:
        return ()

    def change_passphrase(self, passphrase: str, at: datetime) -> None:
        del passphrase
        self._enter(AuditAction.PASSPHRASE_CHANGED, None, at)

    def _raise_or_follow(
        self, record: str, critical: CriticalItem, at: datetime, *, is_over: bool
    ) -> None:
        """Enter what a human has to see; an alert once entered stays, whatever it becomes."""
        kept = self.record(record)
        sitting, item = kept.administration, critical.item
        now = sitting.answers.get(item) if item in sitting.answers else sitting.unanswered[item]
        assert now is not None
        before = next((entry for entry in kept.critical if entry.item == item), None)
        values = [now] if isinstance(now, int) and is_alert(critical, now) else []
        alerted = max(
            [*values, *([before.alerted] if before and before.alerted else [])], default=None
        )
        others = tuple(entry for entry in kept.critical if entry.item != item)
        if alerted is None and (isinstance(now, int) or not is_over):
            self.kept[record] = replace(kept, critical=others)
            return
        is_new = before is None or (before.alerted or 0) < (alerted or 0)
        entry = CriticalEntry(
            item, alerted, now,
            raised_at=at if is_new or before is None else before.raised_at,
            acknowledgement=None if is_new or before is None else before.acknowledgement,
        )  # fmt: skip
        self.kept[record] = replace(kept, critical=(*others, entry))

    def _changes(self, record: str, action: AuditAction, at: datetime, **changes: object) -> None:
        self.kept[record] = replace(self.record(record), **changes)  # type: ignore[arg-type]
        self._enter(action, record, at)

    def _enter(self, action: AuditAction, record: str | None, at: datetime) -> None:
        self.entries.append(AuditEntry(len(self.entries) + 1, at, action, record, ""))


_OPEN = RecordState.OPEN


def _with(sitting: Administration, given: dict[str, object]) -> Administration:
    before = {**sitting.answers, **sitting.words, **sitting.unanswered}
    return administer(sitting.questionnaire, before | given, taken_at=sitting.taken_at)
