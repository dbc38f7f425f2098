"""Broken lines are found quickly, and are those that reading by the grammar rejects."""

from __future__ import annotations

import io

from hypothesis import example, given
from hypothesis import strategies as st

from moodcheck.batch.tables.broken_lines import BrokenLines
from moodcheck.batch.tables.strict_csv import LONGEST, StrictReader

LINE = st.text(st.sampled_from("a1,, é"), max_size=6).map(str.encode) | st.binary(max_size=4).map(
    lambda line: line.translate(None, b'"\r\n')
)


@given(lines=st.lists(LINE, max_size=12), ending=st.sampled_from([b"\n", b"\r\n"]))
@example(lines=[b"1,2,3", b"4" * (LONGEST - 3) + b",,", b"4" * (LONGEST - 1) + b",,"], ending=b"\n")
def test_they_are_those_that_the_grammar_rejects(lines: list[bytes], ending: bytes) -> None:
    content = ending.join(lines)
    strict = StrictReader(io.BytesIO(content), 3)
    quick = BrokenLines(io.BytesIO(content), 3)

    expected = [record for record in strict if record.rejected]

    assert list(quick) == expected
    assert (quick.found, quick.blank_lines) == (len(expected), strict.blank_lines)
