"""A file for the report of a run, which gets one however the run ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from moodcheck.batch.remote_place import Place, place_of
from moodcheck.batch.report_json import batch_failure
from moodcheck.errors import CannotCreate, ExitCode, MoodcheckError, UsageError
from moodcheck.files.atomic_output import atomic_output, refuse_unplaceable

_BEGINS = b'{\n  "format": "moodcheck.batch_'
"""How every report begins."""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """Where the report goes."""

    path: Path

    def refuse(self) -> None:
        """Say before the work that no report can be put there.

        Raises:
            CannotCreate: when no file can, or one is there that is no report.
        """
        refuse_unplaceable(self.path)
        if not self._is_free():
            raise CannotCreate(
                f"{self.path} is there already, and only a report as JSON is replaced",
                mend="Choose another name for the report",
            )

    def refuse_place_of(self, others: Iterable[Place | str | None]) -> None:
        """Raise UsageError where the report would be written over another output."""
        place = _place(self.path)
        named = [place_of(str(one)) for one in others if one is not None]
        if any(place == _place(one) for one in named if isinstance(one, Path)):
            raise UsageError(
                f"{self.path} is the place of another output, too",
                mend="Choose another name for the report",
            )

    def write(self, content: bytes) -> None:
        """Put a report there; errors as `atomic_output`."""
        with atomic_output(self.path) as beside:
            beside.write_bytes(content)

    @contextmanager
    def failures(self, inputs: Sequence[str], started: datetime) -> Iterator[None]:
        """Write there why the block ended, if it ends without a report.

        Args:
            inputs: what is read in it.
            started: when it began.
        """
        before = self._identity()
        try:
            yield
        except BaseException as error:
            # What was said of rows says more than this.
            if self._identity() == before:
                code = _code_of(error)
                failed = batch_failure(error, exit_code=code, inputs=inputs, started=started)
                with suppress(MoodcheckError, OSError):
                    self.write(failed.encode("ascii"))
            raise

    def _is_free(self) -> bool:
        """Return whether nothing can be lost: no file, an empty one, or an older report."""
        try:
            with self.path.open("rb") as older:
                return older.read(len(_BEGINS)) in {b"", _BEGINS}
        except FileNotFoundError:
            return True
        except OSError:
            return False

    def _identity(self) -> int | None:
        try:
            return self.path.stat().st_ino
        except OSError:
            return None


def _place(file: Path) -> str:
    return str(file.resolve()).casefold()


def _code_of(error: BaseException) -> ExitCode:
    match error:
        case MoodcheckError():
            return error.exit_code
        case BrokenPipeError():
            return ExitCode.READER_GONE
        case OSError():
            return ExitCode.IO_FAILED
        case Exception():
            return ExitCode.BUG
    return ExitCode.INTERRUPTED
