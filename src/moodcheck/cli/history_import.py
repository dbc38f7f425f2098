"""`moodcheck history import|undo-import`: saved sittings taken in from a file, and out again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.cli.history_files import FilePassphraseOption
from moodcheck.cli.history_import_fhir import Answered, exported_responses
from moodcheck.cli.history_options import is_confirmed, say_unacknowledged, unlocked_with_reminder
from moodcheck.cli.interop_options import FormOption
from moodcheck.cli.options import StoreOptions, with_store_options
from moodcheck.cli.score_options import MapOption
from moodcheck.cli.show import say_document, show_document
from moodcheck.errors import ExitCode, UsageError
from moodcheck.history.client_code import OWN, client_code, same_client
from moodcheck.history.exchange import age_file, reading
from moodcheck.history.exchange.responses import is_responses
from moodcheck.history.exported import Exported
from moodcheck.history.importing import Brought, Plan, import_named, import_records, plan_import
from moodcheck.history.passphrase import asked_passphrase, passphrase_from
from moodcheck.history.views import import_view
from moodcheck.loading.context import Context
from moodcheck.safe_text import safe_text
from moodcheck.terminal.console import is_terminal, say, tell
from moodcheck.terminal.progress import progress_bar
from moodcheck.translation import gettext as _


@with_store_options
def import_sittings(
    context: Context,
    file: Annotated[
        Path,
        typer.Argument(help="The exported JSON file, plain or encrypted; or responses of FHIR."),
    ],
    renamed: Annotated[
        list[str] | None,
        typer.Option(
            "--as",
            metavar="OLD=NEW",
            help="File the sittings of OLD under NEW. May be given more than once.",
        ),
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Add to this client, who is here already. May be given more than once.",
        ),
    ] = None,
    accept_all: Annotated[
        bool,
        typer.Option(
            "--accept-all",
            help="Add to every client who is here already, but not to your own 'me'.",
        ),
    ] = False,
    client: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Whose the responses of FHIR are."),
    ] = None,
    questionnaire: Annotated[
        str | None,
        typer.Option(
            help="What the responses of FHIR answer: its id, or a YAML file. If left out: the map "
            "says it."
        ),
    ] = None,
    form: FormOption = None,
    map: MapOption = None,
    file_passphrase_fd: FilePassphraseOption = None,
    *,
    store: StoreOptions,
) -> int:
    """Import sittings from a file. It first shows which clients are in the file.

    The file is one that 'history export' wrote, or has responses of FHIR: these are filed under
    the client that you name, each of them once.

    Nothing is added to a client who is here already until you say that it is the same person.
    What is here already stays as it is. An import can be undone with 'history undo-import'.

    Example: moodcheck history import c-014.json --as C-014=C-114
    """
    names, accepted = _renamed(renamed or []), set(accept or [])
    answered = Answered(client, questionnaire, form, map)
    exported = _read(context, file, file_passphrase_fd, answered)
    if client is not None:
        accepted.add(client_code(client))
    with unlocked_with_reminder(context, store, may_be_made=True) as history:
        plan = plan_import(history, exported, names)
        document = import_view.preview_document(plan, name=file.name, own=history.id)
        say_document(document)
        if accept_all:
            accepted |= {one.under for one in plan.brought if not same_client(one.under, OWN)}
        agreed = _agreed(plan, lambda: plan_import(history, exported, names), names, accepted)
        if agreed is None:
            tell(_("Nothing was imported."))
            return ExitCode.USAGE
        with progress_bar() as bar:
            came = import_records(
                history, agreed, at=context.now(), source=file.name,
                progress=lambda count: bar(0, count / len(agreed.new)),
            )  # fmt: skip
        tell(*import_view.what_came(agreed, came))
        say_unacknowledged(context, agreed.new, client=None)
    return ExitCode.OK


@with_store_options
def undo_import(
    context: Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The import. If left out: all imports are listed."),
    ] = None,
    *,
    store: StoreOptions,
) -> int:
    """Undo a whole import: every sitting that it brought is deleted for good.

    Without an id, it lists the imports.

    Example: moodcheck history undo-import k3v9x0aa71mq
    """
    with unlocked_with_reminder(context, store) as history:
        if name is None:
            found = history.imports()
            show_document(import_view.imports_document(found))
            if not found:
                tell(_("Nothing was imported so far."))
            return ExitCode.OK
        came = import_named(history, name)
        records = [history.record(record) for record in came.records]
        if not is_confirmed(import_view.what_undoing_deletes(came, records), _("undo")):
            tell(_("Nothing was deleted."))
            return ExitCode.USAGE
        tell(import_view.undone(history.undo_import(came.id, context.now())))
    return ExitCode.OK


def _renamed(wishes: list[str]) -> dict[str, str]:
    """Return what was asked for with --as.

    Raises:
        UsageError: when one has not two codes, or one code gets two others.
    """
    names: dict[str, str] = {}
    for wish in wishes:
        old, equals, new = wish.partition("=")
        if not equals:
            raise UsageError(
                f"--as '{safe_text(wish[:64])}' does not name two client codes",
                mend="Write the code in the file, then the one it gets here: --as C-014=C-114",
            )
        if any(same_client(client_code(old), known) for known in names):
            raise UsageError(f"--as gives {old} two other codes", mend="Name one")
        names[old] = client_code(new)
    return names


def _read(context: Context, file: Path, descriptor: int | None, answered: Answered) -> Exported:
    content = reading.read_export(file)
    if age_file.is_encrypted(content):
        prompt = _("Passphrase of the file: ")
        passphrase = asked_passphrase(prompt) if descriptor is None else passphrase_from(descriptor)
        content = age_file.decrypted(content, passphrase)
    shown = safe_text(str(file))
    if is_responses(content):
        return exported_responses(context, shown, content, answered)
    answered.refuse()
    return reading.read_history(shown, content, context.language)


def _not_accepted(waiting: tuple[Brought, ...]) -> UsageError:
    codes = [safe_text(one.under) for one in waiting]
    accepting = " ".join(f"--accept {code}" for code in codes)
    where = _("here already, or may be somebody else here")
    return UsageError(
        f"{', '.join(codes)}: {where}, and nothing was imported",
        mend=f"If it is the same person, use {accepting}; "
        f"else file the sittings under another code with --as {codes[0]}=NEW",
    )


def _agreed(
    plan: Plan, planned: Callable[[], Plan], names: dict[str, str], accepted: set[str]
) -> Plan | None:
    """Ask about each client who is here already; return what is to be imported, None for nothing.

    Args:
        plan: as it is now.
        planned: makes it anew, when a client got another code.
        names: the codes that clients of the file get here; grows.
        accepted: the clients to whom sittings may be added; grows.

    Raises:
        UsageError: when nobody can be asked.
    """
    while waiting := plan.not_accepted(accepted):
        if not is_terminal(sys.stdin):
            raise _not_accepted(waiting)
        if not _is_answered(waiting[0], names, accepted):
            return None
        plan = planned()
    return plan


def _is_answered(asked: Brought, names: dict[str, str], accepted: set[str]) -> bool:
    """Ask about a client who is here already; return whether the import goes on."""
    tell(import_view.question(asked))
    say("> ")
    typed = sys.stdin.readline().strip()
    if not typed:
        return False
    try:
        code = client_code(typed)
    except UsageError as error:
        tell(error)  # and ask again
        return True
    if same_client(code, asked.under):
        accepted.add(asked.under)
    else:
        names[asked.code.lower()] = code
    return True
