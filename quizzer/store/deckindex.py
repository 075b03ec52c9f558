"""The index of decks: what reading each deck file gave, kept so that no start reads a file that did not change, and searched.

Only a cache: whatever happens to it (damaged, locked, of another quizzer, on a disk that cannot be written), every call returns,
gives nothing where it cannot answer, and ``lost`` says so; nothing is ever told wrongly, nor to the learner. To the store, what is
kept is bytes and texts.

A reading of a file has a number, and its cards have places from 0. Numbers ascend with the paths of the files, so that what search
finds comes in the order of the decks. What an older reading gave stays for a while: a session of another program may still show it.
"""

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

_T = TypeVar("_T")
_FORMAT = 1
_APPLICATION_ID = 0x517A6978  # "Qzix"
_PLACE_BITS = 24
_FREE = 1 << 20  # numbers left free between the readings of two files, for their later readings and for files between them
_MOST_READINGS = 1 << 38
_BUSY_MS = 200
COLUMNS = ("stem", "answers", "explanation", "tags", "title")  # of a card's texts, in which search looks
_SCHEMA = (
    f"PRAGMA application_id = {_APPLICATION_ID}",
    "CREATE TABLE made (by TEXT NOT NULL) STRICT",
    # ``stamp`` tells a changed file from an unchanged one; ``settled`` is 0 while the file may still change without a new stamp.
    """
    CREATE TABLE files (
        path TEXT NOT NULL PRIMARY KEY,
        reading INTEGER NOT NULL UNIQUE,
        stamp TEXT NOT NULL,
        settled INTEGER NOT NULL CHECK (settled IN (0, 1)),
        digest BLOB NOT NULL,
        problem TEXT NOT NULL,
        head BLOB NOT NULL,
        checksum INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE rolls (reading INTEGER PRIMARY KEY, roll BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT",
    # id = reading << 24 | place
    "CREATE TABLE cards (id INTEGER PRIMARY KEY, body BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT",
    "CREATE TABLE older (reading INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT",
    f"CREATE VIRTUAL TABLE words USING fts5({', '.join(COLUMNS)}, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3')",
    f"PRAGMA user_version = {_FORMAT}",
)
_OLDER_MS = 48 * 3600 * 1000  # how long an older reading stays


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a file gave: a ``problem``; or, where that is "", the ``head`` of its deck."""

    stamp: str
    settled: bool
    digest: bytes
    problem: str = ""
    head: bytes = b""
    number: int = 0


class DeckIndex:
    """One index file. Made with ``open``; what is asked of it once it is ``lost`` gives nothing."""

    def __init__(self, path: Path | None, connection: sqlite3.Connection | None) -> None:
        self._path = path  # None: in memory
        self._connection = connection

    @classmethod
    def open(cls, path: Path | None, *, made_by: str = "") -> "DeckIndex":
        """Open the index at ``path`` (None: an empty one in memory).

        One that is damaged, or was made by anything else than ``made_by``, is made anew.
        """
        index = cls(path, None)
        for _ in range(2):
            try:
                index._connection = _connect(path, made_by)
                return index
            except sqlite3.OperationalError as error:
                if _kind(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    return index
                index._remove()
            except (sqlite3.Error, OSError, _StrangeError):
                index._remove()
        return index

    @property
    def lost(self) -> bool:
        """Whether there is nothing to be had from it (any more)."""
        return self._connection is None

    def close(self) -> None:
        """Let go of the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()

    def readings(self) -> dict[str, Reading]:
        """Return the newest reading of every file, by its path."""
        found = self._all("SELECT path, stamp, settled, digest, problem, head, reading, checksum FROM files")
        readings = {}
        for path, stamp, settled, digest, problem, head, number, checksum in found:
            if _checksum(path, stamp, settled, digest, problem, head, number) != checksum:
                self._give_up(damaged=True)
                return {}
            settled = bool(settled)
            readings[path] = Reading(stamp=stamp, settled=settled, digest=digest, problem=problem, head=head, number=number)
        return readings

    def roll(self, number: int) -> bytes | None:
        """Return what was kept of the reading's cards together; None where it cannot be had."""
        found = self._bodies("SELECT roll, checksum FROM rolls WHERE reading = ?", number)
        return found[0] if found else None

    def body(self, number: int, place: int) -> bytes | None:
        """Return what was kept of the card; None where it cannot be had."""
        found = self._bodies("SELECT body, checksum FROM cards WHERE id = ?", number << _PLACE_BITS | place)
        return found[0] if found else None

    def bodies(self, number: int) -> list[bytes]:
        """Return what was kept of every card of the reading, in their order; some or all may be missing at the end."""
        return self._bodies("SELECT body, checksum FROM cards WHERE id >= ? AND id < ? ORDER BY id", *_span(number))

    def _bodies(self, statement: str, *values: int) -> list[bytes]:
        found = self._all(statement, *values)
        if any(zlib.crc32(body) != checksum for body, checksum in found):
            self._give_up(damaged=True)
            return []
        return [row[0] for row in found]

    def keep(self, path: str, reading: Reading, cards: Sequence[tuple[bytes, Sequence[str]]], *, roll: bytes, now: int) -> int:
        """Keep a reading with its cards, each its bytes and its texts in the order of ``COLUMNS``; return its number, 0 where it is not.

        ``roll`` is what is wanted of all cards together. ``now`` is in milliseconds; what an older reading gave is let go 48 hours
        after the newer one came.
        """

        def work(execute: Any) -> int:
            number = self._number(path)
            self._forget(path, now)
            row = (path, reading.stamp, int(reading.settled), reading.digest, reading.problem, reading.head, number)
            execute(
                "INSERT INTO files (path, stamp, settled, digest, problem, head, reading, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, _checksum(*row)),
            )
            execute("INSERT INTO rolls VALUES (?, ?, ?)", (number, roll, zlib.crc32(roll)))
            many = self._connected.executemany
            first = number << _PLACE_BITS
            many("INSERT INTO cards VALUES (?, ?, ?)", ((first | at, body, zlib.crc32(body)) for at, (body, _) in enumerate(cards)))
            many(
                f"INSERT INTO words (rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})",
                ((first | at, *texts) for at, (_, texts) in enumerate(cards)),
            )
            for (old,) in execute("SELECT reading FROM older WHERE since < ?", (now - _OLDER_MS,)).fetchall():
                execute("DELETE FROM cards WHERE id >= ? AND id < ?", _span(old))
                execute("DELETE FROM rolls WHERE reading = ?", (old,))
                execute("DELETE FROM older WHERE reading = ?", (old,))
            return number

        return self._write(work) or 0

    def settle(self, path: str, reading: Reading) -> None:
        """Take down that ``path`` has this stamp now and whether it is settled: its text is the same."""
        row = (path, reading.stamp, int(reading.settled), reading.digest, reading.problem, reading.head, reading.number)
        self._write(
            lambda execute: execute(
                "UPDATE files SET stamp = ?, settled = ?, checksum = ? WHERE path = ? AND reading = ?",
                (reading.stamp, int(reading.settled), _checksum(*row), path, reading.number),
            )
        )

    def forget(self, paths: Sequence[str], *, now: int) -> None:
        """Forget files that are gone."""

        def work(_: object) -> None:
            for path in paths:
                self._forget(path, now)

        self._write(work)

    def search(self, words: str, *, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, int]]:
        """Yield (number of the reading, place) of the cards whose texts match, in order; at will only those of ``numbers``.

        ``words`` is an FTS5 query, made by ``quizzer.study.searching``; the last word of it may be a prefix.
        """
        if self._connection is None:
            return
        spans = [(0, 1 << 62)] if numbers is None else [_span(number) for number in sorted(numbers)]
        try:
            for first, end in spans:
                query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid"
                for (id_,) in self._connection.execute(query, (words, first, end)):
                    yield id_ >> _PLACE_BITS, id_ & (1 << _PLACE_BITS) - 1
        except sqlite3.Error as error:
            self._failed(error)

    # inside

    @property
    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            raise _LostError
        return self._connection

    def _all(self, statement: str, *values: object) -> list[Any]:
        try:
            return self._connected.execute(statement, values).fetchall()
        except _LostError:
            return []
        except sqlite3.Error as error:
            self._failed(error)
            return []

    def _write(self, work: Callable[[Any], _T]) -> _T | None:
        """Return what ``work`` returns, done in one transaction; None where it could not be done: then nothing was written."""
        try:
            execute = self._connected.execute
            execute("BEGIN IMMEDIATE")
            try:
                done = work(execute)
                execute("COMMIT")
            except BaseException:
                if self._connection is not None and self._connection.in_transaction:
                    execute("ROLLBACK")
                raise
            return done
        except _LostError:
            return None
        except sqlite3.Error as error:
            self._failed(error)
            return None

    def _number(self, path: str) -> int:
        """Return a number for a new reading of ``path``: between those of the files before and behind it, and never used before."""
        one = self._connected.execute
        own = one("SELECT reading FROM files WHERE path = ?", (path,)).fetchone()
        before = one("SELECT max(reading) FROM files WHERE path < ?", (path,)).fetchone()[0] or 0
        behind = one("SELECT min(reading) FROM files WHERE path > ?", (path,)).fetchone()[0]
        if own:
            number: int = own[0] + 1
        else:
            number = before + _FREE if behind is None else (before + behind) // 2
        while one("SELECT 1 FROM older WHERE reading = ?", (number,)).fetchone():
            number += 1
        if number <= before or number >= (behind or _MOST_READINGS):  # after very many changes: begin anew
            self._give_up(damaged=True)
            raise _LostError
        return number

    def _forget(self, path: str, now: int) -> None:
        one = self._connected.execute
        found = one("DELETE FROM files WHERE path = ? RETURNING reading", (path,)).fetchall()
        for (number,) in found:
            one("DELETE FROM words WHERE rowid >= ? AND rowid < ?", _span(number))
            one("INSERT INTO older VALUES (?, ?)", (number, now))

    def _failed(self, error: sqlite3.Error) -> None:
        """A lock or a full disk passes; all else is a damaged file, which the next program makes anew."""
        if _kind(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY):
            return
        full = _kind(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM)
        self._give_up(damaged=not full)

    def _give_up(self, *, damaged: bool) -> None:
        self.close()
        if damaged:
            self._remove()

    def _remove(self) -> None:
        path = self._path
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                if path is not None:
                    path.with_name(path.name + suffix).unlink()


class _StrangeError(Exception):
    """The file is an index of something else."""


class _LostError(Exception):
    """There is no connection."""


def _connect(path: Path | None, made_by: str) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(":memory:" if path is None else path, isolation_level=None, timeout=_BUSY_MS / 1000)
    execute = connection.execute
    try:
        # A crash of the machine may cost the newest readings, never the file.
        execute("PRAGMA synchronous = NORMAL")
        application, version = execute("PRAGMA application_id").fetchone()[0], execute("PRAGMA user_version").fetchone()[0]
        if (application, version) == (0, 0) and not execute("SELECT 1 FROM sqlite_schema").fetchone():
            execute("PRAGMA journal_mode = WAL")
            execute("BEGIN IMMEDIATE")
            if not execute("SELECT 1 FROM sqlite_schema").fetchone():  # else another program was first
                for statement in _SCHEMA:
                    execute(statement)
                execute("INSERT INTO made VALUES (?)", (made_by,))
            execute("COMMIT")
        elif (application, version) != (_APPLICATION_ID, _FORMAT):
            raise _StrangeError
        if execute("SELECT by FROM made").fetchall() != [(made_by,)]:
            raise _StrangeError
    except BaseException:
        connection.close()
        raise
    return connection


def _span(number: int) -> tuple[int, int]:
    return number << _PLACE_BITS, number + 1 << _PLACE_BITS


def _checksum(*values: str | int | bytes) -> int:
    summed = 0
    for value in values:
        summed = zlib.crc32(value if isinstance(value, bytes) else f"{value}\x1f".encode("utf-8", "surrogatepass"), summed)
    return summed


def _kind(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
