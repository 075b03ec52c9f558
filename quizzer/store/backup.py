"""Copies of a progress file, consistent even while it is written to, kept in a dot folder beside it.

Two sorts, each with its own rule. Those made before something that could go wrong are named by number and reason
(``.progress-backups/progress-0007-before-doctor.db``); the newest ``KEPT`` stay. Those made as time goes by, by themselves or because they
were asked for, are named by their instant (``progress-at-2026-03-02T09-00-00Z.db``), so that names sort by time; ``thinning`` says
which stay.
"""

import contextlib
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from quizzer.core.errors import ProgressError
from quizzer.store import copying
from quizzer.store.failures import explained
from quizzer.store.thinning import kept

KEPT = 10
APART = timedelta(hours=2)  # what is made by itself comes no sooner after the one before
_LEFT_BEHIND = timedelta(days=1)  # after which an unfinished copy is that of a process that was killed
_STAMP = "%Y-%m-%dT%H-%M-%SZ"


class Backup(msgspec.Struct, frozen=True, kw_only=True):
    """A backup as a list shows it. ``reviews`` counts those of all learners; None where it cannot be read."""

    name: str
    path: str
    at: datetime
    bytes: int
    reviews: int | None


def folder(path: Path) -> Path:
    """Return where the backups of the progress file at ``path`` are kept."""
    return path.parent / ".progress-backups"


def backups(path: Path) -> list[Path]:
    """Return the numbered backups of the file at ``path``, oldest first."""
    name = re.compile(rf"{re.escape(path.stem)}-(\d+)-.*\.db")
    found = [(int(match[1]), copy) for copy in _files(path) if (match := name.fullmatch(copy.name))]
    return [copy for _, copy in sorted(found)]


def dated(path: Path) -> dict[datetime, Path]:
    """Return the dated backups of the file at ``path`` by their instant (UTC, whole seconds), oldest first."""
    name = re.compile(rf"{re.escape(path.stem)}-at-(.*)\.db")
    found = {}
    for copy in sorted(_files(path)):
        if match := name.fullmatch(copy.name):
            with contextlib.suppress(ValueError):
                found[datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)] = copy
    return found


def newest(path: Path) -> Path | None:
    """Return the backup of the file at ``path`` to put back when nothing else is said: the last dated one, else the last numbered."""
    return next(reversed([*backups(path), *dated(path).values()]), None)


def listing(path: Path) -> list[Backup]:
    """Return all backups of the file at ``path``, oldest first; a numbered one's instant is that of its file."""
    at = {copy: made for made, copy in dated(path).items()}
    found = []
    for copy in [*backups(path), *at]:
        with contextlib.suppress(FileNotFoundError):  # another quizzer thinned them meanwhile
            about = copy.stat()
            made = at.get(copy) or datetime.fromtimestamp(about.st_mtime, UTC)
            found.append(Backup(name=copy.name, path=str(copy), at=made, bytes=about.st_size, reviews=reviews_in(copy)))
    return sorted(found, key=lambda backup: (backup.at, backup.name))


def reviews_in(copy: Path) -> int | None:
    """Return how many reviews a backup holds, all learners'; None where it cannot be read."""
    try:
        with contextlib.closing(copying.read_still(copy)) as connection:
            return int(connection.execute("SELECT count(*) FROM log WHERE act = 'review'").fetchone()[0])
    except sqlite3.Error:
        return None


def back_up(path: Path, *, reason: str, source: sqlite3.Connection | None = None, verified: bool = False) -> Path:
    """Copy the file at ``path``, durably, and return where to; ``reason`` is a word or two joined by hyphens.

    Args:
        path: The progress file.
        reason: Stands in the copy's name.
        source: Reads the file, where somebody holds it; without one, it is opened.
        verified: Refuse a damaged file. Without, it is copied as it is, so that it can be mended.

    Raises:
        ProgressError: it cannot be read, or the copy not be written.
    """
    copy = next_numbered(path, reason=reason)
    if source is not None:
        copying.write(source, copy, path=path, verified=verified)
    else:
        with copying.snapshot(path) as opened:
            copying.write(opened, copy, path=path, verified=verified)
    thin_numbered(path)
    return copy


def next_numbered(path: Path, *, reason: str) -> Path:
    """Return the name for the next numbered backup, its folder made; raises ProgressError where that cannot be."""
    before = backups(path)
    number = int(before[-1].stem.removeprefix(path.stem + "-").partition("-")[0]) + 1 if before else 1
    copy = folder(path) / f"{path.stem}-{number:04}-{reason}.db"
    _make_folder(copy)
    return copy


def thin_numbered(path: Path) -> None:
    """Remove all but the newest ``KEPT`` numbered backups."""
    for old in backups(path)[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()


def back_up_now(path: Path, *, now: datetime, to: Path | None = None) -> Path:
    """Copy the file at ``path``, verified, to ``to`` or among the dated backups, which are then thinned; return where to.

    Raises:
        ProgressError: there is no progress yet, it is damaged, or the copy cannot be written; every backup is as it was.
    """
    if not path.exists():
        raise ProgressError(f"{path}: there is no progress yet to back up. Run `quizzer` and answer a card.")
    copy = to or folder(path) / f"{path.stem}-at-{now.astimezone(UTC).strftime(_STAMP)}.db"
    if to is None:
        _make_folder(copy)
    with copying.snapshot(path) as opened:
        copying.write(opened, copy, path=path, verified=True)
    if to is None:
        _thin(path, now=now)
    return copy


def back_up_if_due(path: Path, *, now: datetime) -> Path | None:
    """Make a dated backup if the log changed since the last and that is ``APART`` old or more; return it.

    Raises:
        ProgressError: as of ``back_up_now``.
    """
    made = dated(path)
    last = max(made, default=None)
    if not path.exists() or (last is not None and timedelta() <= now - last < APART):
        return None
    with copying.snapshot(path) as opened, explained(path):
        end = _end_of_log(opened)
    if end is None or (last is not None and end == _end_of_copy(made[last])):
        return None
    return back_up_now(path, now=now)


def _end_of_log(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """Return what changes with every entry: the number and the id of the last."""
    try:
        found: tuple[int, str] | None = connection.execute("SELECT n, id FROM log ORDER BY n DESC LIMIT 1").fetchone()
    except sqlite3.OperationalError:  # there is no log
        return None
    return found


def _end_of_copy(copy: Path) -> tuple[int, str] | None:
    try:
        with contextlib.closing(copying.read_still(copy)) as connection:
            return _end_of_log(connection)
    except sqlite3.Error:
        return None


def _thin(path: Path, *, now: datetime) -> None:
    made = dated(path)
    stay = kept(made, now=now)
    for at, copy in made.items():
        if at not in stay:
            with contextlib.suppress(OSError):
                copy.unlink()
    for left in _files(path):
        if re.fullmatch(r"\.part\d+(-journal)?", left.suffix):
            with contextlib.suppress(OSError):
                if datetime.fromtimestamp(left.stat().st_mtime, UTC) < now - _LEFT_BEHIND:
                    left.unlink()


def _files(path: Path) -> list[Path]:
    try:
        return list(folder(path).iterdir())
    except OSError:
        return []


def _make_folder(copy: Path) -> None:
    try:
        copy.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise ProgressError(
            f"{copy}: the backup cannot be written ({error.strerror}). Nothing was changed; make it possible first."
        ) from None
