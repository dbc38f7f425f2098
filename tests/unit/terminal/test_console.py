"""The boundary: every error becomes one message and an exit code, and no answer is in it."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from moodcheck import errors
from moodcheck.errors import ExitCode, IOFailed, MoodcheckError, Problem
from moodcheck.terminal import console
from moodcheck.terminal.signals import Interrupted, LeftAtOnce

pytestmark = pytest.mark.usefixtures("handlers")

ANSWER = "answer-73419"


def ends_with(error: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Let a command end with an error; return the exit code, the output and the talk."""

    def command() -> int:
        raise error

    code = console.run(command)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def kinds_of(kind: type[MoodcheckError]) -> Iterator[type[MoodcheckError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from kinds_of(narrower)


# A kind that makes its own message takes none; each has a test where it is raised.
EVERY_KIND = [kind for kind in kinds_of(MoodcheckError) if kind.__init__ is MoodcheckError.__init__]

EXPECTED: dict[type[MoodcheckError], int] = {
    errors.UsageError: 2,
    errors.BadData: 65,
    errors.InputNotFound: 66,
    errors.PartNotInstalled: 69,
    errors.CannotCreate: 73,
    errors.IOFailed: 74,
}


def test_a_command_that_ends_well_decides_its_exit_code() -> None:
    assert console.run(lambda: 0) == 0
    assert console.run(lambda: 65) == 65


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_error_is_its_own_message_and_exit_code(
    kind: type[MoodcheckError], capsys: pytest.CaptureFixture[str]
) -> None:
    error = kind("What", mend="Mend it", problems=[Problem("here", "wrong", "Do it right")])

    code, output, talk = ends_with(error, capsys)

    assert code == EXPECTED.get(kind, kind.exit_code)
    assert output == ""
    assert talk == "moodcheck: What. Mend it.\n  here: wrong. Do it right.\n"


def test_every_error_that_is_meant_has_an_exit_code_of_its_own() -> None:
    kinds = [kind for kind in kinds_of(MoodcheckError) if kind is not MoodcheckError]

    assert {kind: kind.exit_code for kind in kinds if kind in EXPECTED} == EXPECTED
    assert ExitCode.BUG not in {kind.exit_code for kind in kinds}


def test_a_message_can_do_nothing_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    error = errors.BadData("\x1b[2J\x1b]52;c;QUJD\x07 \u202e \x9b", mend="\r\x08")

    _code, _output, talk = ends_with(error, capsys)

    assert not [char for char in talk if not char.isprintable() and char != "\n"]


class Model(BaseModel):
    value: int


def raised_by_pydantic() -> Exception:
    try:
        Model.model_validate({"value": ANSWER})
    except ValueError as error:
        return error
    raise AssertionError


BUGS = [
    ValueError(ANSWER),
    KeyError(ANSWER),
    RuntimeError(f"3 {ANSWER}"),
    RecursionError(ANSWER),
    MemoryError(ANSWER),
    AssertionError(ANSWER),
    UnicodeEncodeError("ascii", ANSWER, 0, 1, ANSWER),
    ExceptionGroup(ANSWER, [ValueError(ANSWER)]),
    StopIteration(ANSWER),
    EOFError(ANSWER),
    raised_by_pydantic(),
]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: type(bug).__name__)
def test_a_bug_is_one_line_with_its_kind_and_place_and_without_an_answer(
    bug: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    bug.__cause__ = ValueError(ANSWER)
    bug.add_note(ANSWER)

    code, output, talk = ends_with(bug, capsys)

    assert code == 1
    assert output == ""
    assert len(talk.splitlines()) == 1
    kind = type(bug).__name__
    assert re.match(rf"moodcheck: This is a mistake in moodcheck \({kind} at \w+\.py:\d+\)", talk)
    assert "Traceback" not in talk
    assert ANSWER not in talk


@pytest.mark.parametrize(
    ("error", "code"), [(Interrupted(), 130), (KeyboardInterrupt(), 130), (LeftAtOnce(), 0)]
)
def test_whoever_leaves_is_told_nothing(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends_with(error, capsys) == (code, "", "")


@pytest.mark.parametrize("error", [BrokenPipeError(), OSError(errno.EPIPE, "Broken pipe")])
def test_a_reader_who_went_away_is_told_nothing(
    error: OSError, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ends_with(error, capsys) == (141, "", "")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (OSError(errno.EIO, "Input/output error", f"/home/{ANSWER}"), "Input/output error"),
        (OSError(ANSWER), "unknown reason"),
        (OSError(errno.EIO, "\x1b[2J"), "\\x1b[2J"),
    ],
)
def test_a_failing_device_is_one_message(
    error: OSError, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, output, talk = ends_with(error, capsys)

    assert (code, output) == (74, "")
    assert talk.startswith(f"moodcheck: Reading or writing broke off: {reason}. ")
    assert ANSWER not in talk


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_stream_that_is_not_there_breaks_nothing(
    stream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, stream, None)

    def fails() -> int:
        raise errors.BadData("What", mend="Mend it")

    assert console.run(lambda: 0) == 0
    assert console.run(fails) == 65
    assert console.size_of(getattr(sys, stream)) == (80, 24)
    assert not console.is_terminal(getattr(sys, stream))


def test_output_without_standard_output_is_an_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    with pytest.raises(IOFailed, match=r"There is no standard output .* --output"):
        console.write_out("text")
    monkeypatch.setattr(sys, "stderr", None)
    console.say("nothing happens")


@pytest.mark.parametrize(("term", "is_dumb"), [("dumb", True), ("unknown", True), ("vt100", False)])
def test_a_terminal_says_itself_what_it_can_do(
    term: str, monkeypatch: pytest.MonkeyPatch, *, is_dumb: bool
) -> None:
    monkeypatch.setenv("TERM", term)

    assert console.is_dumb() == is_dumb


def test_a_terminal_that_says_nothing_can_only_print_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM", raising=False)

    assert console.is_dumb()


def test_at_a_terminal_nothing_breaks_inside_a_word_and_a_path_stays_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"/home/{'long/' * 10}history.db"
    sentence = f"The recovery code opens the history at {path} until its passphrase is changed."
    monkeypatch.setattr(console, "is_terminal", lambda _stream: True)
    monkeypatch.setattr(console, "size_of", lambda _stream: (40, 18))

    console.tell(sentence, "  Indented.")

    said = capsys.readouterr().err
    assert said.split() == f"{sentence} Indented.".split()
    assert all(len(line) <= 40 for line in said.split("\n") if path not in line)
    assert said.endswith("\n  Indented.\n")

    full = "forty columns are as long as this is now"
    console.tell(f"{full} and more")
    assert capsys.readouterr().err == f"{full}\nand more\n"


def test_a_sentence_that_is_no_terminals_stays_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console.tell("word " * 30 + "end.", "Another.")

    assert capsys.readouterr().err == "word " * 30 + "end.\nAnother.\n"


def test_what_is_told_can_do_nothing_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console.tell("Read \x1b[2J\u202efile.csv.", "Not two\nlines.")

    assert capsys.readouterr().err == "Read \\x1b[2J\\u202efile.csv.\nNot two\\nlines.\n"
