"""Plain and JSON summaries, byte for byte: no wording or layout changes without being seen.

After a change that is meant, `UPDATE_GOLDEN=1 pytest tests/golden` writes the files anew, and
fails so that it cannot be left on. Read what changed, then commit it with the change.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from moodcheck.core.administration import Administration
from moodcheck.core.crisis import Region
from tests.shipped import SYMPTOMS, answered, summary_of
from tests.shown import Format, Look

FOLDER = Path(__file__).parent
ENDING: dict[Format, str] = {"plain": "txt", "json": "json"}

EVERY_ITEM = dict.fromkeys((item.id for item in SYMPTOMS.items), 1)

SITTINGS: dict[str, tuple[Administration, Region]] = {
    "alert": (
        answered(
            **{**EVERY_ITEM, "death_thoughts": 2, "sleep": "declined", "impairment": 3},
            own_words="I would like to sleep, and not to worry so much.",
        ),
        Region("GB"),
    ),
    "no_alert": (answered(**{**EVERY_ITEM, "death_thoughts": 0}), Region("US", is_guess=True)),
    "nothing_answered": (answered(), Region()),
}


@pytest.mark.parametrize("format_", ENDING)
@pytest.mark.parametrize("name", SITTINGS)
def test_a_summary_is_written_as_before_byte_for_byte(name: str, format_: Format) -> None:
    sitting, where = SITTINGS[name]
    file = FOLDER / f"{name}.{ENDING[format_]}"
    written = Look(format_, 80).render(summary_of(sitting, where)).encode()

    if os.environ.get("UPDATE_GOLDEN") and (not file.exists() or file.read_bytes() != written):
        file.write_bytes(written)
        pytest.fail(f"{file.name} was written anew: look at what changed")
    assert written.decode() == file.read_text(encoding="utf-8")
    assert written == file.read_bytes()
