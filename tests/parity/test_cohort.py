"""A look at many rows is what exact fractions say, whatever counts them, and in whatever parts."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import moodcheck
from moodcheck.batch.cohort.cohort import cohort
from moodcheck.batch.cohort.engine import Counted
from moodcheck.batch.column_choice import group_choice
from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.batch.files_request import FilesRequest
from moodcheck.core.questionnaire import Questionnaire
from tests.examples import few
from tests.parity.cohorts import hold_figures
from tests.parity.engines import Engine
from tests.parity.files import KINDS, Texts, as_csv, texts
from tests.parity.oracle import Bad, Row, oracle
from tests.parity.test_parts import ASKED
from tests.strategies import questionnaires

GROUPS = st.sampled_from(["a", "b", ""])


def counted(
    questionnaire: Questionnaire, files: list[Path], by: str | None, piece_bytes: int = 2**20
) -> Counted:
    """Return what the embedded engine counts in files."""
    with tempfile.TemporaryDirectory() as spool:
        request = FilesRequest(inputs=tuple(map(str, files)))
        job = request.job(questionnaire, notice="", spool=Path(spool))
        job = replace(job, columns=group_choice(by))
        return EmbeddedEngine(piece_bytes, 2).count(job, by, lambda _rows, _share: None)


def good(rows: tuple[Row, ...]) -> list[Row]:
    """Return the rows without a bad answer."""
    return [row for row in rows if not any(isinstance(cell, Bad) for cell in row.values())]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_what_exact_fractions_say_and_rejected_rows_hide_no_alert(kind: str) -> None:
    @given(asked=texts(questionnaires(most_items=8)))
    @few(6 if kind == "csv" else 3)
    def hold(asked: Texts) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"answers.{kind}"
            file.write_bytes(KINDS[kind](asked.cells))
            found = counted(asked.questionnaire, [file], None)
        shown = cohort(found.plan, found.counts, found.groups, by=None, least=1)
        rows = good(asked.rows)

        alerts = [oracle(asked.questionnaire, row, "")["alert"] for row in asked.rows]
        assert shown.counts.alerts == alerts.count("alert")
        assert (shown.counts.read, shown.counts.scored) == (len(asked.rows), len(rows))
        assert (shown.whole is None) is (not rows)
        if shown.whole is not None:
            hold_figures(shown.whole, asked.questionnaire, rows)

    hold()


@given(
    asked=texts(questionnaires(most_items=8)),
    groups=st.lists(GROUPS, min_size=8, max_size=8),
    order=st.randoms(use_true_random=False),
    parts=st.integers(1, 3),
)
@few(5)
def test_any_order_and_any_parts_come_to_the_same_and_each_group_to_what_it_is(
    asked: Texts, groups: list[str], order: Random, parts: int
) -> None:
    cells = [{**row, "site": site} for row, site in zip(asked.cells, groups, strict=False)]
    shuffled = order.sample(cells, len(cells))
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one.csv"
        one.write_bytes(as_csv(cells))
        several = []
        for place in range(min(parts, len(cells))):
            several.append(Path(folder) / f"{place}.csv")
            several[-1].write_bytes(as_csv(shuffled[place::parts]))
        whole = counted(asked.questionnaire, [one], "site")
        pieces = counted(asked.questionnaire, several, "site", piece_bytes=64)

    assert pieces.groups == whole.groups
    shown = cohort(whole.plan, whole.counts, whole.groups, by="site", least=1)
    for name, figures in shown.groups.items():
        rows = tuple(row for row, site in zip(asked.rows, groups, strict=False) if site == name)
        hold_figures(figures, asked.questionnaire, good(rows))


def test_a_frame_of_any_kind_is_what_the_same_rows_in_a_file_are(
    engine: Engine, tmp_path: Path
) -> None:
    cells = ("-2", "3", "9", "", "?", "3", "1")
    rows: list[dict[str, str | None]] = [
        {
            **{item: cells[number * (place + 2) % 7] for place, item in enumerate("abcd")},
            "site": "abc"[number % 3] if number % 11 else "",
        }
        for number in range(90)
    ]
    (tmp_path / "answers.csv").write_bytes(as_csv(rows))
    said = {"missing": {"9": "declined"}}
    table = pa.table({name: [row[name] for row in rows] for name in rows[0]})
    file = moodcheck.cohort_files(tmp_path / "answers.csv", ASKED, map=said, by="site", min_group=9)
    frame = moodcheck.cohort_frame(engine.take(table), ASKED, map=said, by="site", min_group=9)

    assert (frame.whole, frame.groups) == (file.whole, file.groups)
    assert (frame.hidden_groups, frame.hidden_rows) == (file.hidden_groups, file.hidden_rows)
    assert file.groups
    assert file.hidden_groups
    assert frame.counts.alerts == file.counts.alerts > 0
    assert frame.counts.rejected == file.counts.rejected
