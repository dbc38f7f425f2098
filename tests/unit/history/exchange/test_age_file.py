"""An encrypted export is an age file: this program, and age itself, open it again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pexpect
import pyrage
import pytest

from moodcheck.errors import Locked
from moodcheck.history.exchange.age_file import decrypted, encrypted, is_encrypted

pytestmark = pytest.mark.xdist_group("age")  # whose keys take a second on purpose

PASSPHRASE = "four quiet words here"  # noqa: S105 - of these tests alone
CONTENT = '{"format": "moodcheck.history/1", "sentinel": "SECRET"}'


@pytest.fixture(scope="module")
def file() -> bytes:
    return encrypted(CONTENT, PASSPHRASE)


def test_it_is_an_age_file_in_which_nothing_can_be_read(file: bytes) -> None:
    assert is_encrypted(file)
    assert b"SECRET" not in file
    assert not is_encrypted(CONTENT.encode())


def test_the_passphrase_opens_it_here_and_in_pyrage(file: bytes) -> None:
    assert decrypted(file, PASSPHRASE) == CONTENT.encode()
    assert pyrage.passphrase.decrypt(file, PASSPHRASE) == CONTENT.encode()


def test_a_wrong_passphrase_and_a_changed_file_open_nothing(file: bytes) -> None:
    for content, passphrase in (
        (file, "another"),
        (file[:-1] + bytes([file[-1] ^ 1]), PASSPHRASE),
        (file[:22], PASSPHRASE),
    ):
        with pytest.raises(Locked) as error:
            decrypted(content, passphrase)
        assert str(error.value).startswith("The encrypted export stayed locked")
        assert passphrase not in str(error.value)


def test_a_file_that_takes_too_much_work_to_open_is_not_blamed_on_its_passphrase(
    file: bytes,
) -> None:
    content = re.sub(rb"(-> scrypt \S+) [0-9]+", rb"\1 30", file, count=1)

    with pytest.raises(Locked, match="this one would take long to open it") as error:
        decrypted(content, PASSPHRASE)
    assert PASSPHRASE not in str(error.value)


def test_the_public_tool_opens_it(file: bytes, tmp_path: Path) -> None:
    age = shutil.which("age")
    if age is None:
        pytest.skip("the Debian package age is not installed")
    (tmp_path / "history.age").write_bytes(file)
    # It asks for the passphrase at its terminal, and takes it from nowhere else.
    person = pexpect.spawn(age, ["-d", "-o", "history.json", "history.age"], cwd=str(tmp_path))
    person.expect("passphrase:")
    person.sendline(PASSPHRASE)
    person.expect(pexpect.EOF)
    person.close()

    assert person.exitstatus == 0
    assert (tmp_path / "history.json").read_text(encoding="utf-8") == CONTENT
