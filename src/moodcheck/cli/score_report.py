"""The report of `moodcheck score`: to people, to a file, or to nobody; alerts are said to all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from moodcheck.batch.outcome import BatchReport
from moodcheck.batch.report_json import batch_failure, batch_report
from moodcheck.batch.report_view import page_document, report_document, short_document
from moodcheck.batch.row_engine import STANDARD, Progress
from moodcheck.cli.options import Format, format_for_report, wants_plain
from moodcheck.cli.show import in_format, say_document
from moodcheck.core.language import Language
from moodcheck.errors import CannotCreate, ExitCode, MoodcheckError, UsageError
from moodcheck.files.atomic_output import atomic_output, refuse_unplaceable
from moodcheck.report.document import Document
from moodcheck.terminal.console import is_terminal, say, tell
from moodcheck.terminal.progress import progress_bar
from moodcheck.terminal.signals import Interrupted

TEXT, JSON = "text", "json"
"""What `--report` may say instead of a file: how the report on standard error is written."""


_PAGES = (".html", ".pdf", ".md")
"""How the name of a report ends that is a page for people; any other is JSON."""

_BEGINS = b'{\n  "format": "moodcheck.batch_'
"""How every report begins."""


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
            refuse_unplaceable(self.file)
            if self.is_page:
                format_for_report(self.file, None)
            if not _is_free(self.file):
                raise CannotCreate(
                    f"{self.file} is there already, and it is no report",
                    mend="Choose another name for the report",
                )

    def refuse_place_of(self, others: Iterable[Path | str | None]) -> None:
        """Raise UsageError where the report would be written over another output."""
        if self.file is not None:
            place = _place(self.file)
            if any(place == _place(Path(one)) for one in others if one is not None):
                raise UsageError(
                    f"{self.file} is the place of another output, too",
                    mend="Choose another name for the report",
                )

    @property
    def file(self) -> Path | None:
        """The file of the report, if it goes to one."""
        return None if self.chosen in {TEXT, JSON} else Path(self.chosen)

    @property
    def is_page(self) -> bool:
        """Whether the file is a page for people, and not for programs."""
        return self.file is not None and self.file.suffix.lower() in _PAGES

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
            chosen = format_for_report(self.file, None)
            page, note = in_format(page_document(done, self.language), chosen, width=0)
            _write(self.file, page)
            if note:
                tell(note)
        elif self.file is not None:
            _write(self.file, batch_report(done, self.language).encode("ascii"))

    @contextmanager
    def failures(self, inputs: Sequence[str], started: datetime) -> Iterator[None]:
        """Write to the file of the report why a run ended of which no report was made."""
        if self.file is None or self.is_page:
            yield
            return
        before = _identity(self.file)
        try:
            yield
        except BaseException as error:
            # What was said of rows says more than this.
            if _identity(self.file) == before:
                failed = batch_failure(
                    error, exit_code=_code_of(error), inputs=inputs, started=started
                )
                with suppress(MoodcheckError, OSError):
                    _write(self.file, failed.encode("ascii"))
            raise


def _nothing(_rows: int, _share: float | None) -> None:
    """Say nothing of how far the work is."""


def _say(document: Document) -> None:
    is_drawn = is_terminal(sys.stderr) and not wants_plain(plain=False)
    say_document(document, Format.RICH if is_drawn else Format.PLAIN)


def _write(file: Path, content: bytes) -> None:
    with atomic_output(file) as beside:
        beside.write_bytes(content)


def _is_free(file: Path) -> bool:
    """Return whether nothing can be lost there: no file, an empty one, or an older report."""
    try:
        with file.open("rb") as older:
            return older.read(len(_BEGINS)) in {b"", _BEGINS}
    except FileNotFoundError:
        return True
    except OSError:
        return False


def _place(file: Path) -> str:
    return str(file.resolve()).casefold()


def _identity(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None


def _code_of(error: BaseException) -> ExitCode:
    match error:
        case MoodcheckError():
            return error.exit_code
        case KeyboardInterrupt() | Interrupted():
            return ExitCode.INTERRUPTED
        case BrokenPipeError():
            return ExitCode.READER_GONE
        case OSError():
            return ExitCode.IO_FAILED
    return ExitCode.BUG
