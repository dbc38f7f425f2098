"""A private check-in about depression symptoms, to prepare a visit to a clinician.

    >>> import moodcheck
    >>> questionnaire = moodcheck.load("symptoms")
    >>> summary = moodcheck.summarize(questionnaire, {"sleep": 2}, region="US")

Nothing here diagnoses anyone; every summary says so and advises seeing a clinician.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from moodcheck.api import load, make_report, score_files, score_frame, summarize
    from moodcheck.batch.cohort.cohort import Cohort
    from moodcheck.batch.outcome import BatchReport, FrameParts
    from moodcheck.cohort_api import cohort_files, cohort_frame
    from moodcheck.errors import AnswersRefused, MoodcheckError
    from moodcheck.interop_api import export_questionnaire, import_questionnaire, to_fhir

__all__ = [
    "AnswersRefused",
    "BatchReport",
    "Cohort",
    "FrameParts",
    "MoodcheckError",
    "cohort_files",
    "cohort_frame",
    "export_questionnaire",
    "import_questionnaire",
    "load",
    "make_report",
    "score_files",
    "score_frame",
    "summarize",
    "to_fhir",
]

_HOMES = {
    "cohort_files": "moodcheck.cohort_api",
    "cohort_frame": "moodcheck.cohort_api",
    "export_questionnaire": "moodcheck.interop_api",
    "import_questionnaire": "moodcheck.interop_api",
    "load": "moodcheck.api",
    "make_report": "moodcheck.api",
    "score_files": "moodcheck.api",
    "score_frame": "moodcheck.api",
    "summarize": "moodcheck.api",
    "to_fhir": "moodcheck.interop_api",
    "AnswersRefused": "moodcheck.errors",
    "BatchReport": "moodcheck.batch.outcome",
    "Cohort": "moodcheck.batch.cohort.cohort",
    "FrameParts": "moodcheck.batch.outcome",
    "MoodcheckError": "moodcheck.errors",
}


def __getattr__(name: str) -> object:
    # Importing moodcheck costs nothing until a name is used (PEP 562).
    if name not in _HOMES:
        msg = f"module 'moodcheck' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    home = import_module(_HOMES[name])
    return vars(home)[name]


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
