"""Uniting the log of another progress file with this one's, by the ids of their entries.

The union is a set: whichever of two machines merges the other's file, how often and in whatever order, gives the same entries, and
memory that follows from them. So are the weights that were fitted, of which the newest count. Places in sessions are a machine's
own. Knows no formulas: what a card's memory should be, the caller works out from its entries.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from quizzer.core.changes import Change
from quizzer.core.errors import ProgressError
from quizzer.core.ids import deck_of
from quizzer.core.model import Entry, MemoryState
from quizzer.store import backup, journal, opening, rows
from quizzer.store.failures import explained
from quizzer.store.progress import UPSERT_STATE
from quizzer.store.visiting import visited

Note = tuple[str, Callable[[str], Change]]  # the learner who merges, and the row of the journal
Remember = Callable[[Sequence[Entry], tuple[float, ...]], MemoryState]

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


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge brought: reviews, entries of any sort, cards they are of, learners who were not in the file.

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
                entries = connection.execute(f"SELECT (SELECT count(*) {_NEW}) + (SELECT count(*) {_NEW_WEIGHTS})").fetchone()[0]
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
        execute(_UNITE_WEIGHTS)
        again = [row for learner in fitted for row in execute("SELECT DISTINCT learner, card FROM main.log WHERE learner = ?", (learner,))]
        weights = {learner: _weights(connection, learner) for learner in ours.values()}
        for table in ("log", "weights"):  # what was taken out once is back
            aside = "withdrawn" if table == "log" else "withdrawn_weights"
            execute(f"DELETE FROM main.{aside} WHERE id IN (SELECT id FROM other.{table})")
        for learner, card in dict.fromkeys((*touched, *again)):
            _remembered(connection, learner, card, weights[learner], remember=remember, told=f"{other}: ")
        ahead = execute("SELECT count(*) FROM main.log WHERE id NOT IN (SELECT id FROM other.log)").fetchone()[0]
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
    for new in (_NEW, _NEW_WEIGHTS):
        start, where = new.split(" WHERE ", 1)
        brought += connection.execute(
            f"INSERT OR IGNORE INTO main.brought (batch, id, learner) SELECT ?, their.id, we.id {start} {learners} WHERE {where}",
            (change.id,),
        ).rowcount
    if brought:
        connection.execute("INSERT INTO main.learners (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
        (number,) = connection.execute("SELECT id FROM main.learners WHERE name = ?", (name,)).fetchone()
        connection.execute(journal.INSERT, (number, *journal.from_change(change)))


def remembered(connection: sqlite3.Connection, learner: int, cards: Sequence[str], *, remember: Remember) -> None:
    """Store the memory that the learner's entries now give of ``cards``."""
    weights = _weights(connection, learner)
    for card in cards:
        _remembered(connection, learner, card, weights, remember=remember)


def _weights(connection: sqlite3.Connection, learner: int) -> tuple[float, ...]:
    """Return the newest weights of the learner that can be read."""
    for row in connection.execute(f"SELECT {rows.WEIGHTS} FROM main.weights WHERE learner = ? ORDER BY at DESC, id DESC", (learner,)):
        with contextlib.suppress(rows.UnreadableRowError):  # the doctor names it
            return rows.to_weights(row).values
    return ()


def _remembered(
    connection: sqlite3.Connection, learner: int, card: str, weights: tuple[float, ...], *, remember: Remember, told: str = ""
) -> None:
    found = connection.execute(f"SELECT {rows.ENTRY} FROM main.log WHERE learner = ? AND card = ? ORDER BY at, id", (learner, card))
    try:
        state = remember([rows.to_entry(row) for row in found], weights)
    except (ValueError, OverflowError) as error:
        raise ProgressError(
            f"{told}the history of {card!r} cannot be replayed ({error}). Nothing was changed; run `quizzer doctor` there."
        ) from None
    if state == MemoryState():
        connection.execute("DELETE FROM main.memory WHERE learner = ? AND card = ?", (learner, card))
    else:
        connection.execute(UPSERT_STATE, (learner, card, deck_of(card), *rows.from_state(state)))
