"""What the commands about saved sittings share: whose they are, and opening the history."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.cli.store_options import StoreWishes, opened_history
from moodcheck.domain.client_code import OWN
from moodcheck.errors import UsageError
from moodcheck.terminal.console import say, size_of
from moodcheck.translation import gettext as _

if TYPE_CHECKING:
    from moodcheck.application.ports import HistoryStore
    from moodcheck.domain.history import Record

RecordArgument = Annotated[str, typer.Argument(help="The id of a record: see history list.")]

ClientOption = Annotated[
    str | None,
    typer.Option("--client", metavar="CODE", help=f"Whose sittings; '{OWN}' when left out."),
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
def unlocked(wishes: StoreWishes, *, may_be_made: bool = False) -> Iterator[HistoryStore]:
    """Open the history, and say before anything else what in it nobody has acknowledged."""
    with opened_history(wishes, may_be_made=may_be_made) as store:
        say(unacknowledged_text(store.unacknowledged()))
        yield store


def say_what_else_is_open(store: HistoryStore, shown: Collection[Record]) -> None:
    """Say what nobody has acknowledged in other sittings than those that are shown themselves."""
    ids = {record.id for record in shown}
    say(unacknowledged_text([one for one in store.unacknowledged() if one.id not in ids]))


def unacknowledged_text(records: Collection[Record]) -> str:
    """Return what in these records nobody has acknowledged, one sentence a line."""
    unseen = [record for record in records if record.unacknowledged]
    if not unseen:
        return ""
    from moodcheck import api
    from moodcheck.domain.critical_line import critical_lines
    from moodcheck.formats.critical_text import critical_sentence
    from moodcheck.formats.plain import joined

    lines = critical_lines(unseen, api.language(), api.now())
    sentences = [critical_sentence(line) for line in lines if line.needs_acknowledgement]
    return joined([sentences], size_of(sys.stderr)[0])


def tell(*sentences: str) -> None:
    """Say sentences that are not data, each on lines of its own that fit the window."""
    from moodcheck.formats.plain import joined

    say(joined([list(sentences)], size_of(sys.stderr)[0]))


def is_confirmed(question: str, word: str) -> bool:
    """Ask for a word to be typed, and return whether it was; anything else is a no."""
    tell(question, _("Type '{word}' and press Enter to go on:").format(word=word))
    say("> ")
    typed = sys.stdin.readline() if sys.stdin is not None else ""
    if not typed.endswith("\n"):
        say("\n")
    return typed.strip() == word
