"""An export that somebody changed, or made up, is refused with one message and changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moodcheck.adapters.exchange import reading
from moodcheck.adapters.exchange.reading import read_export, read_history
from moodcheck.adapters.exchange.writing import write_history
from moodcheck.errors import BadData, InputNotFound, UsageError
from tests.records import SEEN, record
from tests.shipped import LANGUAGE, TAKEN_AT, answered

GOOD = write_history(
    [
        record(
            answered(low_mood=1, death_thoughts=2, own_words="SECRET"),
            name="aaaaaaaaaaa1",
            notes={"sleep": "SECRET"},
        ),
        record(answered(death_thoughts=1), name="aaaaaaaaaaa2", acknowledgement=SEEN),
    ],
    (),
    notice=LANGUAGE.notice,
    exported_at=TAKEN_AT,
)

Document = dict[str, Any]


def first(document: Document) -> Document:
    row: Document = document["records"][0]
    return row


def questionnaire(document: Document) -> Document:
    (tree,) = document["questionnaires"].values()
    found: Document = tree
    return found


CHANGES: dict[str, tuple[Callable[[Document], object], str]] = {
    "a newer format": (lambda d: d.update(format="moodcheck.history/2"), "newer|needs another"),
    "a format of another program": (lambda d: d.update(format="x"), "no exported history"),
    "no format": (lambda d: d.pop("format"), "no exported history"),
    "a format that is a list": (lambda d: d.update(format=[]), "no exported history"),
    "an unknown key": (lambda d: d.update(extra=1), "extra: Extra inputs"),
    "an unknown key in a record": (lambda d: first(d).update(extra=1), r"records\[0\].extra"),
    "no records": (lambda d: d.pop("records"), "records: Field required"),
    "records that are an object": (lambda d: d.update(records={}), "records: "),
    "no client": (lambda d: first(d).pop("client"), r"records\[0\].client"),
    "a client that is a path": (lambda d: first(d).update(client="../x"), r"records\[0\].client"),
    "an id that is a path": (lambda d: first(d).update(id="../../../etc"), r"records\[0\].id"),
    "a sequence that is true": (lambda d: first(d).update(sequence=True), r"records\[0\].sequence"),
    "a sequence below zero": (lambda d: first(d).update(sequence=-1), r"records\[0\].sequence"),
    "a mode that is none": (lambda d: first(d).update(mode="x"), r"records\[0\].mode"),
    "a time without offset": (
        lambda d: first(d).update(taken_at="2026-11-24T09:30:00"),
        r"records\[0\].taken_at",
    ),
    "a month 13": (
        lambda d: first(d).update(taken_at="2026-13-24T09:30:00+01:00"),
        r"records\[0\].taken_at: this is no time",
    ),
    "an answer that is not offered": (
        lambda d: first(d)["answers"].update(low_mood=4),
        r"records\[0\], item low_mood: what is given is not one",
    ),
    "an answer that is a text": (
        lambda d: first(d)["answers"].update(low_mood="1"),
        r"records\[0\].answers.low_mood",
    ),
    "an answer that is true": (
        lambda d: first(d)["answers"].update(low_mood=True),
        r"records\[0\].answers.low_mood",
    ),
    "an item that is not there": (
        lambda d: first(d)["answers"].update(other=1),
        r"records\[0\], item other: .* has no such item",
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
        r"records\[0\].unanswered.sleep",
    ),
    "words around which there are spaces": (
        lambda d: first(d)["words"].update(own_words=" SECRET"),
        "could not be kept",
    ),
    "words without end": (
        lambda d: first(d)["words"].update(own_words="S" * 2_001),
        r"records\[0\].words.own_words",
    ),
    "a note to no item": (lambda d: first(d)["notes"].update(other="x"), "no item other"),
    "an alert that nobody would see": (
        lambda d: (first(d)["critical"].clear(), first(d)["not_acknowledged"].clear()),
        "the alert of item death_thoughts is not there",
    ),
    "an alert made smaller": (
        lambda d: first(d)["critical"][0].update(alerted=1),
        "the alert of item death_thoughts is not there",
    ),
    "an alert of a value that is not offered": (
        lambda d: first(d)["critical"][0].update(alerted=9),
        "what it calls an alert is none",
    ),
    "a critical item that is none": (
        lambda d: first(d)["critical"][0].update(item="sleep"),
        "it is no critical item",
    ),
    "a critical entry twice": (
        lambda d: first(d)["critical"].append(first(d)["critical"][0]),
        "there twice",
    ),
    "a critical entry that says something else": (
        lambda d: first(d)["critical"][0].update(now=0),
        "does not say what the sitting says",
    ),
    "nothing to acknowledge": (
        lambda d: first(d).update(not_acknowledged=[]),
        r"records\[0\].not_acknowledged",
    ),
    "one id twice": (
        lambda d: d["records"][1].update(id=first(d)["id"]),
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
    assert len(read_history("history.json", GOOD.encode(), LANGUAGE)) == 2


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_refused_with_its_place_and_no_answer(change: str) -> None:
    edit, said = CHANGES[change]
    document = json.loads(GOOD)
    edit(document)
    message = refused(json.dumps(document).encode())

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
    for row in document["records"]:
        row["unanswered"] = dict.fromkeys(row["unanswered"], "tired")
    message = refused(json.dumps(document).encode())

    assert len(message.split("\n")) == 22
    assert message.endswith("Mend these first.")
    assert "more" in message.split("\n")[-1]


def test_a_name_in_a_file_can_move_no_cursor() -> None:
    document = json.loads(GOOD)
    document["records"][0]["\x1b[2J\u202e"] = 1

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
