"""Imports through the installed command: shown, asked about, alerting, marked and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from moodcheck.errors import ExitCode
from moodcheck.history.record import SittingMode
from moodcheck.history.store.store import make_store, open_store
from moodcheck.history.store.store_file import PAGE
from tests.exports import export_of
from tests.functional.person import ENTER
from tests.functional.stored import PASSPHRASE, somebody
from tests.in_process import Ran, run
from tests.in_the_clear import in_the_clear
from tests.records import record
from tests.shipped import SYMPTOMS, TAKEN_AT, answered

HERE = record(answered(death_thoughts=0), name="hereaaaaaaa1", client="C-014")
NEW = record(answered(death_thoughts=2), name="newaaaaaaaa1", client="c-014", sequence=2)
OTHER = record(answered(death_thoughts=0), name="newaaaaaaaa2", client="C-020", sequence=3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A counselor's history with one client, and a file that brings that code and another."""
    path = tmp_path / "history.db"
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    (tmp_path / "clients.json").write_text(export_of([NEW, OTHER]), encoding="ascii")
    (tmp_path / "here.json").write_text(export_of([HERE]), encoding="ascii")
    make_store(path, PASSPHRASE, TAKEN_AT).close_file()
    assert at(path, "history import here.json").code == ExitCode.OK
    return path


def at(path: Path, command: str, typed: str | None = None) -> Ran:
    return run(
        f"moodcheck {command} --passphrase-fd 3 3<passphrase",
        typed,
        cwd=path.parent,
        MOODCHECK_STORE=str(path),
        MOODCHECK_REGION="GB",
    )


def filed(path: Path) -> dict[str, str]:
    with open_store(path, PASSPHRASE) as store:
        return {one.id: one.client for one in store.records()}


def test_an_import_mixes_nothing_silently(path: Path) -> None:
    with somebody(path, "history import clients.json") as person:
        person.sees(
            "clients.json was exported on 24 Nov 2026 from another history. It brings:",
            "c-014, as C-014: 1 sitting, 24 Nov 2026. The code is here already, with 1 sitting.",
            "C-020: 1 sitting, 24 Nov 2026. The code is new here.",
            "C-014 is here already, with 1 sitting. Is this the same person?",
        ).press(ENTER).sees("Nothing was imported.")
        assert person.ends() == ExitCode.USAGE
    assert filed(path) == {HERE.id: "C-014"}

    refused = at(path, "history import clients.json")
    assert refused.code == ExitCode.USAGE
    assert "--accept C-014" in refused.said
    assert "--as C-014=NEW" in refused.said
    assert filed(path) == {HERE.id: "C-014"}

    with somebody(path, "history import clients.json") as person:
        person.sees("Is this the same person?").press("not a code\r")
        person.sees("cannot be a client code").press("C-114\r")
        person.sees("Imported 2 sittings; none were here before.", "undo-import")
        assert person.ends() == ExitCode.OK
    assert filed(path) == {HERE.id: "C-014", NEW.id: "C-114", OTHER.id: "C-020"}


def test_a_script_names_what_it_accepts(path: Path) -> None:
    done = at(path, "history import clients.json --accept c-014 --as C-020=C-021")
    assert done.code == ExitCode.OK
    assert "C-020, as C-021: 1 sitting" in done.said
    assert filed(path) == {HERE.id: "C-014", NEW.id: "C-014", OTHER.id: "C-021"}

    own = record(answered(), name="ownaaaaaaaa1", client="me", mode=SittingMode.OWN)
    more = [replace(HERE, id="newaaaaaaaa9", sequence=9), own]
    path.with_name("more.json").write_text(export_of(more), encoding="ascii")
    refused = at(path, "history import more.json --accept-all")
    assert refused.code == ExitCode.USAGE
    assert "--accept me" in refused.said
    assert "--accept C-014" not in refused.said

    again = at(path, "history import clients.json --as C-020=C-021")
    assert again.code == ExitCode.OK
    assert "Nothing was imported: all 2 sittings are here already and are unchanged." in again.said


def test_what_cannot_be_filed_so_is_refused(path: Path) -> None:
    for options, said in (
        ("--as C-014", "does not name two client codes"),
        ("--as C-014=a/b", "cannot be a client code"),
        ("--as C-014=C-1 --as c-014=C-2", "two other codes"),
        ("--as C-99=C-1", "brings nothing of 'C-99'"),
        ("--as C-014=me", "own check-ins"),
    ):
        done = at(path, f"history import clients.json {options}")
        assert done.code == ExitCode.USAGE
        assert said in done.said
    assert filed(path) == {HERE.id: "C-014"}


