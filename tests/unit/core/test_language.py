"""Words that diagnose, judge or blame are found; saying that this is no diagnosis is allowed."""

from __future__ import annotations

import pytest

from moodcheck.core.language import Language
from tests.shipped import LANGUAGE

DENIED = """
You have depression. You may have depression. You likely have a mild depression.
You are depressed. You seem clinically depressed. She is depressed now.
This is a diagnosis. It diagnoses you. We diagnosed it. The diagnostic result follows.
A case of mild depression. Moderate depression follows. This is severe depression.
That is a positive screen. That is a negative screen. You screened positive. Positive screening.
There is no risk. There is low risk. You are at risk. This is high risk.
You are safe. You're safe now. You’re safe now. They are safe.
He committed suicide. To commit suicide is. A failed attempt. A failed suicide attempt.
A successful suicide attempt. A successful suicide.
She suffers from it. You suffer from depression. Suffering from this.
You are normal. You're abnormal. You’re abnormal. That is normal. A normal person. A normal score.
You probably feel low. The probability is high.
YOU ARE DEPRESSED. You  are
depressed.
"""

ALLOWED = """
This is not a diagnosis. It cannot diagnose anyone. It never diagnoses. It does not diagnose.
Some people died by suicide. Help exists, and people get through times like this.
A symptom check-in to prepare a visit. Think of days when normal tasks felt too big.
Save it in a safe place.
"""


NAMES_DEATH = """
Thoughts of suicide. I wished I was dead. I wanted to kill myself. You hurt yourself on purpose.
You felt like harming yourself. I think about self-harm. You planned to take your own life.
I thought of ending my life. Life was not worth it.
"""

NAMES_NO_DEATH = """
You lay awake at night. You skipped a deadline. You lost your temper with yourself. My life is full.
You took your time. You cut down on coffee. You blamed yourself a lot. Your diet changed.
"""


def sentences(text: str) -> list[str]:
    return [f"{one.strip()}." for one in text.split(".") if one.strip()]


@pytest.mark.parametrize("sentence", sentences(DENIED))
def test_what_diagnoses_or_judges_is_found(sentence: str) -> None:
    assert LANGUAGE.denied_words(sentence)


@pytest.mark.parametrize("sentence", sentences(ALLOWED))
def test_what_describes_is_left_alone(sentence: str) -> None:
    assert LANGUAGE.denied_words(sentence) == []


def test_an_allowed_phrase_hides_no_denied_one() -> None:
    assert LANGUAGE.denied_words("This is not a diagnosis, but you are depressed.") == ["depressed"]


def test_every_pattern_is_needed() -> None:
    # One pattern less, and one of the sentences above would pass.
    for i in range(len(LANGUAGE.denied)):
        fewer = Language.model_construct(
            **{**dict(LANGUAGE), "denied": LANGUAGE.denied[:i] + LANGUAGE.denied[i + 1 :]}
        )
        assert not all(fewer.denied_words(one) for one in sentences(DENIED)), LANGUAGE.denied[i]


@pytest.mark.parametrize("word", ["doctor", "Doctors", "therapist", "counselor", "clinicians"])
def test_whoever_is_qualified_counts_as_a_clinician(word: str) -> None:
    assert LANGUAGE.names_a_clinician(f"Please see a {word}.")


@pytest.mark.parametrize("word", ["friend", "indoctrinate", "doctorate", "website"])
def test_nobody_else_does(word: str) -> None:
    assert not LANGUAGE.names_a_clinician(f"Please see a {word}.")


def test_the_statement_names_a_clinician_and_is_allowed() -> None:
    assert LANGUAGE.names_a_clinician(LANGUAGE.not_a_diagnosis)
    assert LANGUAGE.denied_words(LANGUAGE.not_a_diagnosis) == []


@pytest.mark.parametrize("sentence", sentences(NAMES_DEATH))
def test_what_names_death_or_suicide_is_found(sentence: str) -> None:
    assert LANGUAGE.names_death(sentence)
    assert LANGUAGE.names_death(sentence.upper())


@pytest.mark.parametrize("sentence", sentences(NAMES_NO_DEATH))
def test_other_hard_times_are_not_taken_for_it(sentence: str) -> None:
    assert not LANGUAGE.names_death(sentence)


def test_every_word_about_death_is_needed() -> None:
    for i in range(len(LANGUAGE.death_words)):
        fewer = LANGUAGE.death_words[:i] + LANGUAGE.death_words[i + 1 :]
        without = Language.model_construct(**{**dict(LANGUAGE), "death_words": fewer})
        found = map(without.names_death, sentences(NAMES_DEATH))
        assert not all(found), LANGUAGE.death_words[i]
