"""Names of files and folders → the files to read, in an order that is always the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from moodcheck.errors import InputNotFound, UsageError


@dataclass(frozen=True, slots=True)
class Listed:
    """What names stand for."""

    files: tuple[str, ...]
    hidden: int
    """How many files in folders were left out, because their names begin with `.` or `_`."""


def listed(names: Sequence[str], pattern: str | None = None) -> Listed:
    """Return the names with the files of a folder in the place of each folder.

    Args:
        names: as the person wrote them.
        pattern: which files of folders are meant, such as `*.csv` or `**/*.csv`; None for all
            that lie directly in them.

    Raises:
        UsageError: when there is no folder to look in, or the pattern is none.
        InputNotFound: when a folder has no such file, or cannot be looked into.
    """
    files: list[str] = []
    hidden = 0
    has_folder = False
    for name in names:
        folder = Path(name)
        if "\0" in name or not folder.is_dir():
            files.append(name)
            continue
        has_folder = True
        found = [*_found(folder, pattern or "*")]
        shown = [one for one in found if not _is_hidden(one.relative_to(folder))]
        if not shown:
            raise InputNotFound(f"{name} has no file to read", mend="Check the folder, or --glob")
        hidden += len(found) - len(shown)
        files += map(str, sorted(shown))
    if pattern is not None and not has_folder:
        raise UsageError("--glob says which files of a folder to read", mend="Name a folder")
    return Listed(tuple(files), hidden)


def _found(folder: Path, pattern: str) -> Iterator[Path]:
    if ".." in Path(pattern).parts:
        raise _no_pattern()
    try:
        yield from (one for one in folder.glob(pattern) if one.is_file())
    except (ValueError, NotImplementedError):
        raise _no_pattern() from None
    except OSError as error:
        raise InputNotFound(
            f"{folder} cannot be looked into: {error.strerror}",
            mend="Check who may read it",
        ) from None


def _no_pattern() -> UsageError:
    return UsageError(
        "--glob takes a pattern inside a folder", mend="Write '*.csv' or '**/*.csv', say"
    )


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)
