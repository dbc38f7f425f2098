"""Files as survey programs export them, with the answers to a PHQ-9 and a GAD-7 in each.

The shapes are those of real exports; words, people and answers are made up.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from moodcheck import api
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.wording import PLACEHOLDER
from moodcheck.loading.data_files import parse_questionnaire
from moodcheck.loading.questionnaire_copy import questionnaire_copy
from tests.shipped import LANGUAGE

ROWS = 12
Cells = Sequence[Sequence[object]]


def worded(name: str) -> str:
    """Return the file of a shipped questionnaire with words of one's own, no two of them equal."""
    first, *rest = questionnaire_copy(api.load(name)).split(PLACEHOLDER)
    words = first + "".join(f"my words {place}{text}" for place, text in enumerate(rest))
    # Items stand in quotation marks. Labels are the same in both, as they are in a survey.
    words = words.replace("“my words", f"“{name}, my words")
    # An import looks whether the critical item is about what it should be.
    return re.sub(
        "(id: death_thoughts.*?my words)", r"\1 of death", words, count=1, flags=re.DOTALL
    )


WORDED = {
    name: parse_questionnaire(name, worded(name).encode(), LANGUAGE) for name in ("phq-9", "gad-7")
}


@dataclass(frozen=True)
class Survey:
    """What people answered: a row for each, a value from 0 to 3 for each item; None for blank."""

    answers: Mapping[str, Cells]

    def columns(self, of: Callable[[Questionnaire], Sequence[str]]) -> list[str]:
        """Return names of columns: for each questionnaire, those of its items."""
        return [name for one in WORDED.values() for name in of(one)]

    def rows(self, write: Callable[[object], object]) -> list[list[object]]:
        """Return the cells under them."""
        both = zip(*self.answers.values(), strict=True)
        return [[write(cell) for cells in row for cell in cells] for row in both]


def survey() -> Survey:
    """Return answers of a few people, among them some about death, some blank, one of nobody."""
    random = Random(9)  # noqa: S311 - nothing here is a secret
    answers: dict[str, Cells] = {}
    for name, asked in WORDED.items():
        cells = [[random.randrange(4) for _ in asked.items] for _ in range(ROWS - 2)]
        answers[name] = [*cells, [0] * len(asked.items), [None] * len(asked.items)]
    return Survey(answers)


def _text(rows: Cells, *, quoting: int = csv.QUOTE_MINIMAL, ends: str = "\n") -> str:
    file = io.StringIO()
    csv.writer(file, quoting=quoting, lineterminator=ends).writerows(rows)  # type: ignore[arg-type]
    return file.getvalue()


def _numbers(first: int = 0) -> Callable[[object], object]:
    return lambda cell: "" if cell is None else int(str(cell)) + first


def _labels(cell: object) -> object:
    labels = {one.value: one.label for one in WORDED["phq-9"].responses["frequency"]}
    assert labels == {one.value: one.label for one in WORDED["gad-7"].responses["frequency"]}
    return "" if cell is None else labels[int(str(cell))]


def _numbered(stem: Mapping[str, str], pad: int = 1) -> Callable[[Questionnaire], list[str]]:
    return lambda one: [
        stem[one.id].replace("#", f"{place:0{pad}}") for place in range(1, len(one.items) + 1)
    ]


def nhanes(people: Survey) -> str:
    """Write floats, as pandas does where blanks are among whole numbers."""
    header = ["SEQN", *(f"DPQ{10 * place:03}" for place in range(1, 11))]
    rows = [
        [73_557 + place, *("" if cell is None else f"{cell}.0" for cell in cells), ""]
        for place, cells in enumerate(people.answers["phq-9"])
    ]
    return _text([header, *rows])


def redcap(people: Survey) -> str:
    """Write raw data of two events; nobody opened the forms in the second."""
    names = people.columns(_numbered({"phq-9": "phq9_#", "gad-7": "gad7_#"}))
    header = [
        "record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
        "redcap_survey_identifier", "patient_health_questionnaire_9_timestamp",
        "phq9_date_enrolled", *names[:9], "phq9_total_score", "phq9_how_difficult",
        "patient_health_questionnaire_9_complete", *names[9:], "gad7_complete",
    ]  # fmt: skip
    rows: list[list[object]] = []
    for place, cells in enumerate(people.rows(_numbers()), start=1):
        first = [place, "baseline_arm_1", "", "", "", "2024-05-02 10:11", "2024-05-02"]
        rows += [
            [*first, *cells[:9], sum(int(str(one or 0)) for one in cells[:9]), 1, 2, *cells[9:], 2],
            [place, "month_3_arm_1", *[""] * (len(header) - 2)],
        ]
    return _text([header, *rows])


