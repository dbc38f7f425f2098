"""Options of several commands that read what other programs write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FormOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The FHIR Questionnaire that responses answer, where their items are not known by "
        "LOINC codes.",
    ),
]
