"""What can be done with a summary, where it is written, and which country it is for."""

from __future__ import annotations

import json
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from moodcheck.core.crisis import Region, help_panel
from tests.functional.person import BACKSPACE, ENTER, Person
from tests.in_process import run
from tests.shipped import CONTEXT, DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

ITEMS = SYMPTOMS.items
GB, US, GUESS, NOWHERE, ICELAND = (
    help_panel(DIRECTORY, LANGUAGE, where, today=TODAY)
    for where in (
        Region("GB"), Region("US"), Region("US", is_guess=True), Region(),
        CONTEXT.region_called("IS"),
    )
)  # fmt: skip
SAMARITANS = GB.lines[0].number

RICH, PLAIN = "moodcheck --region GB", "moodcheck --region GB --plain"
BOTH = pytest.mark.parametrize("command", [RICH, PLAIN], ids=["rich", "plain"])


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder whose name is short enough to stand in one line of a screen."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def comes_to_the_summary(person: Person) -> Person:
    person.sees("begin").press(ENTER, "0" * 9, "1", "0", "0", "f").sees("see the summary")
    return person.press("v").sees("write it to a file")


def stays_after(person: Person) -> str:
    shown = f"{person.scrollback}\n{person.screen}".replace("│", " ")
    return " ".join(shown.split())


@BOTH
def test_a_summary_is_written_to_a_file_that_its_owner_alone_can_read(
    command: str, folder: Path
) -> None:
    with Person(command, cwd=folder) as person:
        comes_to_the_summary(person).press("w").sees("plain to read", "Type its name")
        person.press("mine.tx", BACKSPACE, BACKSPACE, "txt", ENTER)
        person.sees(f"Written to {folder}/mine.txt", "not encrypted", LANGUAGE.not_a_diagnosis)
        assert "\\n" not in person.view
        person.press(ENTER).sees("write it to a file").press("w").sees("Type its name")
        person.press("mine.json", ENTER).sees(f"Written to {folder}/mine.json").press(ENTER)
        person.sees("d done").press("d")

        assert person.ends() == 0
    plain, document = folder / "mine.txt", folder / "mine.json"
    for file in (plain, document):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = " ".join(plain.read_text(encoding="utf-8").split())
    assert f"{ITEMS[9].label}: {SYMPTOMS.option(ITEMS[9].id, 1).label}" in written
    assert LANGUAGE.not_a_diagnosis in written
    assert SAMARITANS in written
    assert json.loads(document.read_text(encoding="utf-8"))["answers"][ITEMS[9].id] == 1


@BOTH
def test_a_file_that_exists_is_never_overwritten_and_the_name_asked_again(
    command: str, folder: Path
) -> None:
    (folder / "mine.txt").write_text("kept", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder / "nowhere")
    (folder / "folder").mkdir()
    with Person(command, cwd=folder) as person:
        comes_to_the_summary(person).press("w").sees("Type its name")
        for name, why in [
            ("mine.txt", "already exists"),
            ("link.txt", "already exists"),
            ("folder", "already exists"),
            ("none/mine.txt", "cannot be created"),
            ("https://example.org/mine", "never goes online"),
            ("mine.docx", "Choose a name that ends in .txt, .json, .html, .pdf"),
        ]:
            person.press(name, ENTER).sees(why)
        person.press("other.txt", ENTER).sees(f"Written to {folder}/other.txt").press(ENTER)
        person.sees("d done").press("d")

        assert person.ends() == 0
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "kept"
    assert sorted(file.name for file in folder.iterdir()) == [
        "folder", "link.txt", "mine.txt", "other.txt",
    ]  # fmt: skip


@BOTH
def test_a_name_left_empty_writes_nothing(command: str, tmp_path: Path) -> None:
    with Person(command, cwd=tmp_path) as person:
        comes_to_the_summary(person).press("w").sees("write nothing").press(ENTER)
        person.sees("d done").press("d")

        assert person.ends() == 0
    assert not list(tmp_path.iterdir())


