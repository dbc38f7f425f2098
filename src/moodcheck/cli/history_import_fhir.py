"""What `history import` says of responses of FHIR: whose they are, and what they answer."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from moodcheck.batch.map_file import may_be_changed, read_map
from moodcheck.batch.responses import Asked, ResponseRows
from moodcheck.errors import UsageError
from moodcheck.history.client_code import client_code
from moodcheck.history.exchange.responses import (
    BroughtResponses,
    read_responses,
    response_lines,
)
from moodcheck.history.exported import Exported
from moodcheck.interop.forms import read_questionnaire
from moodcheck.loading.context import Context
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _


class Answered(NamedTuple):
    """What was said of responses."""

    client: str | None
    questionnaire: str | None
    form: Path | None
    map: str | None

    def refuse(self) -> None:
        """Raise UsageError where anything was said and there are no responses."""
        if any(one is not None for one in self):
            raise UsageError(
                "--client, --questionnaire, --form and --map are for responses of FHIR, and this "
                "file has none",
                mend="Leave them out; --as OLD=NEW files an exported client under another code",
            )


def exported_responses(
    context: Context, shown: str, content: bytes, answered: Answered
) -> Exported:
    """Return the sittings that a file of responses brings, and say what it does not bring.

    Raises:
        UsageError: when nobody said whose they are, or what they answer.
        InputNotFound, BadData: as `read_map`, `read_questionnaire`, `ResponseRows` and
            `read_responses`.
    """
    answers_to = answered.questionnaire
    if answers_to is None and answered.map is not None:
        answers_to = read_map(answered.map, None)[0].questionnaire
    if answered.client is None or answers_to is None:
        raise UsageError(
            f"{shown} has responses of FHIR, and nobody said whose they are and what they answer",
            mend="Add --client CODE and --questionnaire ID, such as phq-9",
        )
    asked = context.questionnaire(answers_to)
    said, file = (None, None) if answered.map is None else read_map(answered.map, asked)
    form = None if answered.form is None else read_questionnaire(answered.form)
    lines = response_lines(shown, content)
    with may_be_changed(file):
        rows = ResponseRows(Asked(asked, said, form), lines, shown)
    client = client_code(answered.client)
    exported, found = read_responses(shown, lines, rows, client=client, now=context.now())
    if said is not None and said.prorate_not_asked:
        tell(_("A history completes no score of items that were not asked, whatever the map says."))
    _say_left_out(found)
    return exported


def _say_left_out(found: BroughtResponses) -> None:
    if found.left_out:
        said = _(
            "Responses that were taken back, answer another questionnaire, or are not among those "
            "that the map chooses, and are not imported: {count}."
        )
        tell(said.format(count=found.left_out))
    if found.alerts_left_out:
        said = _(
            "ALERT: {count} of them have an answer about death or suicide that is an alert, or may "
            "be one. Please read them today."
        )
        tell(said.format(count=found.alerts_left_out))
    if found.others:
        said = _("Resources of FHIR that are no responses: {count}.")
        tell(said.format(count=found.others))
