"""A questionnaire brought in from the file of another program, before and after it is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from moodcheck.core.consistency import faults
from moodcheck.core.data_model import DataPath, Fault, is_id
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.core.questionnaire_parts import QuestionnaireParts
from moodcheck.core.wording import wording_faults
from moodcheck.errors import BadData, Problem, UsageError
from moodcheck.interop.form import Form
from moodcheck.interop.joining import Joined, best_fit, join
from moodcheck.interop.new_questionnaire import Wishes, as_id, new_questionnaire
from moodcheck.interop.worded import with_wording
from moodcheck.loading.catalogue import built_in_questionnaires, keep_content
from moodcheck.loading.kind import read_model
from moodcheck.loading.questionnaire_copy import questionnaire_file
from moodcheck.loading.schema_errors import explain, schema_errors

if TYPE_CHECKING:
    from moodcheck.core.language import Language

AskCritical = Callable[[Form], Collection[str]]
"""Returns which items of a form are about death or suicide, by their links."""

_TEMPLATE = "symptoms"
"""The questionnaire whose advice is general enough for any other."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brings, and nothing is kept of it yet."""

    form: Form
    questionnaire: Questionnaire
    scored_as: str | None
    """The id of the questionnaire whose scoring it has; None for one of its own."""
    is_by_position: bool
    """Whether only the order of the items says which is which."""
    left_out: tuple[str, ...]
    """What the form asks, or says, and the questionnaire does not; sentences."""


def bring(
    form: Form,
    language: Language,
    *,
    wanted: str | None,
    critical: Collection[str] | AskCritical | None,
    today: date,
) -> Brought:
    """Return the questionnaire that a form makes.

    Args:
        form: as another program has it.
        language: what words are held to.
        wanted: the id of the questionnaire that it is, or shall be; when None, its codes tell.
        critical: items about death or suicide, by link or id, where it is scored by itself; or
            what asks somebody for them; when None, nobody has said whether there are any.
        today: when it was brought.

    Raises:
        UsageError: when `wanted` cannot be an id, what is brought is here already, or it has to be
            said which items are critical.
        BadData: when it fits no scoring and has none, naming each place.
    """
    origin = f"Brought from {form.shown} ({form.format}) on {today.isoformat()}."
    known = built_in_questionnaires(language)
    scoring = known.get(wanted) if wanted is not None else best_fit(form, known.values())
    if scoring is None:
        new_id = _new_id(form, wanted)
        if critical is None:
            raise _critical_is_not_said(form)
        wishes = Wishes(new_id, (), origin, known[_TEMPLATE].advice)
        return _by_itself(form, wishes, language, critical)
    if scoring.has_wording:
        raise UsageError(
            f"'{scoring.id}' comes with moodcheck, wording and all",
            mend=f"To keep this one beside it, give it another id: --as my-{scoring.id}",
        )
    if isinstance(critical, Collection):
        raise UsageError(
            f"'{scoring.id}' says itself which of its items are critical",
            mend="Leave --critical and --no-critical out",
        )
    joined = join(form, scoring, by_position=wanted is not None)
    if joined.is_by_position and form.is_in(language.language):
        _refuse_mixed_up(joined, language)
    tree = with_wording(joined, language, origin=origin)
    places = {item_id: item.place for item_id, item in joined.items.items()}
    return Brought(
        form,
        _checked(form, tree, language, places),
        scored_as=scoring.id,
        is_by_position=joined.is_by_position,
        left_out=(*(_left_out(item.link, item.text) for item in joined.left_out), *form.notes),
    )


def keep(brought: Brought, language: Language, *, may_replace: bool) -> Path:
    """Put what was brought among the user's own questionnaires, and return its file.

    Raises:
        CannotCreate, BadData, UsageError, IOFailed: as `loading.catalogue.keep_content`.
    """
    content = questionnaire_file(brought.questionnaire.plain_data()).encode()
    path, _found = keep_content(brought.form.shown, content, language, may_replace=may_replace)
    return path