@BOTH
def test_help_lines_are_on_the_menu_of_the_summary(command: str) -> None:
    with Person(command) as person:
        comes_to_the_summary(person).press("h").sees(LANGUAGE.help.title, SAMARITANS, "go on")
        person.press("g").sees("write it to a file").press("d")

        assert person.ends() == 0


@BOTH
def test_output_writes_the_summary_to_a_new_file_and_says_so_before_and_after(
    command: str, folder: Path
) -> None:
    with Person(f"{command} --output mine.txt", cwd=folder, columns=100) as person:
        person.sees(f"will be written to {folder}/mine.txt", "can read it")
        comes_to_the_summary(person).press("d")

        assert person.ends() == 0
        assert f"Written to {folder}/mine.txt" in stays_after(person)
        assert LANGUAGE.not_a_diagnosis in stays_after(person)
    file = folder / "mine.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert LANGUAGE.not_a_diagnosis in " ".join(file.read_text(encoding="utf-8").split())


@BOTH
def test_a_name_that_begins_with_a_tilde_is_in_the_home_folder(command: str) -> None:
    with Person(f"{command} --output=~/first.txt") as person:
        home = person.home
        person.sees(f"will be written to {home}/first.txt")
        comes_to_the_summary(person).press("w").sees("Type its name")
        person.press("~nobody-of-that-name/x.txt", ENTER).sees("home folder of a user")
        person.press("~/second.json", ENTER).sees(f"Written to {home}/second.json").press(ENTER)
        person.sees("d done").press("d")

        assert person.ends() == 0
        assert {"first.txt", "second.json"} <= {file.name for file in home.iterdir()}


