"""Uniting the log of another progress file with this one's, by the ids of their entries.

The union is a set: whichever of two machines merges the other's file, how often and in whatever order, gives the same entries, and
memory that follows from them. So are the weights that were fitted, of which the newest count. Places in sessions are a machine's
own. Knows no formulas: what a card's memory should be, the caller works out from its entries.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec

from quizzer.core.changes import Change
from quizzer.core.errors import ProgressError
from quizzer.store import backup, journal, moving, opening, rows
from quizzer.store.failures import explained
from quizzer.store.remembering import Remember, remembered
from quizzer.store.visiting import visited

Note = tuple[str, Callable[[str], Change]]  # the learner who merges, and the row of the journal

_COLUMNS = ", ".join(["deck", rows.ENTRY])
_THEIRS = ", ".join(f"their.{name}" for name in _COLUMNS.split(", "))
_DIFFER = " OR ".join(f"our.{name} IS NOT their.{name}" for name in _COLUMNS.split(", "))
_NEW = "FROM other.log AS their WHERE NOT EXISTS (SELECT 1 FROM main.log AS our WHERE our.id = their.id)"
_JOINED = """
    FROM other.log AS their JOIN main.log AS our ON our.id = their.id
    JOIN other.learners AS they ON they.id = their.learner JOIN main.learners AS we ON we.id = our.learner
"""
_UNITE = f"""
    INSERT INTO main.log (learner, {_COLUMNS})
    SELECT we.id, {_THEIRS} FROM other.log AS their
    JOIN other.learners AS they ON they.id = their.learner JOIN main.learners AS we ON we.name = they.name
    WHERE NOT EXISTS (SELECT 1 FROM main.log AS our WHERE our.id = their.id) ORDER BY their.at, their.id
"""


_NEW_WEIGHTS = "FROM other.weights AS their WHERE NOT EXISTS (SELECT 1 FROM main.weights AS our WHERE our.id = their.id)"
_UNITE_WEIGHTS = f"""
    INSERT INTO main.weights (learner, {rows.WEIGHTS})
    SELECT we.id, {", ".join(f"their.{name}" for name in rows.WEIGHTS.split(", "))} FROM other.weights AS their
    JOIN other.learners AS they ON they.id = their.learner JOIN main.learners AS we ON we.name = they.name
    WHERE NOT EXISTS (SELECT 1 FROM main.weights AS our WHERE our.id = their.id)
"""


# What moved, and what takes that back or does it again; all else in the journal is of a machine's own files.
_MOVES = """
    WITH RECURSIVE moves (id) AS (
        SELECT id FROM {file}.journal WHERE what = 'move'
        UNION SELECT later.id FROM moves JOIN {file}.journal AS later ON later.voids = moves.id
    )
"""
_THEIR_MOVES = _MOVES.format(file="other")
_AHEAD = f"""
    {_MOVES.format(file="main")} SELECT (SELECT count(*) FROM main.log WHERE id NOT IN (SELECT id FROM other.log))
        + (SELECT count(*) FROM moves WHERE id NOT IN (SELECT id FROM other.journal))
"""
_NEW_MOVES = """
    FROM other.journal AS their WHERE their.id IN (SELECT id FROM moves)
        AND NOT EXISTS (SELECT 1 FROM main.journal AS our WHERE our.id = their.id)
"""
_UNITE_MOVES = f"""
    INSERT INTO main.journal (learner, {journal.COLUMNS}) {_THEIR_MOVES}
    SELECT we.id, {", ".join(f"their.{name}" for name in journal.COLUMNS.split(", "))} FROM other.journal AS their
    JOIN other.learners AS they ON they.id = their.learner JOIN main.learners AS we ON we.name = they.name
    WHERE their.id IN (SELECT id FROM moves) AND NOT EXISTS (SELECT 1 FROM main.journal AS our WHERE our.id = their.id)
"""
ASIDE = (("log", "withdrawn"), ("weights", "withdrawn_weights"), ("journal", "withdrawn_journal"))


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge brought: reviews, entries of any sort and moves, cards entries are of, learners who were not in the file.

    ``ahead`` counts the entries the other file lacks. ``backup`` is where the file was copied to before; "" when nothing was new, or
    there was no file.
    """

    reviews: int
    entries: int
    cards: int
    learners: tuple[str, ...]
    ahead: int
    backup: str


