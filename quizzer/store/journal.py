"""The journal: what was done to decks and to the log as a whole. Like the log, only added to."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from quizzer.core.changes import Change, What
from quizzer.core.ids import deck_of, instant, milliseconds
from quizzer.core.model import Entry
from quizzer.store import rows
from quizzer.store.progress import Progress

COLUMNS = "id, what, at, day, deck, question, before, after, voids"
INSERT = f"INSERT INTO journal (learner, {COLUMNS}) VALUES ({', '.join('?' * (COLUMNS.count(',') + 2))})"
# The newest rows of the file by the index on their ids; of those, the learner's own on these decks.
_ACTS = f"SELECT {rows.ENTRY} FROM (SELECT * FROM log ORDER BY id DESC LIMIT ?1) WHERE learner = ?2"
_CHANGES = f"SELECT {COLUMNS} FROM (SELECT * FROM journal ORDER BY id DESC LIMIT ?1) WHERE learner = ?2"
_WITHIN = " AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3)))"


def add(progress: Progress, changes: Iterable[Change], *, version: int | None = None) -> None:
    """Append changes in one durable transaction; errors are as of ``Progress.record``."""
    with progress.transaction(version) as execute:
        for change in changes:
            execute(INSERT, (progress.number, *from_change(change)))


def changes(progress: Progress, *, decks: Sequence[str] | None = None, newest: int) -> list[Change]:
    """Return the learner's changes to ``decks`` (None: all there are) among the ``newest`` of the journal, in order of their ids."""
    found = progress.rows(_CHANGES + _WITHIN + " ORDER BY id", newest, progress.number, _json(decks))
    known = []
    for row in found:
        with contextlib.suppress(rows.UnreadableRowError):  # of a newer quizzer
            known.append(to_change(row))
    return known


def acts(progress: Progress, *, decks: Sequence[str] | None = None, newest: int) -> list[Entry]:
    """Return the learner's entries on cards of ``decks`` (None: of any) among the ``newest`` of the log, in order of their ids."""
    known = []
    homes = progress.homes
    names = None if decks is None else set(decks)
    within = _json(None if homes else decks)  # where cards moved, their entries may stand under any deck
    for row in progress.rows(_ACTS + _WITHIN + " ORDER BY id", newest, progress.number, within):
        with contextlib.suppress(rows.UnreadableRowError):  # the doctor names it
            entry = rows.housed(rows.to_entry(row), homes)
            if names is None or deck_of(entry.card) in names:
                known.append(entry)
    return known


def moves(connection: sqlite3.Connection, learner: int) -> list[Change]:
    """Return the learner's moves, and all that takes back one of them or does it again."""
    known = []
    for row in connection.execute(f"SELECT {COLUMNS} FROM journal WHERE learner = ? AND what IN ('move', 'undo')", (learner,)):
        with contextlib.suppress(rows.UnreadableRowError):
            known.append(to_change(row))
    return known


def from_change(change: Change) -> rows.Row:
    """Return the values of ``COLUMNS``."""
    texts = (rows.storable(text) for text in (change.deck, change.question, change.before, change.after))
    return (change.id, change.what.value, milliseconds(change.at), change.day, *texts, change.voids)


def to_change(row: rows.Row) -> Change:
    """Return the change of a row of ``COLUMNS``; raises UnreadableRowError."""
    id_, what, at, day, deck, question, before, after, voids = row
    try:
        known = What(what)
        return Change(id=id_, what=known, at=instant(at), day=day, deck=deck, question=question, before=before, after=after, voids=voids)
    except (ValueError, OverflowError, TypeError) as error:
        raise rows.UnreadableRowError(f"journal row {id_!r} cannot be read: {error}") from None


def _json(decks: Sequence[str] | None) -> Any:
    return None if decks is None else json.dumps(list(decks))
