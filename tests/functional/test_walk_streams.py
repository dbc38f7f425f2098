"""Redirected, piped, closed or full: the streams of the command, and what becomes of them."""

from __future__ import annotations

import json
import os
import subprocess
import unicodedata
from pathlib import Path

import pytest

from moodcheck.core.crisis import Region, help_panel
from tests.functional.person import ENTER, Person, run_in_shell
from tests.in_process import Ran, environment, run
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS, CONTEXT = SYMPTOMS.items, SYMPTOMS.context
NUMBER = next(n for n, item in enumerate(ITEMS, 1) if item.id == SYMPTOMS.critical[0].item)
GB = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY)
FIRST, SAMARITANS = GB.act_now, GB.lines[0].number
MX = DIRECTORY.countries["MX"]

GB_SITTING = "moodcheck --region GB"
ALL_ANSWERED = "\n".join(["", *"0" * len(ITEMS), "f", "v", "d", ""])
ALERT = json.dumps({ITEMS[NUMBER - 1].id: 2, CONTEXT[-1].id: "ä € 日本 \x1b[31mred"})


def is_quiet_about_code(ran: Ran) -> None:
    assert "Traceback" not in ran.said
    assert "mistake in moodcheck" not in ran.said


# Standard input


def test_behind_a_pipe_numbered_lines_ask_and_the_summary_is_all_that_is_output() -> None:
    ran = run(GB_SITTING, ALL_ANSWERED)

    assert ran.code == 0
    for number, item in enumerate(ITEMS, 1):
        assert f"{number} of 12 {SYMPTOMS.stem} {item.text} 0. Not at all" in ran.said
        assert f"{item.label}: Not at all" in ran.shown
    assert ran.shown.startswith(SYMPTOMS.title)
    assert LANGUAGE.not_a_diagnosis in ran.shown
    assert "Keys:" not in ran.shown
    assert b"\x1b" not in ran.output + ran.talk


@pytest.mark.parametrize("answered", [1, NUMBER - 1, NUMBER, len(ITEMS), len(ITEMS) + 3])
def test_a_pipe_that_ends_midway_gives_a_summary_of_what_was_reached(answered: int) -> None:
    context = ["", *"1" * (answered - 12)] if answered > 12 else []
    ran = run(GB_SITTING, "\n".join(["", *"0" * min(answered, 12), *context]))

    assert ran.code == 0
    for place, item in enumerate([*ITEMS, *CONTEXT]):
        reached = SYMPTOMS.option(item.id, int(place >= 12)).label if place < answered else None
        assert f"{item.label}: {reached or 'not answered (not reached)'}" in ran.shown
    assert LANGUAGE.not_a_diagnosis in ran.shown
    assert FIRST in ran.shown
    assert SAMARITANS in ran.shown


def test_a_pipe_that_ends_at_an_alert_shows_its_help_lines_and_summary() -> None:
    ran = run(GB_SITTING, "\n".join(["", *"0" * (NUMBER - 1), "3"]))

    assert ran.code == 0
    assert ran.said.index(FIRST, ran.said.index(f"{NUMBER} of 12")) > 0
    assert FIRST in ran.shown
    assert next(rule for rule in SYMPTOMS.advice if rule.id == "today").label in ran.shown


@pytest.mark.parametrize("entered", ["", "r"], ids=["nothing", "no first answer"])
def test_a_pipe_that_ends_before_the_first_question_is_said_to(entered: str) -> None:
    ran = run(GB_SITTING, entered)

    assert ran.code == 66
    assert ran.shown == ""
    assert "standard input ended before the first question" in ran.said
    assert "--answers" in ran.said


def test_a_closed_standard_input_is_nobody_to_ask() -> None:
    ran = run_in_shell(f"{GB_SITTING} <&-")

    assert ran.code == 66
    assert ran.shown == ""
    assert "There is nobody to ask" in ran.said
    is_quiet_about_code(ran)


def test_a_closed_standard_input_is_no_answers_file() -> None:
    ran = run_in_shell(f"{GB_SITTING} --answers - <&-")

    assert ran.code == 66
    assert "There is no standard input" in ran.said


def test_no_part_of_a_line_too_long_is_an_answer() -> None:
    ran = run(GB_SITTING, "\n" + "x" * 8_192 + "1\n2\n")

    assert ran.said.count("Please use one of") == 1
    assert f"{ITEMS[0].label}: About half the days or more" in ran.shown
    assert f"{ITEMS[1].label}: not answered (not reached)" in ran.shown


def test_lines_that_only_look_like_an_answer_are_explained() -> None:
    digits = ["FULLWIDTH DIGIT ONE", "ARABIC-INDIC DIGIT ONE", "CIRCLED DIGIT ONE"]
    lines = [b"1\x00", b"\xff", b"+1", b"1.0", b"01", b"1_", b"0x1", b"True", b"1 1"]
    lines += [unicodedata.lookup(name).encode() for name in digits]
    ran = run(GB_SITTING, b"\n" + b"\n".join(lines) + b"\n3\n")

    assert ran.said.count("Please use one of") == len(lines)
    assert f"{ITEMS[0].label}: Almost every day" in ran.shown
    assert f"{ITEMS[1].label}: not answered (not reached)" in ran.shown


