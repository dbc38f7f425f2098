"""Many sittings with many questionnaires: the reference, exact fractions and every engine agree.

`just scores` runs it whole; here stands a sample.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path
from random import Random

import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import moodcheck
from moodcheck.batch.embedded.engine import EmbeddedEngine
from moodcheck.core.administration import administer
from moodcheck.core.questionnaire import Questionnaire
from tests.parity.engines import ENGINES, Row
from tests.parity.files import scored
from tests.parity.oracle import oracle
from tests.parity.test_every_engine import NOTICE, exactly, reference
from tests.shipped import TAKEN_AT
from tests.strategies import questionnaires

QUESTIONNAIRES = int(os.environ.get("SCORED_QUESTIONNAIRES", "1"))
MOST_ITEMS = 10
"""What an engine plans for many takes it seconds."""

SITTINGS = 50
"""With each questionnaire."""

ANSWERED = (1.0, 1.0, 0.9, 0.5)
"""How much of a sitting is answered, on average."""

Sitting = dict[str, int | None]


@settings(max_examples=QUESTIONNAIRES, deadline=None, suppress_health_check=[*HealthCheck])
@given(asked=questionnaires(most_items=MOST_ITEMS), seed=st.integers(0, 2**32 - 1))
def test_every_sitting_has_one_result(asked: Questionnaire, seed: int) -> None:
    sittings = [*_sittings(asked, Random(seed))]  # noqa: S311 - sittings need be no secret
    expected = [exactly(oracle(asked, one, NOTICE)) for one in sittings]

    administrations = [administer(asked, one, taken_at=TAKEN_AT) for one in sittings]
    assert [exactly(reference(one)) for one in administrations] == expected
    assert [exactly(row) for row in _from_a_file(asked, sittings)] == expected
    table = pa.table({name: [one[name] for one in sittings] for name in sittings[0]})
    for engine in ENGINES:
        rows = engine.rows(moodcheck.score_frame(engine.take(table), asked))
        added = [{name: row[name] for name in row if name not in sittings[0]} for row in rows]
        assert [exactly(row) for row in added] == expected, engine.name


def _sittings(asked: Questionnaire, random: Random) -> list[Sitting]:
    offered = {item.id: [one.value for one in asked.options(item.id)] for item in asked.items}
    if any(one.item == "why" for rule in asked.advice for one in rule.conditions):
        offered["why"] = [one.value for one in asked.options("why")]
    found = []
    for _ in range(SITTINGS):
        share = random.choice(ANSWERED)
        found.append(
            {
                name: random.choice(values) if random.random() < share else None
                for name, values in offered.items()
            }
        )
    return found


def _from_a_file(asked: Questionnaire, sittings: list[Sitting]) -> list[Row]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["id", *sittings[0]])
    writer.writeheader()
    writer.writerows({"id": number, **one} for number, one in enumerate(sittings))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.csv"
        file.write_text(text.getvalue(), encoding="utf-8")
        rows = scored(EmbeddedEngine(), asked, file).scores
    return [{name: row[name] for name in row if name != "id"} for row in rows]
