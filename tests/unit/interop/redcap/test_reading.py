"""A data dictionary becomes the neutral form, or is refused with every line and reason."""

from __future__ import annotations

import pytest

from moodcheck.errors import BadData, UsageError
from moodcheck.interop.form import Calculation, Form, FormOption
from moodcheck.interop.redcap.columns import Column
from moodcheck.interop.redcap.reading import read_dictionary
from moodcheck.interop.redcap.table import IN_WINDOWS_1252, is_dictionary
from tests.unit.interop.redcap.dictionaries import RECORD_ID, dictionary, row, text_of

HEADER = ",".join(f'"{column}"' for column in Column)


def read(*rows: dict[Column, str]) -> Form:
    return read_dictionary("d.csv", dictionary(RECORD_ID, *rows))


def refusal(content: bytes) -> str:
    with pytest.raises(BadData) as refused:
        read_dictionary("d.csv", content)
    return str(refused.value)


def test_an_item_has_its_words_options_help_heading_code_and_place() -> None:
    [item] = read(
        row(
            "tired", section="Over the <b>last</b> week", label="<p>You were<br>tired.</p>",
            note="Any&nbsp;day.", annotation="LOINC:44254-1",
        )
    ).items  # fmt: skip

    assert (item.link, item.text, item.kind, item.type) == (
        "tired", "You were tired.", "choice", "radio",
    )  # fmt: skip
    assert (item.help, item.stem) == ("Any day.", "Over the last week")
    assert (item.codes, item.place) == ({"loinc": "44254-1"}, "line 3")
    assert item.options == (FormOption("Never", 0), FormOption("Often", 1))


def test_a_label_keeps_its_commas_and_pipes_and_loses_its_tags() -> None:
    [item] = read(
        row("a", choices="0, No, not once|1 , <i>Now</i> &#124; then |-9, Won't say | x, R&amp;D")
    ).items

    assert item.options == (
        FormOption("No, not once", 0),
        FormOption("Now | then", 1),
        FormOption("Won't say", -9),
        FormOption("R&D", None, {"redcap": "x"}),
    )


def test_a_heading_stands_above_every_field_until_the_next() -> None:
    form = read(row("a"), row("b", section="One"), row("c"), row("d", section="Two"))

    assert [item.stem for item in form.items] == [None, "One", "One", "Two"]


def test_yes_no_and_true_false_offer_what_redcap_stores() -> None:
    yes, true = read(row("a", "yesno"), row("b", "truefalse")).items

    assert yes.options == (FormOption("Yes", 1), FormOption("No", 0))
    assert true.options == (FormOption("True", 1), FormOption("False", 0))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (row("x", branching="[a]='1'"), "is shown only under a condition"),
        (row("x", label="So [a]?"), "is filled in with other answers"),
        (row("x", annotation="@HIDDEN @DEFAULT='1'"), "do nothing here: @HIDDEN, @DEFAULT"),
        (row("x", "descriptive"), "is words between the items"),
        (row("x", "calc", choices="[a]*2+today"), "is worked out by REDCap"),
        (row("x", "calc", choices="sum([a], [b])"), "counts a missing answer as 0 in REDCap"),
        (row("x", "text", annotation="@CALCTEXT([a])"), "is worked out by REDCap"),
        (row("x", "checkbox", choices="1, A | 2, B"), "cannot be asked here: it takes several"),
        (row("x", matrix="m", ranking="y"), "is for one row of a matrix only"),
        (row("x", "slider"), "cannot be asked here: it is a slider"),
        (row("x", "text", validation="date_ymd"), "text of the kind 'date_ymd'"),
        (row("x", "text", identifier="y"), "it says who somebody is"),
        (row("x", "file"), "cannot be asked here: it takes a file"),
        (row("x", "sql", choices="select 1"), "its choices are in a database"),
        (row("x", "hologram"), "fields of the type 'hologram' are not known"),
        (row("x", choices="|".join(f"{n}, L{n}" for n in range(102))), "more than 101 choices"),
    ],
)
def test_what_moodcheck_cannot_do_is_said_of_the_line(field: dict[Column, str], said: str) -> None:
    form = read(row("a"), row("b"), field)

    [note] = [one for one in form.notes if one.startswith("line 5: 'x' ")]
    assert said in note


def test_only_what_can_be_asked_is_asked() -> None:
    kinds = {
        item.link: item.kind
        for item in read(
            row("a"),
            row("b", "dropdown"),
            row("c", "notes"),
            row("d", "text"),
            row("e", "text", validation="integer"),
            row("f", "notes", identifier="y"),
            row("g", "checkbox"),
            row("h", "calc", choices="[a]+[b]"),
            row("i", matrix="m", ranking="y"),
            row("j", matrix="m"),
        ).items
    }

    assert [name for name, kind in kinds.items() if kind == "choice"] == ["a", "b", "j"]
    assert [name for name, kind in kinds.items() if kind == "text"] == ["c", "d"]
    assert [name for name, kind in kinds.items() if kind == "score"] == ["h"]


def test_what_must_be_answered_in_redcap_can_be_skipped_here() -> None:
    form = read(row("a", required="y"), row("b"), row("c", required="y"))

    assert "REDCap requires 2 of the answers, and moodcheck lets each be skipped" in form.notes


