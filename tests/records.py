"""Records as a store gives them: one at a time for an example, at random for a promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from hypothesis import strategies as st

from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.history.critical import critical_entries
from moodcheck.history.record import (
    Acknowledgement,
    Correction,
    CriticalEntry,
    CriticalKind,
    Record,
    RecordState,
    SittingMode,
)
from tests.shipped import SYMPTOMS, TAKEN_AT
from tests.strategies import administrations

ORIGIN = ""
"""Of every record that a test makes up."""

SEEN = Acknowledgement("AB", TAKEN_AT + timedelta(minutes=20), "Called the clinic together")


def record(  # noqa: PLR0913 - each is something a record has
    administration: Administration,
    *,
    name: str = "aaaaaaaaaaa1",
    client: str = "C-014",
    sequence: int = 1,
    mode: SittingMode = SittingMode.READ_ALOUD,
    state: RecordState = RecordState.ANSWERED,
    notes: Mapping[str, str] | None = None,
    alerted: Mapping[str, int] | None = None,
    acknowledgement: Acknowledgement | None = None,
) -> Record:
    """Return a record of a sitting, with the critical entries that a store makes of it.

    `alerted`: alerts that were changed later, by item.
    """
    return Record(
        id=name,
        client=client,
        origin=ORIGIN,
        sequence=sequence,
        mode=mode,
        state=state,
        administration=administration,
        notes=MappingProxyType(dict(notes or {})),
        critical=entries_of_a_store(administration, alerted or {}, acknowledgement),
    )


def entries_of_a_store(
    administration: Administration,
    alerted: Mapping[str, int],
    acknowledgement: Acknowledgement | None,
) -> tuple[CriticalEntry, ...]:
    """Return what a human has to see of a sitting."""
    found = []
    for critical in administration.questionnaire.critical:
        item = critical.item
        now: int | Unanswered
        if item in administration.answers:
            now = administration.answers[item]
            highest = max(now, alerted.get(item, now))
            if not critical.is_alert(highest):
                continue
            entry = CriticalEntry(
                item, CriticalKind.ALERT, highest, now, _raised(administration), acknowledgement
            )
        else:
            now = administration.unanswered[item]
            kind = CriticalKind.ALERT if item in alerted else CriticalKind.UNANSWERED
            entry = CriticalEntry(
                item, kind, alerted.get(item), now, _raised(administration), acknowledgement
            )
        found.append(entry)
    return tuple(found)


def _raised(administration: Administration) -> datetime:
    return administration.taken_at + timedelta(minutes=5)


def acknowledgements() -> st.SearchStrategy[Acknowledgement]:
    """What a counselor says of a critical entry."""
    times = st.integers(0, 10**6).map(lambda seconds: TAKEN_AT + timedelta(seconds=seconds))
    initials = st.text("ABCÄß", min_size=1, max_size=8)
    more = {name: _texts(0) for name in ("spoken_with", "told", "plan", "next_contact")}
    action = _texts(1).filter(str.strip)
    return st.builds(Acknowledgement, initials, times, action, **more)


@st.composite
def records(
    draw: st.DrawFn,
    of: Questionnaire = SYMPTOMS,
    *,
    sequence: int = 1,
    client: str = "C-014",
    own_words: st.SearchStrategy[str] | None = None,
) -> Record:
    """Records of every mode and state, with notes and with alerts that were changed."""
    sitting = draw(administrations(of, own_words=own_words))
    alerted: dict[str, int] = {}
    for critical in of.critical:
        offered = [one.value for one in of.options(critical.item)]
        values = [value for value in offered if critical.is_alert(value)]
        if values and (changed := draw(st.none() | st.sampled_from(values))) is not None:
            alerted[critical.item] = changed
    noted = draw(st.dictionaries(st.sampled_from([item.id for item in of.all_items]), _texts(1)))
    kept = record(
        sitting,
        name=f"{sequence:012}",
        client=client,
        sequence=sequence,
        mode=draw(st.sampled_from(SittingMode)),
        state=draw(st.sampled_from(RecordState)),
        notes=noted,
        alerted=alerted,
        acknowledgement=draw(st.none() | acknowledgements()),
    )
    return replace(
        kept,
        critical=critical_entries(sitting, kept.state, kept.critical),
        note=draw(_texts(0)),
        corrections=tuple(draw(st.lists(_corrections(of), max_size=2))),
        changed_outside=draw(st.booleans()),
    )


@st.composite
def _corrections(draw: st.DrawFn, of: Questionnaire) -> Correction:
    item = draw(st.sampled_from([item.id for item in of.all_items]))
    offered = [option.value for option in of.options(item)]
    entered = st.sampled_from(offered) if offered else _texts(1)
    return Correction(item, draw(entered | st.sampled_from(Unanswered)), TAKEN_AT)


def histories(
    *questionnaires: Questionnaire, most: int = 3, own_words: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[list[Record]]:
    """Return one client's records, in their order."""
    asked = st.lists(st.sampled_from(questionnaires or (SYMPTOMS,)), min_size=1, max_size=most)
    return asked.flatmap(
        lambda drawn: st.tuples(
            *(
                records(of, sequence=position, own_words=own_words)
                for position, of in enumerate(drawn, start=1)
            )
        ).map(list)
    )


def _texts(least: int) -> st.SearchStrategy[str]:
    return st.text(min_size=least, max_size=30)
