"""Questionnaires by name: those that come with moodcheck, and the user's own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.errors import BadData, InputNotFound, MoodcheckError, UsageError, did_you_mean
from moodcheck.files.paths import questionnaire_files, refuse_url
from moodcheck.files.reading import read_file
from moodcheck.loading.data_files import load_questionnaire, parse_questionnaire
from moodcheck.loading.own_questionnaires import (
    keep_questionnaire,
    own_questionnaire_file,
    own_questionnaire_files,
)
from moodcheck.loading.questionnaire_differences import why_not_in_place

if TYPE_CHECKING:
    from moodcheck.core.language import Language
    from moodcheck.core.questionnaire import Questionnaire

_ANOTHER_ID = "Give yours an id of its own"


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


def find_questionnaire(name: str, language: Language) -> Questionnaire:
    """Return the questionnaire of that id, or the one in the file of that name.

    Raises:
        UsageError: when the name looks like a URL.
        InputNotFound: when there is neither; lists the known ones.
        BadData: when the file breaks the rules; lists every problem with its place.
    """
    shipped = built_in_questionnaire(name, language)
    if shipped is not None and shipped.has_wording:
        return shipped
    if (own := own_questionnaire_file(name)) is not None:
        return _own_questionnaire(own, shipped, language)
    if shipped is not None:
        return shipped
    refuse_url(name)
    path = Path(name)
    # os.path: a name that is too long is no file, and no error.
    is_file = os.path.exists(name)  # noqa: PTH110
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1 or is_file:
        return load_questionnaire(path, language)
    known = sorted({*questionnaire_files(), *own_questionnaire_files()})
    raise InputNotFound(
        f"There is no questionnaire '{name[:64]}'",
        mend=f"{did_you_mean(name, known)}Known are: {', '.join(known)}; "
        "or give the path of a YAML file",
    )


def built_in_questionnaire(name: str, language: Language) -> Questionnaire | None:
    """Return the questionnaire of that id that comes with moodcheck; None where none does."""
    file = questionnaire_files().get(name)
    return load_questionnaire(file, language) if file else None


def listed_questionnaires(language: Language) -> tuple[Listed, ...]:
    """Return every questionnaire that can be named by its id, by id.

    Raises:
        BadData: when others may write in the folder of the user's own ones.
    """
    files, shipped = questionnaire_files(), built_in_questionnaires(language)
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


def add_questionnaire(
    source: str, language: Language, *, may_replace: bool
) -> tuple[Path, Questionnaire]:
    """Put the questionnaire in a file among the user's own; return it, and where it is now.

    Raises:
        InputNotFound, BadData, UsageError: as loading it.
        UsageError: when its id is that of one that comes with moodcheck, unless it is scored
            alike and only brings the wording.
        CannotCreate, BadData, IOFailed: as `loading.own_questionnaires.keep_questionnaire`.
    """
    return keep_content(*read_file(Path(source)), language, may_replace=may_replace)


def keep_content(
    name: str, content: bytes, language: Language, *, may_replace: bool
) -> tuple[Path, Questionnaire]:
    """Put the questionnaire in the content of a file among the user's own, as `add_questionnaire`.

    Args:
        name: what messages call the file.
        content: UTF-8.
        language: what its words are held to.
        may_replace: whether it may take the place of one that is there.
    """
    found = parse_questionnaire(name, content, language)
    refuse_taken_id(found, language)
    return keep_questionnaire(found.id, content, may_replace=may_replace), found


def refuse_taken_id(found: Questionnaire, language: Language) -> None:
    """Raise UsageError when its id is that of one that comes with moodcheck.

    Not where it is scored alike and only brings the wording.
    """
    shipped = built_in_questionnaire(found.id, language)
    if shipped is not None and (why := why_not_in_place(shipped, found)):
        raise UsageError(why, mend=_ANOTHER_ID)


def built_in_questionnaires(language: Language) -> dict[str, Questionnaire]:
    """Return every questionnaire that comes with moodcheck, by id."""
    return {
        name: load_questionnaire(path, language) for name, path in questionnaire_files().items()
    }


def _own_questionnaire(
    path: Path, shipped: Questionnaire | None, language: Language
) -> Questionnaire:
    found, name = load_questionnaire(path, language), str(path)
    if found.id != path.stem:
        raise BadData(
            f"{name} holds the questionnaire '{found.id}'",
            mend=f"Rename the file to {found.id}{path.suffix}",
        )
    if shipped is not None and (why := why_not_in_place(shipped, found)):
        raise BadData(f"{name} cannot be used: {why}", mend=_ANOTHER_ID)
    return found


def _listed_own(path: Path, shipped: Questionnaire | None, language: Language) -> Listed:
    found: Questionnaire | MoodcheckError
    try:
        found = _own_questionnaire(path, shipped, language)
    except MoodcheckError as error:
        found = error
    takes_place = shipped is not None and not isinstance(found, MoodcheckError)
    return Listed(path.stem, path, is_own=True, takes_place=takes_place, found=found)
