from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.adapters.yaml.questionnaire import load_questionnaire, parse_questionnaire
from moodcheck.domain.questionnaire import Questionnaire
from moodcheck.errors import BadData
from tests.unit.adapters.yaml.good_questionnaire import GOOD, LANGUAGE, changed, problems

_STUDIED = ("validated: false", 'validated: {citation: "A study, 1999"}')
_TOP_KEYS = (
    "Known here: schema, id, version, title, language, licence, source, validated, "
    "recall_period, responses, items, context, scales, critical, advice, codes."
)
_COMMA = "If it is the rest of a text with a comma, put that whole text in quotes."


def _in_total(keys: str) -> tuple[str, str]:
    """Return the edit that gives the scale `total` more keys."""
    return ("    items: all\n", f"    items: all\n    {keys}\n")


def test_a_good_file_becomes_a_questionnaire(tmp_path: Path) -> None:
    file = tmp_path / "rest.yaml"
    file.write_text(GOOD, encoding="utf-8")

    questionnaire = load_questionnaire(file, LANGUAGE)

    assert isinstance(questionnaire, Questionnaire)
    assert [item.id for item in questionnaire.all_items] == [
        *("tired", "restless", "worst"),
        *("trouble", "words"),
    ]
    assert questionnaire == parse_questionnaire("other name", GOOD.encode(), LANGUAGE)


