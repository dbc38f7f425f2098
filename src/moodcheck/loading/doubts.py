"""What may be wrong with a questionnaire that can be used all the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.core.wording import unwatched
from moodcheck.errors import Problem
from moodcheck.files.reading import read_file
from moodcheck.loading.document import read_document
from moodcheck.loading.own_questionnaires import own_questionnaire_file

if TYPE_CHECKING:
    from moodcheck.core.language import Language
    from moodcheck.core.questionnaire import Questionnaire


def doubts(name: str, found: Questionnaire, language: Language) -> list[Problem]:
    """Return what the author of a questionnaire should look at again, each with its place.

    Args:
        name: its file, or its id.
        found: the questionnaire of that name.
        language: which words name death or suicide.

    Raises:
        InputNotFound, BadData: when the file cannot be read again.
    """
    faults = [*unwatched(found, language)]
    if not faults:
        return []
    document = read_document(*read_file(own_questionnaire_file(name) or Path(name)))
    places = [":".join(map(str, (document.name, *document.position(one.path)))) for one in faults]
    return [Problem(where, one.what, one.mend) for where, one in zip(places, faults, strict=True)]
