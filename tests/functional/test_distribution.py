"""What is published works by itself: built, installed and run without a network."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

Contents = dict[str, bytes]

pytestmark = pytest.mark.xdist_group("distribution")  # so that it is built once


@dataclass(frozen=True)
class Distribution:
    """The wheel file, and what both archives hold by name, the sdist's without its top folder."""

    wheel_file: Path
    wheel: Contents
    sdist: Contents


def run(
    command: list[str | Path], *, cwd: Path = CHECKOUT, env: dict[str, str] | None = None
) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=env)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stderr}"
    return done.stdout


def files_of_wheel(path: Path) -> Contents:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_of_sdist(path: Path) -> Contents:
    contents = {}
    with tarfile.open(path) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            assert file, f"{member.name} is no plain file"
            contents[member.name.split("/", 1)[1]] = file.read()
    return contents


def data_files(contents: Contents, folder: str) -> Contents:
    return {
        name.removeprefix(folder): content
        for name, content in contents.items()
        if name.startswith(folder)
    }


@pytest.fixture(scope="module")
def distribution(tmp_path_factory: pytest.TempPathFactory) -> Distribution:
    """Build the sdist, and the wheel from that sdist, with what is installed here."""
    folder = tmp_path_factory.mktemp("distribution")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT])
    (wheel_file,) = folder.glob("*.whl")
    (sdist_file,) = folder.glob("*.tar.gz")
    return Distribution(wheel_file, files_of_wheel(wheel_file), files_of_sdist(sdist_file))


@pytest.fixture(scope="module")
def installed(distribution: Distribution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an environment of its own and return the folder of its commands."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home)
    commands = home / "bin"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", commands / "python"]
    run([*pip, "install", "--no-index", "--no-deps", distribution.wheel_file])
    # Dependencies come from here. A folder named in a .pth file has its own .pth files ignored,
    # so an editable moodcheck is not among them.
    (site_packages,) = home.glob("lib/python*/site-packages")
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return commands


def moodcheck(installed: Path, arguments: str, *, cwd: Path) -> str:
    environment = {"HOME": str(cwd), "LANG": "C.UTF-8"}
    return run([installed / "moodcheck", *arguments.split()], cwd=cwd, env=environment)


def test_both_archives_hold_every_data_file(distribution: Distribution) -> None:
    data = CHECKOUT / "data"
    expected = {
        file.relative_to(data).as_posix(): file.read_bytes()
        for file in data.rglob("*")
        if file.is_file()
    }

    assert "symptoms.yaml" in expected
    assert data_files(distribution.wheel, "moodcheck/data/") == expected
    assert data_files(distribution.sdist, "data/") == expected


@pytest.mark.parametrize(
    "part", [".ci/run", "CONTRIBUTING.md", "LICENSE", "benchmarks/", "docs/", "justfile", "tests/"]
)
def test_the_sdist_holds_what_is_needed_to_work_on_it(
    distribution: Distribution, part: str
) -> None:
    assert any(name.startswith(part) for name in distribution.sdist)


def test_the_wheel_is_pure_python_and_typed(distribution: Distribution) -> None:
    assert distribution.wheel_file.name == f"moodcheck-{PROJECT['version']}-py3-none-any.whl"
    assert not [name for name in distribution.wheel if name.endswith((".so", ".pyd", ".pyc"))]
    assert "moodcheck/py.typed" in distribution.wheel


@pytest.mark.parametrize("archive", ["wheel", "sdist"])
def test_no_distributed_file_names_a_place_on_the_building_machine(
    distribution: Distribution, archive: str
) -> None:
    places = [CHECKOUT, Path.home(), distribution.wheel_file.parent]
    # A lone top folder, such as /root, is too ordinary to give anything away.
    telling = [str(place).encode() for place in places if len(place.parts) > 2]
    contents: Contents = getattr(distribution, archive)

    assert not [name for name, text in contents.items() if any(place in text for place in telling)]


def test_the_installed_wheel_runs_its_own_code(installed: Path, tmp_path: Path) -> None:
    ask = "import moodcheck; print(moodcheck.__file__)"
    where = run([installed / "python", "-I", "-c", ask], cwd=tmp_path)

    assert Path(where).is_relative_to(installed.parent)


def test_the_installed_wheel_finds_its_questionnaire_from_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    shown = moodcheck(installed, "questionnaire show symptoms --format json", cwd=tmp_path)

    assert json.loads(shown)["id"] == "symptoms"
    assert not list(tmp_path.iterdir())


def test_the_installed_wheel_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert PROJECT["version"] in moodcheck(installed, "--version", cwd=tmp_path).split()
