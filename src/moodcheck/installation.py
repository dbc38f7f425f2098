"""The lines that add a part to this copy of moodcheck, or remove it, however it was installed."""

from __future__ import annotations

import json
import re
import shlex
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moodcheck.errors import PartNotInstalled

if TYPE_CHECKING:
    from importlib.metadata import Distribution

_NAME = "moodcheck"

_PIPX_MARK, _UV_TOOL_MARK = "pipx_metadata.json", "uv-receipt.toml"
"""What the two leave at the top of an environment that is theirs."""

_FILE, _ESCAPED = b"file://", re.compile(rb"%([0-9A-Fa-f]{2})")


@cache
def own_version() -> str:
    """Return the version of this copy."""
    from importlib.metadata import version

    return version(_NAME)


def part_missing(what_for: str, part: str) -> PartNotInstalled:
    """Return the error that an optional part is not installed, with the line that installs it."""
    return PartNotInstalled(what_for, install=install_line(part))


def install_line(part: str) -> str:
    """Return what to type into a shell; it names this environment, whatever else is active.

    Args:
        part: a name among the optional dependencies in pyproject.toml.
    """
    home = Path(sys.prefix)
    wanted = f"{_NAME}[{part}]"
    if (home / _PIPX_MARK).exists():
        return shlex.join(["pipx", "inject", home.name, wanted])
    installed = _distribution()
    folder, is_editable = _source(installed)
    from_folder = f"{folder}[{part}]" if folder else wanted
    if (home / _UV_TOOL_MARK).exists():
        editable = ["--editable"] if is_editable else []
        return shlex.join(["uv", "tool", "install", *editable, from_folder])
    if _is_installed_by_uv(installed):
        return shlex.join(["uv", "pip", "install", "--python", sys.executable, wanted])
    if is_editable:
        return shlex.join([sys.executable, "-m", "pip", "install", "-e", from_folder])
    return shlex.join([sys.executable, "-m", "pip", "install", wanted])


def uninstall_line() -> str:
    """Return what to type into a shell to remove this copy of moodcheck."""
    home = Path(sys.prefix)
    if (home / _PIPX_MARK).exists():
        return shlex.join(["pipx", "uninstall", home.name])
    if (home / _UV_TOOL_MARK).exists():
        return shlex.join(["uv", "tool", "uninstall", _NAME])
    if _is_installed_by_uv(_distribution()):
        return shlex.join(["uv", "pip", "uninstall", "--python", sys.executable, _NAME])
    return shlex.join([sys.executable, "-m", "pip", "uninstall", _NAME])


def _is_installed_by_uv(installed: Distribution | None) -> bool:
    return find_spec("pip") is None and _read(installed, "INSTALLER").strip() == "uv"


def _distribution() -> Distribution | None:
    from importlib.metadata import Distribution, PackageNotFoundError

    try:
        return Distribution.from_name(_NAME)
    except PackageNotFoundError:
        return None


def _read(installed: Distribution | None, name: str) -> str:
    return (installed.read_text(name) if installed else None) or ""


def _source(installed: Distribution | None) -> tuple[str | None, bool]:
    """Return the folder that this copy was installed from, if any, and whether it is run there."""
    try:
        origin: dict[str, Any] = json.loads(_read(installed, "direct_url.json") or "{}")
    except ValueError:
        return None, False
    address = str(origin.get("url", "")).encode()
    if not address.startswith(_FILE) or "dir_info" not in origin:
        return None, False
    path = _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), address[len(_FILE) :])
    return path.decode(errors="surrogateescape"), bool(origin["dir_info"].get("editable"))
