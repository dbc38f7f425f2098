"""What makes an answer map contradict itself, or the questionnaire that it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from moodcheck.batch.answer_map import WORDING
from moodcheck.batch.name_pattern import pattern_fault
from moodcheck.batch.used_items import needed_items, used_items
from moodcheck.core.data_model import DataPath, Fault, one_of
from moodcheck.errors import did_you_mean

if TYPE_CHECKING:
    from moodcheck.batch.answer_map import AnswerMap
    from moodcheck.core.questionnaire import Questionnaire


def map_faults(answer_map: AnswerMap, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield everything in a map that no file of answers could make right."""
    if answer_map.questionnaire not in {None, questionnaire.id}:
        # Whatever else does not fit only says so again.
        own = answer_map.questionnaire
        what = f"this map is for {own}, and not for {questionnaire.id}"
        mend = f"Score with it as {own} (--questionnaire {own}), or use another map"
        yield Fault(("questionnaire",), what, mend)
        return
    for rule in (_wording, _items, _pattern, _answers, _missing, _not_asked, _columns):
        yield from rule(answer_map, questionnaire)


def columns_of(answer_map: AnswerMap, questionnaire: Questionnaire) -> dict[str, str]:
    """Return the column of each item that decides anything and was asked, as the map has it.

    Those are left out that only the file tells (`item_columns`).
    """
    asked = [one for one in used_items(questionnaire) if one not in answer_map.not_asked]
    if answer_map.columns is not None:
        asked = [one for one in asked if one in answer_map.items]
    return {item_id: answer_map.items.get(item_id, item_id) for item_id in asked}


def texts_of(answer_map: AnswerMap, questionnaire: Questionnaire, item_id: str) -> dict[str, int]:
    """Return the texts that are answers to an item, and what each of them is worth."""
    offered, named = questionnaire.options(item_id), answer_map.named_answers
    if answer_map.answers == WORDING:
        return {option.label: option.value for option in offered if option.label}
    for name in (item_id, questionnaire.item(item_id).responses or ""):
        if name in named:
            return named[name]
    return {str(option.value): option.value for option in offered}


def lacks_wording(answer_map: AnswerMap, questionnaire: Questionnaire) -> bool:
    """Return whether a map goes by words that an item without which nothing is scored lacks."""
    needed = [questionnaire.item(one) for one in needed_items(questionnaire)]
    labels = [option.label for item in needed for option in questionnaire.options(item.id)]
    is_unnamed = answer_map.columns == WORDING and not all(item.text for item in needed)
    return is_unnamed or (answer_map.answers == WORDING and not all(labels))


def missing_texts(
    answer_map: AnswerMap, questionnaire: Questionnaire, item_id: str
) -> dict[str, str]:
    """Return the texts that stand for no answer to an item, and why there is none."""
    responses = questionnaire.item(item_id).responses or ""
    special = _missing_by_name(answer_map)
    return _missing_everywhere(answer_map) | special.get(responses, {}) | special.get(item_id, {})


def _missing_everywhere(answer_map: AnswerMap) -> dict[str, str]:
    said = answer_map.missing.items()
    return {"": "blank"} | {text: why for text, why in said if isinstance(why, str)}


def _missing_by_name(answer_map: AnswerMap) -> dict[str, dict[str, str]]:
    said = answer_map.missing.items()
    return {name: {**texts} for name, texts in said if not isinstance(texts, str)}


def _unread(item_id: str, questionnaire: Questionnaire) -> tuple[str, str]:
    """Return what is wrong with naming an item that decides nothing, and the mend."""
    known = used_items(questionnaire)
    if item_id in questionnaire:
        what = f"'{item_id}' is in no scale, is not critical, and no advice looks at it"
        return what, "Leave it out; 'keep' carries columns along"
    hint = did_you_mean(item_id, known)
    return f"{questionnaire.id} has no item '{item_id}'", f"{hint}{one_of(known)}"


