"""All there is of one learner, to be handed out, or to be erased for good.

The log forbids its rows to be deleted; so a learner is erased by copying everything else into a new file, in which nothing of theirs
ever stood, and putting that in the old one's place. Backups are treated alike.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from quizzer.core.errors import ProgressError
from quizzer.core.model import Entry, MemoryState
from quizzer.store import backup, copying, opening, rows
from quizzer.store.failures import explained
from quizzer.store.progress import Place, Progress
from quizzer.store.swapping import held, replacement
from quizzer.store.visiting import visited

_TOLD = {"learners", "log", "memory", "places", "tallies"}


class Traces(msgspec.Struct, frozen=True, kw_only=True):
    """What there is of a learner in the progress file, and in which backups.

    ``rewritten`` are backups that hold others too; ``removed`` those that hold nobody else, or cannot be read to tell.
    """

    learner: str
    reviews: int
    entries: int
    cards: int
    rewritten: tuple[str, ...]
    removed: tuple[str, ...]


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """All there is of a learner in the file at one moment; ``more`` holds rows of other tables, by their name."""

    entries: tuple[Entry, ...]
    states: dict[str, MemoryState]
    places: dict[str, Place]
    more: dict[str, list[dict[str, object]]]


def known(path: Path) -> list[str]:
    """Return the names of the learners of the file at ``path``, sorted; none where there is no file."""
    progress = Progress.open(path, learner="", readonly=True)
    try:
        return progress.learners()
    finally:
        progress.close()


def whole(path: Path, learner: str) -> Whole:
    """Return all there is of the learner.

    Raises:
        ProgressError: there is no such learner, or the file cannot be read.
    """
    learner = rows.storable(learner)
    if learner not in known(path):
        raise _unknown(path, learner)
    with visited(path) as opened:
        progress = Progress(opened, path, learner=learner)
        entries = tuple(progress.entries())
        states = {card: state for deck in progress.decks() for card, state in progress.states(deck).items()}
        places = {scope: place for scope in progress.scopes() if (place := progress.place(scope))}
        more = {
            table: _rows(opened, table, learner) for table in copying.tables(opened) if table not in _TOLD and _has_learner(opened, table)
        }
    return Whole(entries=entries, states=states, places=places, more=more)


def traces(path: Path, learner: str) -> Traces:
    """Return what ``erase`` would do.

    Raises:
        ProgressError: there is no such learner, neither in the file nor in a backup; or the file cannot be read.
    """
    learner = rows.storable(learner)
    entries = reviews = cards = 0
    there = learner in known(path)
    if there:
        with visited(path) as opened:
            number = _number(opened, learner)
            counts = "SELECT count(*), count(*) FILTER (WHERE act = 'review'), count(DISTINCT card) FROM log WHERE learner = ?"
            entries, reviews, cards = opened.execute(counts, (number,)).fetchone()
    rewritten, removed = [], []
    for copy in _copies(path):
        match _others(copy, learner):
            case None:
                removed.append(str(copy))
            case True:
                rewritten.append(str(copy))
    if not there and not rewritten and not any(_holds(Path(copy), learner) for copy in removed):
        raise _unknown(path, learner)
    return Traces(learner=learner, reviews=reviews, entries=entries, cards=cards, rewritten=tuple(rewritten), removed=tuple(removed))


def erase(path: Path, learner: str) -> Traces:
    """Erase the learner from the file at ``path`` and from its backups for good, all at once in each; return what was done.

    The file itself comes last: what was killed half-way can be done again.

    Raises:
        ProgressError: there is no such learner, somebody has the file open, or something cannot be written; the file is then as it
            was, backups may be done already.
    """
    if opening.is_ours(path):
        opening.connect(path, create=False).close()  # an older file is brought up to date
    found = traces(path, learner)
    with contextlib.ExitStack() as stack:
        if found.learner in known(path):
            holding = stack.enter_context(held(path))
            new = stack.enter_context(replacement(path, holding))
            with explained(path):
                _without(holding, new, found.learner, path)
        for name in found.removed:
            with contextlib.suppress(FileNotFoundError):
                _removed(Path(name))
        for name in found.rewritten:
            copy = Path(name)
            made = copy.stat()
            with visited(copy) as opened, copying.finished(copy) as unfinished:
                _without(opened, unfinished, found.learner, copy)
                os.utime(unfinished, ns=(made.st_atime_ns, made.st_mtime_ns))  # it is still as old as it was
        with contextlib.suppress(FileNotFoundError):
            for left in backup.folder(path).glob("*.part*"):
                _removed(left)
            copying.sync_folder(backup.folder(path))
    return found


def _without(source: sqlite3.Connection, to: Path, learner: str, path: Path) -> None:
    """Make a new file of all but the learner's rows, whole."""
    number = _number(source, learner)
    with explained(to), contextlib.closing(sqlite3.connect(to, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = FULL")
        opening.migrate(target)
        target.execute("BEGIN IMMEDIATE")
        # Tallies come of themselves, with the log.
        others = {table: _others_of(target, table) for table in copying.tables(target) if table != "tallies"}
        for table, others_of in others.items():
            columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
            read = source.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {others_of}", {"learner": number})
            target.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", read)
        target.execute("COMMIT")
        counted = {"tallies": target.execute("SELECT count(*) FROM tallies").fetchone()[0]}
    wanted = counted | {
        table: source.execute(f"SELECT count(*) FROM {table} WHERE {others_of}", {"learner": number}).fetchone()[0]
        for table, others_of in others.items()
    }
    copying.check(to, wanted, told=path)


def _others_of(connection: sqlite3.Connection, table: str) -> str:
    """Return the condition of the rows of ``table`` that are not the learner's."""
    if table == "learners":
        return "id <> :learner"
    return "learner <> :learner" if _has_learner(connection, table) else ":learner = :learner"


def _has_learner(connection: sqlite3.Connection, table: str) -> bool:
    return any(row[1] == "learner" for row in connection.execute(f"PRAGMA table_info({table})"))


def _rows(connection: sqlite3.Connection, table: str, learner: str) -> list[dict[str, object]]:
    found = connection.execute(f"SELECT * FROM {table} WHERE learner = ?", (_number(connection, learner),))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def _number(connection: sqlite3.Connection, learner: str) -> int:
    found = connection.execute("SELECT id FROM learners WHERE name = ?", (learner,)).fetchone()
    return found[0] if found else 0


def _copies(path: Path) -> Iterator[Path]:
    yield from backup.backups(path)
    yield from backup.dated(path).values()


def _others(copy: Path, learner: str) -> bool | None:
    """Return whether a backup that holds the learner holds others too; None: it has to go; False: it does not hold them."""
    try:
        with visited(copy) as opened:
            number = _number(opened, learner)
            if not number:
                return False
            theirs = (table for table in copying.tables(opened) if _has_learner(opened, table))
            there = (opened.execute(f"SELECT 1 FROM {table} WHERE learner <> ? LIMIT 1", (number,)).fetchone() for table in theirs)
            return any(there) or None
    except ProgressError:
        return None


def _holds(copy: Path, learner: str) -> bool:
    try:
        with visited(copy) as opened:
            return bool(_number(opened, learner))
    except ProgressError:
        return False


def _removed(copy: Path) -> None:
    for beside in ("", "-wal", "-journal"):
        try:
            copy.with_name(copy.name + beside).unlink(missing_ok=True)
        except OSError as error:
            raise ProgressError(f"{copy}: cannot be removed ({error.strerror}). Remove it, then erase once more.") from None


def _unknown(path: Path, learner: str) -> ProgressError:
    names = ", ".join(repr(name) for name in known(path))
    if not names:
        return ProgressError(f"{path}: there is no learner {learner!r}, nor any other: nothing was ever answered here.")
    return ProgressError(f"{path}: there is no learner {learner!r}, only {names}. Name one of them with --learner.")