def test_esc_twice_on_a_line_leaves_without_a_word() -> None:
    ran = run(GB_SITTING, "\n1\n2\n\x1b\x1b\n")

    assert ran.code == 0
    assert ran.shown == ""
    assert ran.said.endswith("? for keys.")
    assert b"\x1b" not in ran.talk


@pytest.mark.parametrize("way", ["pipe", "terminal"])
@pytest.mark.parametrize(
    "words",
    [
        "\x1b[2J\x1b]0;gone\x07 red",
        "\u202egnol \u2066",
        "caf\udce9",
        "[bold]x[/] {0} %s",
        "x\x9b2J",
    ],
    ids=["escapes", "bidi", "bytes", "markup", "C1"],
)
def test_own_words_are_shown_and_written_without_doing_anything(
    words: str, way: str, tmp_path: Path
) -> None:
    keys = ["", *"0" * len(ITEMS), "", *"s" * (len(CONTEXT) - 1)]
    if way == "pipe":
        typed = "\n".join([*keys, words, "v", "w", "said.txt", "", "d", ""])
        ran = run(GB_SITTING, typed.encode(errors="surrogateescape"), cwd=tmp_path)
        code, shown = ran.code, ran.output + ran.talk
    else:
        with Person(f"{GB_SITTING} --plain", cwd=tmp_path) as person:
            person.sees("begin").press("\r", "0" * 12, "\r", "s" * 11).sees(
                "12 of 12, for your visit"
            )
            person.type_bytes(words.replace("\x1b", "").encode(errors="surrogateescape"))
            person.press(ENTER).sees("Your answers", "see the summary").press("v").sees(
                "write it"
            ).press("w")
            person.sees("Type its name").press("said.txt", ENTER).sees("Written to").press(ENTER)
            person.sees("d done").press("d")
            code, shown = person.ends(), person.raw.replace(b"\b \b", b"")

    written = (tmp_path / "said.txt").read_bytes()
    assert code == 0
    for text in (shown.decode(), written.decode()):
        assert not [char for char in text if not char.isprintable() and char not in "\r\n"]
        assert "red" in text or "red" not in words
        assert "[bold]x[/] {0} %s" in text or "bold" not in words


# Standard error


@pytest.mark.parametrize("options", ["", " --plain"], ids=["rich", "plain"])
def test_questions_that_nobody_would_see_are_a_usage_error(options: str, tmp_path: Path) -> None:
    with Person(f"{GB_SITTING}{options} 2>said.txt", cwd=tmp_path) as person:
        assert person.ends() == 2
        assert not person.screen.strip()

    said = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert said.startswith("moodcheck: The questions are shown on standard error")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("command", [f"{GB_SITTING} 2>&-", f"{GB_SITTING} --plain 2>&-"])
def test_a_closed_standard_error_is_a_usage_error_too(command: str) -> None:
    with Person(command) as person:
        assert person.ends() == 2
    assert run_in_shell(command, ALL_ANSWERED).code == 2


def test_a_command_that_only_outputs_needs_no_standard_error() -> None:
    ran = run_in_shell("moodcheck crisis-lines --region GB 2>&-")

    assert ran.code == 0
    assert FIRST in ran.shown


# Standard output


@pytest.mark.parametrize("options", ["", " --plain"], ids=["rich", "plain"])
@pytest.mark.parametrize("format_", ["", "json"])
def test_a_summary_redirected_to_a_file_is_all_that_is_in_it(
    options: str, format_: str, tmp_path: Path
) -> None:
    chosen = f" --format {format_}" if format_ else ""
    with Person(f"{GB_SITTING}{options}{chosen} >summary", cwd=tmp_path) as person:
        person.sees("begin").press(ENTER, "0" * 12, "f").sees("Your answers")
        person.press("v").sees("write it to a file").press("d")

        assert person.ends() == 0
    written = (tmp_path / "summary").read_text(encoding="utf-8")
    assert "\x1b" not in written
    if format_:
        assert json.loads(written)["format"] == "moodcheck.summary/1"
    else:
        assert written.startswith(SYMPTOMS.title)
        assert LANGUAGE.not_a_diagnosis in " ".join(written.split())
        assert "Keys:" not in written


COMMANDS = {
    "walk": ("moodcheck --region GB", ALL_ANSWERED),
    "answers": ("moodcheck --region GB --answers -", ALERT),
    "json": ("moodcheck --region GB --answers - --format json", ALERT),
    "crisis-lines": ("moodcheck crisis-lines --region GB", ""),
    "schema": ("moodcheck questionnaire schema", ""),
    "help": ("moodcheck --help", ""),
}

EVERY_COMMAND = pytest.mark.parametrize("name", COMMANDS)


