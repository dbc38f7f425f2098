"""Questionnaires come from other programs and go to them, and nothing is kept unasked."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from moodcheck.interop import forms
from tests.forms import DEATH, PHQ_9, Tree, form_of, phq_9_form, rest
from tests.shipped import CONTEXT, SYMPTOMS

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Run

FILE = "clinic.json"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the questionnaires of one's own are kept; not made yet."""
    folder = tmp_path / "data" / "questionnaires"
    monkeypatch.setenv("MOODCHECK_QUESTIONNAIRES", str(folder))
    monkeypatch.setenv("MOODCHECK_REGION", "GB")
    monkeypatch.setattr("sys.stdin", StringIO())
    return folder


def write(tree: object, name: str = FILE) -> None:
    Path(name).write_text(json.dumps(tree), encoding="utf-8")


def without_codes(form: Tree) -> Tree:
    del form["code"], form["identifier"]
    for number, item in enumerate(form["item"]):
        del item["code"]
        item["linkId"] = f"q{number}"
    return form


def test_a_form_with_the_codes_of_the_phq_9_is_asked_in_its_words_after_one_command(
    run: Run, own: Path
) -> None:
    write(phq_9_form())
    imported = run("questionnaire", "import", FILE, "--yes")

    assert (imported.code, imported.output) == (0, "")
    assert f"Thoughts of death (help lines come up): “{DEATH}”" in imported.talk
    assert stat.S_IMODE((own / "phq-9.yaml").stat().st_mode) == 0o600
    found = CONTEXT.questionnaire("phq-9")
    assert found.has_wording
    assert found.scoring_fingerprint == PHQ_9.scoring_fingerprint
    assert (found.title, found.licence) == ("PHQ-9", "Free for everybody")
    listed = run("questionnaire", "list").output
    assert "Brought from clinic.json (FHIR Questionnaire) on " in listed
    assert "Licence: Free for everybody" in listed
    assert DEATH in run("questionnaire", "show", "phq-9").output
    assert run("questionnaire", "validate", "phq-9").talk == ""


def test_nothing_is_kept_that_nobody_said_yes_to(run: Run, own: Path) -> None:
    write(phq_9_form())

    asked = run("questionnaire", "import", FILE)

    assert (asked.code, own.exists()) == (2, False)
    assert "Nothing was kept." in asked.talk


def test_what_is_there_is_replaced_only_where_that_is_said_and_can_be_removed(
    run: Run, own: Path
) -> None:
    write(phq_9_form())
    assert run("questionnaire", "import", FILE, "--yes").code == 0

    assert run("questionnaire", "import", FILE, "--yes").code == 73
    assert run("questionnaire", "import", FILE, "--yes", "--replace").code == 0
    assert run("questionnaire", "remove", "phq-9").code == 2
    assert (own / "phq-9.yaml").exists()
    assert run("questionnaire", "remove", "phq-9", "--yes").code == 0
    assert not (own / "phq-9.yaml").exists()
    assert run("questionnaire", "remove", "phq-9", "--yes").code == 66
    assert not CONTEXT.questionnaire("phq-9").has_wording


def test_without_codes_the_order_tells_if_one_says_what_it_is(run: Run) -> None:
    write(without_codes(phq_9_form()))

    assert "you have to say which" in run("questionnaire", "import", FILE, "--yes").talk
    named = run("questionnaire", "import", FILE, "--as", "phq-9", "--yes")

    assert named.code == 0
    assert "Nothing but their order tells which item is which." in named.talk


def test_an_item_about_death_in_another_place_is_never_taken_for_another_item(run: Run) -> None:
    form = without_codes(phq_9_form())
    form["item"].insert(0, form["item"].pop(8))
    write(form)

    refused = run("questionnaire", "import", FILE, "--as", "phq-9", "--yes")

    assert refused.code == 65
    assert "item[0]: by its place this is 'Interest', and its words name death" in refused.talk
    assert "item[8]: by its place this is 'Thoughts of death', and its words do not" in refused.talk


def test_a_copy_without_the_questions_that_are_not_scored_is_one_all_the_same(run: Run) -> None:
    form = phq_9_form()
    form["item"] = form["item"][:9]
    write(form)

    assert run("questionnaire", "import", FILE, "--yes").code == 0

    brought = CONTEXT.questionnaire("phq-9")
    assert (brought.has_wording, brought.context) == (True, ())
    assert [rule.id for rule in brought.advice] == [rule.id for rule in PHQ_9.advice]