def test_a_matrix_is_asked_item_by_item_and_that_is_said() -> None:
    heading = row("a", matrix="mood", section="Over the last week")
    form = read(heading, row("b", matrix="mood"), row("c"))

    assert [item.kind for item in form.items] == ["choice"] * 3
    assert {item.stem for item in form.items} == {"Over the last week"}
    assert form.notes.count("the matrix 'mood' is asked item by item") == 1


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("[a] + [b]", Calculation("sum", ("a", "b"))),
        ("([a]+(1-[b]))*4", Calculation("sum", ("a", "b"), ("b",), multiply_by=4)),
        ("([a]+[b])/2", Calculation("mean", ("a", "b"))),
        ("sum([a],[b])", Calculation("sum", ("a", "b"))),
        ("sum([a],[b])*4", Calculation("sum", ("a", "b"), multiply_by=4)),
        ("[a]+[a]", None),
        ("[a]+[elsewhere]", None),
        ("[a]+(2-[b])", None),
        ("([a]+[b])/3", None),
        ("[a]-[b]", None),
        ("if([a]>1,1,0)", None),
        ("[a]+[b]+1", None),
    ],
)
def test_a_calculation_is_known_or_left_alone(expression: str, found: Calculation | None) -> None:
    *_, score = read(row("a"), row("b"), row("t", "calc", choices=expression)).items

    assert score.calculation == found


def test_the_first_field_names_the_record_and_is_no_item() -> None:
    form = read_dictionary("d.csv", dictionary(row("study_id", "text"), row("a")))

    assert [item.link for item in form.items] == ["a"]
    assert form.notes == ("line 2: 'study_id' names the record in REDCap, and is not asked",)
    # What comes in the file of one instrument alone has no such field.
    assert [one.link for one in read_dictionary("d.csv", dictionary(row("a"))).items] == ["a"]


def test_several_forms_are_not_mixed() -> None:
    content = dictionary(RECORD_ID, row("a"), row("b", form="mood"), row("c", form="mood"))

    with pytest.raises(UsageError, match=r"has 2 forms. Choose one with --form: rest, mood"):
        read_dictionary("d.csv", content)
    with pytest.raises(UsageError, match=r"no form 'moods'. Did you mean 'mood'"):
        read_dictionary("d.csv", content, "moods")
    mood = read_dictionary("d.csv", content, "mood")
    assert (mood.id, [item.link for item in mood.items]) == ("mood", ["b", "c"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_it_is_read_as_spreadsheets_save_it(delimiter: str, encoding: str, ending: str) -> None:
    text = text_of(RECORD_ID, row("a", label="Müde,\nsehr; müde?"), delimiter=delimiter)
    content = text.replace("\n", ending).encode(encoding)

    form = read_dictionary("d.csv", content)
    assert form.items[0].text == "Müde, sehr; müde?"
    assert (IN_WINDOWS_1252 in form.notes) == (encoding == "cp1252")
    assert is_dictionary(content)


def test_it_is_read_as_the_interface_for_programs_gives_it() -> None:
    content = (
        b"field_name,form_name,field_type,field_label,select_choices_or_calculations\r\n"
        b'a,rest,radio,Tired?,"0, Never | 1, Often"\r\n'
    )

    assert is_dictionary(content)
    assert read_dictionary("d.csv", content).items[0].options[1] == FormOption("Often", 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not a data dictionary of REDCap"),
        (b"a,b\n1,2\n", "it does not begin with 'Variable / Field Name'"),
        (HEADER.encode(), "has a header, and no fields"),
        ("\ufeff".encode("utf-16-le") + HEADER.encode("utf-16-le"), "looks like UTF-16"),
        (b"\x81" + HEADER.encode(), "neither UTF-8 nor Windows-1252"),
        (HEADER.replace("Field Note", "Note").encode(), "no column 'Note'"),
        (HEADER.replace("Field Note", "Field Label").encode(), "'Field Label' is there 2 times"),
        (HEADER.replace('"Field Label",', "").encode(), "'Field Label' is missing"),
        (f"{HEADER}\na,rest\n".encode(), "d.csv:2: it has 2 cells, and the header has 18"),
        (f'{HEADER}\na,"rest\n'.encode(), "d.csv:2: it has an unclosed"),
        (f'{HEADER}\na,"re"st"\n'.encode(), "d.csv:2: it has an unclosed"),
        (dictionary(RECORD_ID), "asks nothing"),
        (dictionary(RECORD_ID, row("")), "d.csv:3: it has no 'Variable / Field Name'"),
        (dictionary(row("a"), row("b"), row("a")), "d.csv:4: the field 'a' is there already, on"),
        (dictionary(row("a"), row("<b>a</b>")), "d.csv:3: the field 'a' is there already, on"),
        (dictionary(row("a", choices="")), "d.csv:2: 'a' offers no choices"),
        (dictionary(row("a", choices="0, A | B")), "d.csv:2: 'a' has a choice without a code"),
        (dictionary(row("a", choices="0, A | 0, B")), "'a' has the choice '0' twice"),
        (dictionary(row("a", choices="0, A | 1, A")), "'a' has the label 'A' twice"),
        (dictionary(row("a", label="x" * 2_001)), "'a' has a text of more than 2,000 characters"),
        (dictionary(row("a", label="x" * 200_000)), "a cell that is too long"),
    ],
)
def test_what_cannot_be_read_in_one_way_is_refused(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_every_problem_is_told_at_once() -> None:
    told = refusal(dictionary(row("a", choices="A"), row("b"), row("c", choices="1, | 1, x")))

    assert "d.csv:2: " in told
    assert "d.csv:4: " in told
    assert "d.csv:3: " not in told


def test_nothing_in_a_label_can_move_the_cursor() -> None:
    [item] = read(row("a", label="A\x1b[2J\u202eb", choices="0, \x9b2J | 1, B")).items

    assert item.text == "A\\x1b[2J\\u202eb"
    assert item.options[0].label == "\\x9b2J"