def _wording(answer_map: AnswerMap, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield where a map goes by the words of the questionnaire, and they are not there."""
    key = "columns" if answer_map.columns == WORDING else "answers"
    if lacks_wording(answer_map, questionnaire):
        name = questionnaire.id
        what = f"it goes by the wording of {name}, and that is not here"
        mend = f"Bring that of your survey: moodcheck questionnaire import FILE --as {name}"
        yield Fault((key,), what, mend)
    elif answer_map.answers == WORDING:
        for item_id in used_items(questionnaire):
            offered = questionnaire.options(item_id)
            labels = Counter(option.label for option in offered if option.label)
            if max(labels.values(), default=0) > 1:
                what = f"two options of '{item_id}' have the same label"
                yield Fault(("answers",), what, "Name the texts that are answers instead")
                return


def _pattern(answer_map: AnswerMap, _questionnaire: Questionnaire) -> Iterator[Fault]:
    if answer_map.columns is None:
        return
    if answer_map.long is not None:
        what = "a table with a row for each answer has no columns of items"
        yield Fault(("columns",), what, "Say under 'items' what the table calls each item")
    elif answer_map.columns != WORDING and (fault := pattern_fault(answer_map.columns)):
        yield Fault(("columns",), *fault)


def _items(answer_map: AnswerMap, questionnaire: Questionnaire) -> Iterator[Fault]:
    known = set(used_items(questionnaire))
    times = Counter(columns_of(answer_map, questionnaire).values())
    for item_id, column in answer_map.items.items():
        path = ("items", item_id)
        if item_id not in known:
            yield Fault(path, *_unread(item_id, questionnaire))
        elif times[column] > 1:
            what = f"the column of '{item_id}' is also used for another item"
            yield Fault(
                path, what, "Give each item a column of its own, or list one as 'not_asked'"
            )


def _answers(answer_map: AnswerMap, questionnaire: Questionnaire) -> Iterator[Fault]:
    for name, texts in answer_map.named_answers.items():
        path = ("answers", name)
        offered = _offered(name, questionnaire)
        if offered is None:
            yield _unknown(path, name, questionnaire)
        elif not texts:
            yield Fault(path, f"'{name}' has no texts", "Add some, or take it away")
        else:
            for text, value in texts.items():
                yield from _text(answer_map, (*path, text), value, offered)


def _unknown(path: DataPath, name: str, questionnaire: Questionnaire) -> Fault:
    known = (*questionnaire.responses, *used_items(questionnaire))
    what = f"{questionnaire.id} has no response set or item '{name}'"
    return Fault(path, what, f"{did_you_mean(name, known)}{one_of(known)}")


def _text(answer_map: AnswerMap, path: DataPath, value: int, offered: set[int]) -> Iterator[Fault]:
    *_, name, text = path
    if value not in offered:
        values = ", ".join(map(str, sorted(offered)))
        yield Fault(path, f"'{name}' does not offer this value", f"Use one of {values}")
    if text in _missing_everywhere(answer_map):
        what = "this text is both an answer and a missing one"
        mend = "Keep one of the two" if text else "An empty cell is never an answer"
        yield Fault(path, what, mend)


def _offered(name: str, questionnaire: Questionnaire) -> set[int] | None:
    """Return the values that all that has this name offers; None where nothing has it."""
    offers = [questionnaire.responses[name]] if name in questionnaire.responses else []
    offers += [questionnaire.options(name)] if name in used_items(questionnaire) else []
    values = [{option.value for option in options} for options in offers]
    return set.intersection(*values) if values else None


def _missing(answer_map: AnswerMap, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield the codes that an item offers as an answer, where its answers are not named."""
    literal = {
        text: item_id
        for item_id in used_items(questionnaire)
        if not {item_id, questionnaire.item(item_id).responses} & set(answer_map.named_answers)
        for text in texts_of(answer_map, questionnaire, item_id)
    }
    for code in _missing_everywhere(answer_map):
        if code in literal:
            what = f"'{literal[code]}' offers this value as an answer"
            mend = (
                "Name it under 'missing' for the items or response sets where it is none, or name "
                "the texts of the others under 'answers'"
            )
            yield Fault(("missing", code), what, mend)
    for name, texts in _missing_by_name(answer_map).items():
        yield from _missing_there(answer_map, questionnaire, name, texts)


def _missing_there(
    answer_map: AnswerMap, questionnaire: Questionnaire, name: str, texts: Mapping[str, str]
) -> Iterator[Fault]:
    if _offered(name, questionnaire) is None:
        yield _unknown(("missing", name), name, questionnaire)
        return
    for item_id in used_items(questionnaire):
        if name in {item_id, questionnaire.item(item_id).responses}:
            for text in texts:
                if text in texts_of(answer_map, questionnaire, item_id):
                    what = f"this text is an answer to '{item_id}'"
                    yield Fault(("missing", name, text), what, "Keep one of the two")
                    return


def _not_asked(answer_map: AnswerMap, questionnaire: Questionnaire) -> Iterator[Fault]:
    known = set(used_items(questionnaire))
    times = Counter(answer_map.not_asked)
    for i, item_id in enumerate(answer_map.not_asked):
        path = ("not_asked", i)
        if item_id not in known:
            yield Fault(path, *_unread(item_id, questionnaire))
        if item_id in answer_map.items:
            what = f"'{item_id}' has a column under 'items'"
            yield Fault(path, what, "Keep one of the two")
        if times[item_id] > 1:
            yield Fault(path, f"'{item_id}' is named {times[item_id]} times", "Keep one of them")


def _columns(answer_map: AnswerMap, _questionnaire: Questionnaire) -> Iterator[Fault]:
    named = [("id", i, column) for i, column in enumerate(answer_map.id or ())]
    named += [("keep", i, column) for i, column in enumerate(answer_map.keep)]
    times = Counter(column.lower() for *_, column in named)
    for key, i, column in named:
        if times[column.lower()] > 1:
            what = f"this column is named {times[column.lower()]} times under 'id' and 'keep'"
            yield Fault((key, i), what, "Name each once; case makes no difference here")