def test_an_import_can_be_undone_as_a_whole(path: Path) -> None:
    noted = "a note since the import"
    assert at(path, "history import clients.json --accept C-014").code == ExitCode.OK
    with open_store(path, PASSPHRASE) as store:
        store.note(NEW.id, "sleep", noted, TAKEN_AT)
    listed = at(path, "history undo-import").output.decode().splitlines()
    assert "2 sittings from clients.json" in listed[-1]
    name = listed[-1][:6]

    for typed in ("", "yes\n"):
        left = at(path, f"history undo-import {name}", typed)
        assert left.code == ExitCode.USAGE
        assert "In 1 of them something is NOT ACKNOWLEDGED." in left.said
        assert left.said.endswith("Nothing was deleted.")
    assert len(filed(path)) == 3

    done = at(path, f"history undo-import {name}", "undo\n")
    assert done.code == ExitCode.OK
    assert "The import was taken back: 2 sittings were deleted." in done.said
    assert filed(path) == {HERE.id: "C-014"}
    with open_store(path, PASSPHRASE) as store:
        assert store.imports()[-1].source == "here.json"
        pages = in_the_clear(path, PASSPHRASE)
    assert [text for text in (noted, "C-020", NEW.id) if text.encode() in pages] == []
    assert at(path, f"history undo-import {name}").code == ExitCode.INPUT_NOT_FOUND
    assert at(path, "history verify").code == ExitCode.OK


def test_an_imported_sitting_alerts_like_any_other_also_the_clients_own(
    path: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs" / "history.db"
    theirs.parent.mkdir()
    (theirs.parent / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    given = '{"low_mood": 1, "death_thoughts": 2}'
    assert at(theirs, "check --answers - --save", given).code == ExitCode.OK
    assert at(theirs, f"history export --output {tmp_path}/own.json").code == ExitCode.OK

    asked = at(path, "history import own.json")
    assert asked.code == ExitCode.USAGE
    assert "me is the person who kept that history." in asked.said
    assert at(path, "history import own.json --accept me").code == ExitCode.OK
    assert "NOT ACKNOWLEDGED" not in at(path, "session list").shown
    name = next(one for one, client in filed(path).items() if client == "me")
    assert at(path, f"history move {name} C-014", "C-014\n").code == ExitCode.OK

    with open_store(path, PASSPHRASE) as store:
        (waiting,) = store.unacknowledged()
        assert (waiting.id, waiting.mode) == (name, SittingMode.OWN)
    listed = at(path, "session list --format json")
    (client,) = json.loads(listed.output)
    assert client["not_acknowledged"]
    assert "NOT ACKNOWLEDGED" in at(path, "session list").shown
    assert "1 answer is NOT ACKNOWLEDGED." in at(path, "history undo-import").said


def test_what_was_changed_outside_is_named_and_marked(path: Path) -> None:
    file = path.with_name("clients.json")
    document = json.loads(file.read_text(encoding="ascii"))
    document["sittings"][0]["answers"]["death_thoughts"] = 0
    document["sittings"][0]["critical"] = []
    file.write_text(json.dumps(document), encoding="ascii")
    done = at(path, "history import clients.json --accept C-014")

    assert done.code == ExitCode.OK
    assert f"Changed since it was exported: {NEW.id}." in done.said
    with open_store(path, PASSPHRASE) as store:
        marks = {one.id: one.changed_outside for one in store.records()}
    assert marks == {HERE.id: False, NEW.id: True, OTHER.id: False}


def test_a_damaged_history_exports_what_can_be_read_and_names_the_rest(path: Path) -> None:
    with open_store(path, PASSPHRASE) as store:
        for _number in range(40):
            begun = store.begin("C-030", SYMPTOMS, SittingMode.READ_ALOUD, TAKEN_AT)
            store.finish(begun, answered(own_words="to rest " * 60), TAKEN_AT)
        whole = len(store.records())
    content = bytearray(path.read_bytes())
    for page in (len(content) // PAGE // 2, len(content) // PAGE - 2):
        content[page * PAGE + 2_000] ^= 1
    path.write_bytes(content)

    done = at(path, "history export --all --output saved.json")
    assert done.code == ExitCode.BAD_DATA
    assert "The history is damaged." in done.said
    assert "saved.json" in done.said
    document = json.loads(path.with_name("saved.json").read_text(encoding="ascii"))
    assert document["lost"]
    assert 0 < len(document["sittings"]) <= whole
    for lost in document["lost"]:
        assert lost["where"] in done.said

    other = path.with_name("other.db")
    back = at(other, "history import saved.json")
    assert back.code == ExitCode.OK
    assert "The history was damaged when it was exported. Missing:" in back.said
    assert len(filed(other)) == len(document["sittings"])
