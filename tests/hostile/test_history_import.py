"""An export that somebody changed, or made up, is refused with one message and changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moodcheck.errors import BadData, InputNotFound, UsageError
from moodcheck.history.exchange import reading
from moodcheck.history.exchange.reading import read_export, read_history
from moodcheck.history.record import AuditAction, AuditEntry
from tests.exports import export_of, resealed
from tests.records import SEEN, record
from tests.shipped import CHECKOUT, LANGUAGE, TAKEN_AT, answered

VERSION_1 = (CHECKOUT / "tests" / "golden" / "history" / "export-1.json").read_bytes()

GOOD = export_of(
    [
        record(
            answered(low_mood=1, death_thoughts=2, own_words="SECRET"),
            name="aaaaaaaaaaa1",
            notes={"sleep": "SECRET"},
        ),
        record(answered(death_thoughts=1), name="aaaaaaaaaaa2", acknowledgement=SEEN),
    ],
    [AuditEntry(1, TAKEN_AT, AuditAction.STORE_MADE, None, "")],
)

Document = dict[str, Any]


def first(document: Document) -> Document:
    row: Document = document["sittings"][0]
    return row


def questionnaire(document: Document) -> Document:
    (tree,) = document["questionnaires"].values()
    found: Document = tree
    return found


CHANGES: dict[str, tuple[Callable[[Document], object], str]] = {
    "a newer format": (lambda d: d.update(format="moodcheck.history/3"), "newer|needs another"),
    "a format of another program": (lambda d: d.update(format="x"), "not an exported history"),
    "no format": (lambda d: d.pop("format"), "not an exported history"),
    "a format that is a list": (lambda d: d.update(format=[]), "not an exported history"),
    "an unknown key": (lambda d: d.update(extra=1), "extra: Extra inputs"),
    "an unknown key in a record": (lambda d: first(d).update(extra=1), r"sittings\[0\].extra"),
    "no notice": (lambda d: d.pop("notice"), "notice: Field required"),
    "no hash": (lambda d: first(d).update(hash=None), r"sittings\[0\].hash"),
    "no client": (lambda d: first(d).pop("client"), r"sittings\[0\].client"),
    "a client that is a path": (lambda d: first(d).update(client="../x"), r"sittings\[0\].client"),
    "an id that is a path": (lambda d: first(d).update(id="../../../etc"), r"sittings\[0\].id"),
    "a sequence that is true": (
        lambda d: first(d).update(sequence=True),
        r"sittings\[0\].sequence",
    ),
    "a sequence below zero": (lambda d: first(d).update(sequence=-1), r"sittings\[0\].sequence"),
    "a mode that is none": (lambda d: first(d).update(mode="x"), r"sittings\[0\].mode"),
    "a time without offset": (
        lambda d: first(d).update(taken_at="2026-11-24T09:30:00"),
        r"sittings\[0\].taken_at",
    ),
    "a month 13": (
        lambda d: first(d).update(taken_at="2026-13-24T09:30:00+01:00"),
        r"sittings\[0\].taken_at: this is no time",
    ),
    "an answer that is not offered": (
        lambda d: first(d)["answers"].update(low_mood=4),
        r"sittings\[0\], item low_mood: the answer is not one of",
    ),
    "an answer that is a text": (
        lambda d: first(d)["answers"].update(low_mood="1"),
        r"sittings\[0\].answers.low_mood",
    ),
    "an answer that is true": (
        lambda d: first(d)["answers"].update(low_mood=True),
        r"sittings\[0\].answers.low_mood",
    ),
    "an item that is not there": (
        lambda d: first(d)["answers"].update(other=1),
        r"sittings\[0\], item other: .* has no such item",
    ),
    "an item of which nothing is said": (
        lambda d: first(d)["answers"].pop("low_mood"),
        "says nothing: low_mood",
    ),
    "an item that is answered and unanswered": (
        lambda d: first(d)["unanswered"].update(low_mood="skipped"),
        "answered and unanswered at once",
    ),
    "a reason that is none": (
        lambda d: first(d)["unanswered"].update(sleep="tired"),
        r"sittings\[0\].unanswered.sleep",
    ),
    "words around which there are spaces": (
        lambda d: first(d)["words"].update(own_words=" SECRET"),
        "could not be kept",
    ),
    "words without end": (
        lambda d: first(d)["words"].update(own_words="S" * 2_001),
        r"sittings\[0\].words.own_words",
    ),
    "a note to no item": (lambda d: first(d)["notes"].update(other="x"), "no item other"),
    "an alert of a value that is not offered": (
        lambda d: first(d)["critical"][0].update(alerted=9),
        "what it calls an alert is none",
    ),
    "a critical item that is none": (
        lambda d: first(d)["critical"][0].update(item="sleep"),
        "this is no critical item",
    ),
    "a critical entry twice": (
        lambda d: first(d)["critical"].append(first(d)["critical"][0]),
        "there twice",
    ),
    "an acknowledgement that says nothing": (
        lambda d: d["sittings"][1]["critical"][0]["acknowledgement"].update(action=" "),
        "it does not say what was done",
    ),
    "a correction of no item": (
        lambda d: first(d).update(
            corrections=[
                {
                    "item": "x",
                    "value": 1,
                    "words": None,
                    "unanswered": None,
                    "at": TAKEN_AT.isoformat(),
                }
            ]
        ),
        "it does not say what stood at item x",
    ),
    "a sequence beyond 2^53": (lambda d: first(d).update(sequence=2**53), "sequence"),
    "a sequence of 2^63": (lambda d: first(d).update(sequence=2**63), "sequence"),
    "the year 1": (
        lambda d: first(d).update(taken_at="0001-01-01T00:00:00+14:00"),
        r"sittings\[0\].taken_at: the year 1 is outside 1900 to 2199",
    ),
    "the year 9999": (
        lambda d: first(d).update(taken_at="9999-12-31T23:59:59-14:00"),
        r"sittings\[0\].taken_at: the year 9999 is outside",
    ),
    "a far future in a critical entry": (
        lambda d: first(d)["critical"][0].update(raised_at="2200-01-01T00:00:00+00:00"),
        r"critical.raised_at: the year 2200 is outside",
    ),
    "a far past in the audit": (
        lambda d: d["audit"][0].update(at="1899-12-31T23:59:59+00:00"),
        r"audit\[0\].at: the year 1899 is outside",
    ),
    "an action that is none": (lambda d: d["audit"][0].update(action="x"), r"audit\[0\].action"),
    "one id twice": (
        lambda d: d["sittings"][1].update(id=first(d)["id"]),
        "aaaaaaaaaaa1 is there more than once",
    ),
    "a questionnaire that is not there": (
        lambda d: first(d).update(questionnaire="0" * 64),
        "no questionnaire has this hash",
    ),
    "a questionnaire of another content": (
        lambda d: questionnaire(d).update(title="Another"),
        "not what its hash says",
    ),
    "a questionnaire that diagnoses": (
        lambda d: questionnaire(d).update(title="You are depressed"),
        "'depressed' diagnoses",
    ),
    "a questionnaire that sends to no clinician": (
        lambda d: questionnaire(d)["advice"][0].update(text="Pull yourself together."),
        "names no clinician",
    ),
    "a questionnaire that contradicts itself": (
        lambda d: questionnaire(d)["critical"][0].update(item="gone"),
        r"questionnaires\.",
    ),
}


def refused(content: bytes) -> str:
    with pytest.raises(BadData) as error:
        read_history("history.json", content, LANGUAGE)
    return str(error.value)


def test_the_file_that_is_changed_here_is_a_good_one() -> None:
    found = read_history("history.json", GOOD.encode(), LANGUAGE)

    assert len(found.records) == 2
    assert (found.is_as_written, found.changed) == (True, frozenset())


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_refused_with_its_place_and_no_answer(change: str) -> None:
    edit, said = CHANGES[change]
    document = json.loads(GOOD)
    edit(document)
    forged = resealed(document) if document.get("sittings") and "hash" not in change else document
    message = refused(json.dumps(forged).encode())

    assert message.startswith("history.json cannot be imported, and nothing of it was.")
    assert re.search(said, message)
    assert "SECRET" not in message
    assert message.isprintable() or "\n" in message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe{}",
        b"\x00",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        GOOD.replace('"sequence": 1', '"sequence": NaN', 1).encode(),
        GOOD.replace('"sequence": 1', '"sequence": 1e999', 1).encode(),
        GOOD.replace('"sequence": 1', '"sequence": ' + "9" * 5_000, 1).encode(),
        GOOD.replace('"sequence": 1', '"sequence": 1, "sequence": 2', 1).encode(),
        GOOD.replace("SECRET", "\\ud800", 1).encode(),
        GOOD[: len(GOOD) // 2].encode(),
        GOOD.encode("utf-16"),
    ],
    ids=lambda content: repr(content[:12]),
)
def test_what_is_not_one_strict_document_is_refused_with_one_message(content: bytes) -> None:
    message = refused(content)

    assert "cannot be imported, and nothing of it was" in message
    assert "SECRET" not in message


def test_every_problem_is_told_at_once_but_no_more_than_fit_a_screen() -> None:
    document = json.loads(GOOD)
    for row in document["sittings"]:
        row["unanswered"] = dict.fromkeys(row["unanswered"], "tired")
    message = refused(json.dumps(document).encode())

    assert len(message.split("\n")) == 22
    assert message.endswith("Fix these first.")
    assert "more" in message.split("\n")[-1]


def test_a_name_in_a_file_can_move_no_cursor() -> None:
    document = json.loads(GOOD)
    document["sittings"][0]["\x1b[2J\u202e"] = 1

    assert "\x1b" not in refused(json.dumps(document).encode())


def test_a_file_over_the_size_is_not_even_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 1_000)
    file = tmp_path / "history.json"
    file.write_text(GOOD, encoding="ascii")

    with pytest.raises(BadData, match="larger than"):
        read_export(file)


def test_a_file_that_is_not_there_a_folder_and_an_address_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path, Path("a\0b")):
        with pytest.raises(InputNotFound, match="cannot be read"):
            read_export(path)
    with pytest.raises(UsageError):
        read_export(Path("https://example.org/history.json"))