def test_a_question_that_is_not_scored_and_counts_otherwise_is_left_out_by_name(run: Run) -> None:
    form = phq_9_form()
    _other_values(form, place=9)
    write(form)

    brought = run("questionnaire", "import", FILE, "--yes")

    assert brought.code == 0
    assert "is left out" in brought.talk
    assert CONTEXT.questionnaire("phq-9").context == ()


def test_of_two_instruments_in_one_file_one_is_named_and_the_other_left_out(run: Run) -> None:
    both = phq_9_form()
    del both["code"], both["identifier"]
    both["item"] += form_of("gad-7")["item"]
    write(both)

    unclear = run("questionnaire", "import", FILE, "--yes")
    named = run("questionnaire", "import", FILE, "--as", "gad-7", "--yes")

    assert unclear.code == 65
    assert "more than one questionnaire: gad-7, phq-9. Name one with --as." in unclear.talk
    assert named.code == 0
    assert f"'/44260-8' is left out: {DEATH}" in " ".join(named.talk.split())
    assert CONTEXT.questionnaire("gad-7").has_wording


def _no_sleep(form: Tree) -> None:
    del form["item"][2]


def _other_values(form: Tree, place: int = 0) -> None:
    for option in form["item"][place]["answerOption"]:
        option["valueCoding"].pop("code", None)
        for extension in option["extension"]:
            extension["valueDecimal"] += 1


def _contradiction(form: Tree) -> None:
    options = form["item"][0]["answerOption"]
    for one, other in ((options[0], options[1]), (options[1], options[0])):
        one["was"] = other["valueCoding"]["code"]
    for option in options[:2]:
        option["valueCoding"]["code"] = option.pop("was")


def _no_weights(form: Tree) -> None:
    for option in form["item"][0]["answerOption"]:
        option["valueCoding"]["code"] = f"x{option['valueCoding']['code']}"
        del option["extension"]


def _no_words(form: Tree) -> None:
    del form["item"][0]["answerOption"][0]["valueCoding"]["display"]


def _twice(form: Tree) -> None:
    form["item"].append({**form["item"][0], "linkId": "again"})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_no_sleep, "nothing in the file is 'Sleep' (sleep, LOINC 44259-0)"),
        (_other_values, "item[0]: it offers 1, 2, 3, 4, and 'interest' is scored with 0, 1, 2, 3"),
        (_contradiction, "item[0], answer 1: weight and code disagree"),
        (_no_weights, "item[0], answer 1: neither its weight nor its code says"),
        (_no_words, "item[0], answer 1: this answer has no words"),
        (_twice, "item[0], item[10]: several could be 'Interest'"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_with_each_place(
    run: Run, own: Path, change: Callable[[Tree], None], said: str
) -> None:
    form = phq_9_form()
    change(form)
    write(form)

    refused = run("questionnaire", "import", FILE, "--yes")

    assert (refused.code, own.exists()) == (65, False)
    assert said in refused.talk


def test_a_form_that_fits_nothing_becomes_a_questionnaire_once_its_alerts_are_named(
    run: Run,
) -> None:
    write(rest())
    assert run("questionnaire", "import", FILE, "--yes").code == 2
    left_out = run("questionnaire", "import", FILE, "--no-critical", "--yes")
    assert left_out.code == 65
    assert "item[1]: its words name death or suicide" in left_out.talk

    brought = run("questionnaire", "import", FILE, "--critical", "Q.2", "--yes")

    assert brought.code == 0
    found = CONTEXT.questionnaire("rest")
    assert [(one.item, one.at_least) for one in found.critical] == [("q_2", 1)]
    assert [rule.id for rule in found.advice] == ["today", "anyway"]
    assert (found.scales[0].id, found.items_of(found.scales[0])) == ("sum", ("q_1", "q_2"))


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--critical", "Q.3"], 65, "--critical names 'Q.3', which is no item"),
        (["--critical", "Q.2", "--no-critical"], 2, "contradict each other"),
        (["--critical", "Q.2", "--as", "Not An Id"], 2, "cannot be an id"),
        (["--critical", "Q.2", "--as", "gad-7"], 2, "'gad-7' says itself which"),
        (["--as", "gad-7"], 65, "it offers answers to 2 items, and gad-7 to 7"),
        (["--form", "other"], 2, "holds one form only"),
    ],
)
def test_what_is_asked_of_an_import_and_cannot_be_is_said(
    run: Run, options: list[str], code: int, said: str
) -> None:
    write(rest())

    refused = run("questionnaire", "import", FILE, *options, "--yes")

    assert (refused.code, said in refused.talk) == (code, True), refused.talk


