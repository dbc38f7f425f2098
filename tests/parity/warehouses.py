"""Tables in databases, by way of Ibis; PostgreSQL is started here, for this test alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import ibis

_DEBIAN = "/usr/lib/postgresql"
_NOT_ROOT = "postgres"
"""PostgreSQL refuses to run as root; its package makes this user."""


@contextmanager
def warehouse(name: str) -> Iterator[ibis.BaseBackend]:
    """Give a connection to an empty database of that kind."""
    import ibis

    match name:
        case "duckdb":
            yield ibis.duckdb.connect()
        case "sqlite":
            yield ibis.sqlite.connect()
        case "postgres":
            with _postgres() as sockets:
                connected: Any = ibis.postgres.connect(
                    host=str(sockets), user="moodcheck", database="postgres"
                )
                yield connected
                connected.disconnect()


@contextmanager
def _postgres() -> Iterator[Path]:
    """Start a server that nobody reaches over a network, and give the folder of its socket."""
    programs = _programs()
    # Not pytest's own folder, in which the other user may not look for it, and a short path.
    folder = Path(tempfile.mkdtemp(prefix="moodcheck-pg-"))
    user = _NOT_ROOT if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, "-D", folder / "data", *arguments],
            user=user,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    try:
        run("initdb", "--no-sync", "--auth=trust", "--username=moodcheck", "--encoding=UTF8")
        quick = f"-c listen_addresses='' -c fsync=off -k {folder}"
        run("pg_ctl", "--wait", "--log", str(folder / "log"), "--options", quick, "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    """Return where PostgreSQL's programs are; skip where there are none, which CI may not."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    with suppress(ValueError):
        return max(Path(_DEBIAN).glob("*/bin/pg_ctl")).parent
    if os.environ.get("CI") == "true":
        pytest.fail("PostgreSQL is not installed")
    pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
