"""P3 on a small screen and in an unknown country: the number first, and there always is one."""

from __future__ import annotations

import pytest

from moodcheck.core.crisis import Region, help_panel
from tests.functional.person import ENTER, Person
from tests.shipped import DIRECTORY, LANGUAGE, SYMPTOMS, TODAY

CRITICAL = next(n for n, item in enumerate(SYMPTOMS.items) if item.id == SYMPTOMS.critical[0].item)
TO_THE_ALERT = "0" * CRITICAL + "2"
GB = help_panel(DIRECTORY, LANGUAGE, Region("GB"), today=TODAY)
ANYWHERE = help_panel(DIRECTORY, LANGUAGE, Region(), today=TODAY)
NUMBERS = [GB.emergency or "", *(line.number for line in GB.lines)]
LISTED = [f"{there.name}: {there.emergency}; " for there in ANYWHERE.elsewhere]
ASKS = "Which country are you in?"

ON_SMALL_AND_USUAL_SCREENS = pytest.mark.parametrize(
    ("columns", "rows"), [(40, 18), (80, 24)], ids=["40 by 18", "80 by 24"]
)
LINEAR = pytest.mark.parametrize(
    ("options", "term"), [(" --plain", "xterm"), ("", "dumb")], ids=["plain", "dumb"]
)


@ON_SMALL_AND_USUAL_SCREENS
def test_the_number_is_on_the_first_page_at_40_by_18(columns: int, rows: int) -> None:
    with Person("moodcheck --region UK", columns=columns, rows=rows) as person:
        person.sees("begin").press("y").sees("under 18", *NUMBERS).press(ENTER)
        person.sees("begin").press("o").sees("someone else", *NUMBERS).press(ENTER)
        person.sees("begin").press(ENTER).sees("1 of 12").press("h")
        person.sees(LANGUAGE.help.title, *NUMBERS)
        asked_for = person.screen
        assert GB.act_now in person.view
        person.press("b").sees("1 of 12").press(TO_THE_ALERT).sees(LANGUAGE.help.title, *NUMBERS)
        assert person.screen == asked_for
        person.press("q").sees("Stop here?", *NUMBERS).press("l")

        assert person.ends() == 0
        assert GB.if_it_does_not_connect in " ".join(person.screen.split())


@ON_SMALL_AND_USUAL_SCREENS
def test_no_page_without_a_number(columns: int, rows: int) -> None:
    with Person("moodcheck", columns=columns, rows=rows, LANG="C") as person:
        for key, title in (("y", "under 18"), ("o", "someone else"), ("h", LANGUAGE.help.title)):
            person.sees("begin").press(key).sees(title, ASKS, LISTED[0]).press(ENTER)
        person.sees("begin").press(ENTER).sees("1 of 12").press("q")
        person.sees("Stop here?", "911 in Argentina, Canada, Mexico", "112 in Germany, India")
        person.press("b").sees("1 of 12").press(TO_THE_ALERT).sees(ASKS, LISTED[0])
        first = person.view
        assert first.index("local emergency number") < first.index(ASKS) < first.index(LISTED[0])
        assert sum(there in first for there in LISTED) >= 2
        person.press("Atlantis", ENTER).sees("There is no country called 'Atlantis'")
        person.press("scotland", ENTER).sees(*NUMBERS).sees_no_more(ASKS)
        person.press(ENTER).sees(f"{CRITICAL + 2} of 12")


@LINEAR
def test_in_lines_the_country_is_asked_for_there_and_then(options: str, term: str) -> None:
    with Person(f"moodcheck{options}", LANG="C", TERM=term) as person:
        keys = "\r".join(["", *TO_THE_ALERT, ""]) if term == "dumb" else f"{ENTER}{TO_THE_ALERT}"
        person.sees("begin").press(keys).sees(ASKS, *LISTED)
        person.press("Atlantis", ENTER).sees("There is no country called 'Atlantis'")
        person.press("España", ENTER).sees("Call 112 now", "024")
        person.press("g", ENTER).sees(f"{CRITICAL + 2} of 12")


@ON_SMALL_AND_USUAL_SCREENS
def test_whether_the_number_is_noted_is_asked_beside_the_number(columns: int, rows: int) -> None:
    with Person("moodcheck --region UK --discreet", columns=columns, rows=rows) as person:
        person.sees("begin").press(ENTER, TO_THE_ALERT).sees(*NUMBERS).press("q")
        person.sees("Stop here?").press("l")
        person.sees("Have you noted the number?", *NUMBERS, "y yes, clear it", "n not yet")
        person.press("n").sees(LANGUAGE.help.title, *NUMBERS).press(ENTER)
        person.sees("Have you noted the number?").press("y")

        assert person.ends() == 0
        assert not person.screen.strip()


def test_a_guess_is_called_one_beside_the_directory_and_r_changes_it() -> None:
    with Person("moodcheck", columns=40, rows=18, LANG="en_US.UTF-8") as person:
        person.sees("begin").press("h").sees("911", "guess", DIRECTORY.international.address)
        person.press("r").sees(ASKS, "Now: United States (a guess)", "AR Argentina")
        person.press("Éire", ENTER).sees("Call 999 or 112 now").sees_no_more("guess")
        person.press(ENTER).sees("begin")
