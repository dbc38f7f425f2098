"""What is scored is every row that is not rejected, with what it carries in front."""

from __future__ import annotations

from pathlib import Path

from moodcheck.batch.embedded.scoring import scored_rows
from moodcheck.batch.output_columns import score_columns
from tests.unit.batch.embedded.runs import job, layout, staged


def test_rejected_rows_have_no_score_and_the_others_keep_their_order(tmp_path: Path) -> None:
    asked = job(tmp_path, {})
    cells = (
        "('p1','0','1','0'), ('p2','9','0','0'), ('p3','3','3','3'), ('p' || chr(27),'0','0','0')"
    )
    source = f"SELECT * FROM (VALUES {cells}) AS t(id, a, b, c)"
    with staged(asked.spool, source) as connection:
        query = scored_rows(connection, layout(), asked, carried="id_0 AS carried,")
        found = connection.sql(query)

        assert set(found.columns) >= {"carried", *score_columns(asked.questionnaire)}
        assert found.select("carried, s_score").fetchall() == [("p1", 1), ("p3", 9)]
