from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from moodcheck.errors import BadData
from moodcheck.loading.data_files import load_crisis_directory, load_other_countries

# Invented: no line of this file exists.
GOOD = """\
schema: 1
international: {name: Everywhere, address: lines.example, source: invented}
countries:
  XA:
    name: Xanadu
    emergency: "000"
    lines:
      - name: Listeners
        number: "00 00"
        channel: [call, text]
        source: invented
        source_date: 2025-02-07
        checked: null
        checked_by: null
"""


def _file(folder: Path, text: str) -> Path:
    file = folder / "lines.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def refused(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    old, new = request.param
    assert old in GOOD
    file = _file(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(BadData) as error:
        load_crisis_directory(file)
    return "\n".join(str(one).removeprefix(f"{file}:") for one in error.value.problems)


def test_a_good_file_becomes_a_directory(tmp_path: Path) -> None:
    directory = load_crisis_directory(_file(tmp_path, GOOD))

    line = directory.countries["XA"].lines[0]
    assert (line.number, line.source_date, line.checked) == ("00 00", date(2025, 2, 7), None)


OTHERS = """\
schema: 1
countries:
  XB: {name: Xebia, in_sentence: the Xebia, also: [Xeb], emergency: "000"}
  XC: {name: Xcalibur}
"""


def test_of_another_country_less_need_be_known(tmp_path: Path) -> None:
    countries = load_other_countries(_file(tmp_path, OTHERS)).countries

    assert (countries["XB"].as_said, countries["XB"].emergency) == ("the Xebia", "000")
    assert (countries["XC"].as_said, countries["XC"].emergency) == ("Xcalibur", None)


@pytest.mark.parametrize(
    "number", ["*4141", "#123", "113, option 5", "0800-999-0091", "0800 0767", "988"]
)
def test_a_number_is_written_as_people_dial_and_choose_it(tmp_path: Path, number: str) -> None:
    text = GOOD.replace('"00 00"', f'"{number}"')

    assert load_crisis_directory(_file(tmp_path, text)).countries["XA"].lines[0].number == number


_NO_DAY = "must be a real date. Write it as year-month-day, like 2025-02-07."
_NO_NUMBER = (
    "must be a number as people dial it: digits, spaces and '-'. "
    'Write it in quotes, like "555 0100", "*555" or "555, option 1".'
)
_NO_WORD = "is not one of the words allowed here. Use 'call', 'text' or 'chat'."
_NO_COUNTRY = "must be the two capital letters of a country. Write it like 'CA'."
_DIFFERENT = "means different things to different programs. Put it in quotes."
_NEWER = "it needs a newer moodcheck; this one reads schema 1. Upgrade moodcheck."


@pytest.mark.parametrize(
    ("refused", "problem"),
    [
        (
            ('number: "00 00"', "number: 988"),
            "9:17: 'number' must be text, and is read as a number. Put it in quotes.",
        ),
        (('number: "00 00"', "number: +1 988"), f"9:17: 'number' {_NO_NUMBER}"),
        (('number: "00 00"', 'number: "4141*"'), f"9:17: 'number' {_NO_NUMBER}"),
        (('number: "00 00"', 'number: "1, option b"'), f"9:17: 'number' {_NO_NUMBER}"),
        (("2025-02-07", "2025-02-30"), f"12:22: 'source_date' {_NO_DAY}"),
        (("2025-02-07", "2025"), f"12:22: 'source_date' {_NO_DAY}"),
        (("[call, text]", "[call, fax]"), f"10:25: entry 2 of 'channel' {_NO_WORD}"),
        (("[call, text]", "[fax]"), f"10:19: entry 1 of 'channel' {_NO_WORD}"),
        (("  XA:", "  xa:"), f"4:3: the key 'xa' {_NO_COUNTRY}"),
        (("  XA:", "  NO:"), f"4:3: the key 'NO' {_DIFFERENT}"),
        (("        checked: null\n", ""), "8:9: 'checked' is missing. Add a line 'checked: …'."),
        (("schema: 1", "schema: 2"), f"1:9: {_NEWER}"),
    ],
    indirect=["refused"],
)
def test_a_mistake_in_a_help_line_is_refused_at_its_place(refused: str, problem: str) -> None:
    assert refused == problem
