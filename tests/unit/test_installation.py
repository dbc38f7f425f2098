"""The line that installs an optional part is the one for how this copy was installed."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from moodcheck import installation as lines
from moodcheck.installation import install_line, part_missing

SOURCE = Path(lines.__file__).parents[1]
PROGRAM = "from moodcheck.installation import install_line; print(install_line('history'))"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a real environment, in a folder with a space, that runs this moodcheck."""
    home = tmp_path_factory.mktemp("with a space") / "moodcheck"
    venv.create(home, with_pip=False, symlinks=True)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "moodcheck.pth").write_text(str(SOURCE), encoding="utf-8")
    return home


def said(home: Path, *, installer: str = "pip\n", origin: object = None) -> list[str]:
    """Return the words of the line, for a copy that an installer left such traces of."""
    (packages,) = home.glob("lib/python*/site-packages")
    info = packages / "moodcheck-0.1.0.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: moodcheck\n", encoding="utf-8")
    (info / "INSTALLER").write_text(installer, encoding="utf-8")
    text = origin if isinstance(origin, str) else json.dumps(origin or {})
    (info / "direct_url.json").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [home / "bin" / "python", "-c", PROGRAM],
        capture_output=True, text=True, check=True, env={"HOME": str(home)},
    )  # fmt: skip
    return shlex.split(done.stdout)


def python(home: Path) -> str:
    return str(home / "bin" / "python")


def test_a_virtual_environment_names_its_own_python(home: Path) -> None:
    assert said(home) == [python(home), "-m", "pip", "install", "moodcheck[history]"]


def test_an_editable_checkout_stays_editable(home: Path) -> None:
    origin = {"url": "file:///some%20where/moodcheck", "dir_info": {"editable": True}}

    assert said(home, origin=origin) == [
        python(home), "-m", "pip", "install", "-e", "/some where/moodcheck[history]",
    ]  # fmt: skip


def test_an_environment_of_uv_has_no_pip_and_names_uv(home: Path) -> None:
    assert said(home, installer="uv") == [
        "uv", "pip", "install", "--python", python(home), "moodcheck[history]",
    ]  # fmt: skip


def test_pipx_injects_into_its_own(home: Path) -> None:
    mark = home / "pipx_metadata.json"
    mark.write_text("{}", encoding="utf-8")
    try:
        assert said(home) == ["pipx", "inject", "moodcheck", "moodcheck[history]"]
    finally:
        mark.unlink()


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (None, ["moodcheck[history]"]),
        ({"url": "file:///src", "dir_info": {}}, ["/src[history]"]),
        ({"url": "file:///src", "dir_info": {"editable": True}}, ["--editable", "/src[history]"]),
        ({"url": "https://example.org/m.whl"}, ["moodcheck[history]"]),
        ("{", ["moodcheck[history]"]),
    ],
)
def test_a_tool_of_uv_is_installed_once_more_from_where_it_came(
    home: Path, origin: object, words: list[str]
) -> None:
    mark = home / "uv-receipt.toml"
    mark.write_text("", encoding="utf-8")
    try:
        assert said(home, installer="uv", origin=origin) == ["uv", "tool", "install", *words]
    finally:
        mark.unlink()


def test_a_copy_that_nobody_installed_still_gets_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_NAME", "no-such-distribution")

    assert install_line("batch").startswith(shlex.quote(sys.executable))


def test_the_error_ends_with_the_line() -> None:
    error = part_missing("The history", "history")

    assert error.exit_code == 69
    assert str(error) == (
        "The history needs a part of moodcheck that is not installed. "
        f"Install it with: {install_line('history')}."
    )


def test_the_line_that_uninstalls_is_the_one_of_whatever_installed_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "moodcheck"
    home.mkdir()
    monkeypatch.setattr(sys, "prefix", str(home))
    assert lines.uninstall_line().endswith("-m pip uninstall moodcheck")
    (home / "uv-receipt.toml").touch()
    assert lines.uninstall_line() == "uv tool uninstall moodcheck"
    (home / "pipx_metadata.json").touch()
    assert lines.uninstall_line() == "pipx uninstall moodcheck"
