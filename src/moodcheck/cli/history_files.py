"""`moodcheck history export|import|schema`: saved sittings as files."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli.history_options import (
    AllOption,
    ClientOption,
    tell,
    unacknowledged_text,
    unlocked,
    whose,
)
from moodcheck.cli.options import RegionOption
from moodcheck.cli.region import find_region, panel_for
from moodcheck.cli.store_options import StoreWishes, at_a_history
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import say, size_of, write_out
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.application.ports import HistoryStore
    from moodcheck.domain.crisis import Region
    from moodcheck.domain.history import Record


class FileFormat(StrEnum):
    """What an export is written as."""

    JSON = "json"
    """Everything, to be read by machines and imported again."""
    CSV = "csv"
    """A table for statistics: a row for each item and scale."""


FilePassphraseOption = Annotated[
    int | None,
    typer.Option(
        "--file-passphrase-fd", metavar="N", help="Read the file's passphrase from there."
    ),
]


@at_a_history
def export(
    output: Annotated[Path, typer.Option(metavar="FILE", help="A new file, 0600.")],
    client: ClientOption = None,
    everybody: AllOption = False,
    format: Annotated[
        FileFormat | None, typer.Option(help="json has everything; else by the file's name.")
    ] = None,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="With a passphrase, for age and rage; also FILE.age.")
    ] = False,
    file_passphrase_fd: FilePassphraseOption = None,
    region: RegionOption = None,
    *,
    store: StoreWishes,
) -> int:
    """Write one client's sittings, or all, to a new file that only you can open.

    It is not encrypted unless you say so. What nobody has acknowledged is marked in it.

    Example: moodcheck history export --client C-014 --output c-014.json
    """
    from moodcheck import api
    from moodcheck.adapters.private_file import refuse_unwritable, write_private
    from moodcheck.application.history import records_of
    from moodcheck.domain.history import AuditAction
    from moodcheck.wiring.history import encrypted, refuse_without_age

    code, where = whose(client, everybody=everybody), find_region(region)
    refuse_unwritable(output)
    by_name = FileFormat.CSV if output.suffix == ".csv" else FileFormat.JSON
    is_encrypted = encrypt or file_passphrase_fd is not None or output.suffix == ".age"
    if is_encrypted:
        refuse_without_age()
    with unlocked(store, client=code) as history:
        records = records_of(history, code)
        passphrase = _file_passphrase(file_passphrase_fd) if is_encrypted else None
        # Entered first: an export that nobody knows of is worse than one that did not come about.
        history.looked(AuditAction.EXPORTED, api.now(), client=code, detail=str(output.name))
        content = _written(records, history, format or by_name)
    write_private(output, encrypted(content, passphrase) if passphrase else content)
    tell(_said_of(output, records, is_encrypted=is_encrypted))
    _say_help(records, where)
    return 0


@at_a_history
def import_(
    file: Annotated[Path, typer.Argument(help="A JSON export, plain or encrypted.")],
    file_passphrase_fd: FilePassphraseOption = None,
    *,
    store: StoreWishes,
) -> int:
    """Take an exported file in again. What is there already stays as it is.

    Example: moodcheck history import c-014.json
    """
    from moodcheck import api
    from moodcheck.application.history import take_in
    from moodcheck.wiring.history import read_history

    records = read_history(
        file, api.language(), passphrase=lambda: _known_passphrase(file_passphrase_fd)
    )
    with unlocked(store, may_be_made=True) as history:
        added = len(take_in(history, records, at=api.now(), source=file.name).records)
    said = ngettext("{added} sitting was taken in", "{added} sittings were taken in", added)
    there = _("{count} were there already").format(count=len(records) - added)
    tell(f"{said.format(added=added)}; {there}.")
    say(unacknowledged_text(records, client=None))
    return 0


def schema() -> int:
    """Print the JSON Schema of an exported history.

    Example: moodcheck history schema > history.schema.json
    """
    from moodcheck.wiring.history import history_schema

    write_out(history_schema())
    return 0


def _written(records: tuple[Record, ...], history: HistoryStore, chosen: FileFormat) -> str:
    from moodcheck import api
    from moodcheck.wiring.history import written_history

    notice = api.language().notice
    if chosen is FileFormat.CSV:
        from moodcheck.formats.history_csv import history_csv

        return history_csv(records, notice=notice)
    return written_history(records, history.audit(), notice=notice, exported_at=api.now())


def _file_passphrase(descriptor: int | None) -> str:
    from moodcheck.terminal.passphrase import new_passphrase, passphrase_from

    if descriptor is not None:
        return passphrase_from(descriptor)
    return new_passphrase(
        _("The file will be encrypted with a passphrase of its own. Nobody can recover it.")
    )


def _known_passphrase(descriptor: int | None) -> str:
    from moodcheck.terminal.passphrase import asked_passphrase, passphrase_from

    if descriptor is not None:
        return passphrase_from(descriptor)
    return asked_passphrase(_("Passphrase of the file: "))


def _said_of(output: Path, records: tuple[Record, ...], *, is_encrypted: bool) -> str:
    from moodcheck import api

    count = len(records)
    written = ngettext(
        "{count} sitting written to {name}.", "{count} sittings written to {name}.", count
    ).format(count=count, name=safe_text(str(output)))
    plain = _("It is not encrypted: whoever can open your files can read it.")
    locked = _("Whoever has its passphrase can read it; age and rage open it too.")
    return f"{written} {locked if is_encrypted else plain} {api.language().not_a_diagnosis}"


def _say_help(records: tuple[Record, ...], where: Region) -> None:
    """Show help lines where a sitting needs them first: whoever exports it should see them."""
    from moodcheck.domain.trend import needs_help_first
    from moodcheck.formats import plain

    if any(map(needs_help_first, records)):
        say(plain.help_panel(panel_for(where), width=size_of(sys.stderr)[0]))
