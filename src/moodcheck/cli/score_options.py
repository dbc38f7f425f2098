"""The options of `moodcheck score`, many of which `cohort` shares, and what their texts mean."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from moodcheck.batch.row_engine import TableFormat


class Engine(StrEnum):
    """What does the work."""

    EMBEDDED = "embedded"
    SPARK = "spark"


InputsArgument = Annotated[
    list[str],
    typer.Argument(
        help="Tables with one row for each sitting, or folders of them: CSV, JSONL, Parquet, "
        "Excel, SPSS, Stata, SAS; or responses of FHIR; - is standard input."
    ),
]
QuestionnaireOption = Annotated[
    str | None,
    typer.Option(
        help="The questionnaire that was answered: its id, or a YAML file. If left out: the one "
        "that the map is for, else symptoms."
    ),
]
MapOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE",
        help="What says which column is which item: a map that comes with moodcheck (see: "
        "questionnaire maps), or a YAML file.",
    ),
]
OutputOption = Annotated[
    str, typer.Option(metavar="FILE", help="Where to write the scores; - is standard output.")
]
RejectsOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", help="Where to write rejected records. If left out: beside the scores."
    ),
]
AlertsOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", help="Where to write alerts: a new file. If left out: beside the scores."
    ),
]
AlertsFolderOption = Annotated[
    Path | None,
    typer.Option(
        "--alerts-dir",
        metavar="DIR",
        help="A folder in which each run writes its alerts to a file of its own, named by date.",
    ),
]
ReplaceAlertsOption = Annotated[
    bool,
    typer.Option(
        "--replace-alerts",
        help="Let --alerts take the name of an older file; its alerts are kept under a numbered "
        "name.",
    ),
]
KnownAlertsOption = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="FILE",
        help="Leave out the alerts that are in this earlier file of alerts, or in a folder of "
        "them. May be given several times.",
    ),
]
EngineOption = Annotated[Engine, typer.Option(help="What does the work.")]
TableFormatOption = Annotated[
    TableFormat | None,
    typer.Option(help="The format of the scores. If left out: as the name of the output ends."),
]
ColumnsOption = Annotated[
    str,
    typer.Option(
        metavar="scores|all|NAME,…",
        help="The columns of the scores: all that scoring adds, all of the inputs too, or these. "
        "What names a row, alert, advice and notice are always there.",
    ),
]
AllowRejectsOption = Annotated[
    bool,
    typer.Option(
        "--allow-rejects",
        help="Exit with 0, not 3, when records were rejected, and put the scores in their place.",
    ),
]
MaxRejectsOption = Annotated[
    str | None,
    typer.Option(
        metavar="N|P%",
        help="Give no result and exit with 65 when more than this are rejected.",
    ),
]
StrictCodesOption = Annotated[
    bool,
    typer.Option(
        "--strict-codes",
        help="Give no result and exit with 65 when codes look shifted: counted from 1, say.",
    ),
]
FailOnAlertsOption = Annotated[
    bool,
    typer.Option(
        "--fail-on-alerts",
        help="Exit with 4 when there are alerts; with --known-alerts, new ones.",
    ),
]
CheckIdsOption = Annotated[
    bool, typer.Option("--check-ids", help="Count ids that are in more than one row.")
]
ExactOption = Annotated[
    bool,
    typer.Option(
        "--exact",
        help="Write every cell as it is, even one that a spreadsheet would run as a formula.",
    ),
]
SpoolOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="A folder for working files while it runs; only you can open them."
    ),
]
MemoryOption = Annotated[
    int | None,
    typer.Option(
        metavar="MB",
        min=1,
        help="About how many megabytes it may take, from 200 on; with more, more cores work. "
        "If left out: 300.",
    ),
]
DelimiterOption = Annotated[
    str | None,
    typer.Option(
        metavar="SIGN",
        help="What separates cells of CSV: ';', ',', '|' or tab. If left out: the header tells.",
    ),
]
GlobOption = Annotated[
    str | None,
    typer.Option(
        metavar="PATTERN",
        help="Which files of folders are read: '*.csv', say, or '**/*.csv' for all below.",
    ),
]
SheetOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="The sheet of an Excel workbook. If left out: the only one it has."
    ),
]
EncodingOption = Annotated[
    str,
    typer.Option(metavar="NAME", help="How the characters of the inputs are written."),
]
ReportOption = Annotated[
    str,
    typer.Option(
        metavar="FILE|json",
        help="Write the report to a file: as a page where its name ends in .html, .pdf, .md or "
        ".txt, else as JSON; json: the same on standard error.",
    ),
]
QuietOption = Annotated[
    bool,
    typer.Option(
        "--quiet",
        help="Say nothing but what asks for somebody: errors, new alerts, partial scores.",
    ),
]
