"""What docs/interop.md shows is what the commands do, one after the other in one folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.forms import phq_9_form
from tests.functional.person import run_in_shell
from tests.in_process import run
from tests.shipped import CHECKOUT

PAGE = (CHECKOUT / "docs" / "interop.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_every_command_of_the_page_does_what_it_shows(tmp_path: Path) -> None:
    home = {"XDG_DATA_HOME": str(tmp_path / "home")}
    (tmp_path / "phq9.json").write_text(json.dumps(phq_9_form()), encoding="utf-8")
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
