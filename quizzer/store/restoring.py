"""Putting a backup in the place of the progress file, after a copy of what is there."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import msgspec

from quizzer.core.errors import ProgressError
from quizzer.store import backup, copying, opening
from quizzer.store.failures import explained
from quizzer.store.swapping import held, replacement
from quizzer.store.visiting import visited

LATEST = "latest"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What putting ``backup`` back changes, in reviews of all learners.

    ``lost`` are those only the present file has, ``gained`` those only the backup has; ``lost`` is None where the present file is too
    damaged to tell.
    """

    backup: str
    reviews: int
    lost: int | None
    gained: int


def chosen(path: Path, name: str) -> Path:
    """Return the backup of the file at ``path`` that is meant: a name in its folder, a path, or ``latest``.

    Raises:
        ProgressError: there is none of that name, or none at all.
    """
    if name == LATEST:
        if copy := backup.newest(path):
            return copy
        raise ProgressError(f"{backup.folder(path)}: there is no backup yet. `quizzer backup` makes one.")
    for copy in (backup.folder(path) / name, backup.folder(path) / f"{name}.db", Path(name)):
        if copy.is_file():
            return copy
    raise ProgressError(f"{name}: there is no backup of that name. `quizzer backup --list` lists them.")


def difference(path: Path, copy: Path) -> Difference:
    """Return what putting ``copy`` in the place of the file at ``path`` would change.

    Raises:
        ProgressError: ``copy`` is not a whole progress file; or what stands at ``path`` is a file of another program.
    """
    present = opening.is_ours(path)
    with visited(copy) as opened, explained(path):
        reviews = opened.execute("SELECT count(*) FROM log WHERE act = 'review'").fetchone()[0]
        lost, gained = (0, reviews) if not present else _compared(opened, path)
    return Difference(backup=str(copy), reviews=reviews, lost=lost, gained=gained)


def restore(path: Path, copy: Path) -> Path | None:
    """Put ``copy`` in the place of the file at ``path``, all at once; return the backup of what was there, None of nothing.

    Raises:
        ProgressError: ``copy`` is not a whole progress file, somebody has the present file open, or it cannot be written; the
            present file is as it was.
    """
    present = opening.is_ours(path)
    with visited(copy) as opened, contextlib.ExitStack() as stack:
        holding, before = None, None
        if present:
            try:
                holding = stack.enter_context(held(path))
                before = backup.back_up(path, reason="before-restore", source=holding)
            except ProgressError as error:
                if not _beyond_reading(error):
                    raise
                before = _as_it_is(path)
        with replacement(path, holding) as new:
            copying.write(opened, new, path=copy, verified=True)
    return before


def _compared(opened: sqlite3.Connection, path: Path) -> tuple[int | None, int]:
    lacks = "SELECT count(*) FROM {one}.log AS one WHERE act = 'review' AND NOT EXISTS (SELECT 1 FROM {other}.log AS o WHERE o.id = one.id)"
    try:
        opened.execute("ATTACH ? AS present", (str(path),))
        try:
            lost: int = opened.execute(lacks.format(one="present", other="main")).fetchone()[0]
            return lost, opened.execute(lacks.format(one="main", other="present")).fetchone()[0]
        finally:
            opened.execute("DETACH present")
    except sqlite3.DatabaseError as error:
        if not _is_wreck(error):
            raise
        return None, opened.execute("SELECT count(*) FROM log WHERE act = 'review'").fetchone()[0]


def _beyond_reading(error: ProgressError) -> bool:
    return isinstance(error.__cause__, sqlite3.Error) and _is_wreck(error.__cause__)


def _is_wreck(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith("no such")


def _as_it_is(path: Path) -> Path:
    """Keep a file that SQLite cannot read, byte by byte, with what stands beside it."""
    kept = backup.next_numbered(path, reason="before-restore")
    for beside in ("-wal", ""):
        left = path.with_name(path.name + beside)
        if left.is_file():
            with copying.finished(kept.with_name(kept.name + beside)) as unfinished:
                shutil.copyfile(left, unfinished)
    backup.thin_numbered(path)
    return kept
