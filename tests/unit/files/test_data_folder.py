"""The data is found in a checkout, and inside the package where it was installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from moodcheck.files import data_folder
from tests.shipped import DATA

if TYPE_CHECKING:
    import pytest


def test_in_a_checkout_it_is_the_folder_at_the_root() -> None:
    assert data_folder.data_folder() == DATA


def test_an_installed_package_uses_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(data_folder, "_PACKAGE", tmp_path)

    assert data_folder.data_folder() == tmp_path / "data"
