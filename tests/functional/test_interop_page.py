"""What docs/interop.md shows is what the commands do, one after the other in one folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.fhir import TOTAL, item, items_of, ndjson, response
from tests.forms import phq_9_form
from tests.functional.person import run_in_shell
from tests.in_process import run
from tests.shipped import CHECKOUT

PAGE = (CHECKOUT / "docs" / "interop.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def clinic() -> Iterator[dict[str, Any]]:
    """Yield what a file holds: the second response is an alert, the third adds up wrong."""
    yield response(items_of([1, 1, 1, 1, 1, 1, 1, 2, 0]))
    yield {"resourceType": "Patient", "id": "2"}
    yield response(items_of([0, 1, 2, 3, 0, 1, 2, None, 2]), "2")
    yield response([*items_of([0] * 9), item(TOTAL, {"valueString": "1"})], "3")


def test_every_command_of_the_page_does_what_it_shows(tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path / "home")}
    (tmp_path / "phq9.json").write_text(json.dumps(phq_9_form()), encoding="utf-8")
    (tmp_path / "responses.ndjson").write_bytes(ndjson(*clinic()))
    assert BLOCKS
    for block in BLOCKS:
        said = ""
        for line in block.splitlines():
            if line.startswith("$ "):
                started = run_in_shell if re.search("[|>]", line) else run
                ran = started(line[2:], cwd=tmp_path, **home)
                assert ran.code == 0, (line, ran.said)
                said = f"{ran.said} {ran.shown}"
            else:
                assert line in said, (line, said)
