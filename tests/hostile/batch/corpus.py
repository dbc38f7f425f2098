"""Hostile files, each with what must become of it.

Where nothing else is said the header is `id,a,b,c`: three answers from 0 to 3, and c is critical
from 1 on. A record that cannot be read has an alert: nobody knows what its critical answer was.
"""

# ruff: noqa: E501 - a case is a line, so that a table of them can be read

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from moodcheck.errors import ExitCode

OK, SOME, REFUSED = ExitCode.OK, ExitCode.SOME_REJECTED, ExitCode.BAD_DATA


@dataclass(frozen=True)
class Case:
    """A file, or several, and the verdict on it."""

    name: str
    content: bytes | Mapping[str, bytes]
    code: ExitCode = OK
    scored: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    alerts: int = 0
    blank: int = 0
    says: str = ""
    """What the message holds where the file as a whole is refused."""
    called: str = "answers.csv"
    options: tuple[str, ...] = ()

    @property
    def files(self) -> Mapping[str, bytes]:
        if isinstance(self.content, bytes):
            return {self.called: self.content}
        return self.content

    @property
    def is_refused(self) -> bool:
        """Whether nothing was read at all."""
        return bool(self.says)


def rows(*records: str, header: str = "id,a,b,c", ending: str = "\n") -> bytes:
    return "".join(f"{record}{ending}" for record in (header, *records)).encode()


def zstd(content: bytes) -> bytes:
    """Return content as zstd compresses it in a stream, which ends where it says so."""
    packed = pa.BufferOutputStream()
    with pa.CompressedOutputStream(packed, "zstd") as file:
        file.write(content)
    return bytes(packed.getvalue())


GOOD = ("1,0,1,0", "2,3,0,0", "3,0,0,2")
"""Three rows, the last of which is an alert."""


def among_good(*records: str | bytes) -> bytes:
    """Return a file in which these records stand between good ones."""
    middle = b"".join((one if isinstance(one, bytes) else one.encode()) + b"\n" for one in records)
    return rows(*GOOD) + middle + b"9,0,0,0\n"


def bad(name: str, record: str | bytes, reason: str, *, alerts: int = 2, **more: object) -> Case:
    """Return a case in which one record among four good ones is rejected."""
    return Case(name, among_good(record), SOME, 4, {reason: 1}, alerts, **more)  # type: ignore[arg-type]


def answer(name: str, cell: str) -> Case:
    """Return a case in which one answer is not one of those offered."""
    return bad(f"answer: {name}", f"4,{cell},0,0", "bad_answer", alerts=1)


def refused(name: str, content: bytes | Mapping[str, bytes], says: str, **more: object) -> Case:
    return Case(name, content, REFUSED, says=says, **more)  # type: ignore[arg-type]


