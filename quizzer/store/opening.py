"""Opening a progress file: is it ours, is it whole, is it of our time; and making one.

Nothing is done to a file that is not ours. A file of an older quizzer is backed up, then migrated in one transaction. Who only
reads needs no right to write.
"""

import contextlib
import os
import sqlite3
import sys
from pathlib import Path

from quizzer.core.errors import ProgressError
from quizzer.store.backup import back_up
from quizzer.store.failures import READ_ONLY, explained

APPLICATION_ID = 0x517A7A72  # "Qzzr", at byte 68 of the file
SCHEMA = 7  # how many migrations this quizzer knows
BUSY_SECONDS = 3.0
_OUT_OF_REACH = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
OLDEST_SQLITE = (3, 37)  # knows strict tables


def connect(path: Path, *, create: bool, readonly: bool = False) -> sqlite3.Connection:
    """Return a connection to the progress file at ``path``, made or migrated where needed; commits are explicit.

    With ``readonly`` nothing is made or changed, and nothing can be written: a file out of reach of SQLite's locks (a read-only
    folder, a full disk) is read as it stands, and none at all as one without rows.

    Raises:
        ProgressError: it is of another program, newer than we are, locked, damaged, missing or cannot be written.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise ProgressError(
            f"{path}: this Python comes with SQLite {sqlite3.sqlite_version}, and quizzer needs 3.37 or later. Use a newer Python."
        )
    if not is_ours(path):
        if not create:
            raise ProgressError(f"{path}: there is no progress yet. Run `quizzer` and answer a card.")
        if readonly:
            connection = sqlite3.connect(":memory:", isolation_level=None)
            migrate(connection)
            return connection
        _make(path)
    if readonly:
        with explained(path):
            return _open_to_read(path)
    if not os.access(path, os.W_OK):  # SQLite says so with the first answer only
        raise ProgressError(f"{path}: {READ_ONLY}")
    _lend_permissions(path)
    with explained(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _lend_permissions(path: Path) -> None:
    """Let what SQLite left beside the file be written as the file may be: it was made while the file was read-only, as that was."""
    mode = path.stat().st_mode & 0o777
    for beside in ("-wal", "-shm"):
        left = path.with_name(path.name + beside)
        with contextlib.suppress(OSError):  # most often there is none
            if not os.access(left, os.W_OK) and left.is_file():
                left.chmod(mode)


def with_powers(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return the connection; statements on it can raise to powers, also where SQLite was built without its mathematics."""
    try:
        connection.execute("SELECT pow(1.0, 1.0)")
    except sqlite3.OperationalError:
        connection.create_function("pow", 2, _power, deterministic=True)
    return connection


def _power(base: float | None, exponent: float) -> float | None:
    return None if base is None else base**exponent


def is_ours(path: Path) -> bool:
    """Return whether there is a progress file at ``path``; False when there is nothing, or a file of no bytes.

    Raises:
        ProgressError: what is there is something else, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except IsADirectoryError:
        raise ProgressError(f"{path}: is a folder, not a progress file. Move it away.") from None
    except OSError as error:
        raise ProgressError(f"{path}: cannot be read ({error.strerror}). Check the permissions of the file and its folder.") from None
    if not header:
        return False
    if not header.startswith(b"SQLite format 3\0"):
        raise ProgressError(
            f"{path}: is not a progress file of quizzer, and was left as it is. Move it away, or name another folder with --workspace."
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ProgressError(
            f"{path}: is a database of another program, and was left as it is. Move it away, or name another folder with --workspace."
        )
    return True


def file_at(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at ``path`` from every other, None when there is none; always None on Windows, which keeps open files."""
    if sys.platform == "win32":
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def let_be(connection: sqlite3.Connection) -> None:
    """Keep ``close`` from removing the write-ahead log beside a file that was put in the open one's place, where Python can say so."""
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, True)


