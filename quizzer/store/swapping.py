"""Putting another file in the place of a progress file: only while nobody else has it open, and all at once."""

import contextlib
import glob
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from quizzer.core.errors import ProgressError
from quizzer.store import copying
from quizzer.store.failures import explained

_PATIENCE = 1.0  # seconds that a command which only looks has to finish


@contextlib.contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that alone has the file at ``path`` open; nobody can open it until the context ends.

    The file is one then, without a write-ahead log beside it that would be taken for its successor's. Whoever waits to open it
    is refused by SQLite once it was replaced (it is no longer the file of its name).

    Raises:
        ProgressError: somebody else has it open, it is damaged, or cannot be written.
    """
    with explained(path):
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        try:
            with explained(path):
                # Leaving the write-ahead log is granted to a connection that has no other beside it.
                alone = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
                if alone:  # the lock outlasts the transaction, in which nothing could be copied from here
                    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                    connection.execute("BEGIN EXCLUSIVE")
                    connection.execute("COMMIT")
        except ProgressError as error:
            if isinstance(error.__cause__, sqlite3.OperationalError) and error.__cause__.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                alone = False
            else:
                raise
        if not alone:
            raise ProgressError(f"{path}: another quizzer has it open. Nothing was changed; close that one, then try again.")
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def replacement(path: Path, holding: sqlite3.Connection | None) -> Iterator[Path]:
    """Yield a name to write the new file under; it takes the place of the one at ``path`` when the context ends without an error.

    Args:
        path: The progress file.
        holding: The connection of ``held``; None where there is no file, or one that SQLite cannot open.

    Raises:
        ProgressError: it cannot be written; the file at ``path`` is as it was.
    """
    if holding is not None:
        for left in path.parent.glob(f"{glob.escape(path.name)}.part*"):  # of a process that was killed here: no other can be at it now
            with contextlib.suppress(OSError):
                left.unlink()
    with copying.finished(path) as unfinished:
        yield unfinished
        if holding is None:
            for beside in ("-wal", "-shm", "-journal"):  # of a file that is gone or beyond reading
                path.with_name(path.name + beside).unlink(missing_ok=True)
        elif sys.platform == "win32":  # which replaces no file that is open
            holding.close()
