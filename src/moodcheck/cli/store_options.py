"""Options of every command that opens the history, and how it is unlocked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from math import ceil
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

from moodcheck.errors import InputNotFound, Locked, UsageError
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.history.store.store import EncryptedStore

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="FILE",
        help="The file of the history. If left out: MOODCHECK_STORE, or your own.",
    ),
]

PassphraseOption = Annotated[
    int | None,
    typer.Option(
        "--passphrase-fd", metavar="N", help="Read the passphrase from this open file descriptor."
    ),
]

CodeOption = Annotated[
    int | None,
    typer.Option(
        "--recovery-code-fd",
        metavar="N",
        help="Read a recovery code from this open file descriptor instead.",
    ),
]

KeyringOption = Annotated[
    bool,
    typer.Option(
        "--keyring",
        help="Keep the passphrase in the keyring of your operating system (an optional part).",
    ),
]

_PARAMETERS = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=option)
    for name, option, default in (
        ("store", StoreOption, None),
        ("passphrase_fd", PassphraseOption, None),
        ("recovery_code_fd", CodeOption, None),
        ("keyring", KeyringOption, False),
    )
]

_TRIES = 3


@dataclass(frozen=True, slots=True)
class StoreWishes:
    """Which history, and where its passphrase comes from."""

    store: Path | None = None
    passphrase_fd: int | None = None
    keyring: bool = False
    recovery_code_fd: int | None = None

    @property
    def path(self) -> Path:
        """Where the history is, or will be."""
        from moodcheck.wiring.history import default_store

        if self.store is not None:
            return self.store
        setting = os.environ.get("MOODCHECK_STORE")
        return Path(setting) if setting else default_store()


def at_a_history(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options above, as its last ones; it takes them as `store`."""

    @wraps(command)
    def with_options(
        *,
        store: Path | None,
        passphrase_fd: int | None,
        recovery_code_fd: int | None,
        keyring: bool,
        **others: object,
    ) -> int:
        if passphrase_fd is not None and recovery_code_fd is not None:
            raise UsageError(
                "--passphrase-fd and --recovery-code-fd contradict each other",
                mend="Use one of the two",
            )
        wishes = StoreWishes(store, passphrase_fd, keyring, recovery_code_fd)
        return command(**others, store=wishes)

    own = signature(command, eval_str=True)
    others = [one for one in own.parameters.values() if one.name != "store"]
    # Typer reads the options of a command from its signature.
    whole = own.replace(parameters=[*others, *_PARAMETERS])
    with_options.__signature__ = whole  # type: ignore[attr-defined]
    return with_options


@contextmanager
def opened_history(wishes: StoreWishes, *, may_be_made: bool = False) -> Iterator[EncryptedStore]:
    """Unlock the history; make it first where there is none and that is wanted.

    Raises:
        InputNotFound: when there is none and it may not be made.
        Locked: when the passphrase is wrong, three times at a terminal.
        BadData, CannotCreate, IOFailed, UsageError, PartNotInstalled: as the adapters.
    """
    with unlocked(wishes, may_be_made=may_be_made) as store:
        yield store


def unlocked(wishes: StoreWishes, *, may_be_made: bool) -> EncryptedStore:
    """Return the history, unlocked; whoever asked for it closes it. Raises as `opened_history`.

    Where it is damaged that is said, once, before anything else.
    """
    from moodcheck.wiring.history import refuse_missing

    refuse_missing()
    path = wishes.path
    if not os.path.lexists(path):
        if not may_be_made:
            raise InputNotFound(
                "There is no history yet",
                mend="It is made by 'moodcheck check --save' or 'moodcheck session start CODE'",
            )
        return _made(wishes, path)
    store = _by_descriptor(wishes, path) or _by_keyring(wishes, path) or _by_person(wishes, path)
    if store.damage is not None:
        from moodcheck import api
        from moodcheck.report.times import day

        said = _(
            "This history is damaged (noticed {day}). To see what can still be read, run "
            "'moodcheck history verify'. To rescue it, run 'moodcheck history export --all'."
        )
        tell(said.format(day=day(store.damage, api.now())))
    return store


def _made(wishes: StoreWishes, path: Path) -> EncryptedStore:
    from moodcheck import api
    from moodcheck.history.passphrase import (
        new_passphrase,
        offer_recovery_code,
        passphrase_from,
        warn_if_weak,
    )
    from moodcheck.wiring.history import make_history

    if wishes.recovery_code_fd is not None:
        raise InputNotFound("There is no history yet", mend="A recovery code opens one that exists")
    if wishes.passphrase_fd is not None:
        passphrase = passphrase_from(wishes.passphrase_fd)
        warn_if_weak(passphrase)
    else:
        passphrase = new_passphrase(api.language().forgotten_passphrase)
    store = make_history(path, passphrase, api.now())
    _keep(wishes, path, passphrase)
    if wishes.passphrase_fd is None:
        offer_recovery_code(lambda: store.recovery_code(api.now()))
    return store


def _by_descriptor(wishes: StoreWishes, path: Path) -> EncryptedStore | None:
    from moodcheck.history.passphrase import code_from, passphrase_from
    from moodcheck.wiring.history import open_history

    if wishes.recovery_code_fd is not None:
        typed = code_from(wishes.recovery_code_fd)
    elif wishes.passphrase_fd is not None:
        typed = passphrase_from(wishes.passphrase_fd)
    else:
        return None
    _wait(path)
    return open_history(path, typed)


def _by_keyring(wishes: StoreWishes, path: Path) -> EncryptedStore | None:
    from moodcheck.wiring.history import open_history, passphrase_in_keyring

    kept = passphrase_in_keyring(path) if wishes.keyring else None
    if kept is None:
        return None
    try:
        return open_history(path, kept)
    except Locked:
        tell(_("The passphrase in the keyring does not open this history."))
        return None


def _by_person(wishes: StoreWishes, path: Path) -> EncryptedStore:
    from moodcheck.history.passphrase import asked_passphrase
    from moodcheck.wiring.history import open_history, refuse_unusable_history

    refuse_unusable_history(path)  # nobody should type a passphrase for nothing
    for tried in range(1, _TRIES + 1):
        _wait(path)
        passphrase = asked_passphrase(_("Passphrase: "))
        try:
            store = open_history(path, passphrase)
        except Locked as error:
            if tried == _TRIES:
                raise
            tell(str(error))
        else:
            _keep(wishes, path, passphrase)
            return store
    raise AssertionError


def _wait(path: Path) -> None:
    """Let whoever guesses wait a while; it grows with each wrong passphrase."""
    from moodcheck.wiring.history import wait_before_unlocking

    seconds = ceil(wait_before_unlocking(path))
    if seconds:
        said = ngettext(
            "Please wait {count} second: the last passphrase was wrong.",
            "Please wait {count} seconds: the last passphrase was wrong.",
            seconds,
        )
        tell(said.format(count=seconds))
        sleep(seconds)


def _keep(wishes: StoreWishes, path: Path, passphrase: str) -> None:
    if wishes.keyring:
        from moodcheck.wiring.history import keep_in_keyring

        keep_in_keyring(path, passphrase)