@pytest.mark.parametrize("name", ["mine.docx", "mine.txt.gz", "https://example.org/mine.txt"])
def test_output_in_a_format_that_is_not_ours_is_refused_before_anything_is_asked(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    for more in ("", "--answers a.json", "--format json --answers a.json"):
        ran = run(f"moodcheck --output {name} {more}", "", cwd=tmp_path)

        assert ran.code == 2
        assert (
            "ends in .txt, .json, .html, .pdf, .md or .fhir.json" in ran.said
            or "never goes" in ran.said
        )
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("name", ["there.txt", "folder", "none/mine.txt"])
def test_output_that_cannot_be_written_is_refused_before_anything_is_asked(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "there.txt").write_text("kept", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with Person(f"{RICH} --output {name}", cwd=tmp_path) as person:
        assert person.ends() == 73
        assert person.screen.startswith("moodcheck:")
        assert not person.raw.count(b"Enter begin")
    assert (tmp_path / "there.txt").read_text(encoding="utf-8") == "kept"


def test_who_stops_before_the_first_answer_leaves_no_file(tmp_path: Path) -> None:
    with Person(f"{RICH} --output mine.txt", cwd=tmp_path) as person:
        person.sees("begin").press(ENTER).sees("1 of 12").press("q").sees("leave").press("l")

        assert person.ends() == 0
    assert not list(tmp_path.iterdir())


def test_json_is_all_that_a_walk_outputs_when_it_is_asked_for() -> None:
    typed = "\n".join(["", *"0" * 12, "f", "v", "d", ""])
    ran = run(f"{RICH} --format json", typed)

    assert ran.code == 0
    assert json.loads(ran.output)["not_a_diagnosis"] == LANGUAGE.not_a_diagnosis


@BOTH
def test_the_country_is_changed_at_the_welcome_and_the_summary_is_for_that_one(
    command: str,
) -> None:
    with Person(command, columns=100, rows=40) as person:
        person.sees("begin").press("r").sees("Which country", "Now: United Kingdom")
        person.press("zz", ENTER).sees("'zz'")
        person.press("usa", ENTER).sees(US.act_now, "begin")
        comes_to_the_summary(person).press("d")

        assert person.ends() == 0
        stays = stays_after(person).rpartition(SYMPTOMS.title)[2]
    assert US.lines[0].number in stays
    assert SAMARITANS not in stays


@BOTH
def test_the_country_is_changed_at_the_help_lines_and_the_summary_is_for_that_one(
    command: str,
) -> None:
    with Person(command, columns=100, rows=40) as person:
        person.sees("begin").press(ENTER).sees("1 of 12").press("h").sees(SAMARITANS)
        person.press("r").sees("Now: United Kingdom").press(ENTER).sees(SAMARITANS, "go on")
        person.press("r").sees("Now: United Kingdom").press("US", ENTER).sees(
            US.lines[0].number, "go on"
        )
        person.press("g").sees("1 of 12").press("0" * 12, "f").sees("see the summary").press("v")
        person.sees("write it to a file").press("d")

        assert person.ends() == 0
        stays = stays_after(person).rpartition(SYMPTOMS.title)[2]
    assert US.lines[0].number in stays
    assert SAMARITANS not in stays


def test_the_country_is_changed_at_the_summary_and_what_stays_is_for_that_one() -> None:
    with Person(RICH, columns=100, rows=40) as person:
        comes_to_the_summary(person).press("h").sees(SAMARITANS).press("r").sees(
            "Now: United Kingdom"
        )
        person.press("us", ENTER).sees(US.lines[0].number, "go on").press("g").sees("d done")
        person.press("d")

        assert person.ends() == 0
        assert US.lines[0].number in stays_after(person)
        assert SAMARITANS not in stays_after(person)


@BOTH
def test_a_country_of_which_nothing_is_known_gets_its_own_words_and_the_directory(
    command: str,
) -> None:
    with Person(command, columns=100, rows=40) as person:
        person.sees("begin").press("r").sees("Now: United Kingdom").press("is", ENTER)
        person.sees(ICELAND.act_now).press("h")
        person.sees(ICELAND.act_now, DIRECTORY.international.address)

        assert SAMARITANS not in person.view


@BOTH
def test_a_country_guessed_from_the_locale_is_called_a_guess(command: str) -> None:
    guess = command.replace(" --region GB", "")
    with Person(guess, columns=100, rows=40, LANG="en_US.UTF-8") as person:
        person.sees("begin", GUESS.act_now).press("h")
        person.sees(US.lines[0].number, str(GUESS.region_note), DIRECTORY.international.address)
        person.press("r").sees("Which country").press("us", ENTER).sees(US.lines[0].number)
        assert str(GUESS.region_note) not in person.view
        assert US.act_now in person.view


def test_no_country_is_guessed_from_a_locale_that_names_none() -> None:
    with Person("moodcheck", columns=100, rows=40, LANG="C.UTF-8") as person:
        person.sees("begin", NOWHERE.act_now).press("r")
        person.sees("Which country")


WITHOUT_THE_HISTORY = (
    "import sys; sys.modules['apsw'] = None; sys.argv[0] = 'moodcheck'; "
    "from moodcheck.__main__ import main; main()"
)


@pytest.mark.parametrize("plain", ["", "--plain"])
def test_saving_is_not_offered_where_it_is_not_installed(plain: str) -> None:
    command = f'{sys.executable} -c "{WITHOUT_THE_HISTORY}" --region GB {plain}'
    with Person(command) as person:
        comes_to_the_summary(person)
        assert "save it" not in person.view
        person.press("s").sees("Please use one of").press("d")

        assert person.ends() == 0


def test_asking_for_it_names_the_line_that_installs_it_and_goes_on_unsaved() -> None:
    command = f'{sys.executable} -c "{WITHOUT_THE_HISTORY}" --region GB --save'
    with Person(command, rows=40) as person:
        person.sees("is not installed", "Install it with", "[history]", "go on without saving")
        person.press("g")
        comes_to_the_summary(person).press("d")

        assert person.ends() == 69
        assert "Installitwith" in "".join(person.screen.split())
