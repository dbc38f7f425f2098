"""Where a run over files writes, and what it must not write over."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from moodcheck.batch.known_alerts import holds_alerts
from moodcheck.batch.limits import Limits
from moodcheck.batch.remote_place import Place, Remote, place_of, sibling
from moodcheck.batch.row_engine import STANDARD
from moodcheck.batch.run import Outputs
from moodcheck.errors import CannotCreate, UsageError
from moodcheck.files.atomic_output import next_free, refuse_unplaceable
from moodcheck.files.paths import refuse_url


@dataclass(frozen=True, slots=True)
class AlertsWish:
    """What options say about the place of alerts."""

    file: Place | None = None
    folder: Path | None = None
    replaces: bool = False

    def place(self, beside: Place) -> Place:
        """Return the file of alerts.

        Args:
            beside: the scores.

        Raises:
            UsageError: when the options do not go together.
            CannotCreate: when a file of that name is there already, or the folder cannot be made.
        """
        if self.file is not None and self.folder is not None:
            raise UsageError("Alerts go to one place", mend="Leave out --alerts or --alerts-dir")
        if self.replaces and self.file is None:
            raise UsageError(
                "--replace-alerts is about a file of a name that you choose",
                mend="Name it with --alerts, or leave the option out",
            )
        if self.folder is not None:
            return self._dated(self.folder, beside.stem)
        if self.file is None:
            found = sibling(beside, "alerts")
            # What stands in an older file of alerts may not have been read yet.
            return next_free(found) if isinstance(found, Path) else found
        if isinstance(self.file, Remote):
            if self.replaces:
                raise UsageError(
                    "--replace-alerts is about a local file", mend="Name one, or leave it out"
                )
            return self.file
        if os.path.lexists(self.file) and not self.replaces:
            raise CannotCreate(
                f"{self.file} is there already, and what is in it may not have been read yet",
                mend="Choose a new name, or use --alerts-dir DIR for a dated file from each run, "
                "or --replace-alerts, which keeps the older file under a numbered name",
            )
        return self.file

    @staticmethod
    def _dated(folder: Path, name: str) -> Path:
        refuse_url(str(folder))
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CannotCreate(
                f"The folder {folder} cannot be made: {error.strerror}", mend="Choose another one"
            ) from None
        now = datetime.now(UTC)
        return next_free(folder / f"{name}.alerts-{now:%Y-%m-%dT%H%M%SZ}.csv")


def outputs_of(output: str, rejects: Place | None, alerts: AlertsWish, limits: Limits) -> Outputs:
    """Return where everything goes; what is not named lies beside the scores.

    Raises:
        UsageError: when two have the same name, or options do not go together.
        CannotCreate: when no file can be put where one is named, or alerts would be lost.
    """
    beside = Path("moodcheck.csv") if output == STANDARD else place_of(output)
    rejects = rejects or sibling(beside, "rejects")
    placed = alerts.place(beside)
    named = [rejects, placed] if output == STANDARD else [beside, rejects, placed]
    for path in named:
        if isinstance(path, Path):
            refuse_unplaceable(path)
            if path is not placed:
                _refuse_to_replace_alerts(path)
    if len({*map(_identity, named)}) < len(named):
        raise UsageError("Two outputs have the same name", mend="Give each a name of its own")
    scores = Path(output) if output == STANDARD else beside
    return Outputs(scores, rejects, placed, alerts.replaces, limits)


def _refuse_to_replace_alerts(path: Path) -> None:
    """Raise CannotCreate where a file is one of alerts, and something else would take its name."""
    if holds_alerts(path):
        raise CannotCreate(
            f"{path} holds alerts of another run, which would be lost",
            mend="Give the output another name",
        )


def _identity(place: Place) -> str:
    # Names of tables are compared so as well, and two folders need no names that alike.
    return str(place.resolve() if isinstance(place, Path) else place).casefold().rstrip("/")


def refuse_place_of_partial(outputs: Outputs) -> None:
    """Say before the work that scores without the rejected could not be put in their place.

    Raises:
        UsageError: when that is the place of another output.
        CannotCreate: when no file can be put there.
    """
    if outputs.limits.allows_rejects or str(outputs.scores) == STANDARD:
        return
    partial = outputs.partial_scores
    if isinstance(partial, Path):
        refuse_unplaceable(partial)
        _refuse_to_replace_alerts(partial)
    if _identity(partial) in {_identity(one) for one in (outputs.rejects, outputs.alerts)}:
        raise UsageError(
            f"{partial} is where scores go if records are rejected",
            mend="Give the other output another name, or use --allow-rejects",
        )


def refuse_what_is_read(outputs: Outputs, read: Iterable[str | Path | None]) -> None:
    """Raise UsageError where an output is a file that is read, whatever it is called there."""
    inputs = [place_of(str(name)) for name in read if name is not None and str(name) != STANDARD]
    for output in outputs.places:
        if any(_is_same(one, output) for one in inputs):
            raise UsageError(
                f"{output} is read by this run, and would be lost if it were written",
                mend="Give the output another name",
            )


def _is_same(one: Place, other: Place) -> bool:
    if isinstance(one, Path) and isinstance(other, Path):
        return one.is_file() and other.is_file() and one.samefile(other)
    return _identity(one) == _identity(other)
