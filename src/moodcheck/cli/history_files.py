"""`moodcheck history export|schema`: saved sittings as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.cli.history_options import (
    AllOption,
    ClientOption,
    say_unacknowledged,
    whose,
)
from moodcheck.cli.options import RegionOption, StoreOptions, find_region, with_store_options
from moodcheck.cli.show import say_document
from moodcheck.cli.store import unlocked
from moodcheck.core.crisis import Region
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import BadData
from moodcheck.files.private_file import refuse_unwritable, write_private
from moodcheck.history.critical import needs_help_first
from moodcheck.history.exchange import age_file
from moodcheck.history.exchange.document import history_schema
from moodcheck.history.exchange.writing import write_history
from moodcheck.history.exported import Exported
from moodcheck.history.keeping import enter_export, to_export
from moodcheck.history.listing import summarize_record
from moodcheck.history.passphrase import new_passphrase, passphrase_from
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import Record, Salvage
from moodcheck.history.views.history_csv import history_csv
from moodcheck.history.views.history_fhir import history_bundle
from moodcheck.loading.catalogue import listed_questionnaires
from moodcheck.loading.context import Context
from moodcheck.report.help_block import help_document
from moodcheck.terminal.console import tell, write_out
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext


class FileFormat(StrEnum):
    """What an export is written as."""

    JSON = "json"
    """Everything, to be read by machines and imported again."""
    CSV = "csv"
    """A table for statistics: a row for each item and scale."""
    FHIR = "fhir"
    """FHIR R4, for the record that a clinic keeps."""


FilePassphraseOption = Annotated[
    int | None,
    typer.Option(
        "--file-passphrase-fd",
        metavar="N",
        help="Read the passphrase of that file from this open file descriptor.",
    ),
]


@with_store_options
def export(
    context: Context,
    output: Annotated[Path, typer.Option(metavar="FILE", help="The new file.")],
    client: ClientOption = None,
    everybody: AllOption = False,
    format: Annotated[
        FileFormat | None,
        typer.Option(
            help="json has everything, csv is for statistics, fhir for a clinic's own record. "
            "If left out: as the name of the file ends (.json, .csv, .fhir.json)."
        ),
    ] = None,
    encrypt: Annotated[
        bool,
        typer.Option(
            "--encrypt",
            help="Encrypt it, for age or rage; so does a name that ends in .age.",
        ),
    ] = False,
    file_passphrase_fd: FilePassphraseOption = None,
    region: RegionOption = None,
    *,
    store: StoreOptions,
) -> int:
    """Write one client's sittings, or all, to a new file that only you can open.

    It is not encrypted unless you say so. What nobody has acknowledged is marked in it.

    Example: moodcheck history export --client C-014 --output c-014.json
    """
    code, where = whose(client, everybody=everybody), find_region(context, region)
    refuse_unwritable(output)
    is_encrypted = encrypt or file_passphrase_fd is not None or output.suffix == ".age"
    if is_encrypted:
        age_file.refuse_if_not_installed()
    with unlocked(context, store) as history:
        found = to_export(history, code, lambda: _known_questionnaires(context))
        if not found.lost:
            say_unacknowledged(context, history.unacknowledged(), code)
        passphrase = _file_passphrase(file_passphrase_fd) if is_encrypted else None
        chosen = format or _by_name(output)
        # Entered first: an export that nobody knows of is worse than one that did not come about.
        is_entered = enter_export(history, code, f"{chosen} to {output.absolute()}", context.now())
        content = _written(context, found, history.id, code, chosen, where)
    write_private(output, age_file.encrypted(content, passphrase) if passphrase else content)
    tell(_said_of(context, output, found.records, is_encrypted=is_encrypted))
    if chosen is FileFormat.FHIR:
        tell(_what_fhir_has())
    _say_help(context, found.records, where)
    if found.lost or not is_entered:
        raise _damaged(output, found)
    return 0


def export_client(context: Context, history: HistoryStore, code: str, output: Path) -> str:
    """Write a client's sittings as JSON to a new file; return what to say of it.

    Raises:
        CannotCreate, IOFailed: when it cannot be written there.
        BadData: when the history is damaged; what could be read is in the file then.
    """
    refuse_unwritable(output)
    found = to_export(history, code, lambda: _known_questionnaires(context))
    is_entered = enter_export(history, code, f"json to {output.absolute()}", context.now())
    write_private(output, _as_json(context, found, history.id, code))
    if found.lost or not is_entered:
        raise _damaged(output, found)
    return _said_of(context, output, found.records, is_encrypted=False)


def schema() -> int:
    """Print the JSON Schema of an exported history.

    Example: moodcheck history schema > history.schema.json
    """
    write_out(history_schema())
    return 0


def _known_questionnaires(context: Context) -> list[Questionnaire]:
    found = [one.found for one in listed_questionnaires(context.language)]
    return [one for one in found if isinstance(one, Questionnaire)]


def _by_name(output: Path) -> FileFormat:
    """Return the format that the name of a file says, encrypted or not."""
    name = output.name.lower().removesuffix(".age")
    if name.endswith(".fhir.json"):
        return FileFormat.FHIR
    return FileFormat.CSV if name.endswith(".csv") else FileFormat.JSON


def _written(
    context: Context,
    found: Salvage,
    own: str,
    code: str | None,
    chosen: FileFormat,
    where: Region,
) -> str:
    match chosen:
        case FileFormat.CSV:
            return history_csv(found.records, notice=context.language.notice)
        case FileFormat.JSON:
            return _as_json(context, found, own, code)
        case FileFormat.FHIR:
            directory, language, now = context.crisis_directory, context.language, context.now()
            shown = [
                summarize_record(one, directory, language, region=where, now=now)
                for one in found.records
            ]
            return history_bundle(shown, own, without=found.lost)


def _as_json(context: Context, found: Salvage, own: str, code: str | None) -> str:
    exported = Exported(found.records, context.now(), own, found.audit, found.lost)
    return write_history(exported, notice=context.language.notice, client=code)


def _damaged(output: Path, found: Salvage) -> BadData:
    name = str(output)
    return BadData(
        f"The history is damaged. What could be read of it is in {name}; the rest is lost from it",
        mend="Keep that file, and bring back a copy of the history",
        problems=found.lost,
    )


def _file_passphrase(descriptor: int | None) -> str:
    if descriptor is not None:
        return passphrase_from(descriptor)
    return new_passphrase(
        _("The file will be encrypted with a passphrase of its own. Nobody can recover it.")
    )


def _said_of(
    context: Context, output: Path, records: tuple[Record, ...], *, is_encrypted: bool
) -> str:
    count = len(records)
    written = ngettext(
        "{count} sitting written to {name}.", "{count} sittings written to {name}.", count
    ).format(count=count, name=str(output))
    plain = _("It is not encrypted: whoever can open your files can read it.")
    locked = _("Whoever has its passphrase can read it; age and rage open it too.")
    return f"{written} {locked if is_encrypted else plain} {context.language.not_a_diagnosis}"


def _what_fhir_has() -> str:
    return _(
        "It names clients by their codes alone; what was written in somebody's own words is in it. "
        "FHIR has no place for the audit: --format json has that, too."
    )


def _say_help(context: Context, records: tuple[Record, ...], where: Region) -> None:
    """Show help lines where a sitting needs them first: whoever exports it should see them."""
    if any(map(needs_help_first, records)):
        say_document(help_document(context.help_panel(where)))