def test_a_form_without_a_score_is_refused(run: Run) -> None:
    form = rest()
    del form["item"][2]
    write(form)

    refused = run("questionnaire", "import", FILE, "--critical", "Q.2", "--yes")

    assert refused.code == 65
    assert "how answers become a score" in refused.talk


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", 65, "it is no FHIR Questionnaire"),
        (b"id,q1\n1,0\n", 65, "it is no FHIR Questionnaire"),
        (b'<?xml version="1.0"?><Questionnaire/>', 65, "is XML, and moodcheck reads FHIR as JSON"),
        (b'{"resourceType": "Questionnaire",', 65, ":1:34 cannot be read"),
        (b'{"resourceType": "Patient", "resourceType": "Questionnaire"}', 65, "named twice"),
        (b'{"resourceType": "Questionnaire", "item": NaN}', 65, "not one JSON document"),
        (b'{"item": ' + b"[" * 100_000, 65, "not one JSON document"),
        ('{"resourceType": "Questionnaire"}'.encode("utf-16"), 65, "cannot be imported"),
        (b'{"resourceType": "Bundle"}', 65, "a FHIR Bundle, not a Questionnaire"),
        (b"{}", 65, "not a FHIR Questionnaire"),
        (b"\x89PNG\r\n", 65, "cannot be imported"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused(
    run: Run, content: bytes, code: int, said: str
) -> None:
    Path(FILE).write_bytes(content)

    refused = run("questionnaire", "import", FILE, "--yes")

    assert (refused.code, said in refused.talk) == (code, True), refused.talk
    assert refused.output == ""


def test_a_huge_file_is_refused_before_it_is_parsed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "read_form_file", None)
    with Path(FILE).open("wb") as file:
        file.truncate(50 * 1024**2)

    refused = run("questionnaire", "import", FILE, "--yes")

    assert refused.code == 65
    assert "is larger than 8 MiB, so it is no questionnaire" in refused.talk


@pytest.mark.parametrize(
    ("name", "code"), [("nowhere.json", 66), (".", 66), ("https://example.org/phq9.json", 2)]
)
def test_what_cannot_be_opened_is_said(run: Run, name: str, code: int) -> None:
    assert run("questionnaire", "import", name).code == code


def test_yaml_of_ours_is_imported_as_it_is_added(run: Run) -> None:
    assert (
        run("questionnaire", "export", "symptoms", "--format", "yaml", "--output", "a.yaml").code
        == 0
    )
    assert CONTEXT.questionnaire("a.yaml") == SYMPTOMS
    text = Path("a.yaml").read_text(encoding="utf-8").replace("id: symptoms", "id: mine", 1)
    Path("a.yaml").write_text(text, encoding="utf-8")

    assert run("questionnaire", "import", "a.yaml", "--as", "other").code == 2
    assert run("questionnaire", "import", "a.yaml").code == 0
    assert CONTEXT.questionnaire("mine").items == SYMPTOMS.items


def test_an_export_says_on_stderr_what_its_format_cannot(run: Run) -> None:
    exported = run("questionnaire", "export", "symptoms", "--format", "fhir")

    assert json.loads(exported.output)["resourceType"] == "Questionnaire"
    assert "it does not say which answers are alerts (death_thoughts)" in exported.talk
    assert "  the advice is not in it." in exported.talk


def test_the_questionnaire_that_comes_with_moodcheck_is_not_replaced_by_its_export(
    run: Run,
) -> None:
    run("questionnaire", "export", "symptoms", "--format", "fhir", "--output", FILE)

    refused = run("questionnaire", "import", FILE)

    assert refused.code == 2
    assert "--as my-symptoms" in refused.talk
    assert stat.S_IMODE(Path(FILE).stat().st_mode) == 0o600
