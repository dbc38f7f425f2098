"""The history commands as they are installed, on a real encrypted store."""

from __future__ import annotations

import csv
import json
import shlex
import shutil
import stat
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from moodcheck.core.administration import administer
from moodcheck.errors import ExitCode
from moodcheck.history.record import Record, RecordState, SittingMode
from tests.exports import export_of
from tests.functional.stored import somebody
from tests.in_process import run
from tests.records import SEEN, record
from tests.shipped import DATA, LANGUAGE, SYMPTOMS, TAKEN_AT, answered

PASSPHRASE = "four quiet words here"  # noqa: S105 - of these tests alone
OF_THE_FILE = "five other words for files"

ONES = dict.fromkeys((item.id for item in SYMPTOMS.items), 1)
NO_ALERT = {**ONES, "death_thoughts": 0}


def _later(days: int, **given: object) -> Record:
    sitting = administer(SYMPTOMS, given, taken_at=TAKEN_AT + timedelta(days=days))
    return record(
        sitting,
        name=f"{days:02}clientsaaa",
        sequence=10 + days,
        acknowledgement=SEEN,
        state=RecordState.CLOSED,
    )


OWN = record(
    answered(**NO_ALERT, own_words="SECRET words"),
    name="ownrecord001",
    client="me",
    mode=SittingMode.OWN,
    state=RecordState.CLOSED,
)
UNSEEN = record(answered(**ONES), name="unseenrecord", client="C-020", sequence=5)
CLIENTS = [_later(1, **NO_ALERT), _later(2, **{**NO_ALERT, "sleep": "skipped"}), _later(3, **ONES)]
EVERYTHING = [OWN, UNSEEN, *CLIENTS]


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return " ".join(self.err.split())