def _make(path: Path) -> None:
    """Make an empty progress file: whole under another name first, so that no one ever sees half of one."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        new.unlink(missing_ok=True)  # left by a process of that number that was killed here
        new.open("xb").close()
    except OSError as error:
        raise ProgressError(f"{path}: cannot be made ({error.strerror}). Check that its folder exists and can be written to.") from None
    try:
        with explained(path):
            connection = sqlite3.connect(new, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = FULL")
                migrate(connection)
            finally:
                connection.close()
        _put_in_place(new, path)
    except OSError as error:
        raise ProgressError(f"{path}: cannot be made ({error.strerror}). Check that its folder can be written to.") from None
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)


def schema() -> dict[str, str]:
    """Return the statements that make the tables that are caches, the indexes and the triggers a progress file of today has, by name."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        made = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE (type IN ('index', 'trigger') AND sql IS NOT NULL) OR name IN ('tallies', 'homes') "
            "ORDER BY type <> 'table'"
        )
        return dict(made.fetchall())
    finally:
        connection.close()


def _put_in_place(new: Path, path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size == 0:
            new.replace(path)
            return
    if not path.exists():  # what a file that is gone left beside it would be taken for the new one's
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
    try:
        os.link(new, path)
    except FileExistsError:
        return  # another process was first; its file is as good
    except OSError:  # a file system without hard links
        new.rename(path)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    execute = connection.execute
    execute("PRAGMA foreign_keys = ON")
    execute("PRAGMA synchronous = FULL")
    if is_older(connection, path):
        back_up(path, reason=f"before-m{SCHEMA:03}")
        migrate(connection)
    if execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        execute("PRAGMA journal_mode = WAL")
    # Checkpoints are made while the learner reads (``Progress.checkpoint``); this is for a face that forgets to.
    execute("PRAGMA wal_autocheckpoint = 4000")
    execute("PRAGMA cache_size = -8000")  # KiB: with 2,000 an answer among 100,000 cards reads twice as many pages
    # Asked now, so that a learner who cannot write is told before the first answer, not after it.
    try:
        execute("PRAGMA busy_timeout = 0")
        execute("BEGIN IMMEDIATE")
        execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
    finally:
        execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def is_older(connection: sqlite3.Connection, path: Path) -> bool:
    """Return whether the file needs a migration; raises ProgressError when it is newer than we are."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'quizzer' ORDER BY id")
        unknown = ", ".join(repr(row[0]) for row in found.fetchall()[SCHEMA:]) or f"version {version}"
        raise ProgressError(
            f"{path}: was written by a newer quizzer (this one does not know {unknown}), and was left as it is. Update quizzer."
        )
    return bool(version < SCHEMA)


def _open_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write; the file is read in memory where it is older, or SQLite cannot open it in its place."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            if is_older(connection, path):
                connection = _in_memory(connection)
                migrate(connection)
            connection.execute("SELECT 1 FROM sqlite_schema").fetchall()
        except BaseException:
            connection.close()
            raise
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _OUT_OF_REACH:
            raise
        connection = _apart(path)
        if is_older(connection, path):
            migrate(connection)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _apart(path: Path) -> sqlite3.Connection:
    """Return what the file holds, in memory, without its locks; what stands in a write-ahead log left beside it is not forgotten."""
    import shutil  # slow to load, and seldom needed
    import tempfile

    log = path.with_name(path.name + "-wal")
    if not (log.is_file() and log.stat().st_size):
        return _in_memory(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True))
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(shutil.copyfile(path, Path(folder, path.name)))
            shutil.copyfile(log, copy.with_name(log.name))
            return _in_memory(sqlite3.connect(copy))
    except OSError as error:
        raise ProgressError(
            f"{path}: cannot be read with {log.name} ({error.strerror}). Make its folder writable, or room in {tempfile.gettempdir()}."
        ) from None


def _in_memory(source: sqlite3.Connection) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        source.backup(connection)
    except BaseException:
        connection.close()
        raise
    finally:
        source.close()
    return connection


def migrate(connection: sqlite3.Connection) -> None:
    """Give the file the tables of today, in one transaction; one that has them is left as it is."""
    import sqlite_utils  # slow, and seldom needed

    from quizzer.store.migrations import migrations

    connection.execute("BEGIN IMMEDIATE")  # before looking, so that two processes do not both begin
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA:
            migrations.apply(sqlite_utils.Database(connection, execute_plugins=False))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
