"""What SQLite says went wrong, in one line for the person at the keyboard."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizzer.core.errors import ProgressError

_SAYINGS = {
    sqlite3.SQLITE_BUSY: "another program is writing to it and did not finish in time. Nothing was written; try again.",
    sqlite3.SQLITE_LOCKED: "another program is writing to it and did not finish in time. Nothing was written; try again.",
    sqlite3.SQLITE_READONLY: "it cannot be written to. Nothing was written; check the permissions of the file and its folder.",
    sqlite3.SQLITE_PERM: "it cannot be written to. Nothing was written; check the permissions of the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened for writing. Check that its folder exists and can be written to.",
    sqlite3.SQLITE_FULL: "the disk is full. Nothing was written; make room and try again.",
    sqlite3.SQLITE_CORRUPT: "the file is damaged ({said}). Run `quizzer doctor`, which says what can be saved.",
    sqlite3.SQLITE_NOTADB: "the file is damaged ({said}). Run `quizzer doctor`, which says what can be saved.",
    sqlite3.SQLITE_IOERR: "reading or writing it failed ({said}). Nothing was written; check the disk and try again.",
    sqlite3.SQLITE_NOMEM: "there is not enough memory to read it. Nothing was written; close other programs and try again.",
    sqlite3.SQLITE_TOOBIG: "a text is too long to be stored. Nothing was written.",
}


_LEAST_ROOM = 65_536  # bytes: what SQLite needs beside a file to open it


class MovedError(ProgressError):
    """Another program wrote to the file since it was last read: read it again, then try again."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite raises for reasons outside the program into ProgressError; a bug of ours keeps its traceback."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_IOERR and _is_full(path):  # which SQLite says of some writes only
            code = sqlite3.SQLITE_FULL
        if code in _SAYINGS:
            raise ProgressError(f"{path}: {_SAYINGS[code].format(said=error)}") from error
        # A table or an index that is gone; text that is none.
        if str(error).startswith(("no such", "Could not decode")):
            raise ProgressError(f"{path}: {_SAYINGS[sqlite3.SQLITE_CORRUPT].format(said=error)}") from error
        raise


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False
