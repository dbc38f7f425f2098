"""The data files of the core, each read with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from moodcheck.core.crisis import CrisisDirectory, OtherCountries
from moodcheck.core.data_model import DataPath, Fault
from moodcheck.core.language import Language
from moodcheck.files.reading import read_file
from moodcheck.loading.document import Document, read_document
from moodcheck.loading.kind import Kind, Model, read_model
from moodcheck.loading.problems import bad_data
from moodcheck.loading.repairing import Respelled, repair, respell
from moodcheck.loading.schema_errors import explain, schema_errors

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_draft import QuestionnaireTemplate
    from moodcheck.core.questionnaire_parts import QuestionnaireParts


def diagnose(document: Document, kind: Kind[Model]) -> Iterator[Fault]:
    """Yield what is wrong with the meaning of a document, beyond what reading it found.

    The path of each fault is its position in the file.
    """
    respelled = respell(document.tree, kind.model)
    shape = kind.shape or kind.model
    try:
        read_model(shape, respelled.tree)
        errors = []
    except ValidationError as error:
        errors = schema_errors(error, respelled.tree)
    reported = [(fault, True) for fault in respelled.faults]
    explained = _in_file(map(explain, errors), respelled)
    reported += [(fault, error.is_key) for fault, error in zip(explained, errors, strict=True)]
    for fault, is_key in reported:
        if not _is_within(fault.path, document.spoiled):
            yield _located(document, fault, is_key=is_key)
    repaired = repair(shape, respelled.tree, errors, newest=kind.newest)
    if repaired is not None:
        found = _in_file(kind.rules(repaired.model, repaired.damaged), respelled)
        # What stands under a key that was only misspelled is as its author wrote it.
        made_up = {fault.path for fault, _ in reported} - respelled.misspelled | document.spoiled
        yield from (_located(document, fault) for fault in _untouched(found, made_up))


def _untouched(faults: Iterable[Fault], made_up: AbstractSet[DataPath]) -> Iterator[Fault]:
    """Yield the faults whose place neither contains nor lies in anything that was made up."""
    around = {path[:length] for path in made_up for length in range(len(path))}
    for fault in faults:
        if fault.path not in around and not _is_within(fault.path, made_up):
            yield fault


def _in_file(faults: Iterable[Fault], respelled: Respelled) -> Iterator[Fault]:
    for fault in faults:
        yield Fault(respelled.path_in_file(fault.path), fault.what, fault.mend)


def _is_within(path: DataPath, places: AbstractSet[DataPath]) -> bool:
    return any(path[:length] in places for length in range(len(path) + 1))


def _located(document: Document, fault: Fault, *, is_key: bool = False) -> Fault:
    return Fault(document.position(fault.path, is_key=is_key), fault.what, fault.mend)


def load_questionnaire(source: Path | Traversable, language: Language) -> Questionnaire:
    """Return the questionnaire in a file.

    Raises:
        UsageError: when the name of the file looks like an address on a network.
        InputNotFound: when there is no such file, or it cannot be read.
        BadData: when it is no questionnaire, with every problem and its place.
    """
    return parse_questionnaire(*read_file(source), language)


def parse_questionnaire(name: str, content: bytes, language: Language) -> Questionnaire:
    """Return the questionnaire in the content of a YAML file.

    Args:
        name: what messages call the file.
        content: UTF-8.
        language: which words it must not use, and which name a clinician.

    Raises:
        BadData: when it is no questionnaire, with every problem and its place.
    """
    # Imported here: its models take as long as all others together, and help lines need none.
    from moodcheck.core.consistency import faults
    from moodcheck.core.questionnaire import Questionnaire
    from moodcheck.core.questionnaire_parts import SCHEMA, QuestionnaireParts
    from moodcheck.core.wording import unfilled, wording_faults

    def rules(found: QuestionnaireParts, damaged: AbstractSet[DataPath]) -> Iterator[Fault]:
        yield from faults(found, damaged)
        yield from wording_faults(found, language)
        yield from unfilled(found)

    kind = Kind(Questionnaire, newest=SCHEMA, rules=rules, shape=QuestionnaireParts)
    return validated(read_document(name, content), kind)


def load_language(source: Path | Traversable) -> Language:
    """Return the words of a language in a file; errors as `load_questionnaire`."""
    return validated(read_document(*read_file(source)), Kind(Language, newest=1))


def load_crisis_directory(source: Path | Traversable) -> CrisisDirectory:
    """Return the help lines in a file; errors as `load_questionnaire`."""
    return validated(read_document(*read_file(source)), Kind(CrisisDirectory, newest=1))


def load_other_countries(source: Path | Traversable) -> OtherCountries:
    """Return the countries without a known help line in a file; errors as `load_questionnaire`."""
    return validated(read_document(*read_file(source)), Kind(OtherCountries, newest=1))


def load_questionnaire_template(source: Path | Traversable) -> QuestionnaireTemplate:
    """Return what a new questionnaire begins with, in a file; errors as `load_questionnaire`."""
    from moodcheck.core.questionnaire_draft import QuestionnaireTemplate

    return validated(read_document(*read_file(source)), Kind(QuestionnaireTemplate, newest=1))


def validated(document: Document, kind: Kind[Model]) -> Model:
    """Return the model of a document.

    Raises:
        BadData: naming every problem with its place; only one when the schema is too new.
    """
    _refuse_newer(document, kind.newest)
    if not document.faults:
        with suppress(ValidationError):
            model = read_model(kind.model, document.tree)
            if not any(True for _ in kind.rules(model, frozenset())):
                return model
    # Imported here: a good file needs none of it, and people wait for it.
    from moodcheck.loading.data_files import diagnose

    raise bad_data(document.name, [*document.faults, *diagnose(document, kind)])


def _refuse_newer(document: Document, newest: int) -> None:
    schema = document.tree.get("schema")
    if isinstance(schema, int) and schema > newest:
        what = f"it needs a newer moodcheck; this one reads schema {newest}"
        at = document.position(("schema",))
        raise bad_data(document.name, [Fault(at, what, "Upgrade moodcheck")])
