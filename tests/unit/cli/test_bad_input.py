"""Bad input, and what it gets: one message, an exit code, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from moodcheck.core.crisis import Region, help_panel
from tests.shipped import DATA, DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Ran, Run

ITEM, CRITICAL = SYMPTOMS.items[0].id, SYMPTOMS.critical[0].item
CONTEXT, WORDS = SYMPTOMS.context[0].id, SYMPTOMS.context[-1].id

REFUSAL = Draft202012Validator(json.loads((DATA / "refusal.schema.json").read_text("utf-8")))

ESCAPES = "\x1b[2J\x1b]0;gone\x07\u202e\x9b"


def is_refused(ran: Ran, code: int, *said: str) -> None:
    """It is one message that can do nothing, with an exit code, and no output of scores at all.

    Help lines may stand before it, and a script is told what they are there for.
    """
    assert ran.code == code, ran.talk
    if ran.output:
        REFUSAL.validate(json.loads(ran.output))
    assert "moodcheck: " in ran.talk
    assert ran.talk.startswith(("moodcheck: ", LANGUAGE.help.title))
    assert ran.talk.count("moodcheck: ") == 1
    assert "Traceback" not in ran.talk
    assert "mistake in moodcheck" not in ran.talk
    assert "\\n" not in ran.talk
    assert not [char for char in ran.talk if not char.isprintable() and char != "\n"]
    for text in said:
        assert text in ran.talk


# Questionnaires


def test_an_unknown_questionnaire_is_answered_with_the_known_ones(run: Run) -> None:
    is_refused(run("check", "nothere"), 66, "'nothere'", "Known are: ", SYMPTOMS.id)


@pytest.mark.parametrize("name", ["symptom", "Symptoms", "symtoms", "symptoms "])
def test_a_near_miss_is_asked_about(run: Run, name: str) -> None:
    is_refused(run("check", name), 66, f"Did you mean '{SYMPTOMS.id}'?")


NOT_TO_BE_READ = [
    "", ".", "folder", "folder/", "none.yaml", "none/at/all", "loop.yaml", "file/in.yaml",
    "/dev/zero", "pipe.yaml", "x" * 5_000, ESCAPES, f"{ESCAPES}.yaml", "~nobody", "\udcff",
]  # fmt: skip


@pytest.mark.parametrize("name", NOT_TO_BE_READ, ids=lambda name: repr(name[:20]))
@pytest.mark.parametrize("command", [("check",), ("questionnaire", "show")], ids=" ".join)
def test_what_cannot_be_read_as_a_questionnaire_is_not_there(
    run: Run, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    make_odd_files(tmp_path)

    is_refused(run(*command, name), 66)


def make_odd_files(folder: Path) -> None:
    (folder / "folder").mkdir()
    (folder / "file").write_text("text", encoding="utf-8")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "pipe.yaml").symlink_to("/dev/null")


@pytest.mark.parametrize("name", ["https://example.org/a.yaml", "file:///etc/a.yaml", "ftp://a"])
def test_an_address_is_never_fetched(run: Run, name: str) -> None:
    is_refused(run("check", name), 2, "never goes online")
    is_refused(run("check", "--answers", name), 2, "never goes online")


def test_every_file_is_validated_and_the_worst_decides(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema: 1\n", encoding="utf-8")
    ran = run("questionnaire", "validate", "bad.yaml", "none.yaml", "symptoms", "folder")

    assert ran.code == 66
    assert ran.output == f"symptoms: symptoms {SYMPTOMS.version}, {len(SYMPTOMS.items)} items\n"
    assert "bad.yaml" in ran.talk
    assert "none.yaml" in ran.talk


def test_a_broken_questionnaire_is_refused_with_its_places(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("schema: 1\nid: [1, 2\n", encoding="utf-8")

    is_refused(run("check", "bad.yaml"), 65, "bad.yaml:")


# Countries


EVERYWHERE = help_panel(DIRECTORY, LANGUAGE, Region(), today=TODAY)


def gets_the_panel_then_the_message(ran: Ran, panel: str, *said: str) -> None:
    for there in EVERYWHERE.elsewhere:
        assert f"{there.name}: {there.emergency}; " in panel.replace("\xa0", " ")
    assert panel.index(EVERYWHERE.act_now[:30]) < panel.index(EVERYWHERE.elsewhere[0].name)
    message = ran.talk.removeprefix(panel)
    assert message.startswith("moodcheck: ")
    assert not [char for char in ran.talk if not char.isprintable() and char != "\n"]
    assert ran.code == 2
    for text in ("There is no country called", DIRECTORY.international.address, *said):
        assert text in message


@pytest.mark.parametrize(
    "said", ["XX", "Atlantis", "", "1", "G B C", ESCAPES, "x" * 500, "\uff27\uff22"]
)
def test_a_country_that_is_not_understood_still_gets_the_panel(run: Run, said: str) -> None:
    # Where help lines are the output, they stay it.
    ran = run("crisis-lines", "--region", said)
    gets_the_panel_then_the_message(ran, ran.output)

    ran = run("check", "--region", said)
    assert ran.output == ""
    gets_the_panel_then_the_message(ran, ran.talk[: ran.talk.index("moodcheck: There is no")])


@pytest.mark.parametrize("said", ["gb", "UK", "scotland", "Northern Ireland"])
def test_a_country_is_understood_however_people_call_it(run: Run, said: str) -> None:
    ran = run("crisis-lines", "--region", said)

    assert (ran.code, ran.output) == (0, run("crisis-lines", "--region", "GB").output)


def test_a_wrong_setting_is_refused_by_name_but_never_keeps_help_lines_back(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOODCHECK_REGION", "XX")

    ran = run("crisis-lines")
    gets_the_panel_then_the_message(ran, ran.output, "MOODCHECK_REGION")
    ran = run("check")
    gets_the_panel_then_the_message(
        ran, ran.talk[: ran.talk.index("moodcheck: MOODCHECK_REGION")], "MOODCHECK_REGION"
    )


# Options and commands


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nope"], "No such option: --nope"),
        (["check", "--nope=x"], "No such option: --nope"),
        (["check", "--regoin", "GB"], "--regoin"),
        (["chek"], "'chek'"),
        (["frobnicate"], "'frobnicate'"),
        (["check", "symptoms", "another"], "another"),
        (["crisis-lines", "another"], "another"),
        (["check", "--format", "docx"], "'docx'"),
        (["check", "--answers"], "--answers"),
        (["check", "--enter=yes"], "--enter"),
        (["questionnaire", "shw"], "'shw'"),
        (["questionnaire", "show"], "'questionnaire'"),
        (["questionnaire", "validate"], "'files'"),
        (["questionnaire"], "questionnaire --help"),
        (["-x"], "-x"),
    ],
    ids=str,
)
def test_what_the_command_line_does_not_have_is_one_message(
    run: Run, arguments: list[str], said: str
) -> None:
    ran = run(*arguments)

    is_refused(ran, 2, said, "--help")
    assert "Value error" not in ran.talk
    assert ran.talk.count("?") == ran.talk.count("Did you mean")


@pytest.mark.parametrize(
    "arguments",
    [
        [f"--{ESCAPES}"],
        [ESCAPES],
        ["check", "a", ESCAPES],
        ["check", "--format", ESCAPES],
        ["questionnaire", ESCAPES],
        ["questionnaire", "show", "--format", ESCAPES, "symptoms"],
    ],
    ids=range(6),
)
def test_an_argument_can_do_nothing_to_the_terminal(run: Run, arguments: list[str]) -> None:
    is_refused(run(*arguments), 2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments=st.lists(st.text(max_size=8).filter(lambda text: "\0" not in text), max_size=4))
def test_no_arguments_at_all_are_a_mistake_of_ours(run: Run, arguments: list[str]) -> None:
    ran = run("check", *arguments, "--region=XX")

    assert ran.code in {0, 2, 65, 66}
    assert "mistake in moodcheck" not in ran.talk
    assert not [char for char in ran.talk if not char.isprintable() and char != "\n"]


# Answers

MARK = 73_419
"""A value that could come from nowhere else."""

WRONG_VALUES = [
    4, -1, 1.5, 1.0, 2e0, True, False, "2 ", " 2", "2", "two", "A few days", "", [], [1], {},
    {"value": 1}, MARK, str(MARK), f"{MARK}.5", 10**30, 1e308, "skip", "SKIPPED", "null", ESCAPES,
]  # fmt: skip


def answers_file(folder: Path, content: object) -> str:
    file = folder / "answers.json"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return "answers.json"


@pytest.mark.parametrize("format_", ["plain", "json"])
@pytest.mark.parametrize("item", [ITEM, CRITICAL, CONTEXT])
@pytest.mark.parametrize("value", WRONG_VALUES, ids=repr)
def test_a_value_that_an_item_does_not_offer_is_refused_by_the_items_name(
    run: Run, tmp_path: Path, value: object, item: str, format_: str
) -> None:
    content = {name.id: 0 for name in SYMPTOMS.items} | {item: value}
    ran = run("--answers", answers_file(tmp_path, content), "--format", format_)

    is_refused(ran, 65, f"item {item}:", "nothing was scored")
    assert str(MARK) not in ran.talk
    assert "two" not in ran.talk
    assert "A few days" not in ran.talk


@pytest.mark.parametrize(
    "value", [1, 1.5, True, [], {}, "x" * 2_001, MARK], ids=lambda v: repr(v)[:9]
)
def test_own_words_that_are_none_are_refused_by_the_items_name(
    run: Run, tmp_path: Path, value: object
) -> None:
    ran = run("--answers", answers_file(tmp_path, {WORDS: value}))

    is_refused(ran, 65, f"item {WORDS}:", "nothing was scored")
    assert str(MARK) not in ran.talk
    assert "xxx" not in ran.talk


def test_every_wrong_answer_is_named_at_once(run: Run, tmp_path: Path) -> None:
    wrong = {ITEM: MARK, CRITICAL: MARK, "low_mod": 1, "nothing_like_it": 2}
    ran = run("--answers", answers_file(tmp_path, wrong))

    is_refused(ran, 65, f"item {ITEM}:", f"item {CRITICAL}:", "Did you mean 'low_mood'?")
    assert "item nothing_like_it:" in ran.talk
    assert str(MARK) not in ran.talk


@pytest.mark.parametrize("name", ["unknown", "", ITEM.upper(), f"{ITEM} ", ESCAPES, "x" * 500])
def test_an_item_that_is_not_asked_is_refused_by_its_name(
    run: Run, tmp_path: Path, name: str
) -> None:
    ran = run("--answers", answers_file(tmp_path, {name: 1}))

    is_refused(ran, 65, "has no such item", "nothing was scored", ITEM)


NOT_ONE_OBJECT = {
    "empty": b"",
    "spaces": b" \n ",
    "list": b"[1, 2]",
    "number": b"1",
    "null": b"null",
    "text": b'"73419"',
    "two objects": b"{}{}",
    "comma": b'{"low_mood": 73419,}',
    "single quotes": b"{'low_mood': 73419}",
    "comment": b'{"low_mood": 1} // 73419',
    "NaN": b'{"low_mood": NaN}',
    "Infinity": b'{"low_mood": -Infinity}',
    "UTF-16": '{"low_mood": 1}'.encode("utf-16"),
    "latin-1": b'{"own_words": "caf\xe9"}',
    "NUL": b'{"low_mood": 1}\0',
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000,
    "long number": b'{"low_mood": ' + b"7" * 5_000 + b"}",
    "YAML": b"low_mood: 73419\n",
    "binary": bytes(range(256)),
    "large": b'{"low_mood": "' + b"7" * 300_000 + b'"}',
    "control character": b'{"own_words": "a\x1bb73419"}',
}


@pytest.mark.parametrize("content", NOT_ONE_OBJECT.values(), ids=NOT_ONE_OBJECT)
def test_what_is_not_one_json_object_is_refused_and_never_quoted(
    run: Run, tmp_path: Path, content: bytes
) -> None:
    ran = run("--answers", answers_file(tmp_path, content))

    is_refused(ran, 65, "answers.json")
    assert str(MARK) not in ran.talk
    assert "777" not in ran.talk


@pytest.mark.parametrize(
    "content",
    [
        '{"low_mood": 1, "low_mood": 1}',
        '{"low_mood": 73419, "low_mood": 2}',
        '{"a": {"b": 1, "b": 2}}',
    ],
)
def test_an_item_that_is_named_twice_is_refused_by_name(
    run: Run, tmp_path: Path, content: str
) -> None:
    ran = run("--answers", answers_file(tmp_path, content))

    is_refused(ran, 65, "is named twice", "nothing was scored")
    assert str(MARK) not in ran.talk


@pytest.mark.parametrize(
    "name",
    ["none.json", "folder", "none/at/all", "loop.yaml", "file/in.json", "x" * 5_000, ""],
)
def test_an_answers_file_that_cannot_be_read_is_not_there(
    run: Run, tmp_path: Path, name: str
) -> None:
    make_odd_files(tmp_path)

    is_refused(run("--answers", name), 66, "cannot be read")


def test_an_answers_file_without_an_end_is_not_read_to_it(run: Run) -> None:
    is_refused(run("--answers", "/dev/zero"), 65, "/dev/zero")


def test_no_file_is_written_when_answers_are_refused(run: Run, tmp_path: Path) -> None:
    bad = answers_file(tmp_path, {ITEM: 4})

    is_refused(run("--answers", bad, "--output", "summary.txt"), 65)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["answers.json"]


@pytest.mark.parametrize(
    "output", ["answers.json", "folder", "none/summary.txt", "file/summary.txt"]
)
def test_output_that_cannot_be_made_is_refused_and_nothing_is_scored(
    run: Run, tmp_path: Path, output: str
) -> None:
    make_odd_files(tmp_path)
    good = answers_file(tmp_path, {ITEM: 1})

    is_refused(run("--answers", good, "--output", output), 73)
    assert (tmp_path / "answers.json").read_text(encoding="utf-8") == json.dumps({ITEM: 1})


# And what is good is not refused.


@pytest.mark.parametrize(
    "content",
    [
        {},
        {ITEM: None, CRITICAL: "declined"},
        {ITEM: 3, CONTEXT: 0, WORDS: "To sleep"},
        b'\xef\xbb\xbf{"low_mood": 1}',
    ],
    ids=repr,
)
def test_what_is_offered_is_taken(run: Run, tmp_path: Path, content: object) -> None:
    ran = run("--answers", answers_file(tmp_path, content), "--region", "GB")

    assert ran.code == 0
    assert "This is not a diagnosis" in ran.output
    assert ran.talk == ""
