"""P1 to P3 and P9 for a counselor's session: its closing view, its pages, the list of clients."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from moodcheck.core.administration import administer
from moodcheck.core.safety import advice_for
from moodcheck.history.critical import Waiting, critical_lines, has_alert, needs_help_first
from moodcheck.history.listing import ClientList, client_list
from moodcheck.history.record import Acknowledgement, Record
from moodcheck.history.review import SessionReview, session_review
from moodcheck.history.session import hand_over_pages, review_pages, session_pages
from moodcheck.history.views import history_json
from moodcheck.history.views.clients_view import client_list_document
from moodcheck.report.render_plain import render
from moodcheck.terminal.page import Page
from tests.promises.test_outside_text_stays_text import HOSTILE, dangers, rewritten
from tests.records import record, records
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TAKEN_AT, summary_of
from tests.shown import leaves, letters, words
from tests.strategies import hostile_text
from tests.unit.terminal.fakes import panel, question

NOW = TAKEN_AT + timedelta(days=3)
CRITICAL = SYMPTOMS.critical[0].item


def closed(now: Record, before: Record | None = None) -> SessionReview:
    return session_review(now, before, summary_of(now.administration), LANGUAGE, NOW)


def said(page: Page) -> str:
    return "\n".join([*page.texts(), *(f"{k} {w}" for k, w in page.keys)])


def closing_page(now: Record, before: Record | None = None) -> str:
    return said(review_pages.closing([closed(now, before)], panel(), NOW))


def clients(*kept: Record) -> ClientList:
    return client_list(kept, LANGUAGE, panel(), NOW)


def in_our_words(one: Record) -> Record:
    """Return a record without what a counselor wrote; that is theirs, and shown as it is."""
    critical = tuple(
        replace(entry, acknowledgement=entry.acknowledgement and Acknowledgement("AB", NOW, "Saw"))
        for entry in one.critical
    )
    return replace(one, notes={}, critical=critical)


@given(before=st.none() | records(), now=records(sequence=2))
def test_the_closing_view_advises_a_clinician_and_gives_no_verdict(
    before: Record | None, now: Record
) -> None:
    shown = closing_page(in_our_words(now), before)

    assert letters(advice_for(now.administration).text) in letters(shown)
    assert letters(LANGUAGE.not_a_diagnosis) in letters(shown)
    assert letters(LANGUAGE.not_validated) in letters(shown)
    assert LANGUAGE.denied_words(words(shown)) == []
    told = words(shown).replace(words(advice_for(now.administration).text), "").lower()
    assert not {"better", "worse", "improved"} & set(told.split())


@given(before=st.none() | records(), now=records(sequence=2))
def test_the_closing_view_begins_with_help_after_an_alert_and_with_what_nobody_saw(
    before: Record | None, now: Record
) -> None:
    shown = closing_page(in_our_words(now), before)

    assert panel().act_now in shown
    if now.critical:
        first = shown.index("Needs your attention first")
        assert first < shown.lower().index("since last time") < shown.index("Numbers")
        assert ("NOT ACKNOWLEDGED" in shown) == bool(now.unacknowledged)
        if has_alert(now):
            assert shown.index(panel().act_now) < first
    advice = advice_for(now.administration).text
    if "Answers that set the advice" in shown:
        assert shown.index("Answers that set the advice") < shown.index(advice)
    # One number and one line: the others are behind a key, so that the answers are in sight.
    here = panel()
    assert here.lines[0].number in shown.replace("\xa0", " ")
    assert [one for one in (here.comfort, *here.sources, here.international) if one in shown] == []


@given(kept=st.lists(records(), max_size=4))
def test_the_list_of_clients_names_a_clinician_and_diagnoses_nobody(kept: list[Record]) -> None:
    shown = render(client_list_document(clients(*map(in_our_words, kept))))

    assert LANGUAGE.notice in words(shown)
    assert LANGUAGE.denied_words(words(shown)) == []
    document = json.loads(history_json.client_list(clients(*kept)))
    assert all(client["notice"] == LANGUAGE.notice for client in document)


@given(kept=st.lists(records(), min_size=1, max_size=4))
def test_the_list_of_clients_begins_with_what_nobody_acknowledged(kept: list[Record]) -> None:
    listed = clients(*kept)
    shown = render(client_list_document(listed))
    first = words(shown).split(" client")[0]

    assert ("NOT ACKNOWLEDGED" in first) == bool(listed.not_acknowledged)
    urgent = any(needs_help_first(line.record) for line in listed.not_acknowledged)
    is_first = words(shown).startswith(f"{LANGUAGE.help.title}: {panel().act_now}")
    assert is_first == listed.help_first == urgent


def hostile(texts: list[str]) -> Record:
    """Return a record in which everything that somebody else wrote is one of `texts`."""
    others = cycle(texts)
    asked = rewritten(SYMPTOMS, others)
    given_: dict[str, object] = dict.fromkeys((item.id for item in SYMPTOMS.items), 1)
    given_ |= {CRITICAL: 2, "own_words": next(others)}
    return record(
        administer(asked, given_, taken_at=TAKEN_AT),
        client=next(others),
        notes={CRITICAL: next(others), "own_words": next(others)},
        acknowledgement=Acknowledgement(next(others)[:8], NOW, next(others)),
    )


def every_page(one: Record, text: str) -> list[Page]:
    """Return every page of a session on which something that somebody else wrote can stand."""
    (line,) = critical_lines([one], LANGUAGE, NOW)
    here = panel()
    item = next(i for i in closed(one, replace(one, sequence=0)).items if i.item.id == CRITICAL)
    hostile_options = one.administration.questionnaire.options(CRITICAL)
    asked = replace(question(), item=item.item, options=hostile_options)
    make: list[Callable[[], Page]] = [
        lambda: session_pages.attention(Waiting((line,), (line,)), 2, LANGUAGE.notice),
        lambda: session_pages.of_others([line], LANGUAGE.notice),
        lambda: session_pages.unknown_client(text, has_hint=True),
        lambda: session_pages.unfinished([one]),
        lambda: session_pages.broken_off(one),
        lambda: hand_over_pages.start_hand_over(text, LANGUAGE, here, 5),
        lambda: hand_over_pages.start_read_aloud(text, LANGUAGE, here, 5),
        lambda: hand_over_pages.start_read_aloud(text, LANGUAGE, here, 5, can_be_locked=False),
        lambda: hand_over_pages.client_welcome(one.administration.questionnaire, LANGUAGE, here),
        lambda: hand_over_pages.locked(here, problem=text, hand_back=text),
        lambda: hand_over_pages.hand_back(LANGUAGE, here, is_going_idle=True),
        lambda: hand_over_pages.unlock(here, problem=text),
        lambda: review_pages.closing([closed(one, replace(one, sequence=0))], here, NOW),
        lambda: review_pages.initials([line]),
        lambda: review_pages.action([line]),
        lambda: review_pages.follow_up([line], Acknowledgement(text[:8], NOW, text, text, text)),
        lambda: review_pages.follow_up_line("plan", text),
        lambda: review_pages.note(text, text),
        lambda: review_pages.sitting_note(replace(one, note=text)),
        lambda: review_pages.which_for_a_note([closed(one), closed(one)]),
        lambda: review_pages.item(item, asked, can_be_corrected=True),
        lambda: review_pages.correction(item, asked),
        lambda: session_pages.not_saved(text, [text], here),
        lambda: hand_over_pages.next_questionnaire(one.administration.questionnaire, here),
        lambda: hand_over_pages.advised(
            [summary_of(one.administration)], here, help_was_shown=True
        ),
    ]
    return [one() for one in make]


@settings(max_examples=20)
@given(texts=HOSTILE, text=hostile_text())
def test_nothing_that_somebody_else_wrote_can_do_anything_on_a_page(
    texts: list[str], text: str
) -> None:
    for page in every_page(hostile(texts), text):
        assert [found for line in said(page).split("\n") for found in dangers(line)] == []


@settings(max_examples=20)
@given(texts=HOSTILE, width=st.integers(20, 200))
def test_nor_in_the_list_of_clients(texts: list[str], width: int) -> None:
    listed = clients(replace(hostile(texts), critical=()), hostile(texts))
    lines = render(client_list_document(listed), width=width).split("\n")
    document = json.loads(history_json.client_list(listed))

    assert [found for line in lines for found in dangers(line)] == []
    assert [line for line in lines if cell_len(line) > width] == []
    # In JSON a line break is spelled out already.
    texts = [text.replace("\n", "") for text in leaves(document)]
    assert [found for text in texts for found in dangers(text)] == []


@pytest.mark.parametrize("handed_over", [True, False])
def test_a_client_is_told_whom_to_tell_and_a_counselor_is_not_asked_to(
    *, handed_over: bool
) -> None:
    from tests.unit.terminal.fakes import talk

    dialogue, _view, _reader = talk()
    dialogue.is_handed_over = handed_over

    told = LANGUAGE.hand_over.tells_no_one if handed_over else LANGUAGE.help.tells_no_one
    assert dialogue.panel.tells_no_one == told
    assert DIRECTORY.international.address in dialogue.panel.international
