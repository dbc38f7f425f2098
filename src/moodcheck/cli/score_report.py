"""The report of `moodcheck score`: to people, to a file, or to nobody; alerts are said to all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from moodcheck.batch.outcome import BatchReport
from moodcheck.batch.remote_place import Place
from moodcheck.batch.report_file import ReportFile
from moodcheck.batch.report_json import batch_report
from moodcheck.batch.report_view import page_document, report_document, short_document
from moodcheck.batch.row_engine import STANDARD, Progress
from moodcheck.cli.options import wants_plain
from moodcheck.cli.show import in_format, say_document
from moodcheck.core.language import Language
from moodcheck.errors import UsageError
from moodcheck.report.document import Document
from moodcheck.report.formats import ENDINGS, Format, format_for_report
from moodcheck.terminal.console import is_terminal, say, tell
from moodcheck.terminal.progress import progress_bar

TEXT, JSON = "text", "json"
"""What `--report` may say instead of a file: how the report on standard error is written."""

_PAGE_WIDTH = 80
"""Columns of a page that is plain text."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Where the report goes, and what else is said while it is made."""

    chosen: str
    """`TEXT`, `JSON`, or a file."""
    is_quiet: bool
    language: Language

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            UsageError: when two options contradict each other.
            CannotCreate: when no file can be put where the report is to be, or a file is there
                that is no report.
        """
        if self.chosen == STANDARD or (self.chosen == JSON and self.is_quiet):
            raise UsageError(
                "This is no place for the report", mend="Name a file: --report report.json"
            )
        if self.file is not None:
            if self.is_page:
                format_for_report(self.file.path, None)
            self.file.refuse()

    def refuse_place_of(self, others: Iterable[Place | str | None]) -> None:
        """Raise UsageError where the report would be written over another output."""
        if self.file is not None:
            self.file.refuse_place_of(others)

    @property
    def file(self) -> ReportFile | None:
        """The file of the report, if it goes to one."""
        return None if self.chosen in {TEXT, JSON} else ReportFile(Path(self.chosen))

    @property
    def is_page(self) -> bool:
        """Whether the file is a page for people, and not for programs."""
        if self.file is None:
            return False
        # Whatever has no ending that we know is for a program.
        return ENDINGS.get(self.file.path.suffix.lower(), Format.JSON) is not Format.JSON

    @property
    def talks(self) -> bool:
        """Whether anything is said that asks for nothing."""
        return self.chosen == TEXT and not self.is_quiet

    def progress(self) -> AbstractContextManager[Progress]:
        """Give what is told how far the work is."""
        return progress_bar(plain=wants_plain(plain=False)) if self.talks else nullcontext(_nothing)

    def say(self, done: BatchReport) -> None:
        """Say what came of a run, and write it where it is to be written; errors as that raises."""
        if self.chosen == JSON:
            say(batch_report(done, self.language))
        elif self.talks:
            _say(report_document(done, self.language))
        elif (short := short_document(done, self.language)) is not None:
            _say(short)
        if self.file is not None and self.is_page:
            chosen = format_for_report(self.file.path, None)
            page, note = in_format(page_document(done, self.language), chosen, width=_PAGE_WIDTH)
            self.file.write(page)
            if note:
                tell(note)
        elif self.file is not None:
            self.file.write(batch_report(done, self.language).encode("ascii"))

    def failures(self, inputs: Sequence[str], started: datetime) -> AbstractContextManager[None]:
        """Write to the file of the report why a run ended of which no report was made."""
        if self.file is None or self.is_page:
            return nullcontext()
        return self.file.failures(inputs, started)


def _nothing(_rows: int, _share: float | None) -> None:
    """Say nothing of how far the work is."""


def _say(document: Document) -> None:
    is_drawn = is_terminal(sys.stderr) and not wants_plain(plain=False)
    say_document(document, Format.RICH if is_drawn else Format.PLAIN)