# Each refusal that the guide to writing a questionnaire lists.
@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        pytest.param(
            ("    help: Any", "    hepl: Any"),
            "q.yaml:24:5: there is no key 'hepl' here. Did you mean 'help'? "
            "Known here: id, label, text, help, type, responses, source, codes.",
            id="unknown key",
        ),
        pytest.param(
            ("language: en", "language: en\nlanguage: de"),
            "q.yaml:6:1: the key 'language' is given again; it is already on line 5. "
            "Keep one of the two.",
            id="duplicate key",
        ),
        pytest.param(
            ("    items: [tired, restless]", "    items: [tired, restless, Worst]"),
            "q.yaml:46:30: entry 3 of 'items' must begin with a small letter and hold only small "
            "letters, digits, '-' and '_'. Write it like 'low_mood'.",
            id="badly written id",
        ),
        pytest.param(
            ("id: days", "id: total"),
            "q.yaml:38:9: 'total' is used 2 times. Use each id once.\n"
            "q.yaml:42:9: 'total' is used 2 times. Use each id once.",
            id="duplicate id",
        ),
        pytest.param(
            ("  - {item: worst, at_least: 1}\n\nadvice", "  - {item: restless, at_least: 2}\n\nadvice"),
            "q.yaml:49:32: 'restless' must alert from its first answer above the lowest. Use 1.",
            id="critical item that alerts late",
        ),
        pytest.param(
            ("    label: Talk it over", "    when: [{item: any, at_least: 1}]\n    label: Talk"),
            "q.yaml:58:11: advice 'anyway' is the last and has a 'when', so some would get no "
            "advice. End with a rule that has no 'when'.",
            id="last advice with a condition",
        ),
        pytest.param(
            ("a doctor today", "someone today"),
            "q.yaml:56:11: advice 'now' names no clinician. Say whom to see: doctor, nurse.",
            id="advice that names no clinician",
        ),
        pytest.param(
            _in_total('citation: "A study, 1999"\n    bands: [{at_least: 0, name: low}]'),
            "q.yaml:43:12: scale 'total' has 'bands', and the questionnaire names no study. "
            "Take 'bands' away, or write validated: {citation: …}.",
            id="bands without a study",
        ),
        pytest.param(
            _in_total("cut_points: [{at_least: 3, citation: A study}]"),
            "q.yaml:42:17: scale 'total' has 'cut_points', and the questionnaire names no study. "
            "Take 'cut_points' away, or write validated: {citation: …}.",
            id="cut-points without a study",
        ),
        pytest.param(
            _in_total("max_unanswered: 1\n    missing_rule: {name: mean, citation: A study}"),
            "q.yaml:42:21: scale 'total' has 'max_unanswered', and the questionnaire names no "
            "study. Take 'max_unanswered' away, or write validated: {citation: …}.",
            id="proration without a study",
        ),
        pytest.param(
            ("Any day counts.", "It shows that you are depressed."),
            "q.yaml:24:11: 'depressed' diagnoses, judges or blames. "
            "Describe what was noticed instead.",
            id="words that diagnose",
        ),
        pytest.param(
            ("Any day counts.", '"Any \\e[31m day"'),
            "q.yaml:24:11: a character that cannot be seen stands here: "
            "U+001B control character. Take it out.",
            id="control character",
        ),
        pytest.param(
            ("Any day counts.", "Any \u202e day"),
            "q.yaml:24:11: a character that cannot be seen stands here: "
            "U+202E right-to-left override. Take it out.",
            id="bidi character",
        ),
        pytest.param(
            ("Any day counts.", "*other"),
            "q.yaml:24:11: a word that starts with '*' stands for another place of the file. "
            "Write out what is meant, or put the text in quotes.",
            id="alias",
        ),
        pytest.param(
            ("Any day counts.", "&other Any day"),
            "q.yaml:24:11: a word that starts with '&' names this place. "
            "Take it away, or put the text in quotes.",
            id="anchor",
        ),
        pytest.param(
            ("Any day counts.", "!!str Any day"),
            "q.yaml:24:11: a word that starts with '!' asks for a type of its own. "
            "Take it away, or put the text in quotes.",
            id="tag",
        ),
        pytest.param(
            ("value: 2", "value: 1001"),
            "q.yaml:15:15: 'value' must be 1,000 or less. Use a smaller number.",
            id="value too high",
        ),
        pytest.param(
            ("value: 0", "value: -1001"),
            "q.yaml:13:15: 'value' must be -1,000 or more. Use a larger number.",
            id="value too low",
        ),
        pytest.param(
            ("value: 2", "value: 1"),
            "q.yaml:13:5: the value 1 is offered 2 times. Offer each value once.",
            id="value twice",
        ),
        pytest.param(
            ("responses: yes_no", "responses: no_yes"),
            "q.yaml:34:49: there is no response set 'no_yes'. Use one of: often, yes_no.",
            id="response set that is not there",
        ),
        pytest.param(
            ("schema: 1", "schema: 2"),
            "q.yaml:1:9: it needs a newer moodcheck; this one reads schema 1. "
            "Bring moodcheck up to date.",
            id="newer schema",
        ),
        pytest.param(
            ('"1.0.0"', "1.10"),
            "q.yaml:3:10: 'version' must be text, and is read as a number with a point. "
            "Put it in quotes.",
            id="number where text belongs",
        ),
        pytest.param(
            ('"1.0.0"', '"1.0"'),
            "q.yaml:3:10: 'version' must be three numbers with points between them. "
            'Write it in quotes, like "1.0.0".',
            id="version of two numbers",
        ),
        pytest.param(
            ("language: en", "language: English"),
            "q.yaml:5:11: 'language' must be the code of a language. Write it like 'en' or 'pt-BR'.",
            id="language",
        ),
        pytest.param(
            ("title: Rest check-in\n", ""),
            "q.yaml:1:1: 'title' is missing. Add a line 'title: …'.",
            id="missing key",
        ),
        pytest.param(
            ("{id: words, label: Own words, type: text}", "{id: words, type: text}"),
            "q.yaml:35:5: 'label' is missing. Add a line 'label: …'.",
            id="missing key of an entry",
        ),
        pytest.param(
            ("title: Rest check-in", "title:"),
            "q.yaml:4:7: 'title' must be text, and is empty. Write the text after it.",
            id="nothing where text belongs",
        ),
        pytest.param(
            ("title: Rest check-in", 'title: ""'),
            "q.yaml:4:8: 'title' is empty. Write something there.",
            id="empty text",
        ),
        pytest.param(
            ("title: Rest check-in", "title: [Rest]"),
            "q.yaml:4:8: 'title' must be text, and is a list. Write one text.",
            id="list where text belongs",
        ),
        pytest.param(
            ("title: Rest check-in", f"title: {'x' * 2_001}"),
            "q.yaml:4:8: 'title' is longer than 2,000 characters. Shorten it.",
            id="text too long",
        ),
        pytest.param(
            ("value: 2", 'value: "2"'),
            "q.yaml:15:15: 'value' must be a whole number, and is text. "
            "Write a number such as 1, without quotes.",
            id="text where a number belongs",
        ),
        pytest.param(
            ("value: 2", "value: true"),
            "q.yaml:15:15: 'value' must be a whole number, and is true. Write a number such as 1.",
            id="true where a number belongs",
        ),
        pytest.param(
            ("value: 2", "value: 2.5"),
            "q.yaml:15:15: 'value' must be a whole number, and is a number with a point. "
            "Write a number such as 1.",
            id="fraction where a whole number belongs",
        ),
        pytest.param(
            ("method: sum", "method: add"),
            "q.yaml:40:13: 'method' is none of the words that may stand here. "
            "Use 'sum', 'mean' or 'count'.",
            id="unknown word",
        ),
        pytest.param(
            ("items: all", "items: everything"),
            "q.yaml:41:12: 'items' does not fit: it is text. "
            "Use a list such as [one, two] or 'all'.",
            id="neither a list nor all",
        ),
        pytest.param(
            ("validated: false", "validated: true"),
            "q.yaml:8:12: 'validated' does not fit: it is true. Use false or keys with values.",
            id="validated by nobody",
        ),
        pytest.param(
            ("validated: false", "validated: {citaton: A study}"),
            "q.yaml:8:13: there is no key 'citaton' here. Did you mean 'citation'? "
            "Known here: citation.",
            id="unknown key in one of two forms",
        ),
        pytest.param(
            ("validated: false", "validated: {citation: A study, nineteen}"),
            f"q.yaml:8:32: there is no key 'nineteen' here. {_COMMA} Known here: citation.",
            id="comma in a text without quotes",
        ),
        pytest.param(
            ("source: {document: Written for these tests}", "source: me"),
            "q.yaml:7:9: 'source' must hold keys with values, and is text. "
            "Write lines such as 'key: value' under it.",
            id="text where keys belong",
        ),
        pytest.param(
            ("context:\n", "context:\n  - words\n"),
            "q.yaml:34:5: entry 1 of 'context' must hold keys with values, and is text. "
            "Write lines such as 'key: value' under it.",
            id="text where an entry belongs",
        ),
        pytest.param(
            ("    when:\n      - {item: worst, at_least: 1}\n", "    when: []\n"),
            "q.yaml:53:11: 'when' must have 1 entry or more. Add one.",
            id="empty list",
        ),
        pytest.param(
            ("    items: [tired, restless]", "    items: tired"),
            "q.yaml:46:12: 'items' does not fit: it is text. "
            "Use a list such as [one, two] or 'all'.",
            id="text where a list belongs",
        ),
        pytest.param(
            ("critical:\n  - {item: worst", "critical:\n    {item: worst"),
            "q.yaml:49:5: 'critical' must be a list, and is keys with values. "
            "Write it as [one, two], or with '- '.",
            id="keys where a list belongs",
        ),
        pytest.param(
            ('label: "No"', "label: No"),
            "q.yaml:17:25: this value is read differently by different programs. Put it in quotes.",
            id="no without quotes",
        ),
        pytest.param(
            _in_total("codes: {loinc: 44261}"),
            "q.yaml:42:20: 'loinc' must be text, and is read as a number. Put it in quotes.",
            id="code without quotes",
        ),
        pytest.param(
            _in_total("reliable_change: {sd: 0, reliability: 1.5, citation: A study}"),
            "q.yaml:42:27: 'sd' must be more than 0. Use a larger number.\n"
            "q.yaml:42:43: 'reliability' must be less than 1. Use a smaller number.",
            id="parameters that cannot be",
        ),
        pytest.param(
            ("  yes_no:\n", "  Yes No:\n"),
            "q.yaml:16:3: the key 'Yes No' must begin with a small letter and hold only small "
            "letters, digits, '-' and '_'. Write it like 'low_mood'.",
            id="badly written key",
        ),
    ],
)
def test_each_mistake_is_refused_at_its_place_with_its_mend(
    edit: tuple[str, str], problem: str
) -> None:
    assert "\n".join(problems(changed(edit))) == problem


