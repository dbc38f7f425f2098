"""The key of a store, made of what a person types: a passphrase or the recovery code."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import pbkdf2_hmac, sha256
from pathlib import Path
from typing import Self

from moodcheck.errors import Locked

SALT = 16
"""Bytes at the start of a store. They are no secret."""
_KEY = 32
_ROUNDS = 256_000
"""SQLCipher's own number, so that other programs make the same key of the same passphrase."""

GROUPS = 25
"""In a recovery code: two bytes of key and salt in each, and a check of all at the end."""
_A_GROUP = 6
"""Digits; the last one checks the others and the place of the group."""
_IN_A_ROW = 5
_LIKE_A_CODE = 100
"""From this number of digits on, a text of digits alone is taken for a recovery code."""

# H. Michael Damm's quasigroup of order 10: it finds each single wrong digit, and each two
# neighbouring digits that are swapped.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoreKey:
    """What opens a store, derived from its passphrase. Whoever has it can read everything."""

    key: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """The key as the cipher takes it, which never gets a passphrase: some look like a key."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"

    @property
    def code(self) -> str:
        """The recovery code: digits to write down, in rows of groups."""
        whole = self.key + self.salt
        values = [int.from_bytes(whole[at : at + 2], "big") for at in range(0, len(whole), 2)]
        groups = [_group(place, value) for place, value in enumerate([*values, _check(whole)])]
        rows = (groups[at : at + _IN_A_ROW] for at in range(0, GROUPS, _IN_A_ROW))
        return "\n".join(" ".join(row) for row in rows)

    @classmethod
    def of(cls, passphrase: str, salt: bytes) -> Self:
        """Return the key of a passphrase; takes about a tenth of a second on purpose."""
        return cls(pbkdf2_hmac("sha512", passphrase.encode(), salt, _ROUNDS, _KEY), salt)

    @classmethod
    def new(cls, passphrase: str, salt: bytes | None = None) -> Self:
        """Return the key of a passphrase as it is typed; without `salt`, with a new one."""
        return cls.of(unicodedata.normalize("NFC", passphrase), salt or os.urandom(SALT))

    @classmethod
    def of_code(cls, text: str) -> Self:
        """Return the key that a recovery code holds.

        Raises:
            Locked: when it is not typed right; names the groups, and never what stands in them.
        """
        digits = re.sub(r"\D", "", text)
        if len(digits) != GROUPS * _A_GROUP:
            raise Locked(
                f"A recovery code has {GROUPS * _A_GROUP} digits, and this has {len(digits)}",
                mend="Type all of its groups, in their order",
            )
        groups = [digits[at : at + _A_GROUP] for at in range(0, len(digits), _A_GROUP)]
        values = [int(group[:-1]) for group in groups]
        wrong = [
            place + 1
            for place, (group, value) in enumerate(zip(groups, values, strict=True))
            if value >= 1 << 16 or group != _group(place, value)
        ]
        if wrong:
            raise Locked(
                f"The recovery code is not typed right: look at {_named(wrong)}",
                mend="Compare it with what you wrote down",
            )
        whole = b"".join(value.to_bytes(2, "big") for value in values[:-1])
        if values[-1] != _check(whole):
            raise Locked(
                "The recovery code is not typed right, though each of its groups could be",
                mend="Compare it with what you wrote down, group by group",
            )
        return cls(whole[:_KEY], whole[_KEY:])


Secret = str | StoreKey
"""A passphrase, or the key that a recovery code holds."""


def secret_of(text: str) -> Secret:
    """Return what was typed at the prompt: a passphrase as it is, a recovery code as its key.

    Raises:
        Locked: as `StoreKey.of_code`.
    """
    bare = re.sub(r"[\s-]", "", text)
    is_code = bare.isascii() and bare.isdecimal() and len(bare) >= _LIKE_A_CODE
    return StoreKey.of_code(bare) if is_code else text


def keys_of(secret: Secret, path: Path) -> Iterator[StoreKey]:
    """Yield the keys to try with an existing store, the likeliest first.

    Raises:
        OSError: when the store cannot be read.
    """
    if isinstance(secret, StoreKey):
        yield secret
        return
    with path.open("rb") as file:
        salt = file.read(SALT)
    normal = unicodedata.normalize("NFC", secret)
    yield StoreKey.of(normal, salt)
    # A store may have been made before passphrases were normalized.
    if normal != secret:
        yield StoreKey.of(secret, salt)


def _group(place: int, value: int) -> str:
    check = 0
    for digit in f"{place:02}{value:05}":
        check = int(_DAMM[check][int(digit)])
    return f"{value:05}{check}"


def _check(whole: bytes) -> int:
    return int.from_bytes(sha256(whole).digest()[:2], "big")


def _named(groups: list[int]) -> str:
    if len(groups) == 1:
        return f"group {groups[0]}"
    return f"groups {', '.join(map(str, groups[:-1]))} and {groups[-1]}"
