"""Progress files that are only read: another machine's, a backup. Nothing beside them is made, changed or removed."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from quizzer.core.errors import ProgressError
from quizzer.store import copying, opening
from quizzer.store.failures import explained


@contextlib.contextmanager
def visited(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a private copy of the progress file at ``path``, brought to today's schema and found whole.

    What stands in a write-ahead log or a journal beside the file is in the copy; somebody may be writing to the file meanwhile.

    Raises:
        ProgressError: there is no such file, it is not a progress file, is newer than we are, damaged, or cannot be copied.
    """
    import tempfile  # slow to load, and seldom needed

    if not opening.is_ours(path):
        raise ProgressError(f"{path}: there is no such progress file. Is the name spelled right?")
    with tempfile.TemporaryDirectory(prefix="quizzer-") as folder:
        copy = Path(folder, "copy.db")
        _copy(path, copy)
        with explained(path):
            connection = sqlite3.connect(copy, isolation_level=None)
        try:
            with explained(path):
                connection.execute("PRAGMA synchronous = OFF")  # of a copy that is thrown away
                if opening.is_older(connection, path):
                    opening.migrate(connection)
                wrong = copying.faults(connection)
                connection.execute("PRAGMA query_only = ON")
            if wrong:
                raise ProgressError(f"{path}: the file is damaged ({wrong}). Nothing was changed; use another.")
            yield connection
        finally:
            connection.close()


def _copy(path: Path, to: Path) -> None:
    import shutil
    import tempfile

    try:
        if path.with_name(f"{path.name}-shm").exists():  # somebody has it open: SQLite's locks tell them of us
            with explained(path):
                source = sqlite3.connect(
                    f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=opening.BUSY_SECONDS, isolation_level=None
                )
                with contextlib.closing(source), contextlib.closing(sqlite3.connect(to)) as target:
                    source.execute("BEGIN")  # waits for who has it locked, as ``backup`` would without end
                    source.execute("SELECT 1 FROM sqlite_schema").fetchall()
                    source.backup(target)
            return
        shutil.copyfile(path, to)
        for beside in ("-wal", "-journal"):  # of a process that was killed
            left = path.with_name(path.name + beside)
            if left.is_file():
                shutil.copyfile(left, to.with_name(to.name + beside))
    except OSError as error:
        raise ProgressError(
            f"{path}: cannot be copied to be read ({error.strerror}). Check its permissions, and make room in {tempfile.gettempdir()}."
        ) from None
