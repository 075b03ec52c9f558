"""Whole copies of progress files: taken at one moment, checked, on the disk before they take their name.

A copy killed half-way leaves only a file called ``….part`` and a number, which nobody takes for one.
"""

import contextlib
import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from quizzer.core.errors import ProgressError
from quizzer.store.failures import explained

_BUSY_SECONDS = 3.0
_FOUND = 3  # problems that are named


@contextlib.contextmanager
def snapshot(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that reads the file at ``path`` as it stands now, whoever writes to it meanwhile."""
    with explained(path):
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        with explained(path):
            connection.execute("BEGIN")
            connection.execute("SELECT 1 FROM sqlite_schema").fetchall()  # the snapshot begins with the first reading
        yield connection
    finally:
        connection.close()


def write(source: sqlite3.Connection, to: Path, *, path: Path, verified: bool) -> None:
    """Copy what ``source`` reads of the file at ``path`` to the file ``to``, which appears whole and durable, or not at all.

    With ``verified`` the copy is read again before it takes its name: every page, every reference, and as many rows as there are.

    Raises:
        ProgressError: it cannot be written; or (``verified``) the file is damaged.
    """
    with finished(to) as unfinished:
        with explained(to), contextlib.closing(sqlite3.connect(unfinished, isolation_level=None)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal and -shm beside it
        if verified:
            with explained(path):
                wanted = counted(source)
            check(unfinished, wanted, told=path)


@contextlib.contextmanager
def finished(to: Path) -> Iterator[Path]:
    """Yield a name to write a file under; that is then synced to the disk and takes the name ``to``, in place of what has it.

    Raises:
        ProgressError: ``to`` cannot be written; what has the name is as it was.
    """
    unfinished = to.with_name(f"{to.name}.part{os.getpid()}")
    try:
        unfinished.unlink(missing_ok=True)  # left by a process of that number that was killed here
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        raise ProgressError(f"{to}: cannot be written ({error.strerror}). Nothing was changed; make it possible first.") from None
    finally:
        for left in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of quizzer's own tables, sorted."""
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*sqlite_*' ORDER BY name")
    return [row[0] for row in found.fetchall()]


def counted(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables(connection)}


def faults(connection: sqlite3.Connection) -> str:
    """Return what SQLite finds wrong with the file and with references between its tables, in one line; "" when nothing."""
    lines = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_FOUND})") if row[0] != "ok"]
    lines += [f"row {row[1]} of {row[0]} is of nobody" for row in connection.execute("PRAGMA foreign_key_check").fetchmany(_FOUND)]
    return " ".join("; ".join(lines).split())


def check(copy: Path, wanted: dict[str, int], *, told: Path) -> None:
    """Read the file ``copy`` through; raises ProgressError, naming ``told``, when it is not whole or has other counts of rows."""
    with explained(told), contextlib.closing(read_still(copy)) as connection:
        wrong = faults(connection)
        if not wrong and counted(connection) != wanted:
            wrong = f"{counted(connection)} rows were read back, not {wanted}"
    if wrong:
        raise ProgressError(f"{told}: the file is damaged ({wrong}); no copy was made of it. Run `quizzer doctor`.")


def read_still(path: Path) -> sqlite3.Connection:
    """Return a connection that reads a file nobody writes to, and leaves nothing beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where folders can be synced (not on Windows)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that cannot
            raise
    finally:
        os.close(descriptor)