def jsonl(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


_TEXT = rows(*GOOD).decode()
_GOOD_JSON = (
    '{"id": "1", "a": 0, "b": 1, "c": 0}',
    '{"id": "2", "a": "3", "b": 0, "c": 0}',
    '{"id": "3", "a": null, "b": 0, "c": 2}',
    '{"c": 0, "b": 0, "a": 0, "id": 9}',
)


def bad_json(name: str, line: str, reason: str, *, alerts: int = 2) -> Case:
    content = jsonl(*_GOOD_JSON, line)
    return Case(f"jsonl: {name}", content, SOME, 4, {reason: 1}, alerts, called="answers.jsonl")


RECORDS = [
    bad("a short record", "4,0,0", "too_few_columns"),
    bad("a record of one space", " ", "too_few_columns"),
    bad("a long record", "4,0,0,0,0", "too_many_columns"),
    bad("an unquoted comma in a name", "Doe, Jo,0,0,0", "too_many_columns"),
    bad("a trailing comma", "4,0,0,0,", "too_many_columns"),
    bad("a quote that begins a cell and does not end it", '4,"0"x,0,0', "broken_quote"),
    bad("an unclosed quote", '4,0,"0,0', "broken_quote"),
    bad("an unclosed quote in an id", '"4,0,0,0', "broken_quote"),
    bad("a space after a quote", '"4" ,0,0,0', "broken_quote"),
    bad("a line break in an id", '"4\n5",0,0,0', "suspect_id"),
    bad("a record swallowed by the quotes of an id", '"4,0,0,3\n5",0,0,0', "suspect_cell"),
    Case(
        "records swallowed by the quotes of a note",
        rows("1,0,0,0,x", '2,0,0,0,"y', "3,0,0,3,z", '4,0,0,0,w"', "5,0,0,0,", header="id,a,b,c,note"),
        SOME, 2, {"suspect_cell": 1}, 1,
    ),
    bad("bad UTF-8", b"\xff4,0,0,0", "bad_encoding"),
    bad("half a character", b"\xc3,0,0,0", "bad_encoding"),
    bad("a surrogate as UTF-8", b"\xed\xa0\x80,0,0,0", "bad_encoding"),
    bad("a NUL", b"4,0,\x000,0", "bad_encoding"),
    bad("a field of 5 MB", "4" * 5_000_000 + ",0,0,0", "too_long"),
    Case(
        "stray quotes that balance across two records",
        among_good('4,"0,0,0', '5",0,0,0'),
        SOME, 5, {"too_many_columns": 1}, 2,
    ),
    Case(
        "a broken critical answer is an alert and a reject",
        among_good("4,0,0,7", "5,0,0, 0"),
        SOME, 4, {"bad_answer": 2}, 3,
    ),
    Case("a critical alert in a rejected row", among_good("4,x,0,3"), SOME, 4, {"bad_answer": 1}, 2),
    Case("every record broken", rows("1,0,0", "2,0"), REFUSED, says="broken"),
    Case("every answer bad", rows("1,x,0,0", "2,x,0,1"), REFUSED, 0, {"bad_answer": 2}, 1),
]  # fmt: skip

ANSWERS = [
    answer("half", "1.5"),
    answer("a whole number as a decimal", "1.0"),
    answer("space before", " 1"),
    answer("space after", "1 "),
    answer("leading zero", "01"),
    answer("plus", "+1"),
    answer("minus zero", "-0"),
    answer("exponent", "1e0"),
    answer("hexadecimal", "0x1"),
    answer("underscore", "1_0"),
    answer("yes", "true"),
    answer("NaN", "NaN"),
    answer("null", "NULL"),
    answer("infinity", "inf"),
    answer("beyond the last", "4"),
    answer("below the first", "-1"),
    answer("more digits than a number has", "1" * 5_000),
    answer("an Arabic digit", "\u0661"),
    answer("a full-width digit", "\uff11"),
    answer("a digit with a mark", "1\u0301"),
    answer("a digit with a zero-width space", "1\u200b"),
    answer("a no-break space", "\xa01"),
    answer("a formula", "=1"),
    answer("a quoted line break", '"1\n"'),
]

FILES = [
    Case("no final newline", _TEXT.rstrip("\n").encode(), OK, 3, alerts=1),
    Case("CRLF", rows(*GOOD, ending="\r\n"), OK, 3, alerts=1),
    Case("carriage returns alone", rows(*GOOD, ending="\r"), OK, 3, alerts=1),
    Case("mixed endings", b"id,a,b,c\r\n1,0,1,0\n2,3,0,0\r3,0,0,2\r\n", OK, 3, alerts=1),
    Case("semicolons", _TEXT.replace(",", ";").encode(), OK, 3, {}, 1),
    Case("tabs", _TEXT.replace(",", "\t").encode(), OK, 3, {}, 1),
    Case("a first line that says semicolons", b"sep=;\n" + _TEXT.replace(",", ";").encode(), OK, 3, {}, 1),
    Case("a header over two lines", b'id,a,b,c,"how\nlong?"\n1,0,1,0,x\n2,0,0,2,y\n', OK, 2, {}, 1),
    Case("a byte order mark", b"\xef\xbb\xbf" + rows(*GOOD), OK, 3, alerts=1),
    Case("quoted cells", rows('"1","0","1","0"', '"2,5",3,0,0', '"3""",0,0,2'), OK, 3, alerts=1),
    Case("blank lines", b"\n\nid,a,b,c\n1,0,1,0\n\n\n2,3,0,0\n\n3,0,0,2\n\n", OK, 3, alerts=1, blank=4),
    Case("blank lines with carriage returns", _TEXT.replace("\n", "\r\n\r\n").encode(), OK, 3, alerts=1, blank=4),
    Case("lines of commas alone", b",,,\nid,a,b,c\n1,0,1,0\n,,,\n2,3,0,0\n,,,,,\n3,0,0,2\n,,,\n", OK, 3, alerts=1, blank=3),
    Case("lines of commas and quotes", b'id,a,b,c\n"1",0,1,0\n,,,\n"2",3,0,\n', OK, 2, blank=1),
    Case("a blank line and a broken record", b"id,a,b,c\n1,0,1,0\n\n2,3,0\n3,0,0,2\n", SOME, 2, {"too_few_columns": 1}, 2, 1),
    Case("empty cells are blank", rows("1,,,", "2,0,,0"), OK, 2),
    Case("columns in another order", rows("0,2,1,1", "0,0,2,3", header="b,c,a,id"), OK, 2, alerts=1),
    Case("two files in different orders", {"x.csv": rows("1,0,0,0"), "y.csv": rows("2,0,0,y", header="c,b,a,id")}, OK, 2, alerts=1),
    Case("a trailing comma everywhere", rows("1,0,0,0,", header="id,a,b,c,"), OK, 1),
    Case("no id column", rows("0,0,0", "0,x,0", "0,0,1", header="a,b,c"), SOME, 2, {"bad_answer": 1}, 1),
    Case("columns that nobody uses, twice and in two cases", rows("1,0,0,0,x,y,Z", header="id,a,b,c,d,d,D"), OK, 1),
    Case("gzip without its ending", gzip.compress(rows(*GOOD)), OK, 3, alerts=1),
    Case("gzip in two parts", gzip.compress(rows(*GOOD)) + gzip.compress(b"4,0,0,0\n"), OK, 4, alerts=1),
    Case("zstd in two parts", zstd(rows(*GOOD)) + zstd(b"4,0,0,0\n"), OK, 4, alerts=1),
    Case("a name of signs that mean something to a shell", rows(*GOOD), OK, 3, alerts=1, called="a*[?]b'\"; x.csv"),
    Case("ten thousand columns", rows("1,0,0,0" + ",0" * 10_000, header="id,a,b,c" + "".join(f",x{i}" for i in range(10_000))), OK, 1),
    Case("ids that a spreadsheet would run", rows('"=HYPERLINK(""http://x"",""y"")",0,0,0', "@SUM(1),0,0,1", "-12,0,0,1", "+1-2,0,0,0"), OK, 4, alerts=2),
    Case("ids that would move a cursor or turn the line", rows("1,0,0,0", "\x1b[2J,0,0,1", "\u202eabc,0,0,0", "a\x9b2Jb,0,0,0", "\x07,0,0,x"), SOME, 1, {"suspect_id": 4}, 2),
    Case("more rejects than allowed", among_good("4,x,0,0", "5,0,0,3"), REFUSED, 5, {"bad_answer": 1}, 2, options=("--max-rejects", "0")),
    Case("rejects that are allowed", among_good("4,x,0,0"), OK, 4, {"bad_answer": 1}, 1, options=("--allow-rejects",)),
    Case("alerts that fail a run", rows(*GOOD), ExitCode.ALERTS_FOUND, 3, alerts=1, options=("--fail-on-alerts",)),
    Case("header only", rows(), REFUSED),
]  # fmt: skip

WHOLE_FILES_REFUSED = [
    refused("empty", b"", "is empty"),
    refused("only a byte order mark", b"\xef\xbb\xbf", "is empty"),
    refused("only blank lines", b"\n\r\n\n", "is empty"),
    refused("only lines of commas", b",,,\n,,,\n", "is empty"),
    refused("UTF-16 with a mark", _TEXT.encode("utf-16"), "--encoding utf-16,"),
    refused("UTF-16 without a mark", _TEXT.encode("utf-16-le"), "--encoding utf-16-le,"),
    refused("UTF-16 of the other order without a mark", _TEXT.encode("utf-16-be"), "--encoding utf-16-be,"),
    refused("two byte order marks", b"\xef\xbb\xbf" * 2 + rows(*GOOD), "twice"),
    Case("a header and no rows", rows(), REFUSED),
    refused("UTF-32", _TEXT.encode("utf-32"), "is not UTF-8"),
    refused("a header that commas or semicolons might separate", b"id;a, b;b;c\n1;0;1;0\n", "commas or semicolons"),
    refused("separators that differ from the header's", b"id,a,b,c\n1;0;1;0\n2;0;1;0\n", "is broken"),
    refused("Windows-1252 in the header", "id,a,b,c,größe\n1,0,0,0,x\n".encode("cp1252"), "--encoding windows-1252"),
    refused("no header", b"1,0,1,0\n2,3,0,0\n", "Its first line must name the columns"),
    refused("a duplicate header", rows("1,0,0,0,0", header="id,a,b,c,c"), "2 columns have this name,"),
    refused("headers that differ in case only", rows("1,0,0,0,0", header="id,a,b,c,C"), "but for capital letters"),
    refused("headers that differ in a blank only", rows("1,0,0,0,0", header="id,a,b,c,c "), "but for capital letters or blanks"),
    refused("a column missing", rows("1,0,0", header="id,a,b"), "item c: there is no column 'c'"),
    refused("a column spelled otherwise", rows("1,0,0,0", header="id,a,B,c"), "Did you mean 'B'?"),
    refused("a header with an open quote", b'id,"a,b,c\n1,0,0,0\n', "header"),
    refused("a header of bad UTF-8", b"id,\xff,a,b,c\n1,0,0,0,0\n", "header"),
    refused("gzip that breaks off", gzip.compress(rows(*GOOD) * 999)[:-20], "ends too early"),
    refused("gzip that is damaged", gzip.compress(rows(*GOOD) * 999)[:30] + b"\xff" * 99, "is damaged"),
    refused("gzip with a wrong checksum", gzip.compress(rows(*GOOD))[:-8] + b"\1" * 8, "is damaged"),
    refused("gzip with something after it", gzip.compress(rows(*GOOD)) + b"junk", "goes on after its end"),
    refused("gzip in gzip", gzip.compress(gzip.compress(rows(*GOOD))), "compressed twice"),
    refused("gzip in zstd", zstd(gzip.compress(rows(*GOOD))), "compressed twice"),
    refused("zstd that breaks off", zstd(rows(*GOOD) * 999)[:-3], "ends too early"),
    refused("zstd that is damaged", zstd(rows(*GOOD)) + b"junk", "goes on after its end"),
    refused("zip", b"PK\x03\x04" + b"\0" * 30, "no Excel workbook"),
    refused("an id to keep that is not there", rows(*GOOD), "no such column", options=("--map", "map.yaml")),
    refused("a Parquet file by name alone", rows(*GOOD), "is not what its name says", called="answers.parquet"),
    refused("one good file and one bad", {"x.csv": rows(*GOOD), "y.csv": rows("1", header="id")}, "item a"),
]  # fmt: skip

JSONL = [
    Case("jsonl: numbers, texts, null, any order", jsonl(*_GOOD_JSON), OK, 4, alerts=1, called="answers.jsonl"),
    Case("jsonl: a key that is absent is blank", jsonl(*_GOOD_JSON, '{"id": 5}'), OK, 5, alerts=1, called="answers.jsonl"),
    Case("jsonl: blank lines, a mark and CRLF", b"\xef\xbb\xbf" + jsonl(*_GOOD_JSON).replace(b"\n", b"\r\n\r\n"), OK, 4, alerts=1, blank=4, called="answers.jsonl"),
    Case("jsonl: told by its first sign", jsonl(*_GOOD_JSON), OK, 4, alerts=1, called="answers.txt"),
    Case("json: an array", b"[" + b", ".join(_one.encode() for _one in _GOOD_JSON) + b"]\n", OK, 4, alerts=1, called="answers.json"),
    Case("json: an array of more than objects", b'[{"id": 1, "a": 0, "b": 0, "c": 0}, null, [1],\n {"id": {"x": 2}}]', SOME, 2, {"not_an_object": 2}, 2, called="answers.json"),
    refused("json: one record over several lines", b'{\n "id": 1,\n "a": 0,\n "b": 0,\n "c": 0\n}\n', "neither one JSON record a line nor an array", called="answers.json"),
    refused("json: records under a name", b'{"n": 1, "data": [{"id": 1, "a": 0, "b": 0, "c": 0}]}', "neither one JSON record a line nor an array", called="answers.json"),
    refused("json: an array that ends too early", b'[{"id": 1, "a": 0, "b": 0, "c": 0}, {"id"', "ends too early", called="answers.json"),
    Case("jsonl: zstd", zstd(jsonl(*_GOOD_JSON)), OK, 4, alerts=1, called="answers.jsonl.zst"),
    Case("jsonl: gzip", gzip.compress(jsonl(*_GOOD_JSON)), OK, 4, alerts=1, called="answers.jsonl.gz"),
    bad_json("a malformed line", '{"id": 5, "a": 0', "not_an_object"),
    bad_json("two objects in a line", '{"id": 5, "a": 0, "b": 0, "c": 0} {}', "not_an_object"),
    bad_json("a list", "[5, 0, 0, 0]", "not_an_object"),
    bad_json("a number", "5", "not_an_object"),
    bad_json("null", "null", "not_an_object"),
    bad_json("a duplicate key", '{"id": 5, "a": 0, "b": 0, "c": 3, "c": 0}', "duplicate_key"),
    bad_json("NaN", '{"id": 5, "a": NaN, "b": 0, "c": 0}', "not_an_object"),
    bad_json("1e400", '{"id": 5, "a": 1e400, "b": 0, "c": 0}', "bad_answer", alerts=1),
    bad_json("1.0", '{"id": 5, "a": 1.0, "b": 0, "c": 0}', "bad_answer", alerts=1),
    bad_json("true", '{"id": 5, "a": true, "b": 0, "c": 0}', "bad_answer", alerts=1),
    bad_json("5,000 digits", f'{{"id": 5, "a": {"1" * 5_000}, "b": 0, "c": 0}}', "bad_answer", alerts=1),
    bad_json("a list as an answer", '{"id": 5, "a": [0], "b": 0, "c": 0}', "bad_answer", alerts=1),
    bad_json("an object as the critical answer", '{"id": 5, "a": 0, "b": 0, "c": {"x": 0}}', "bad_answer"),
    bad_json("20,000 levels", '{"id": ' + "[" * 20_000 + "]" * 20_000 + "}", "not_an_object"),
    bad_json("an escaped lone surrogate in an id", r'{"id": "\ud800", "a": 0, "b": 0, "c": 0}', "bad_encoding"),
    bad_json("an escaped NUL in an id", r'{"id": "\u0000", "a": 0, "b": 0, "c": 0}', "suspect_id", alerts=1),
    bad_json("a line break in an id", r'{"id": "5\n6", "a": 0, "b": 0, "c": 0}', "suspect_id"),
    Case("jsonl: every line malformed", b"{\n" * 9, REFUSED, says="neither one JSON record a line", called="answers.jsonl"),
    Case("jsonl: empty", b"", REFUSED, says="answers.jsonl", called="answers.jsonl"),
]  # fmt: skip

TABLES = [*RECORDS, *ANSWERS, *FILES, *WHOLE_FILES_REFUSED, *JSONL]
