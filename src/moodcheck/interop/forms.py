"""The files of other programs that hold a form, told from each other by what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData, UsageError
from moodcheck.files.reading import read_file
from moodcheck.interop.exported import Exported
from moodcheck.interop.fhir import writing as fhir
from moodcheck.interop.fhir.reading import read_form
from moodcheck.interop.fhir.resource import is_fhir, read_resource
from moodcheck.interop.form import Form
from moodcheck.interop.redcap import writing as redcap
from moodcheck.interop.redcap.reading import read_dictionary
from moodcheck.interop.redcap.table import is_dictionary
from moodcheck.loading.questionnaire_copy import questionnaire_file
from moodcheck.safe_text import safe_text

_OURS = re.compile(rb"^schema[ \t]*:", re.MULTILINE)

LARGEST = 8 * 1024 * 1024
"""Bytes; the largest Questionnaire known has a tenth of it."""


class FormatName(StrEnum):
    """What `--format` may say."""

    FHIR = "fhir"
    REDCAP = "redcap"
    YAML = "yaml"


class Write(Protocol):
    """Writes a questionnaire for programs of a format."""

    def __call__(self, asked: Questionnaire, /, *, notice: str) -> Exported:
        """Return the file; the notice stands where its scores are, which are no diagnosis."""


class FormFormat(NamedTuple):
    """A kind of file that other programs read and write."""

    is_it: Callable[[bytes], bool]
    """Return whether a file's content looks like it, right or wrong."""
    read: Callable[[str, bytes, str | None], Form]
    """Return the form in a file of this name and content, where it has several that of a name.

    Raises BadData with every problem and its place; UsageError where there is no such form."""
    write: Write


def _read_fhir(shown: str, content: bytes, form: str | None) -> Form:
    if form is not None:
        raise UsageError(f"{shown} holds one form only", mend="Leave out --form")
    return read_form(read_resource(shown, content), shown)


FORM_FORMATS = {
    FormatName.FHIR: FormFormat(is_fhir, _read_fhir, fhir.export),
    FormatName.REDCAP: FormFormat(is_dictionary, read_dictionary, redcap.export),
}
"""In the order in which they are tried."""


def read_form_file(
    path: Path, content: bytes, name: FormatName | None = None, form: str | None = None
) -> Form | None:
    """Return the form in the content of a file; None where it is YAML of our own.

    Args:
        path: of the file, for messages.
        content: of it.
        name: of its format; when None, the content tells.
        form: which of the forms in it, where it has several.

    Raises:
        BadData: when it is one, and cannot be used.
        UsageError: when it has several forms and none is named, or not that one.
    """
    shown = safe_text(path.name)
    for kind, one in FORM_FORMATS.items():
        if kind is name or (name is None and one.is_it(content)):
            return one.read(shown, content, form)
    is_called_yaml = path.suffix.lower() in {".yaml", ".yml"}
    if not (name is FormatName.YAML or is_called_yaml or _OURS.search(content)):
        raise BadData(
            f"{shown} cannot be imported: it is no FHIR Questionnaire as JSON, no REDCap data "
            "dictionary, and no questionnaire of moodcheck's as YAML",
            mend="Name the file of a questionnaire, and not of answers to it",
        )
    return None


def export(questionnaire: Questionnaire, name: FormatName, *, notice: str) -> Exported:
    """Return the file that holds a questionnaire for programs of that format.

    Args:
        questionnaire: what is written.
        name: of the format.
        notice: that nothing in it is a diagnosis.
    """
    if name is FormatName.YAML:
        return Exported(questionnaire_file(questionnaire.plain_data()).encode(), ())
    return FORM_FORMATS[name].write(questionnaire, notice=notice)


def read_content(path: Path) -> bytes:
    """Return the content of a file that may hold a form.

    Raises:
        UsageError, InputNotFound: as `read_file`.
        BadData: when it is larger than any form.
    """
    name, content = read_file(path, most=LARGEST, pipes=True)
    if len(content) > LARGEST:
        what = f"{name} is larger than {LARGEST // 1024**2} MiB, so it is no questionnaire"
        raise BadData(what, mend="Name the file of one questionnaire")
    return content


def read_questionnaire(path: Path) -> dict[str, Any]:
    """Return the FHIR Questionnaire in a file, as strict JSON.

    Raises:
        UsageError, InputNotFound, BadData: as `read_content`, and when it is none.
    """
    shown = safe_text(str(path))
    resource = read_resource(shown, read_content(path))
    if resource.get("resourceType") != "Questionnaire":
        raise BadData(
            f"{shown} is no FHIR Questionnaire",
            mend="Name the file of the Questionnaire that the responses answer",
        )
    return resource
