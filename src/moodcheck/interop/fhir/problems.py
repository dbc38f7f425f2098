"""What went wrong → the OperationOutcome that says so to a program that speaks FHIR."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from moodcheck.interop.fhir.sitting import Resource, narrative
from moodcheck.report.json import as_text
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.errors import AnswersRefused, Problem
    from moodcheck.report.document import Document


def refusal(refused: AnswersRefused, document: Document) -> str:
    """Return as JSON that answers were refused, and whether they may hold an alert.

    Args:
        refused: why.
        document: what people read of it: help lines, and that nothing of it is a diagnosis.
    """
    issues = [_issue("error", "invalid", str(one)) for one in refused.problems or [refused]]
    if refused.alerts_cannot_be_ruled_out:
        said = _(
            "ALERT. An answer about death or suicide asks for help today, or cannot be read. "
            "Please make sure that someone who can help looks at it today."
        )
        issues.insert(0, _issue("fatal", "invalid", said))
    return as_text(
        {"resourceType": "OperationOutcome", "text": narrative(document), "issue": issues}
    )


def lost(problems: Iterable[Problem]) -> Resource:
    """Return what is missing in what is written, because it could not be read."""
    issues = [_issue("error", "incomplete", str(problem)) for problem in problems]
    return {"resourceType": "OperationOutcome", "issue": issues}


def _issue(severity: str, code: str, said: str) -> Resource:
    return {"severity": severity, "code": code, "diagnostics": said}
