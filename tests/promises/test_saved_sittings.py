"""P1 to P4 and P9 for everything that is shown of saved sittings: each, in each format."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.core.administration import administer
from moodcheck.core.crisis import Region
from moodcheck.core.safety import advice_for
from moodcheck.history.critical import has_alert
from moodcheck.history.record import Acknowledgement, CriticalEntry, Record, SittingMode
from tests.history_outputs import EVERY_OUTPUT, FOR_EYES_AND_EARS, OUTCOMES
from tests.promises.test_outside_text_stays_text import HOSTILE, dangers, rewritten
from tests.records import histories, record
from tests.shipped import LANGUAGE, SYMPTOMS, TAKEN_AT, UNITED_STATES, answered
from tests.shown import STYLE, leaves, letters, words
from tests.strategies import regions

WIDTHS = st.integers(20, 200)
CRITICAL = "death_thoughts"
few = settings(max_examples=8)
"""Each example draws whole histories, and each is shown in every format."""

OTHER = SYMPTOMS.model_copy(update={"version": "3.0.0"})


@pytest.mark.parametrize("name", OUTCOMES)
@few
@given(kept=histories(SYMPTOMS, OTHER), where=regions(), width=WIDTHS)
def test_each_advises_a_clinician_and_is_no_diagnosis(
    name: str, kept: list[Record], where: Region, width: int
) -> None:
    shown = letters(OUTCOMES[name](kept, where, width))

    assert letters(advice_for(kept[-1].administration).text) in shown
    assert letters(LANGUAGE.not_a_diagnosis) in shown
    assert letters(LANGUAGE.not_validated) in shown
    assert letters(LANGUAGE.help.tells_no_one) in shown


@pytest.mark.parametrize("name", EVERY_OUTPUT)
@few
@given(kept=histories(), where=regions(), width=WIDTHS)
def test_each_says_that_it_is_no_diagnosis_and_none_holds_a_denied_word(
    name: str, kept: list[Record], where: Region, width: int
) -> None:
    ours = [replace(one, notes={}, critical=_plainly_acknowledged(one)) for one in kept]
    shown = words(EVERY_OUTPUT[name](ours, where, width))

    assert "notadiagnosis" in letters(shown).lower()
    assert LANGUAGE.names_a_clinician(shown)
    assert LANGUAGE.denied_words(shown) == []


@pytest.mark.parametrize("name", FOR_EYES_AND_EARS)
@few
@given(kept=histories(), where=regions(), width=WIDTHS)
def test_an_alert_shows_what_to_do_now_before_anything_about_the_sitting(
    name: str, kept: list[Record], where: Region, width: int
) -> None:
    kept = kept if has_alert(kept[-1]) else [*kept, _alert(sequence=99)]
    shown = letters(EVERY_OUTPUT[name](kept, where, width))
    first = shown.index(letters(LANGUAGE.help.act_now.partition("{emergency}")[0]))

    label = letters(SYMPTOMS.item(CRITICAL).label)
    assert first < shown.index(label) if label in shown else first
    assert shown.count(letters(LANGUAGE.help.tells_no_one)) == 1


@pytest.mark.parametrize("name", FOR_EYES_AND_EARS)
@few
@given(kept=histories(), width=WIDTHS)
def test_what_nobody_acknowledged_is_named_before_answers_and_numbers(
    name: str, kept: list[Record], width: int
) -> None:
    kept = [*kept, _alert(sequence=99, alerted=3, now=0)]
    shown = letters(EVERY_OUTPUT[name](kept, UNITED_STATES, width))
    now, then = (str(SYMPTOMS.option(CRITICAL, value).label) for value in (0, 3))
    changed = f"3 ({then[0].lower()}{then[1:]}), changed to 0 ({now[0].lower()}{now[1:]})"
    said = letters(f'"{SYMPTOMS.item(CRITICAL).label}: {changed}". NOT ACKNOWLEDGED for 3 days.')
    first = shown.index(said)
    for later in (LANGUAGE.not_a_diagnosis, LANGUAGE.notice, "Numbers", "Lowmood"):
        assert letters(later) not in shown[:first]


@pytest.mark.parametrize("name", EVERY_OUTPUT)
def test_what_was_acknowledged_or_is_ones_own_is_not_called_otherwise(name: str) -> None:
    seen = record(answered(**{CRITICAL: 1}), acknowledgement=_SEEN)
    own = record(answered(**{CRITICAL: 1}), mode=SittingMode.OWN, client="me")
    open_ = record(answered(**{CRITICAL: 1}))

    for kept, is_open in (([seen], False), ([own], False), ([open_], True)):
        shown = EVERY_OUTPUT[name](kept, UNITED_STATES, 80)
        if name.endswith("json"):
            document = json.loads(shown)
            entries = document[0] if isinstance(document, list) else document
            assert [line["not_acknowledged"] for line in entries["critical"]] == [is_open]
        else:
            assert ("NOT ACKNOWLEDGED" in shown) is is_open


@pytest.mark.parametrize("name", ["trend whole, rich", "trend whole, plain"])
@few
@given(st.lists(st.sampled_from([0, 3, None, "skipped", "declined"]), min_size=1, max_size=8))
def test_no_answer_is_a_gap_and_never_a_zero(name: str, sleep: list[object]) -> None:
    zeros: dict[str, object] = {item.id: 3 for item in SYMPTOMS.items}
    kept = [
        record(answered(**{**zeros, CRITICAL: 1, "sleep": value}), sequence=position)
        for position, value in enumerate(sleep)
    ]
    shown = STYLE.sub("", OUTCOMES[name](kept, UNITED_STATES, 400))
    by_ear = re.findall(r"; Sleep: ([^;]+);", shown)
    values = " ".join(by_ear or re.findall(r"^Sleep\b(.*)$", shown, re.MULTILINE))

    assert bool(by_ear) is name.endswith("plain")
    assert values.count("0") == sleep.count(0)
    assert values.count("3") == sleep.count(3)


@few
@given(histories())
def test_json_keeps_every_gap_with_its_reason(kept: list[Record]) -> None:
    document = json.loads(OUTCOMES["trend, json"](kept, UNITED_STATES, 80))
    (series,) = document["series"]

    for position, one in enumerate(kept):
        for item, line in series["items"].items():
            assert line["values"][position] == one.administration.answers.get(item)
            assert line["unanswered"][position] == one.administration.unanswered.get(item)


@pytest.mark.parametrize("name", EVERY_OUTPUT)
@few
@given(texts=HOSTILE, width=WIDTHS)
def test_outside_text_neither_moves_nor_overflows_anything(
    name: str, texts: list[str], width: int
) -> None:
    asked = rewritten(SYMPTOMS, iter(texts * 500))
    seen = Acknowledgement(texts[0][:8], TAKEN_AT, texts[-1])
    everything = {item.id: 2 for item in asked.items}
    sitting = administer(asked, {**everything, "own_words": texts[0]}, taken_at=TAKEN_AT)
    notes = dict.fromkeys(["sleep", "own_words"], texts[-1])
    kept = [record(sitting, sequence=i, notes=notes, acknowledgement=seen) for i in (1, 2)]
    shown = EVERY_OUTPUT[name](kept, UNITED_STATES, width)

    if name.endswith("json"):
        lines = [text.replace("\n", "") for text in leaves(json.loads(shown))]
    else:
        lines = STYLE.sub("", shown).split("\n")
        assert [line for line in lines if cell_len(line) > width] == []
    assert [found for line in lines for found in dangers(line)] == []


_SEEN = Acknowledgement("AB", TAKEN_AT, "Talked")


def _alert(*, sequence: int, alerted: int = 2, now: int = 2) -> Record:
    return record(answered(**{CRITICAL: now}), sequence=sequence, alerted={CRITICAL: alerted})


def _plainly_acknowledged(one: Record) -> tuple[CriticalEntry, ...]:
    return tuple(
        replace(entry, acknowledgement=_SEEN if entry.acknowledgement else None)
        for entry in one.critical
    )