@pytest.mark.parametrize(
    ("bands", "problem"),
    [
        (
            "[{at_least: 0, name: low}, {at_least: 4, name: high}, {at_least: 2, name: some}]",
            "q.yaml:43:12: the bands of scale 'total' do not start in rising order. "
            "Sort them by 'at_least', each once.",
        ),
        (
            "[{at_least: 1, name: low}, {at_least: 4, name: high}]",
            "q.yaml:43:12: the bands of scale 'total' do not cover its range, 0 to 6. "
            "Start the first at 0 and none above 6.",
        ),
        (
            "[{at_least: 0, name: low}, {at_least: 7, name: high}]",
            "q.yaml:43:12: the bands of scale 'total' do not cover its range, 0 to 6. "
            "Start the first at 0 and none above 6.",
        ),
    ],
)
def test_bands_out_of_order_or_not_covering_the_range_are_refused(bands: str, problem: str) -> None:
    published = _in_total(f'citation: "A study, 1999"\n    bands: {bands}')

    assert problems(changed(_STUDIED, published)) == [problem]


def test_an_item_that_is_in_no_scale_and_not_critical_is_refused() -> None:
    lonely = changed(("    items: all", "    items: [restless]"), ("[tired, restless]", "[restless]"))

    assert problems(lonely) == [
        "q.yaml:21:9: item 'tired' is in no scale and is not critical. "
        "Put it in a scale, or move it to 'context'."
    ]