def _new_id(form: Form, wanted: str | None) -> str:
    if wanted is None:
        return as_id(form.id or Path(form.shown).stem)
    if not is_id(wanted):
        raise UsageError(
            f"'{wanted[:64]}' cannot be an id",
            mend="Use small letters, digits, '-' or '_', with a letter first",
        )
    return wanted


def _critical_is_not_said(form: Form) -> UsageError:
    offered = ", ".join(item.link for item in form.choices)
    return UsageError(
        f"{form.shown} fits no questionnaire that comes with moodcheck, so you have to say which "
        "of its items are about death or suicide",
        mend=f"Use --critical ITEM for each, or --no-critical. Its items are: {offered[:1_000]}",
    )


def _refuse_mixed_up(joined: Joined, language: Language) -> None:
    """Refuse items in another order, as far as the item about death tells."""
    critical = {one.item for one in joined.questionnaire.critical}
    problems = []
    for item_id, theirs in joined.items.items():
        names_death = language.names_death(theirs.all_words)
        if names_death is not (item_id in critical):
            label = joined.questionnaire.item(item_id).label
            do_they = "name" if names_death else "do not name"
            what = f"by its place this is '{label}', and its words {do_they} death or suicide"
            problems.append(Problem(theirs.place, what, "Put the items in the published order"))
    if problems:
        title = f"{joined.form.shown} does not fit the scoring of {joined.questionnaire.id}"
        raise BadData(title, problems=problems)


def _by_itself(
    form: Form, wishes: Wishes, language: Language, critical: Collection[str] | AskCritical
) -> Brought:
    if not isinstance(critical, Collection):
        # Nobody is asked about what is refused anyway.
        certain = [one.link for one in form.choices if language.names_death(one.all_words)]
        new_questionnaire(form, replace(wishes, critical=certain), language)
        critical = critical(form)
    wishes = replace(wishes, critical=critical)
    new = new_questionnaire(form, wishes, language)
    places = {new.ids[item.link]: item.place for item in form.items if item.link in new.ids}
    asked = {*new.ids}
    left_out = [item for item in form.items if item.kind == "other" and item.link not in asked]
    return Brought(
        form,
        _checked(form, new.tree, language, places),
        scored_as=None,
        is_by_position=False,
        left_out=(*(_left_out(one.link, one.text) for one in left_out), *form.notes, *new.notes),
    )


def _left_out(link: str, text: str) -> str:
    return f"'{link}' is left out" + (f": {text}" if text else "")


def _checked(
    form: Form, tree: dict[str, Any], language: Language, places: Mapping[str, str]
) -> Questionnaire:
    """Return the questionnaire in a tree, or refuse it with the places of the form."""
    found = list(_faults(tree, language))
    if not found:
        return read_model(Questionnaire, tree)
    problems = [Problem(_place(one.path, tree, places), one.what, one.mend) for one in found]
    raise BadData(f"{form.shown} cannot become a questionnaire", problems=problems)


def _faults(tree: dict[str, Any], language: Language) -> Iterator[Fault]:
    try:
        parts = read_model(QuestionnaireParts, tree)
    except ValidationError as error:
        yield from map(explain, schema_errors(error, tree))
        return
    yield from faults(parts)
    yield from wording_faults(parts, language)


def _place(path: DataPath, tree: dict[str, Any], places: Mapping[str, str]) -> str:
    """Return where the form has what a fault is about."""
    match path:
        case ("items" | "context" as section, int(position), *_):
            return places.get(tree[section][position]["id"], "")
        case ("responses", str(name), *rest):
            users = [
                item for item in (*tree["items"], *tree["context"]) if item.get("responses") == name
            ]
            answer = f", answer {rest[0] + 1}" if rest and isinstance(rest[0], int) else ""
            return f"{places.get(users[0]['id'], '')}{answer}" if users else ""
    return ".".join(map(str, path[:1]))