def merge(path: Path, other: Path, *, remember: Remember, note: Note | None = None) -> Merged:
    """Bring what the log at ``other`` has and the one at ``path`` lacks into the latter, in one transaction, after a backup.

    ``remember`` gives the memory of a card after its entries, which come in order of (instant, id), by the learner's weights; it is
    asked for every card that gets new ones, and for every card of a learner who gets new weights. ``note`` says in whose name, and makes
    the row of the journal, by which it can be taken back, of an id greater than the one it is given.

    Raises:
        ProgressError: ``other`` is no whole progress file of this or an older quizzer, an entry of the same id is another one here,
            or the file cannot be written. Nothing was changed then.
    """
    there = opening.is_ours(path)
    with visited(other) as theirs:
        (copy,) = theirs.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()
        connection = opening.connect(path, create=True)
        try:
            stands = opening.file_at(path)
            with explained(path):
                connection.execute("ATTACH ? AS other", (copy,))
                _refuse_strangers(connection, path, other)
                counts = (f"(SELECT count(*) {new})" for new in (_NEW, _NEW_WEIGHTS, _NEW_MOVES))
                entries = connection.execute(f"{_THEIR_MOVES} SELECT {' + '.join(counts)}").fetchone()[0]
            before = backup.back_up(path, reason="before-merge", verified=True) if there and entries else None
            with explained(path):
                return _united(connection, path, other, stands, remember=remember, before=before, note=note)
        finally:
            connection.close()


def _refuse_strangers(connection: sqlite3.Connection, path: Path, other: Path) -> None:
    """One id stands for one entry, for ever; where it does not, these are not two copies of one history."""
    found = connection.execute(f"SELECT their.id {_JOINED} WHERE they.name IS NOT we.name OR {_DIFFER} LIMIT 1").fetchone()
    if found:
        raise ProgressError(
            f"{other}: its log entry {found[0]!r} is another one in {path}. Nothing was merged; one of the files was altered."
        )


def _united(
    connection: sqlite3.Connection,
    path: Path,
    other: Path,
    stands: object,
    *,
    remember: Remember,
    before: Path | None,
    note: Note | None,
) -> Merged:
    execute = connection.execute
    execute("BEGIN IMMEDIATE")
    try:
        _refuse_strangers(connection, path, other)  # once more: now nobody adds to it
        names = [row[0] for row in execute("SELECT name FROM other.learners EXCEPT SELECT name FROM main.learners ORDER BY name")]
        execute("INSERT INTO main.learners (name) SELECT name FROM other.learners WHERE true ORDER BY id ON CONFLICT DO NOTHING")
        ours = dict(execute("SELECT they.id, we.id FROM other.learners AS they JOIN main.learners AS we USING (name)").fetchall())
        touched = [(ours[learner], card) for learner, card in execute(f"SELECT DISTINCT their.learner, their.card {_NEW}").fetchall()]
        fitted = {ours[row[0]] for row in execute(f"SELECT DISTINCT their.learner {_NEW_WEIGHTS}").fetchall()}
        reviews = execute(f"SELECT count(*) {_NEW} AND their.act = 'review'").fetchone()[0]
        if note:
            _noted(connection, note)
        entries = execute(_UNITE).rowcount
        entries += execute(_UNITE_MOVES).rowcount
        execute(_UNITE_WEIGHTS)
        again = [row for learner in fitted for row in execute("SELECT DISTINCT learner, card FROM main.log WHERE learner = ?", (learner,))]
        for table, aside in ASIDE:  # what was taken out once is back
            execute(f"DELETE FROM main.{aside} WHERE id IN (SELECT id FROM other.{table})")
        told = f"{other}: "
        for learner in ours.values():
            execute("DELETE FROM main.looked WHERE learner = ?", (learner,))  # what came may be of questions that moved
            moving.follow(connection, learner, remember=remember, told=told)
            cards = [card for one, card in dict.fromkeys((*touched, *again)) if one == learner]
            remembered(connection, learner, cards, remember=remember, told=told)
        ahead = execute(_AHEAD).fetchone()[0]
        if opening.file_at(path) != stands:
            raise ProgressError(f"{path}: was removed or replaced meanwhile. Nothing was merged; try again.")
        execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            execute("ROLLBACK")
        raise
    return Merged(
        reviews=reviews, entries=entries, cards=len(touched), learners=tuple(names), ahead=ahead, backup=str(before) if before else ""
    )


def _noted(connection: sqlite3.Connection, note: Note) -> None:
    """Write down what is about to come, and in the journal that it came."""
    name, make = note
    greatest = "SELECT max(id) FROM (SELECT max(id) AS id FROM main.{} UNION ALL SELECT max(id) FROM other.log {})"
    (known,) = connection.execute(greatest.format("log", "UNION ALL SELECT max(id) FROM main.journal")).fetchone()
    change = make(known or "")
    learners = "JOIN other.learners AS they ON they.id = their.learner JOIN main.learners AS we ON we.name = they.name"
    brought = 0
    for new in (_NEW, _NEW_WEIGHTS, _NEW_MOVES):
        start, where = new.split(" WHERE ", 1)
        brought += connection.execute(
            f"INSERT OR IGNORE INTO main.brought (batch, id, learner) {_THEIR_MOVES} "  # Python counts rows of what begins so
            f"SELECT ?, their.id, we.id {start} {learners} WHERE {where}",
            (change.id,),
        ).rowcount
    if brought:
        connection.execute("INSERT INTO main.learners (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
        (number,) = connection.execute("SELECT id FROM main.learners WHERE name = ?", (name,)).fetchone()
        connection.execute(journal.INSERT, (number, *journal.from_change(change)))