def test_more_than_500_items_are_refused() -> None:
    more = "".join(f"  - {{id: i{i}, label: Item, responses: often}}\n" for i in range(498))
    spread = changed(("context:\n", f"context:\n{more}"))
    alone = changed(("items:\n", f"items:\n{more}"))

    assert problems(spread) == ["q.yaml:21:3: there are more than 500 items. Leave some out."]
    assert problems(alone) == ["q.yaml:21:3: 'items' has more than 500 entries. Leave some out."]


def test_what_would_take_too_long_to_check_is_refused() -> None:
    scales = "".join(
        f"  - {{id: s{i}, label: One, method: sum, items: [{'tired, ' * 300}]}}\n" for i in range(40)
    )

    assert problems(changed(("scales:\n", f"scales:\n{scales}"))) == [
        "q.yaml:38:3: the scales name more than 2,000 items in all. Leave some out."
    ]


def test_a_newer_schema_is_the_only_problem() -> None:
    newer = changed(("schema: 1", "schema: 3"), ("title:", "label:"), ("id: days", "id: [no]"))

    assert problems(newer) == [
        "q.yaml:1:9: it needs a newer moodcheck; this one reads schema 1. "
        "Bring moodcheck up to date."
    ]


TEN_MISTAKES = changed(
    ('version: "1.0.0"', "version: 1.10"),
    ("title: Rest check-in", "titel: Rest check-in"),
    ("licence: MIT", "licence: MIT\nlicence: MIT"),
    ("label: Never", "label: no"),
    ("{value: 2, label: Most days}", "{value: 2, label: Most\u200b days}"),
    ("help: Any day counts.", "help: Depressed people need rest."),
    ("{id: trouble, label: In the way,", "{id: trouble,"),
    ("    at_least: 2\n    items: [tired, restless]", "    items: [tired, awake]"),
    ("  - {item: worst, at_least: 1}\n\nadvice", "  - {item: worst, at_least: 2}\n\nadvice"),
    ("A nurse can help", "Someone can help"),
)


