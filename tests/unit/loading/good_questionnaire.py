"""A questionnaire with nothing wrong, and ways to make it wrong."""

from __future__ import annotations

import json

import pytest

from moodcheck.core.administration import Unanswered
from moodcheck.core.language import Language
from moodcheck.errors import BadData
from moodcheck.loading.data_files import parse_questionnaire

GOOD = """\
schema: 1
id: rest
version: "1.0.0"
title: Rest check-in
language: en
licence: MIT
source: {document: Written for these tests}
validated: false
recall_period: Over the last week

responses:
  often:
    - {value: 0, label: Never}
    - {value: 1, label: At times}
    - {value: 2, label: Most days}
  yes_no:
    - {value: 0, label: "No"}
    - {value: 1, label: "Yes"}

items:
  - id: tired
    label: Tired
    text: You were tired before noon.
    help: Any day counts.
    responses: often
  - id: restless
    label: Restless
    responses: often
  - id: worst
    label: Dark thoughts
    responses: often

context:
  - {id: trouble, label: In the way, responses: yes_no}
  - {id: words, label: Own words, type: text}

scales:
  - id: total
    label: All together
    method: sum
    items: all
  - id: days
    label: Most days
    method: count
    at_least: 2
    items: [tired, restless]

critical:
  - {item: worst, at_least: 1}

advice:
  - id: now
    when:
      - {item: worst, at_least: 1}
    label: Today
    text: Please call a doctor today.
  - id: anyway
    label: Talk it over
    text: A nurse can help you to find rest.
"""

LANGUAGE = Language.model_validate_json(
    json.dumps(
        {
            "schema": 1,
            "language": "en",
            "not_a_diagnosis": "This is not a diagnosis.",
            "notice": "Not a diagnosis.",
            "not_validated": "No study tells what these numbers mean.",
            "validated": "Studied in {citation}.",
            "critical_unanswered": "{label} was not answered.",
            "published_band": "published as {name} ({range}, {citation})",
            "unanswered": dict.fromkeys(Unanswered, "not answered"),
            "too_many_unanswered": "no score",
            "not_every_item_asked": "no score either",
            "nothing_stood_out": "None stands out.",
            "visit_questions": ["What helps?"],
            "say": {
                "alert": "I thought of death.",
                "often": "{period}, {how_often}, I {what}.",
                "less_often": "{how_often}, I {what}.",
                "more": "There is more.",
                "and_also": "I also {what}.",
                "about": "About {what}.",
                "and_about": "And about {what}.",
                "wish": "Help me.",
                "both": "{some} and {last}",
            },
            "forgotten_passphrase": "Nobody can recover it.",
            "help": {
                "title": "Help lines",
                "act_now": "Call {emergency} now.",
                "comfort": "Help exists.",
                "tells_no_one": "This program tells no one.",
                "local_emergency": "your local emergency number",
                "guessed_emergency": "{emergency} in {country}",
                "region_is_a_guess": "{country} is a guess. Else see {address}.",
                "no_lines": "No line is known in {country}.",
                "every_country": "Everywhere:",
                "if_it_does_not_connect": "Else call {emergency}.",
                "international": "See {address}.",
                "sources": "From sources ({dates}).",
                "other_sources": "Others from sources ({dates}).",
                "from_to": "{first} to {last}",
                "confirmed": "Confirmed on {date}: {names}.",
                "confirmed_long_ago": "Confirmed on {date}: {names}.",
            },
            "change": {
                "reliable": "reliable ({needed}, {citation})",
                "not_reliable": "not reliable ({needed}, {citation})",
                "points": "{points} or more",
                "more_than": "more than {points}",
                "answer": "{before}, now {now}",
            },
            "hand_over": {
                "promise": "I will read them.",
                "tells_no_one": "It tells no one: tell the counselor.",
                "stays_visible": "The counselor can read every answer.",
                "hand_back": "Hand it back.",
                "going_idle": "This will lock soon.",
                "inside": "{program} leads out.",
                "beyond": "Other windows are not guarded.",
            },
            "batch": {
                "notice": "Not a diagnosis. Please see a doctor.",
                "alert_asks": "Let somebody read them today.",
                "no_new_alert": "No new alert.",
                "no_alert": "No alert.",
                "critical_unanswered": "Nobody knows.",
                "cohort_says_not": ["They are about nobody in it."],
            },
            "under_18": ["Tell an adult whom you trust."],
            "for_someone_else": ["Ask them."],
            "clinician_words": ["doctor", "nurse"],
            "death_words": [r"\bsuicid\w*"],
            "denied": [r"\bdiagnos\w*", r"\bdepressed\b"],
            "allowed": [r"\bnot a diagnosis\b"],
        }
    )
)


def changed(*edits: tuple[str, str]) -> bytes:
    """Return the good questionnaire with the first place of each text replaced."""
    text = GOOD
    for old, new in edits:
        assert old in text, f"the good questionnaire has no {old!r}"
        text = text.replace(old, new, 1)
    return text.encode()


def problems(content: bytes) -> list[str]:
    """Return the problems for which the content is refused, each as it is shown."""
    with pytest.raises(BadData) as refused:
        parse_questionnaire("q.yaml", content, LANGUAGE)
    return [str(problem) for problem in refused.value.problems]
