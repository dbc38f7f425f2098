"""What the options of `score` mean."""

from __future__ import annotations

from pathlib import Path

from moodcheck.batch.row_engine import STANDARD, TableFormat
from moodcheck.batch.run import MostRejects, Outputs
from moodcheck.errors import UsageError
from moodcheck.files.atomic_output import next_free, refuse_unplaceable


def outputs_of(
    output: str, rejects: Path | None, alerts: Path | None, most_rejects: MostRejects
) -> Outputs:
    """Return where everything goes; what is not named lies beside the scores.

    Raises:
        UsageError: when two have the same name.
        CannotCreate: when no file can be put where one is named.
    """
    beside = Path("moodcheck.csv") if output == STANDARD else Path(output)
    rejects = rejects or beside.with_name(f"{beside.stem}.rejects.csv")
    alerts = alerts or beside.with_name(f"{beside.stem}.alerts.csv")
    named = [rejects, alerts] if output == STANDARD else [Path(output), rejects, alerts]
    for path in named:
        refuse_unplaceable(path)
    if len({path.absolute() for path in named}) < len(named):
        raise UsageError("Two outputs have the same name", mend="Give each a name of its own")
    # What stands in an older file of alerts may not have been read yet.
    return Outputs(Path(output), rejects, next_free(alerts), most_rejects)


def most_rejects(text: str | None) -> MostRejects:
    """Return what `--max-rejects` says.

    Raises:
        UsageError: when it is neither a number nor a percentage from 0 to 100.
    """
    if text is None:
        return MostRejects()
    number = text.removesuffix("%")
    try:
        if text.endswith("%") and 0 <= float(number) <= 100:  # noqa: PLR2004 - percent
            return MostRejects(percent=float(number))
        if number.isdecimal():
            return MostRejects(records=int(text))
    except ValueError:
        pass
    raise UsageError(
        "--max-rejects takes a number of records, or a percentage of them",
        mend="Write a whole number, or N% with N from 0 to 100",
    )


def format_by_name(output: str) -> TableFormat:
    """Return the format that goes with the ending of a name; CSV where none does."""
    by_name = {".jsonl": TableFormat.JSONL, ".ndjson": TableFormat.JSONL}
    by_name |= {".parquet": TableFormat.PARQUET}
    return by_name.get(Path(output).suffix.lower(), TableFormat.CSV)
