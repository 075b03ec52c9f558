"""What SQLite says went wrong, in one line for the person at the keyboard."""

import sqlite3
from pathlib import Path
from types import TracebackType

from quizzer.core.errors import ProgressError

READ_ONLY = "it cannot be written to. Nothing was written; check the permissions of the file and its folder."
_SAYINGS = {
    sqlite3.SQLITE_BUSY: "another program is writing to it and did not finish in time. Nothing was written; try again.",
    sqlite3.SQLITE_LOCKED: "another program is writing to it and did not finish in time. Nothing was written; try again.",
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
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


class explained:
    """Turn what SQLite raises for reasons outside the program into ProgressError; a bug of ours keeps its traceback."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Let what was raised through, explained where it is SQLite's."""
        if isinstance(error, sqlite3.Error) and (saying := _saying(error, self._path)):
            raise ProgressError(f"{self._path}: {saying}") from error


def _saying(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_IOERR and _is_full(path):  # which SQLite says of some writes only
        code = sqlite3.SQLITE_FULL
    if code not in _SAYINGS and str(error).startswith(
        ("no such", "Could not decode")
    ):  # a table or an index that is gone; text that is none
        code = sqlite3.SQLITE_CORRUPT
    return _SAYINGS[code].format(said=error) if code in _SAYINGS else ""


def _is_full(path: Path) -> bool:
    import shutil  # slow to load, and seldom needed

    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False
