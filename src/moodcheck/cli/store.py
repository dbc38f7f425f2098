"""How the history is unlocked, or made, as the options of a command say."""

from __future__ import annotations

import os
from math import ceil
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from moodcheck.cli.options import StoreOptions
from moodcheck.errors import InputNotFound, Locked
from moodcheck.history.opening import make_history, open_history, refuse_if_not_installed
from moodcheck.history.passphrase import (
    asked_passphrase,
    code_from,
    new_passphrase,
    offer_recovery_code,
    passphrase_from,
    warn_if_weak,
)
from moodcheck.history.store.lock_state import wait_before_unlocking
from moodcheck.history.store.os_keyring import keep_in_keyring, passphrase_in_keyring
from moodcheck.history.store.store_file import refuse_unusable
from moodcheck.loading.context import Context
from moodcheck.report.times import day
from moodcheck.terminal.console import tell
from moodcheck.translation import gettext as _
from moodcheck.translation import ngettext

if TYPE_CHECKING:
    from moodcheck.history.store.store import EncryptedStore

_TRIES = 3


def unlocked(
    context: Context, options: StoreOptions, *, may_be_made: bool = False
) -> EncryptedStore:
    """Return the history, unlocked, to be closed by the caller; where it is wanted, make it first.

    Where it is damaged that is said, once, before anything else.

    Raises:
        InputNotFound: when there is none and it may not be made.
        Locked: when the passphrase is wrong, three times at a terminal.
        BadData, CannotCreate, IOFailed, UsageError, PartNotInstalled: as the adapters.
    """
    refuse_if_not_installed()
    path = options.path
    if not os.path.lexists(path):
        if not may_be_made:
            raise InputNotFound(
                "There is no history yet",
                mend="It is made by 'moodcheck check --save' or 'moodcheck session start CODE'",
            )
        return _made(context, options, path)
    store = (
        _by_descriptor(context, options, path)
        or _by_keyring(context, options, path)
        or _by_person(context, options, path)
    )
    if store.damage is not None:
        said = _(
            "This history is damaged (noticed {day}). To see what can still be read, run "
            "'moodcheck history verify'. To rescue it, run 'moodcheck history export --all'."
        )
        tell(said.format(day=day(store.damage, context.now())))
    return store


def _made(context: Context, options: StoreOptions, path: Path) -> EncryptedStore:
    if options.recovery_code_fd is not None:
        raise InputNotFound("There is no history yet", mend="A recovery code opens one that exists")
    passphrase = chosen_passphrase(context, options.passphrase_fd)
    store = make_history(path, passphrase, context.now())
    _keep(options, path, passphrase)
    if options.passphrase_fd is None:
        offer_recovery_code(lambda: store.recovery_code(context.now()))
    return store


def chosen_passphrase(context: Context, descriptor: int | None) -> str:
    """Return a new passphrase for a history, from a descriptor or asked for twice."""
    if descriptor is None:
        return new_passphrase(context.language.forgotten_passphrase)
    passphrase = passphrase_from(descriptor)
    warn_if_weak(passphrase)
    return passphrase


def _by_descriptor(context: Context, options: StoreOptions, path: Path) -> EncryptedStore | None:
    if options.recovery_code_fd is not None:
        typed = code_from(options.recovery_code_fd)
    elif options.passphrase_fd is not None:
        typed = passphrase_from(options.passphrase_fd)
    else:
        return None
    _wait(context, path)
    return open_history(path, typed, context.now())


def _by_keyring(context: Context, options: StoreOptions, path: Path) -> EncryptedStore | None:
    kept = passphrase_in_keyring(path) if options.keyring else None
    if kept is None:
        return None
    try:
        return open_history(path, kept, context.now())
    except Locked:
        tell(_("The passphrase in the keyring does not open this history."))
        return None


def _by_person(context: Context, options: StoreOptions, path: Path) -> EncryptedStore:
    refuse_unusable(path)  # nobody should type a passphrase for nothing
    for tried in range(1, _TRIES + 1):
        _wait(context, path)
        passphrase = asked_passphrase(_("Passphrase: "))
        try:
            store = open_history(path, passphrase, context.now())
        except Locked as error:
            if tried == _TRIES:
                raise
            tell(error)
        else:
            _keep(options, path, passphrase)
            return store
    raise AssertionError


def _wait(context: Context, path: Path) -> None:
    """Let whoever guesses wait a while; it grows with each wrong passphrase."""
    seconds = ceil(wait_before_unlocking(path, context.now()))
    if seconds:
        said = ngettext(
            "Please wait {count} second: the last passphrase was wrong.",
            "Please wait {count} seconds: the last passphrase was wrong.",
            seconds,
        )
        tell(said.format(count=seconds))
        sleep(seconds)


def _keep(options: StoreOptions, path: Path, passphrase: str) -> None:
    if options.keyring:
        keep_in_keyring(path, passphrase)