def redcap_labels(people: Survey) -> str:
    """Write the labels of fields, which may run over lines, and the labels of choices."""
    texts = people.columns(lambda one: [(item.text or "").strip("“”") for item in one.items])
    names = [text.replace("my words", "my\nwords ") for text in texts]
    about = ["Record ID", "Event Name", "Survey Timestamp"]
    header = [*about, *names[:9], "Complete?", *names[9:], "Complete?"]
    rows = [
        [place, "Baseline", "2024-05-02 10:11", *cells[:9], "Complete", *cells[9:], "Complete"]
        for place, cells in enumerate(people.rows(_labels), start=1)
    ]
    return _text([header, *rows])


def limesurvey(people: Survey) -> str:
    """Write codes, every cell in quotes, after the mark with which LimeSurvey begins a file."""
    stems = {"phq-9": "G01Q01[SQ#]", "gad-7": "G01Q02[SQ#]"}
    header = [
        "id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp",
        *people.columns(_numbered(stems, pad=3)), "G02Q03",
    ]  # fmt: skip
    day = "2024-05-02 10:11:12"
    rows = [
        [place, day, 2, "en", 1_234_567 + place, day, day, *cells, 'a; b, "c"']
        for place, cells in enumerate(
            people.rows(lambda cell: "" if cell is None else f"AO0{int(str(cell)) + 1}"), start=1
        )
    ]
    return "\ufeff" + _text([header, *rows], quoting=csv.QUOTE_ALL)


def qualtrics(people: Survey) -> str:
    """Write names, texts and ids in three rows, then choices counted from 1."""
    about = [
        "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)",
        "Finished", "RecordedDate", "ResponseId", "RecipientLastName", "DistributionChannel",
        "UserLanguage",
    ]  # fmt: skip
    names = people.columns(_numbered({"phq-9": "Q3_#", "gad-7": "Q4_#"}))
    header = [*about, *names, "Q5", "Q5_4_TEXT"]
    texts = [
        *about,
        *(f"Over some time, how often … - a, {name}" for name in names),
        "Any?",
        "Any?",
    ]
    ids = [json.dumps({"ImportId": name.replace("Q", "QID"), "timeZone": "Z"}) for name in header]
    rows = [
        ["2024-05-02 10:11:12", "2024-05-02 10:15:12", 0, "*******", 100, 240, 1,
         "2024-05-02 10:15:13", f"R_{place:015}", "", "anonymous", "EN", *cells, 4, "some, words"]
        for place, cells in enumerate(people.rows(_numbers(1)))
    ]  # fmt: skip
    return _text([header, texts, ids, *rows])


def google_forms(people: Survey) -> str:
    """Write a grid for each: the question with a row of it in brackets, and labels."""
    header = [
        "Timestamp",
        *people.columns(
            lambda one: [
                f"{one.id}: how often, in the last [2] weeks? [{item.text}]" for item in one.items
            ]
        ),
        "Anything else? [Please]",
    ]
    rows = [
        [f"2024/05/02 10:{place:02}:12 AM GMT+2", *cells, "no"]
        for place, cells in enumerate(people.rows(_labels))
    ]
    return _text([header, *rows], ends="\r\n")


def counted_from_1(people: Survey) -> str:
    """Write numbered columns, and answers counted from 1."""
    names = people.columns(_numbered({"phq-9": "PHQ#", "gad-7": "GAD#"}))
    header = ["participant", "completed", *names]
    rows = [
        [f"TC-{place}", "2024-05-02", *cells]
        for place, cells in enumerate(people.rows(_numbers(1)))
    ]
    return _text([header, *rows])


EXPORTS: Mapping[str, Callable[[Survey], str]] = {
    "nhanes-dpq": nhanes,
    **{f"redcap-{one}": redcap for one in WORDED},
    **{f"redcap-labels-{one}": redcap_labels for one in WORDED},
    **{f"limesurvey-{one}": limesurvey for one in WORDED},
    **{f"qualtrics-{one}": qualtrics for one in WORDED},
    **{f"google-forms-{one}": google_forms for one in WORDED},
    **{f"counted-from-1-{one}": counted_from_1 for one in WORDED},
}
"""Map that comes with moodcheck → the export that it is for."""
