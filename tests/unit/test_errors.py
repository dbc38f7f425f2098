"""Every way to fail has its exit code, its words and its place in the documentation."""

from __future__ import annotations

import ast
import inspect
import re
from itertools import pairwise

import pytest

from moodcheck import errors
from moodcheck.errors import ExitCode, MoodcheckError, Problem, did_you_mean
from tests.shipped import CHECKOUT

KINDS = [kind for kind in vars(errors).values() if inspect.isclass(kind)]
FAILURES = [kind for kind in KINDS if issubclass(kind, MoodcheckError)]

DESIGNED = {0, 1, 2, 3, 4, 65, 66, 69, 73, 74, 77, 130, 141}

NOT_RAISED_AS_AN_ERROR = {
    ExitCode.OK,
    ExitCode.SOME_REJECTED,
    ExitCode.ALERTS_FOUND,
    ExitCode.INTERRUPTED,
    ExitCode.READER_GONE,
}
"""They end a command that did what it could, or whose ending was asked for."""


def test_the_exit_codes_are_those_of_the_design() -> None:
    assert {*ExitCode} <= DESIGNED


def test_the_errors_are_exhaustive() -> None:
    # A kind of a kind, such as refused answers, ends with the same code.
    direct = [kind for kind in FAILURES if kind.__base__ in {MoodcheckError, Exception}]
    assert sorted(kind.exit_code for kind in direct) == sorted({*ExitCode} - NOT_RAISED_AS_AN_ERROR)


def test_every_exit_code_is_explained_where_it_is_defined() -> None:
    tree = ast.parse(inspect.getsource(ExitCode))
    (body,) = [node.body for node in tree.body if isinstance(node, ast.ClassDef)]
    names = [node.targets[0].id for node in body if isinstance(node, ast.Assign)]  # type: ignore[attr-defined]
    explained = [
        before.targets[0].id  # type: ignore[attr-defined]
        for before, after in pairwise(body)
        if isinstance(before, ast.Assign) and isinstance(after, ast.Expr)
    ]

    assert explained == names == [code.name for code in ExitCode]


def test_every_exit_code_is_explained_in_the_readme() -> None:
    readme = " ".join((CHECKOUT / "README.md").read_text(encoding="utf-8").split())
    (sentence,) = re.findall(r"Exit codes: (.*?)\.", readme)

    assert [int(code) for code in re.findall(r"(?:^|, )(\d+) ", sentence)] == [*ExitCode]


@pytest.mark.parametrize("kind", [kind for kind in FAILURES if "__init__" not in vars(kind)])
def test_an_error_says_what_and_what_to_do(kind: type[MoodcheckError]) -> None:
    assert str(kind("It is not there")) == "It is not there."
    assert str(kind("It is not there", mend="Look elsewhere")) == "It is not there. Look elsewhere."


def test_every_problem_stands_on_a_line_of_its_own_with_its_place() -> None:
    problems = [Problem("a.yaml:2:3", "this is wrong", "Mend it"), Problem("", "so", "Do")]

    assert str(errors.BadData("Two things", problems=problems)).splitlines() == [
        "Two things.",
        "  a.yaml:2:3: this is wrong. Mend it.",
        "  so. Do.",
    ]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("slep", "Did you mean 'sleep'? "),
        ("SLEEP", "Did you mean 'sleep'? "),
        ("us", "Did you mean 'US'? "),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_a_near_miss_gets_a_hint(word: str, hint: str) -> None:
    assert did_you_mean(word, ["sleep", "aches", "US"]) == hint


def test_nothing_known_is_no_hint() -> None:
    assert did_you_mean("sleep", []) == ""


def test_outside_text_in_a_failure_can_do_nothing() -> None:
    hostile = "a\x1b[2J\nb\u202e"
    failure = errors.BadData(hostile, mend=hostile, problems=[Problem(hostile, hostile, hostile)])

    assert [line for line in str(failure).split("\n") if not line.isprintable()] == []
    assert len(str(failure).split("\n")) == 2
