"""What the commands about saved sittings share: whose they are, and opening the history."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from moodcheck.cli.options import StoreOptions
from moodcheck.cli.show import say_document
from moodcheck.cli.store import unlocked
from moodcheck.errors import BadData, IOFailed, UsageError
from moodcheck.history import keeping
from moodcheck.history.client_code import OWN
from moodcheck.history.critical import waiting
from moodcheck.history.port import HistoryStore
from moodcheck.history.record import AuditAction, Record
from moodcheck.history.views.critical_text import all_waiting, critical_sentence, others_waiting
from moodcheck.loading.context import Context
from moodcheck.report.document import Document, Paragraph, Section
from moodcheck.terminal.console import say, tell
from moodcheck.translation import gettext as _

SittingArgument = Annotated[
    str,
    typer.Argument(
        metavar="SITTING", help="Its id, or the beginning of it: see moodcheck history list."
    ),
]

YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking; for scripts.")]

ClientOption = Annotated[
    str | None,
    typer.Option(
        "--client",
        metavar="CODE",
        help=f"The client whose sittings you mean. If left out: your own ('{OWN}').",
    ),
]

AllOption = Annotated[bool, typer.Option("--all", help="The sittings of every client.")]


def whose(client: str | None, *, everybody: bool) -> str | None:
    """Return the client code that was asked for; None for every client.

    Raises:
        UsageError: when both were asked for.
    """
    if client is not None and everybody:
        raise UsageError("--client and --all contradict each other", mend="Use one of the two")
    return None if everybody else client or OWN


@contextmanager
def unlocked_with_reminder(
    context: Context,
    options: StoreOptions,
    *,
    client: str | None = None,
    may_be_made: bool = False,
) -> Iterator[HistoryStore]:
    """Open the history, and say before anything else what in it nobody has acknowledged.

    Of other clients than `client` only how much: whoever is asked about may be looking.
    """
    with unlocked(context, options, may_be_made=may_be_made) as store:
        say_unacknowledged(context, _waiting(store), client)
        yield store


@contextmanager
def sitting_opened(
    context: Context, options: StoreOptions, name: str, *, is_shown: bool = True
) -> Iterator[tuple[HistoryStore, Record]]:
    """Open the history and find a sitting; say first what nobody has acknowledged.

    Args:
        context: what every command needs.
        options: which history, and how it is unlocked.
        name: the id of the sitting, or the beginning of it.
        is_shown: whether the command itself says what waits in this sitting.

    Raises:
        InputNotFound, UsageError: when there is no such sitting, or several.
    """
    with unlocked(context, options) as store:
        found = keeping.sitting(store, name)
        say_what_else_waits(context, store, [found] if is_shown else [], found.client)
        yield store, found


def say_what_else_waits(
    context: Context, store: HistoryStore, shown: Collection[Record], client: str | None
) -> None:
    """Say what nobody has acknowledged in other sittings than those that are shown themselves.

    Of other clients than `client` only how much.
    """
    ids = {record.id for record in shown}
    others = [one for one in _waiting(store) if one.id not in ids]
    say_unacknowledged(context, others, client)


def _waiting(store: HistoryStore) -> tuple[Record, ...]:
    try:
        return store.unacknowledged()
    except BadData:
        # Nothing that can still be done with a damaged history waits for this.
        tell(_("What nobody has acknowledged cannot be read: the history is damaged."))
        return ()


def say_unacknowledged(context: Context, records: Collection[Record], client: str | None) -> None:
    """Say `unacknowledged_sentences`, each on lines of its own that fit the window."""
    sentences = unacknowledged_sentences(context, records, client)
    if sentences:
        said = Document("", (Section("", tuple(map(Paragraph, sentences))),))
        say_document(said)


def unacknowledged_sentences(
    context: Context, records: Collection[Record], client: str | None
) -> list[str]:
    """Return what in these records nobody has acknowledged: of `client` in full, else how much."""
    if not any(record.unacknowledged for record in records):
        return []
    found = waiting(records, client, context.language, context.now())
    how_to_see = _("See more with: moodcheck session list.")
    if client is None:
        elsewhere = all_waiting(len(found.others), how_to_see)
    else:
        elsewhere = others_waiting(found.others, how_to_see)
    return [said for said in (*map(critical_sentence, found.theirs), elsewhere) if said]


def enter_look(
    context: Context,
    store: HistoryStore,
    action: AuditAction,
    *,
    client: str | None,
    record: str | None = None,
) -> None:
    """Enter into the audit what is looked at; where that fails, say so and go on.

    Whoever needs to read a sitting while the disk is full should be able to.
    """
    try:
        store.log_access(action, context.now(), client=client, record=record)
    except (IOFailed, BadData) as error:
        tell(_("This look is not in the audit."), error)


def is_confirmed(question: str, word: str) -> bool:
    """Ask for a word to be typed, and return whether it was; anything else is a no."""
    tell(question, _("Type '{word}' and press Enter to go on:").format(word=word))
    say("> ")
    typed = sys.stdin.readline() if sys.stdin is not None else ""
    if not typed.endswith("\n"):
        say("\n")
    return typed.strip().lower() == word.lower()