def moodcheck(
    *arguments: str | Path,
    store: Path,
    stdin: str = "",
    passphrase: str | None = PASSPHRASE,
    **others: str,
) -> Done:
    """Run moodcheck; `others` are options that take a descriptor, and what it gives."""
    given = {"--passphrase-fd": passphrase} if passphrase else {}
    given |= {f"--{name.replace('_', '-')}": text for name, text in others.items()}
    with TemporaryDirectory() as folder:
        options = ""
        for number, (name, text) in enumerate(given.items(), 3):
            file = Path(folder, str(number))
            file.write_text(f"{text}\n", encoding="utf-8")
            options += f" {name} {number} {number}<{file}"
        ran = run(
            f"moodcheck {shlex.join(map(str, arguments))}{options}",
            stdin,
            cwd=store.parent,
            MOODCHECK_STORE=str(store),
            TERM="dumb",
        )
    return Done(ran.code, ran.output.decode(), ran.talk.decode())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that an import made."""
    folder = tmp_path_factory.mktemp("filled")
    export = folder / "export.json"
    export.write_text(export_of(EVERYTHING), encoding="ascii")
    done = moodcheck("history", "import", export, store=folder / "history.db")

    assert done.code == ExitCode.OK
    assert "Imported 5 sittings; none were here before." in done.said
    assert "NOT ACKNOWLEDGED" in done.said
    return folder / "history.db"


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "history.db"))


def listed(store: Path, *options: str) -> list[dict[str, Any]]:
    done = moodcheck("history", "list", "--format", "json", *options, store=store)
    assert done.code == ExitCode.OK
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_a_list_is_ones_own_or_a_clients_or_everybodys(store: Path) -> None:
    assert [row["record"] for row in listed(store)] == [OWN.id]
    assert [row["record"] for row in listed(store, "--client", "c-014")] == [
        one.id for one in CLIENTS
    ]
    assert [row["record"] for row in listed(store, "--all")] == [one.id for one in EVERYTHING]


@pytest.mark.parametrize(
    ("command", "heading"),
    [("list --all", "Sitting When Client"), ("audit", "When What Client Sitting Detail")],
    ids=["list", "audit"],
)
def test_lists_are_tables_at_a_terminal_and_lines_for_the_ear(
    store: Path, command: str, heading: str
) -> None:
    (store.parent / "passphrase").write_text(f"{PASSPHRASE}\n")
    with somebody(store, f"history {command}") as person:
        assert person.sees(heading, UNSEEN.short_id).ends() == ExitCode.OK
    with somebody(store, f"history {command} --plain") as person:
        assert person.sees(UNSEEN.short_id).ends() == ExitCode.OK
        assert heading not in person.view


def test_what_nobody_acknowledged_is_said_at_every_unlock_and_not_twice(store: Path) -> None:
    waits = "1 alert of another client is waiting. See more with: moodcheck session list."
    for command in (["list"], ["trend"], ["show", OWN.id]):
        done = moodcheck("history", *command, store=store)
        assert done.code == ExitCode.OK
        assert done.said == waits
        assert UNSEEN.client not in done.out
    for command in (["audit"], ["verify"]):
        done = moodcheck("history", *command, store=store)
        assert done.said.startswith("1 answer is NOT ACKNOWLEDGED.")
    for command in (["list", "--all"], ["trend", "--client", "C-020"], ["show", UNSEEN.id]):
        done = moodcheck("history", *command, store=store)
        assert "NOT ACKNOWLEDGED" not in done.err
        assert " ".join(done.out.split()).count("NOT ACKNOWLEDGED for ") == 1


@pytest.mark.parametrize("command", [["trend"], ["show", OWN.id]])
@pytest.mark.parametrize("format_", ["rich", "plain", "json"])
def test_each_outcome_has_every_format_on_standard_output(
    store: Path, command: list[str], format_: str
) -> None:
    done = moodcheck("history", *command, "--format", format_, "--region", "GB", store=store)

    assert done.code == ExitCode.OK
    assert LANGUAGE.not_a_diagnosis.split(".")[0] in done.out
    assert "116 123" in done.out.replace("\xa0", " ")
    assert (done.out[:1] == "{") is (format_ == "json")
    assert ("\x1b[" in done.out) is (format_ == "rich")


def test_nothing_saved_is_an_empty_list_and_no_trend(store: Path) -> None:
    nobody = moodcheck("history", "list", "--client", "C-14", "--format", "json", store=store)
    no_trend = moodcheck("history", "trend", "--client", "C-14", store=store)

    assert (nobody.code, json.loads(nobody.out)) == (ExitCode.OK, [])
    assert "Did you mean 'C-014'?" in nobody.said
    assert no_trend.code == ExitCode.INPUT_NOT_FOUND


def test_a_counselor_acknowledges_moves_and_notes_at_a_terminal(store: Path) -> None:
    (store.parent / "passphrase").write_text(f"{PASSPHRASE}\n")
    short = UNSEEN.short_id
    with somebody(store, f"history move {short} c-014") as person:
        person.sees("from C-020 to C-014", "Type 'C-014'").press("y", "\r")
        assert person.sees("Nothing was moved.").ends() == ExitCode.USAGE
    with somebody(store, f"history acknowledge {short}") as person:
        person.sees("C-020, ", "NOT ACKNOWLEDGED", "Your initials:").type_bytes(b"AB\r")
        person.sees("What was done:").type_bytes(b"Called her\r")
        for name in ("Spoken with:", "Who was told:", "Plan:"):
            person.sees(name).press("\r")
        person.sees("Next contact:").type_bytes(b"Monday\r")
        assert person.sees("Acknowledged.", "All of it is acknowledged").ends() == ExitCode.OK
    with somebody(store, f"history note {short} sleep -") as person:
        person.sees("Note:").type_bytes(b"a new baby\r")
        assert person.sees("The note is saved.").ends() == ExitCode.OK
    with somebody(store, f"history acknowledge {OWN.short_id}") as person:
        assert person.sees("Nothing in this sitting waits").ends() == ExitCode.OK

    shown = moodcheck("history", "show", short, store=store)
    assert "Called her. Next contact: Monday." in " ".join(shown.out.split())
    assert "a new baby" in shown.out
    assert shown.said == ""


@pytest.mark.parametrize("code", ["../C", "a b", "", "Müller", "\u202eC", "C" * 65])
def test_what_cannot_be_a_code_is_refused_before_anything_is_unlocked(
    store: Path, code: str
) -> None:
    done = moodcheck("history", "move", UNSEEN.id, code, store=store, passphrase=None)

    assert done.code == ExitCode.USAGE
    assert "cannot be a client code" in done.said


def test_an_export_comes_back_equal_and_twice_is_once(store: Path) -> None:
    file, other = store.with_name("all.json"), store.with_name("other.db")
    exported = moodcheck("history", "export", "--all", "--output", file, store=store)
    assert exported.code == ExitCode.OK
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "5 sittings written" in exported.said
    assert "It is not encrypted" in exported.said
    assert LANGUAGE.not_a_diagnosis in exported.said
    assert LANGUAGE.help.tells_no_one in exported.said

    for said in ("Imported 5 sittings; none were", "Nothing was imported: all 5 sittings are here"):
        done = moodcheck("history", "import", file, store=other)
        assert done.code == ExitCode.OK
        assert said in done.said
    again = store.with_name("again.json")
    assert moodcheck("history", "export", "--all", "--output", again, store=other).code == 0
    first, second = (json.loads(one.read_text(encoding="ascii")) for one in (file, again))
    assert second["sittings"] == first["sittings"]
    assert second["questionnaires"] == first["questionnaires"]


def test_an_export_overwrites_nothing_and_enters_nothing_then(store: Path) -> None:
    file = store.with_name("mine.json")
    file.write_text("mine", encoding="utf-8")
    done = moodcheck("history", "export", "--output", file, store=store)

    assert done.code == ExitCode.CANNOT_CREATE
    assert file.read_text(encoding="utf-8") == "mine"
    assert "exported" not in moodcheck("history", "audit", store=store).out


def test_a_table_has_a_row_for_every_item_and_marks_what_nobody_acknowledged(store: Path) -> None:
    file = store.with_name("all.csv")
    assert moodcheck("history", "export", "--all", "--output", file, store=store).code == 0
    rows = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))

    assert {row["record"] for row in rows} == {one.id for one in EVERYTHING}
    unseen = [row["record"] for row in rows if row["not_acknowledged"]]
    assert unseen == [UNSEEN.id]


def test_an_encrypted_export_is_opened_by_its_own_passphrase_alone(store: Path) -> None:
    file = store.with_name("own.age")
    done = moodcheck(
        "history", "export", "--output", file, store=store, file_passphrase_fd=OF_THE_FILE
    )
    assert done.code == ExitCode.OK
    assert "not encrypted" not in done.said
    assert b"SECRET" not in file.read_bytes()

    other = store.with_name("other.db")
    wrong = moodcheck("history", "import", file, store=other, file_passphrase_fd=PASSPHRASE)
    assert wrong.code == ExitCode.LOCKED
    assert not other.exists()
    right = moodcheck("history", "import", file, store=other, file_passphrase_fd=OF_THE_FILE)
    assert right.code == ExitCode.OK
    shown = moodcheck("history", "show", OWN.id, store=other).out
    asked = SYMPTOMS.item("own_words")
    # Once in what the person could read out, and once among the answers.
    assert [line.strip() for line in shown.splitlines() if "SECRET" in line] == [
        str(asked.say).replace("{answer}", "SECRET words"),
        f"{asked.label}: “SECRET words”",
    ]


def test_a_record_of_the_same_id_that_is_not_equal_is_an_error_and_nothing_changes(
    store: Path,
) -> None:
    file = store.with_name("changed.json")
    changed = record(
        answered(**NO_ALERT, own_words="other words"), name=OWN.id, client="me",
        mode=SittingMode.OWN, state=RecordState.CLOSED,
    )  # fmt: skip
    new = record(answered(**NO_ALERT), name="newrecord001", sequence=99)
    file.write_text(export_of([new, changed]), encoding="ascii")
    done = moodcheck("history", "import", file, store=store)

    assert done.code == ExitCode.BAD_DATA
    assert f"sitting {OWN.id}" in done.said
    assert "words" not in done.said
    assert len(listed(store, "--all")) == 5


@pytest.mark.parametrize(
    ("options", "word", "left"),
    [
        ([OWN.id], "delete", 4),
        (["--client", "C-014"], "C-014", 2),
        (["--all"], "delete everything", None),
    ],
    ids=str,
)
def test_only_the_typed_word_deletes(
    store: Path, options: list[str], word: str, left: int | None
) -> None:
    for typed in ("", "yes\n", f"{word[:-1]}\n"):
        done = moodcheck("history", "delete", *options, store=store, stdin=typed)
        assert done.code == ExitCode.USAGE
        assert done.said.endswith("Nothing was deleted.")
    assert len(listed(store, "--all")) == 5

    done = moodcheck("history", "delete", *options, store=store, stdin=f"{word}\n")
    assert done.code == ExitCode.OK
    if left is None:
        assert list(store.parent.iterdir()) == []
    else:
        assert len(listed(store, "--all")) == left


def test_everything_is_deleted_without_the_passphrase(store: Path) -> None:
    done = moodcheck(
        "history", "delete", "--all", store=store, stdin="delete everything\n", passphrase=None
    )

    assert done.code == ExitCode.OK
    assert not store.exists()


@pytest.mark.parametrize(
    "options", [[], [OWN.id, "--all"], ["--client", "C-014", "--all"], [OWN.id, "--client", "me"]]
)
def test_what_is_to_be_deleted_has_to_be_clear(store: Path, options: list[str]) -> None:
    done = moodcheck("history", "delete", *options, store=store, stdin="delete everything\n")

    assert done.code == ExitCode.USAGE
    assert store.exists()


def test_another_passphrase_opens_it_and_the_old_one_no_more(store: Path) -> None:
    changed = moodcheck("history", "change-passphrase", store=store, new_passphrase_fd=OF_THE_FILE)
    old = moodcheck("history", "list", store=store)
    new = moodcheck("history", "list", store=store, passphrase=OF_THE_FILE)

    assert changed.code == new.code == ExitCode.OK
    assert old.code == ExitCode.LOCKED
    assert old.out == ""
    assert PASSPHRASE not in changed.err + old.err
    assert OF_THE_FILE not in changed.err + new.err


def test_without_passphrase_or_terminal_nothing_opens(store: Path) -> None:
    for command in (["list"], ["trend"], ["show", OWN.id], ["audit"], ["verify"]):
        done = moodcheck("history", *command, store=store, passphrase=None)
        assert (done.code, done.out) == (ExitCode.LOCKED, "")


def test_a_damaged_history_is_told(store: Path) -> None:
    content = bytearray(store.read_bytes())
    content[-2_000] ^= 1
    store.write_bytes(content)
    done = moodcheck("history", "verify", store=store)

    assert done.code == ExitCode.BAD_DATA
    assert done.out == ""


def test_where_there_is_no_history_each_command_says_so(tmp_path: Path) -> None:
    for command in (["list"], ["trend"], ["verify"], ["delete", "--all"]):
        done = moodcheck("history", *command, store=tmp_path / "none.db")
        assert (done.code, done.out) == (ExitCode.INPUT_NOT_FOUND, "")
        assert not (tmp_path / "none.db").exists()


def test_the_audit_is_filtered_by_client_and_by_day(store: Path) -> None:
    moodcheck("history", "show", UNSEEN.id, store=store)

    def told(*options: str) -> str:
        done = moodcheck("history", "audit", "--plain", *options, store=store)
        assert done.code == ExitCode.OK
        return done.out

    assert "sitting looked at" in told("--client", UNSEEN.client.lower())
    assert "sitting looked at" not in told("--client", "me")
    assert told("--since", "9999-12-31") == ""
    assert "sitting looked at" in told("--until", "9999-12-31")
    assert told("--until", "1999-01-01") == ""


def test_the_schema_is_the_one_that_is_shipped(tmp_path: Path) -> None:
    done = moodcheck("history", "schema", store=tmp_path / "none.db", passphrase=None)

    assert done.out == (DATA / "history.schema.json").read_text(encoding="utf-8")
