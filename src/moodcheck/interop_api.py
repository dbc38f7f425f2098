"""What Python programs call to exchange with other programs; `import moodcheck` offers it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from moodcheck.api import CONTEXT, asked_of
from moodcheck.errors import UsageError, did_you_mean
from moodcheck.safe_text import safe_text

if TYPE_CHECKING:
    from moodcheck.batch.files_request import Name
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.summary import Summary
    from moodcheck.interop.bringing import Brought
    from moodcheck.interop.exported import Exported
    from moodcheck.interop.forms import FormatName


def to_fhir(summary: Summary) -> str:
    """Return a sitting as a FHIR R4 Bundle, as `moodcheck check --format fhir` writes it.

    It is JSON, and names nobody. An alert, the advice and the notice (not a diagnosis) are in it.

    Args:
        summary: what `summarize` returned.
    """
    from moodcheck.interop.fhir.sitting_bundle import summary_bundle

    return summary_bundle(summary)


def export_questionnaire(
    questionnaire: Questionnaire | Name, format: Literal["fhir", "redcap", "yaml"]
) -> Exported:
    """Return a questionnaire for another program: its `content`, and what that has `unsaid`.

    Args:
        questionnaire: its id, a YAML file, or what `load` returned.
        format: a FHIR R4 Questionnaire, a data dictionary of REDCap, or our YAML.

    Raises:
        UsageError: when there is no such format.
        InputNotFound, BadData: as `load`; also when it has no wording, and the format needs some.
    """
    from moodcheck.interop.forms import export

    return export(asked_of(questionnaire), _format(format), notice=CONTEXT.language.notice)


def import_questionnaire(
    file: Name,
    *,
    as_id: str | None = None,
    critical: Collection[str] | None = None,
    format: Literal["fhir", "redcap"] | None = None,
    form: str | None = None,
) -> Brought:
    """Return what a form of another program brings, as `moodcheck questionnaire import` does.

    Nothing is kept. Its `questionnaire` goes into `summarize`, `score_files` or `score_frame`; look
    first at what is `left_out`, and whether only the order of items tells them (`is_by_position`).

    Args:
        file: a FHIR R4 Questionnaire (JSON) or a REDCap data dictionary (CSV).
        as_id: which questionnaire it is, such as phq-9; when None, its LOINC codes tell.
        critical: of a form that no scoring fits: its items about death or suicide, none if empty.
        format: what the file is; when None, what is in it tells.
        form: which form of a REDCap project, where it has several.

    Raises:
        InputNotFound: when there is no such file.
        UsageError: when it has to be said which items are critical, or something is said that the
            file does not need.
        BadData: when it is no form, or fits no scoring and has none; names each place.
    """
    from moodcheck.interop.bringing import bring
    from moodcheck.interop.forms import read_content, read_form_file

    path = Path(file)
    name = None if format is None else _format(format)
    found = read_form_file(path, read_content(path), name, form)
    if found is None:
        raise UsageError(f"{safe_text(str(path))} is YAML of our own", mend="Use moodcheck.load")
    today = CONTEXT.now().date()
    return bring(found, CONTEXT.language, wanted=as_id, critical=critical, today=today)


def _format(name: str) -> FormatName:
    from moodcheck.interop.forms import FormatName

    try:
        return FormatName(name)
    except ValueError:
        known = [*FormatName]
        mend = f"{did_you_mean(name, known)}Use one of: {', '.join(known)}"
        raise UsageError(f"There is no format '{safe_text(name[:64])}'", mend=mend) from None
