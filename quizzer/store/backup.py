"""Copies of a progress file, consistent even while it is written to, kept in a dot folder beside it.

Named by number and reason (``.progress-backups/progress-0007-before-doctor.db``); the newest ``KEPT`` stay.
"""

import contextlib
import os
import re
import sqlite3
from pathlib import Path

from quizzer.core.errors import ProgressError
from quizzer.store.failures import explained

KEPT = 10


def folder(path: Path) -> Path:
    """Return where the backups of the progress file at ``path`` are kept."""
    return path.parent / ".progress-backups"


def backups(path: Path) -> list[Path]:
    """Return the backups of the file at ``path``, oldest first."""
    name = re.compile(rf"{re.escape(path.stem)}-(\d+)-.*\.db")
    try:
        found = [(int(match[1]), copy) for copy in folder(path).iterdir() if (match := name.fullmatch(copy.name))]
    except OSError:
        return []
    return [copy for _, copy in sorted(found)]


def back_up(path: Path, *, reason: str) -> Path:
    """Copy the file at ``path``, durably, and return where to; ``reason`` is a word or two joined by hyphens.

    Raises:
        ProgressError: it cannot be read, or the copy not be written.
    """
    before = backups(path)
    number = int(before[-1].stem.removeprefix(path.stem + "-").partition("-")[0]) + 1 if before else 1
    copy = folder(path) / f"{path.stem}-{number:04}-{reason}.db"
    unfinished = copy.with_suffix(f".part{os.getpid()}")
    try:
        copy.parent.mkdir(exist_ok=True)
        with explained(path):
            _copy(path, unfinished)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(copy)
    except OSError as error:
        raise ProgressError(
            f"{copy}: the backup cannot be written ({error.strerror}). Nothing was changed; make it possible first."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    for old in backups(path)[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()
    return copy


def _copy(path: Path, to: Path) -> None:
    source = sqlite3.connect(path, timeout=3.0)
    try:
        target = sqlite3.connect(to)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal and -shm beside it
        finally:
            target.close()
    finally:
        source.close()
