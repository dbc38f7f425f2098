"""How the text of a table lies, where its beginning does not tell."""

from __future__ import annotations

import codecs
import io
import string
from dataclasses import dataclass
from typing import BinaryIO, cast

from moodcheck.errors import UsageError

UTF_8 = "utf-8"

_BY_NAME = {"tab": "\t", r"\t": "\t"}
_CHUNK = 1024 * 1024
_NO_DELIMITERS = '"_.-+'
"""Signs that stand in cells of answers; a quotation mark has a meaning already."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a person says of their tables."""

    delimiter: str | None = None
    """What stands between two cells of CSV; None where the header has to tell."""
    encoding: str = UTF_8
    """How its characters are written, as Python calls it."""
    sheet: str | None = None
    """The sheet of a workbook; None where it has only one."""


def layout_of(delimiter: str | None, encoding: str, sheet: str | None) -> Layout:
    """Return what options say of a table.

    Raises:
        UsageError: as `delimiter_of` and `encoding_of`.
    """
    return Layout(delimiter_of(delimiter) if delimiter else None, encoding_of(encoding), sheet)


def delimiter_of(text: str) -> str:
    """Return the sign that `--delimiter` names.

    Raises:
        UsageError: when cells cannot be told apart by it.
    """
    sign = _BY_NAME.get(text.lower(), text)
    if not is_delimiter(sign):
        raise UsageError(
            "--delimiter takes one sign that is neither a letter, a digit nor a quotation mark",
            mend="Write ';', ',', '|' or tab",
        )
    return sign


def is_delimiter(sign: str) -> bool:
    """Return whether cells can be told apart by a sign."""
    signs = {*string.punctuation, "\t"} - {*_NO_DELIMITERS}
    return sign in signs


def encoding_of(name: str) -> str:
    """Return what `--encoding` names.

    Raises:
        UsageError: when nothing is known by that name.
    """
    try:
        "0".encode(name)
        codecs.getincrementaldecoder(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise UsageError(
            "--encoding takes the name of a way to write characters",
            mend="Write windows-1252, utf-16 or iso-8859-1, say",
        ) from None


def as_utf_8(file: BinaryIO, encoding: str) -> BinaryIO:
    """Return a stream of the same text in UTF-8, in which what is no text is no UTF-8 either."""
    if encoding == UTF_8:
        return file
    return cast("BinaryIO", io.BufferedReader(_Decoded(file, encoding), _CHUNK))


_NO_TEXT = "moodcheck.no_text"
# Half of a character: no file of UTF-8 holds it, so the record that has it is rejected.
codecs.register_error(_NO_TEXT, lambda error: ("\udfff", cast("UnicodeDecodeError", error).end))


class _Decoded(io.RawIOBase):
    """Another encoding → UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)(_NO_TEXT)
        self._ready = b""
        self._is_done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not (self._ready or self._is_done):
            chunk = self._file.read(len(buffer))
            self._is_done = not chunk
            text = self._decoder.decode(chunk, final=self._is_done)
            self._ready = text.encode(UTF_8, "surrogatepass")
        part = self._ready[: len(buffer)]
        self._ready = self._ready[len(part) :]
        buffer[: len(part)] = part
        return len(part)