def test_a_file_with_ten_different_problems_reports_all_ten_at_once() -> None:
    with pytest.raises(BadData) as refused:
        parse_questionnaire("q.yaml", TEN_MISTAKES, LANGUAGE)

    assert str(refused.value) == f"""\
q.yaml cannot be used: 10 problems.
  q.yaml:3:10: 'version' must be text, and is read as a number with a point. Put it in quotes.
  q.yaml:4:1: there is no key 'titel' here. Did you mean 'title'? {_TOP_KEYS}
  q.yaml:7:1: the key 'licence' is given again; it is already on line 6. Keep one of the two.
  q.yaml:14:25: this value is read differently by different programs. Put it in quotes.
  q.yaml:16:25: a character that cannot be seen stands here: U+200B zero width space. Take it out.
  q.yaml:25:11: 'Depressed' diagnoses, judges or blames. Describe what was noticed instead.
  q.yaml:35:5: 'label' is missing. Add a line 'label: …'.
  q.yaml:46:12: scale 'days' names 'awake', which is not among the items. Use one of: restless, tired, worst.
  q.yaml:49:29: 'worst' must alert from its first answer above the lowest. Use 1.
  q.yaml:59:11: advice 'anyway' names no clinician. Say whom to see: doctor, nurse."""


def test_what_stands_under_a_misspelled_key_is_checked_all_the_same() -> None:
    misspelled = changed(
        ("advice:", "advise:"),
        ("    text: Please call a doctor today.", "    txet: Please call."),
        ("    label: Today", "    label: [Today]"),
    )

    assert problems(misspelled) == [
        f"q.yaml:51:1: there is no key 'advise' here. Did you mean 'advice'? {_TOP_KEYS}",
        "q.yaml:55:12: 'label' must be text, and is a list. Write one text.",
        "q.yaml:56:5: there is no key 'txet' here. Did you mean 'text'? "
        "Known here: id, when, label, text.",
        "q.yaml:56:11: advice 'now' names no clinician. Say whom to see: doctor, nurse.",
    ]


def test_a_mistake_brings_no_further_problems_of_what_it_spoils() -> None:
    spoiled = changed(
        ("    responses: often\n", "    responses: *often\n"),
        ("text: Please call a doctor today.", "text: 5"),
    )

    assert problems(spoiled) == [
        "q.yaml:25:16: a word that starts with '*' stands for another place of the file. "
        "Write out what is meant, or put the text in quotes.",
        "q.yaml:56:11: 'text' must be text, and is read as a number. Put it in quotes.",
    ]


def test_a_spoiled_value_still_shows_other_problems_beside_it() -> None:
    assert problems(changed(("Any day counts.", '"Depressed \\u202e"'))) == [
        "q.yaml:24:11: a character that cannot be seen stands here: "
        "U+202E right-to-left override. Take it out.",
        "q.yaml:24:11: 'Depressed' diagnoses, judges or blames. Describe what was noticed instead.",
    ]


def test_two_misspellings_of_one_key_are_both_told() -> None:
    assert problems(changed(("title:", "titel: One\ntittle:"))) == [
        f"q.yaml:4:1: there is no key 'titel' here. Did you mean 'title'? {_TOP_KEYS}",
        f"q.yaml:5:1: there is no key 'tittle' here. Did you mean 'title'? {_TOP_KEYS}",
    ]


def test_no_message_repeats_a_value() -> None:
    secret = "wombat"
    text = GOOD
    for line in GOOD.splitlines():
        key, colon, value = line.partition(": ")
        if colon and key.strip(" -") in {"version", "language", "method", "items", "responses"}:
            text = text.replace(line, f"{key}: [{secret}, 7]", 1)
    with pytest.raises(BadData) as refused:
        parse_questionnaire("q.yaml", text.encode(), LANGUAGE)

    assert len(refused.value.problems) >= 5
    assert secret not in str(refused.value)