@EVERY_COMMAND
def test_a_reader_who_went_away_is_met_with_silence(name: str, tmp_path: Path) -> None:
    command, entered = COMMANDS[name]
    reads, writes = os.pipe()
    os.close(reads)
    with open(writes, "wb") as nobody:  # noqa: PTH123 - a descriptor has no path
        done = subprocess.run(
            ["/bin/sh", "-c", f"exec {command}"],
            input=entered.encode(),
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
            env=environment(tmp_path),
        )

    assert done.returncode == 141
    assert b"moodcheck:" not in done.stderr
    assert b"Error" not in done.stderr
    assert name == "walk" or LANGUAGE.help.title.encode() in done.stderr or done.stderr == b""


def test_the_first_line_is_all_that_head_wants() -> None:
    script = "{ moodcheck questionnaire schema; echo $? >&2; } | head -1"
    ran = run_in_shell(script)

    assert ran.shown == "{"
    assert ran.said in {"0", "141"}


@EVERY_COMMAND
def test_a_full_disk_is_one_message(name: str) -> None:
    command, entered = COMMANDS[name]
    ran = run_in_shell(f"{command} >/dev/full", entered)

    assert ran.code == 74
    said = ran.talk.decode().splitlines()
    assert [line for line in said if "No space left" in line] == [said[-1]]
    assert said[-1].startswith("moodcheck: ")
    is_quiet_about_code(ran)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "help"])
def test_a_closed_standard_output_is_one_clear_message(name: str) -> None:
    command, entered = COMMANDS[name]
    ran = run_in_shell(f"{command} >&-", entered)

    assert ran.code == 74
    said = ran.talk.decode().splitlines()
    assert "There is no standard output" in said[-1]
    assert said[-1].startswith("moodcheck: ")
    is_quiet_about_code(ran)


ENCODINGS = ["utf-8", "ascii", "latin-1", "cp1252", "cp437", "utf-16"]

OLD_LOCALE = "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0"


def with_encoding(encoding: str, command: str) -> str:
    changes = OLD_LOCALE if encoding == "old locale" else f"PYTHONIOENCODING={encoding}"
    return f"env {changes} {command}"


EVERY_ENCODING = pytest.mark.parametrize("encoding", [*ENCODINGS, "old locale"])


@EVERY_ENCODING
def test_help_lines_stay_readable_in_every_encoding(encoding: str) -> None:
    ran = run_in(encoding, "moodcheck crisis-lines --region MX")

    shown = decoded(ran.output, encoding)
    assert ran.code == 0
    assert str(MX.emergency) in shown
    assert MX.lines[0].number in shown
    name = MX.lines[0].name if encoding not in {"ascii", "old locale"} else "Linea de la Vida"
    assert name in shown
    assert not ran.talk


@pytest.mark.parametrize(
    ("encoding", "format_"),
    [
        *((encoding, "rich") for encoding in ENCODINGS),
        *((encoding, "plain") for encoding in ("ascii", "utf-16", "old locale")),
        *((encoding, "json") for encoding in ("cp437", "utf-16", "old locale")),
    ],
)
def test_a_summary_stays_readable_in_every_encoding(encoding: str, format_: str) -> None:
    ran = run_in(encoding, f"moodcheck --region MX --answers - --format {format_}", ALERT)

    shown = decoded(ran.output, encoding)
    assert ran.code == 0
    assert MX.lines[0].number in shown
    assert "This is not a diagnosis" in shown
    assert "\x1b[31mred" not in shown
    is_quiet_about_code(ran)
    if format_ == "json":
        words = json.loads(shown)["answers"][CONTEXT[-1].id]
        assert words.startswith("ä € 日本"), "a person's own words were changed"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "old locale"])
def test_a_walk_stays_readable_in_every_encoding(encoding: str) -> None:
    ran = run_in(encoding, "moodcheck --region MX", ALL_ANSWERED)

    assert ran.code == 0
    for shown in (decoded(ran.output, encoding), decoded(ran.talk, encoding)):
        assert "911" in shown
        assert MX.lines[0].number in shown or "12 of 12" in shown
    is_quiet_about_code(ran)


@pytest.mark.parametrize("encoding", ["latin-1", "old locale"])
def test_a_drawn_walk_stays_readable_in_every_encoding(encoding: str) -> None:
    with Person(with_encoding(encoding, "moodcheck --region MX"), rows=50) as person:
        person.sees("begin").press(ENTER, "0" * (NUMBER - 1), "1").sees("911", MX.lines[0].number)
        person.press("g").sees(f"{NUMBER + 1} of 12").press("0f").sees("Your answers")
        person.press("v").sees("write it to a file", MX.lines[0].number).press("d")

        assert person.ends() == 0
        stays = f"{person.scrollback}\n{person.screen}"
    assert MX.lines[0].number in stays
    assert "A few days" in stays


def run_in(encoding: str, command: str, entered: str | None = None) -> Ran:
    return run_in_shell(with_encoding(encoding, command), entered)


def decoded(output: bytes, encoding: str) -> str:
    text = output.decode("ascii" if encoding == "old locale" else encoding)
    return " ".join(text.split()) if not text.lstrip().startswith("{") else text
