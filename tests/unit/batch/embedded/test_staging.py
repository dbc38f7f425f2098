"""Rows lie in the table in the order of the file, each answer as its code, and none is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from moodcheck.batch.embedded.layout import ROWS
from moodcheck.batch.plan import SUSPECT_ID
from tests.unit.batch.embedded.runs import layout, staged

BLANK, BAD = 4, 8
"""Codes beside the answers 0 to 3."""
CODES = ", ".join(layout().codes)


@pytest.mark.parametrize(
    ("cells", "codes", "bad", "value"),
    [
        ("'0', '3', '1'", (0, 3, 1), 0, None),
        ("'', NULL, '0'", (BLANK, BLANK, 0), 0, None),
        ("'0', '4', '0'", (0, BAD, 0), 2, "4"),
        ("' 1', '1 ', '01'", (BAD, BAD, BAD), 1, " 1"),
        ("'+1', '1.0', '1e0'", (BAD, BAD, BAD), 1, "+1"),
        ("'1', '1', '-0'", (1, 1, BAD), 3, "-0"),
    ],
)
def test_a_cell_is_an_answer_only_where_its_text_is_one(
    cells: str, codes: tuple[int, ...], bad: int, value: str | None, tmp_path: Path
) -> None:
    source = f"SELECT * FROM (VALUES ('x', {cells})) AS t(id, a, b, c)"
    with staged(tmp_path, source) as connection:
        row = connection.execute(f"SELECT {CODES}, bad, bad_value FROM {ROWS}").fetchone()

    assert row == (*codes, bad, value)


@pytest.mark.parametrize("code", [0, 10, 27, 0x9B, 0x200B, 0x202E, 0x2028])
def test_an_id_with_a_character_that_nobody_sees_is_suspect(code: int, tmp_path: Path) -> None:
    source = f"SELECT 'p' || chr({code}) || '1' AS id, '0' AS a, '9' AS b, '0' AS c"
    with staged(tmp_path, source) as connection:
        assert connection.execute(f"SELECT bad FROM {ROWS}").fetchall() == [(SUSPECT_ID,)]


def test_the_place_of_a_row_is_its_place_in_the_file(tmp_path: Path) -> None:
    """Hundreds of thousands of rows, so that several threads take their shares."""
    file = tmp_path / "many.csv"
    file.write_text("".join(f"{i},{i % 4}\n" for i in range(400_000)), encoding="utf-8")
    scan = f"read_csv('{file}', header = false, columns = {{'id': 'VARCHAR', 'a': 'VARCHAR'}})"
    with staged(tmp_path, f"SELECT id, a, a AS b, a AS c FROM {scan}") as connection:
        moved = connection.execute(f"SELECT count(*) FROM {ROWS} WHERE rowid <> id_0::BIGINT")
        assert moved.fetchone() == (0,)
        wrong = connection.execute(f"SELECT count(*) FROM {ROWS} WHERE rowid % 4 <> item_c")
        assert wrong.fetchone() == (0,)
