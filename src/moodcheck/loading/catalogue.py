"""Questionnaires by name: those that come with moodcheck, and the user's own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import BadData, InputNotFound, MoodcheckError, UsageError, did_you_mean
from moodcheck.files.paths import CRISIS_LINES, OTHER_COUNTRIES, data_folder, refuse_url
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.core.language import Language
    from moodcheck.core.questionnaire import Questionnaire

_FOLDERS = (".", "instruments")


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire that can be named by its id."""

    id: str
    file: Path
    is_own: bool
    """Whether it is the user's; else it comes with moodcheck."""
    takes_place: bool
    """Whether it is the user's own wording for one that comes with moodcheck."""
    found: Questionnaire | MoodcheckError
    """What stands in the file, or why it cannot be used."""


def load_questionnaire(name: str, language: Language) -> Questionnaire:
    """Return the questionnaire of that id, or the one in the file of that name.

    Raises:
        UsageError: when the name looks like a URL.
        InputNotFound: when there is neither; lists the known ones.
        BadData: when the file breaks the rules; lists every problem with its place.
    """
    from moodcheck.loading.data_files import load_questionnaire as load
    from moodcheck.loading.own_questionnaires import own_questionnaire_file

    built_in = questionnaire_files()
    if name in built_in:
        shipped = load(built_in[name], language)
        own = None if shipped.has_wording else own_questionnaire_file(name)
        return shipped if own is None else _own(own, shipped, language)
    if (own := own_questionnaire_file(name)) is not None:
        return _own(own, None, language)
    refuse_url(name)
    path = Path(name)
    # os.path: a name that is too long is no file, and no error.
    is_file = os.path.exists(name)  # noqa: PTH110
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1 or is_file:
        return load(path, language)
    known = _known()
    raise InputNotFound(
        f"There is no questionnaire '{safe_text(name[:64])}'",
        mend=f"{did_you_mean(name, known)}Known are: {', '.join(known)}; "
        "or give the path of a YAML file",
    )


def listed_questionnaires(language: Language) -> tuple[Listed, ...]:
    """Return every questionnaire that can be named by its id, by id.

    Raises:
        BadData: when others may write in the folder of the user's own ones.
    """
    from moodcheck.loading.data_files import load_questionnaire as load
    from moodcheck.loading.own_questionnaires import own_questionnaire_files

    files = questionnaire_files()
    shipped = {name: load(path, language) for name, path in files.items()}
    own = [
        _listed_own(path, shipped.get(name), language)
        for name, path in own_questionnaire_files().items()
    ]
    taken = {one.id for one in own if one.takes_place}
    theirs = [
        Listed(name, files[name], is_own=False, takes_place=False, found=found)
        for name, found in shipped.items()
        if name not in taken
    ]
    return tuple(sorted([*theirs, *own], key=lambda one: (one.id, one.is_own)))


def questionnaire_files() -> dict[str, Path]:
    """Return the questionnaires that come with moodcheck, by id."""
    no_questionnaires = {CRISIS_LINES, OTHER_COUNTRIES}
    found = [path for folder in _FOLDERS for path in (data_folder() / folder).glob("*.yaml")]
    return {path.stem: path for path in found if path.name not in no_questionnaires}


def own_questionnaires() -> tuple[Path, int]:
    """Return the folder of the user's own questionnaires, and how many are there."""
    from moodcheck.loading.own_questionnaires import own_questionnaires_folder

    folder = own_questionnaires_folder().absolute()
    return folder, len(list(folder.glob("*.yaml")))


def built_in_questionnaire(name: str, language: Language) -> Questionnaire | None:
    """Return the questionnaire of that id that comes with moodcheck; None where none does."""
    from moodcheck.loading.data_files import load_questionnaire as load

    file = questionnaire_files().get(name)
    return load(file, language) if file else None


def copied_questionnaire(questionnaire: Questionnaire, new_id: str | None) -> str:
    """Return the text of a file with a questionnaire in it, to be filled in and changed.

    Args:
        questionnaire: what is copied.
        new_id: the id of the copy; when None, the same where it only lacks wording.

    Raises:
        UsageError: when that cannot be an id.
    """
    from moodcheck.core.data_model import LONGEST_ID, is_id
    from moodcheck.loading.questionnaire_copy import questionnaire_copy

    default = f"my-{questionnaire.id}" if questionnaire.has_wording else questionnaire.id
    name = new_id or default[:LONGEST_ID]
    if not is_id(name):
        raise UsageError(
            f"'{safe_text(name[:LONGEST_ID])}' cannot be an id",
            mend=f"Use 1 to {LONGEST_ID} small letters, digits, '-' or '_', with a letter first",
        )
    return questionnaire_copy(questionnaire, name)


def keep_questionnaire(
    source: str, language: Language, *, may_replace: bool
) -> tuple[Path, Questionnaire]:
    """Put the questionnaire in a file among the user's own; return it, and where it is now.

    Raises:
        InputNotFound, BadData, UsageError: as loading it.
        UsageError: when its id is that of one that comes with moodcheck, unless it is scored
            alike and only brings the wording.
        CannotCreate, BadData, IOFailed: as `loading.own_questionnaires.keep_questionnaire`.
    """
    from moodcheck.files.reading import read_file
    from moodcheck.loading.data_files import parse_questionnaire
    from moodcheck.loading.own_questionnaires import keep_questionnaire as keep

    name, content = read_file(Path(source))
    found = parse_questionnaire(name, content, language)
    shipped = built_in_questionnaire(found.id, language)
    if shipped is not None and (why := _why_not_in_place(shipped, found)):
        raise UsageError(why, mend=_ANOTHER_ID)
    return keep(found.id, content, may_replace=may_replace), found


_ANOTHER_ID = "Give yours an id of its own"


def _known() -> list[str]:
    from moodcheck.loading.own_questionnaires import own_questionnaire_files

    return sorted({*questionnaire_files(), *own_questionnaire_files()})


def _own(path: Path, shipped: Questionnaire | None, language: Language) -> Questionnaire:
    from moodcheck.loading.data_files import load_questionnaire as load

    found, name = load(path, language), safe_text(str(path))
    if found.id != path.stem:
        raise BadData(
            f"{name} holds the questionnaire '{found.id}'",
            mend=f"Rename the file to {found.id}{path.suffix}",
        )
    if shipped is not None and (why := _why_not_in_place(shipped, found)):
        raise BadData(f"{name} cannot be used: {why}", mend=_ANOTHER_ID)
    return found


def _listed_own(path: Path, shipped: Questionnaire | None, language: Language) -> Listed:
    found: Questionnaire | MoodcheckError
    try:
        found = _own(path, shipped, language)
    except MoodcheckError as error:
        found = error
    takes_place = shipped is not None and not isinstance(found, MoodcheckError)
    return Listed(path.stem, path, is_own=True, takes_place=takes_place, found=found)


def _why_not_in_place(shipped: Questionnaire, found: Questionnaire) -> str:
    """Return why a user's questionnaire cannot stand for a shipped one; empty where it can."""
    from moodcheck.loading.apart_text import why_apart

    if shipped.has_wording:
        return f"'{shipped.id}' is the id of a questionnaire that comes with moodcheck"
    differing = why_apart(shipped, found)
    if not differing and _urgency(shipped) != _urgency(found):
        differing = "their rules of advice differ"
    if not differing:
        return ""
    return f"it is not the '{shipped.id}' that comes with moodcheck: {differing}"


def _urgency(questionnaire: Questionnaire) -> list[object]:
    return [(rule.id, rule.when) for rule in questionnaire.advice]
