"""`moodcheck session`: a counselor's sittings with clients, and who their clients are."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.checkin import sitting
from moodcheck.checkin.dialogue import Setting
from moodcheck.cli.check_in import refuse_without_wording
from moodcheck.cli.options import (
    EnterOption,
    PlainOption,
    PlainOrJson,
    PlainOrJsonOption,
    RegionOption,
    StoreOptions,
    find_region,
    wants_plain,
    with_store_options,
)
from moodcheck.cli.show import show_document
from moodcheck.cli.store import unlocked
from moodcheck.core.administration import Administration, Unanswered
from moodcheck.core.questionnaire import Questionnaire
from moodcheck.errors import Locked, MoodcheckError, UsageError
from moodcheck.files.private_file import refuse_unwritable, write_private
from moodcheck.history.client_code import counselors_code
from moodcheck.history.listing import client_list
from moodcheck.history.opening import open_history
from moodcheck.history.record import Record, RecordState, SittingMode
from moodcheck.history.session.counselor import CounselorSession, SessionServices
from moodcheck.history.store.lock_state import wait_before_unlocking
from moodcheck.history.views import history_json
from moodcheck.history.views.clients_view import client_list_document
from moodcheck.loading.context import Context
from moodcheck.terminal.console import is_terminal, tell, write_out
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moodcheck.history.store.store import EncryptedStore

LockOption = Annotated[
    float,
    typer.Option(
        metavar="MINUTES", min=0.01, max=120, help="Lock when no key was pressed for this long."
    ),
]


WithOption = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="ID",
        help="Ask this questionnaire as well, after it. May be given more than once.",
    ),
]


@with_store_options
def start(
    context: Context,
    client: Annotated[
        str, typer.Argument(metavar="CODE", help="The client's code. Use a pseudonym, not a name.")
    ],
    questionnaire: Annotated[str, typer.Argument(help="Its id, or a YAML file.")] = "symptoms",
    and_then: WithOption = None,
    hand_over: Annotated[
        bool,
        typer.Option(
            "--hand-over",
            help="Hand over the keyboard: the client sees nothing else.",
        ),
    ] = False,
    lock_after: LockOption = 5,
    region: RegionOption = None,
    plain: PlainOption = False,
    enter: EnterOption = False,
    *,
    store: StoreOptions,
) -> int:
    """Hold a session with a client: read the questions aloud, or hand over the keyboard.

    Every answer is saved at once in the encrypted history. An answer about death or suicide, or any
    other that cannot wait, has to be acknowledged before its sitting can be closed; until then it
    is shown first. Several questionnaires share one hand-over and one closing view. What is shown
    is not a diagnosis.

    Example: moodcheck session start C-014 --hand-over
    """
    mode = SittingMode.HAND_OVER if hand_over else SittingMode.READ_ALOUD
    refuse_unfit_terminal(mode)
    code, where = counselors_code(client), find_region(context, region)
    asked = asked_of(context, [questionnaire, *(and_then or ())])
    with unlocked(context, store, may_be_made=True) as history:
        services = services_of(context, history, store, lock_after)
        is_plain = wants_plain(plain=plain)
        with sitting.opened(
            setting(context, asked[0], enter=enter), where, is_plain=is_plain
        ) as person:
            records = CounselorSession(person, services).conduct(code, asked, mode)
    for record in records:
        tell(_how_it_stands(context, record))
    return 0


@with_store_options
def list_clients(
    context: Context,
    region: RegionOption = None,
    format: PlainOrJsonOption = PlainOrJson.PLAIN,
    plain: PlainOption = False,
    *,
    store: StoreOptions,
) -> int:
    """List your clients, each with the last sitting. What nobody has acknowledged comes first.

    Example: moodcheck session list
    """
    del plain  # they are only ever lines
    where = find_region(context, region)
    with unlocked(context, store) as history:
        records = history.records()
    clients = client_list(records, context.language, context.help_panel(where), context.now())
    if format is PlainOrJson.JSON:
        write_out(history_json.client_list(clients))
    else:
        show_document(client_list_document(clients))
    return 0


def asked_of(context: Context, names: Sequence[str]) -> list[Questionnaire]:
    """Return the questionnaires of a session, in their order.

    Raises:
        UsageError: when one is named twice.
        BadData: when one has no wording.
    """
    asked = [context.questionnaire(name) for name in names]
    for position, one in enumerate(asked):
        refuse_without_wording(one)
        if one.id in [earlier.id for earlier in asked[:position]]:
            raise UsageError(f"'{one.id}' is named twice", mend="Name each questionnaire once")
    return asked


def services_of(
    context: Context, history: EncryptedStore, options: StoreOptions, lock_after: float
) -> SessionServices:
    """Return what a session needs from outside."""
    return SessionServices(
        store=history,
        opens=lambda typed: _opens(context, history, options.path, typed),
        wait=lambda: wait_before_unlocking(options.path, context.now()),
        clock=context.now,
        summarize=context.summarize,
        write=_write_answers,
        lock_after=lock_after,
        inside=_inside(),
    )


def _opens(context: Context, history: EncryptedStore, path: Path, typed: str) -> bool:
    """Return whether this is the passphrase; asked anew, whatever a keyring would give.

    Who unlocked the session gets it back, also when the history was deleted or given another
    passphrase meanwhile: what was answered is still in memory.
    """
    try:
        open_history(path, typed, context.now()).close_file()
    except Locked:
        return history.was_opened_by(typed)
    except MoodcheckError:
        if history.was_opened_by(typed):
            return True
        raise
    return True


def _write_answers(sitting: Administration, name: str) -> str:
    """Write answers that could not be saved to a new file; return what to say of it.

    Raises:
        MoodcheckError: when it cannot be written there.
    """
    path = Path(name).expanduser()
    refuse_unwritable(path)
    reached = {
        item: reason
        for item, reason in sitting.unanswered.items()
        if reason is not Unanswered.NOT_REACHED
    }
    write_private(
        path, json.dumps({**sitting.answers, **sitting.words, **reached}, indent=2) + "\n"
    )
    said = _("Written to {name}. It is not encrypted: whoever can open your files can read it.")
    return said.format(name=str(path))


def _inside() -> str:
    """Return the program with keys of its own that this terminal runs inside of."""
    named = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "Zellij"}
    return next((name for variable, name in named.items() if os.environ.get(variable)), "")


def refuse_unfit_terminal(mode: SittingMode) -> None:
    """Raise UsageError where nobody could sit down in that mode."""
    sitting.refuse_if_nobody_could_see()
    if not is_terminal(sys.stdin) or sys.platform == "win32":
        raise UsageError(
            "A session needs somebody at a terminal of Linux or macOS, and there is none",
            mend="Start it at one, with nothing redirected into it",
        )
    if mode is SittingMode.HAND_OVER and not sitting.takes_single_keys():
        raise UsageError(
            "A hand-over needs a terminal that can be cleared and locked, and this one cannot: "
            "its TERM is 'dumb', 'unknown' or not set",
            mend="Start it at another terminal, or read aloud, without --hand-over",
        )


def setting(context: Context, asked: Questionnaire, *, enter: bool) -> Setting:
    """Return what a session is about and what it promises."""
    return Setting(
        questionnaire=asked,
        language=context.language,
        directory=context.crisis_directory,
        region_called=context.region_called,
        today=context.now().date(),
        traces=(),
        needs_enter=enter,
        is_piped=False,
        is_discreet=True,  # the next one at this computer reads nothing of it
    )


def _how_it_stands(context: Context, record: Record) -> str:
    said = {
        RecordState.OPEN: _("Interrupted. The answers so far are saved."),
        RecordState.ANSWERED: _("The sitting is saved, but not closed."),
        RecordState.CLOSED: _("The sitting is saved and closed."),
    }[record.state]
    client = record.client
    if record.unacknowledged:
        said = f"{_('NOT ACKNOWLEDGED')}. {said}"
    if record.state is not RecordState.CLOSED:
        go_on = _("Go on with: moodcheck session start {client}").format(client=client)
        said = f"{said} {go_on}."
    return f"{client}, {record.short_id}: {said} {context.language.notice}"
