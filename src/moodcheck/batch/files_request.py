"""What is asked of a run over files, in the words of the command line and of Python alike."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from moodcheck.batch.column_choice import SCORES, column_choice
from moodcheck.batch.known_alerts import alerts_files, read_known_alerts
from moodcheck.batch.limits import Limits, most_rejects
from moodcheck.batch.map_file import MapFile, MapSaid, find_map, read_map
from moodcheck.batch.output_places import (
    AlertsWish,
    outputs_of,
    refuse_place_of_partial,
    refuse_what_is_read,
)
from moodcheck.batch.remote_place import Place, Remote, place_of
from moodcheck.batch.report_file import ReportFile
from moodcheck.batch.row_engine import STANDARD, BatchJob, TableFormat
from moodcheck.batch.run import Outputs
from moodcheck.batch.tables.folders import Listed, listed
from moodcheck.batch.tables.layout import UTF_8, layout_of
from moodcheck.errors import UsageError, did_you_mean
from moodcheck.files.paths import refuse_url
from moodcheck.interop.forms import read_questionnaire

if TYPE_CHECKING:
    from moodcheck.core.questionnaire import Questionnaire


_USUAL = "symptoms"
"""What was answered, where nothing says so."""

Name = str | os.PathLike[str]
"""Of a file; of a questionnaire also its id."""


class ReadOptions(TypedDict, total=False):
    """What `moodcheck.cohort_files` takes beside what is read and what is looked at."""

    map: Name | Mapping[str, object] | None
    """The name of one that comes with moodcheck, a file, or what would stand in one."""
    form: Name | None
    """The FHIR Questionnaire that responses answer."""
    engine: Literal["embedded", "spark"]
    max_rejects: int | str | None
    """A number of records, or a share of them: `"1%"`."""
    strict_codes: bool
    spool: Name | None
    delimiter: str | None
    encoding: str
    sheet: str | None
    glob: str | None
    """Which files of folders are read."""


class FilesOptions(ReadOptions, total=False):
    """What `moodcheck.score_files` takes beside what is read and where scores go."""

    rejects: Name | None
    alerts: Name | None
    alerts_dir: Name | None
    replace_alerts: bool
    known_alerts: Sequence[Name]
    """Files of alerts that have been seen, and folders of them."""
    format: Literal["csv", "jsonl", "parquet"] | None
    columns: str | Sequence[str]
    """`"scores"`, `"all"`, or the names of those that are wanted."""
    report: Name | None
    """A file for the report, as JSON, however the run ends."""
    allow_rejects: bool
    check_ids: bool
    exact: bool


@dataclass(frozen=True, kw_only=True)
class FilesRequest:
    """Options of `moodcheck score`, each under its name there."""

    inputs: tuple[str, ...]
    questionnaire: str | None = None
    """What was answered: its id, or a file."""
    output: str = STANDARD
    map: MapSaid | None = None
    form: Path | None = None
    """The FHIR Questionnaire that responses answer."""
    rejects: Place | None = None
    alerts: AlertsWish = field(default=AlertsWish())
    known_alerts: tuple[Path, ...] = ()
    engine: str = "embedded"
    format: TableFormat | None = None
    columns: str | Sequence[str] = SCORES
    report: Path | None = None
    """A file for the report, which must be no other output."""
    allow_rejects: bool = False
    max_rejects: str | None = None
    strict_codes: bool = False
    fail_on_alerts: bool = False
    check_ids: bool = False
    exact: bool = False
    spool: Path | None = None
    """A folder for working files."""
    delimiter: str | None = None
    encoding: str = UTF_8
    sheet: str | None = None
    glob: str | None = None

    @cached_property
    def listed(self) -> Listed:
        """The files that are read; Spark reads a folder as one table by itself.

        Raises:
            UsageError, InputNotFound: as `tables.folders.listed`.
        """
        if self.engine == "spark" and self.glob is None:
            return Listed(self.inputs, 0)
        return listed(self.inputs, self.glob)

    @cached_property
    def map_file(self) -> MapFile | None:
        """The map, where it is not given itself; errors as `map_file.find_map`."""
        return find_map(self.map) if isinstance(self.map, str | Path) else None

    @cached_property
    def answered(self) -> str:
        """The questionnaire that was answered: as named, else the map's, or symptoms.

        Raises:
            UsageError, InputNotFound, BadData: as `map_file.read_map`.
        """
        if self.questionnaire is not None or self.map is None:
            return self.questionnaire or _USUAL
        return read_map(self.map, None)[0].questionnaire or _USUAL

    def outputs(self) -> Outputs:
        """Return where everything goes.

        Raises:
            UsageError: when options do not go together, two outputs have the same name, or one
                is a file that is read.
            InputNotFound: when no map is called as the one that is named.
            CannotCreate: when no file can be put where one is named, or alerts would be lost.
        """
        if self.engine == "spark" and self.output == STANDARD:
            raise UsageError("A cluster writes a folder of files", mend="Name it with --output")
        self.refuse_unreachable()
        limits = self.limits()
        outputs = outputs_of(self.output, self.rejects, self.alerts, limits)
        said = self.map_file.path if self.map_file else None
        known = alerts_files(self.known_alerts)
        read = [*self.listed.files, self.questionnaire, said, self.form, *known]
        refuse_what_is_read(outputs, read)
        refuse_place_of_partial(outputs)
        if self.report is not None:
            ReportFile(self.report).refuse_place_of(outputs.places)
        return outputs

    def limits(self) -> Limits:
        """Return what may be found. Raises UsageError as `limits.most_rejects`."""
        return Limits(
            most_rejects=most_rejects(self.max_rejects),
            strict_codes=self.strict_codes,
            allows_rejects=self.allow_rejects,
            fails_on_alerts=self.fail_on_alerts,
        )

    def refuse_unreachable(self) -> None:
        """Raise UsageError where the engine cannot read or write what is named."""
        for name in (*self.inputs, self.output, self.rejects, self.alerts.file):
            place = place_of(name) if isinstance(name, str) else name
            if isinstance(place, Remote):
                place.refuse_for(self.engine)
        for one in self.known_alerts:
            refuse_url(str(one))

    def job(self, questionnaire: Questionnaire, *, notice: str, spool: Path) -> BatchJob:
        """Return what is to be scored, and how.

        Args:
            questionnaire: what was answered.
            notice: the words that go along with every row.
            spool: a folder for what must not be seen.

        Raises:
            UsageError: when an option cannot be.
            InputNotFound, BadData: when the map or the known alerts cannot be read.
        """
        answer_map = None if self.map is None else read_map(self.map, questionnaire)[0]
        return BatchJob(
            questionnaire=questionnaire,
            answer_map=answer_map,
            map_file=self.map_file,
            form=None if self.form is None else read_questionnaire(self.form),
            inputs=self.listed.files,
            table_format=self.format or _format_by_name(self.output),
            notice=notice,
            is_exact=self.exact,
            checks_ids=self.check_ids,
            known_alerts=read_known_alerts(self.known_alerts) if self.known_alerts else None,
            spool=spool,
            columns=column_choice(self.columns),
            layout=layout_of(self.delimiter, self.encoding, self.sheet),
        )


def request_of(
    inputs: Sequence[Name],
    questionnaire: Questionnaire | Name | None,
    output: Name | None,
    options: FilesOptions | ReadOptions,
) -> FilesRequest:
    """Return what is asked in Python.

    Args:
        inputs: what is read.
        questionnaire: what was answered.
        output: where scores go; None where there are none.
        options: those that there are then.

    Raises:
        UsageError: when there is no such option, or files are not named.
    """
    given: dict[str, Any] = {**options}
    known_options = (ReadOptions if output is None else FilesOptions).__annotations__
    if unknown := given.keys() - known_options.keys():
        name = min(unknown)
        hint = did_you_mean(name, [*known_options])
        raise UsageError(f"There is no option '{name}'", mend=f"{hint}See docs/scoring.md")
    names = [os.fspath(one) for one in inputs]
    if not names or STANDARD in (*names, os.fspath(output or "")):
        raise UsageError("Python scores files, not standard input or output", mend="Name files")
    if given.get("engine", "embedded") not in {"embedded", "spark"}:
        raise UsageError("There is no such engine", mend="Use 'embedded' or 'spark'")
    alerts, rejects = (_name(given.pop(one, None)) for one in ("alerts", "rejects"))
    folder = _path(given.pop("alerts_dir", None))
    known = given.pop("known_alerts", ())
    said = given.pop("map", None)
    most, chosen = given.pop("max_rejects", None), given.pop("format", None)
    return FilesRequest(
        inputs=tuple(names),
        questionnaire=_name(questionnaire)
        if isinstance(questionnaire, str | os.PathLike)
        else None,
        output=STANDARD if output is None else os.fspath(output),
        map=said if isinstance(said, str | Mapping) else _path(said),
        rejects=None if rejects is None else place_of(rejects),
        alerts=AlertsWish(
            None if alerts is None else place_of(alerts), folder, given.pop("replace_alerts", False)
        ),
        known_alerts=tuple(Path(one) for one in known),
        format=None if chosen is None else _format_called(chosen),
        max_rejects=None if most is None else str(most),
        spool=_path(given.pop("spool", None)),
        form=_path(given.pop("form", None)),
        report=_path(given.pop("report", None)),
        **given,
    )


def _name(name: Name | None) -> str | None:
    return None if name is None else os.fspath(name)


def _path(name: Name | None) -> Path | None:
    return None if name is None else Path(name)


def _format_called(name: str) -> TableFormat:
    try:
        return TableFormat(name)
    except ValueError:
        known = ", ".join(TableFormat)
        raise UsageError(f"There is no format '{name}'", mend=f"Use one of: {known}") from None


def _format_by_name(output: str) -> TableFormat:
    """Return the format that goes with the ending of a name; CSV where none does."""
    by_name = {".jsonl": TableFormat.JSONL, ".ndjson": TableFormat.JSONL}
    by_name |= {".parquet": TableFormat.PARQUET}
    if output.startswith("table:"):
        return TableFormat.PARQUET  # its columns have types, and no program runs its cells
    return by_name.get(Path(output).suffix.lower(), TableFormat.CSV)
