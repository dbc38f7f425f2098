"""Whatever comes from a keyboard or a pipe: only what an item offers is ever an answer."""

from __future__ import annotations

from io import BytesIO, StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moodcheck.checkin.asker import TerminalAsker
from moodcheck.checkin.dialogue import Dialogue, Setting
from moodcheck.checkin.walkthrough import walk
from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.crisis import Region
from moodcheck.errors import InputNotFound, MoodcheckError
from moodcheck.report import json as json_format
from moodcheck.report.render_plain import render
from moodcheck.report.summary_view import summary_document
from moodcheck.terminal.line_reader import LineReader
from moodcheck.terminal.plain_view import PlainView
from moodcheck.terminal.signals import LeftAtOnce
from tests.in_process import run
from tests.shipped import CONTEXT, DIRECTORY, LANGUAGE, SYMPTOMS, TAKEN_AT, TODAY, summary_of
from tests.strategies import ATTACKS, hostile_text

KEYS = [
    *"0123456789bshqfgvlrwdyop? ",
    "",
    "12",
    "us",
    "zz",
    "-1",
    "1.0",
    "\x1b",
    "\x1b[D",
    "x" * 9_000,
]

SETTING = Setting(
    questionnaire=SYMPTOMS,
    language=LANGUAGE,
    directory=DIRECTORY,
    region_called=CONTEXT.region_called,
    today=TODAY,
    traces=(),
    needs_enter=False,
    is_piped=True,
    is_discreet=False,
)

lines = st.one_of(
    st.sampled_from([key.encode() for key in KEYS]),
    hostile_text().map(lambda text: text.encode(errors="surrogatepass")),
    st.binary(max_size=30),
).map(lambda line: line.replace(b"\n", b""))


def sitting(typed: bytes) -> tuple[Administration | None, str]:
    """Walk with what a pipe holds; return the administration and everything that was said."""
    said = StringIO()
    view = PlainView(said, can_clear=False)
    dialogue = Dialogue(SETTING, LineReader(BytesIO(typed)), view, Region("GB"))
    asker = TerminalAsker(dialogue, to_plain=lambda: view)
    try:
        administration = walk(SYMPTOMS, asker, lambda: TAKEN_AT)
    except (InputNotFound, LeftAtOnce):
        administration = None
    return administration, said.getvalue()


def does_nothing(text: str) -> bool:
    return all(char.isprintable() or char in "\n\u200c\u200d" for char in text)


@settings(max_examples=150)
@given(st.lists(lines, max_size=40))
@example([b"", *[b"0"] * 10, b"1", b"\xff", b"2", b"g", b"\x1b[D"])
def test_whatever_lines_come_only_offered_values_become_answers(typed: list[bytes]) -> None:
    administration, said = sitting(b"\n".join([b"", *typed]))

    assert does_nothing(said)
    if administration is None:
        return
    digits = {line.strip() for line in typed}
    for name, value in administration.answers.items():
        assert value in [option.value for option in SYMPTOMS.options(name)]
        assert str(value).encode() in digits
    for item in SYMPTOMS.all_items:
        in_one = (administration.answers, administration.words, administration.unanswered)
        assert sum(item.id in where for where in in_one) == 1
    if SYMPTOMS.critical[0].item in administration.answers:
        is_alert = administration.answers[SYMPTOMS.critical[0].item] > 0
        assert not is_alert or LANGUAGE.help.tells_no_one in " ".join(said.split())


@given(words=hostile_text())
@example(words="".join(ATTACKS[:20]))
def test_own_words_are_kept_as_they_are_and_shown_safely(words: str) -> None:
    keys = ["", *"0" * len(SYMPTOMS.items), *"s" * (len(SYMPTOMS.context) - 1)]
    line = words.replace("\n", " ").encode(errors="surrogatepass")
    administration, said = sitting("\n".join([*keys, ""]).encode() + line + b"\nv\n")

    assert does_nothing(said)
    if administration is None:
        return
    summary = summary_of(administration)
    for shown in (render(summary_document(summary)), json_format.summary(summary)):
        assert does_nothing(shown)
    kept = administration.words.get(SYMPTOMS.context[-1].id)
    assert kept is None or kept == line.decode(errors="surrogateescape").strip()


@pytest.mark.parametrize("name", ["x\0y", "x" * 5_000, "\udcff", "\x1b[2J", "a/../../b\0", "~\0"])
def test_no_name_of_a_file_breaks_the_summary(name: str) -> None:
    keys = ["", *"0" * len(SYMPTOMS.items), "f", "v", "w"]
    typed = "\n".join([*keys, name, "", "", "d", ""]).encode(errors="surrogateescape")
    ran = run("moodcheck", typed)

    assert ran.code == 0
    assert "This is not a diagnosis" in ran.shown
    assert "mistake in moodcheck" not in ran.said
    assert does_nothing(ran.talk.decode().replace("\r", ""))


def test_no_reason_for_no_answer_can_be_typed_as_an_answer() -> None:
    typed = "\n".join(["", *Unanswered, "2", ""])
    administration, _said = sitting(typed.encode())

    assert administration is not None
    assert administration.answers == {SYMPTOMS.items[0].id: 2}


@pytest.mark.parametrize("name", ["x\0y", "\0"])
def test_a_name_that_no_file_can_have_is_an_error_that_is_understood(name: str) -> None:
    from moodcheck.loading.context import Context

    with pytest.raises(MoodcheckError):
        Context().questionnaire(name)
