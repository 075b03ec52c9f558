"""A merge taken back: what it brought is taken out of the log again, as if it had never come, and can be brought back.

Its rows are kept aside in whole. Knows no formulas: what a card's memory should be, the caller works out from its entries.
"""

from collections.abc import Sequence
from typing import Any

from quizzer.core.changes import Change
from quizzer.core.errors import StaleMergeError
from quizzer.store import counting, journal, merging, moving, rows
from quizzer.store.progress import Progress
from quizzer.store.remembering import Remember, remembered

_COLUMNS = {
    "log": f"learner, deck, {rows.ENTRY}",
    "weights": f"learner, {rows.WEIGHTS}",
    "journal": f"learner, {journal.COLUMNS}",
}
_ASIDE = [(table, aside, _COLUMNS[table]) for table, aside in merging.ASIDE]
_BATCH = "(SELECT id FROM brought WHERE batch = ?1)"


def withdraw(progress: Progress, merge: Change, undos: Sequence[Change], *, remember: Remember) -> None:
    """Take out what ``merge`` brought, with ``undos`` in the journal, in one transaction.

    Raises:
        StaleMergeError: something that it brought was taken back since; nothing was changed.
        ProgressError: the file cannot be written; nothing was changed.
    """
    with progress.transaction() as execute:
        later = " UNION ".join(f"SELECT id FROM {table} WHERE voids IN {_BATCH} AND id NOT IN {_BATCH}" for table in ("log", "journal"))
        if execute(f"{later} LIMIT 1", (merge.id,)).fetchone():
            raise StaleMergeError(
                f"{progress.path}: an act that came with {merge.after} was taken back since. Nothing was changed; do that again first."
            )
        touched = _touched(execute, merge, "log", "weights")
        for table, aside, columns in _ASIDE:
            guards = execute("SELECT name, sql FROM sqlite_schema WHERE name = ?", (f"{table}_is_not_deleted",)).fetchall()
            for guard, _ in guards:  # in this transaction only
                execute(f"DROP TRIGGER {guard}")
            execute(f"INSERT OR REPLACE INTO {aside} ({columns}) SELECT {columns} FROM {table} WHERE id IN {_BATCH}", (merge.id,))
            execute(f"DELETE FROM {table} WHERE id IN {_BATCH}", (merge.id,))
            for _, sql in guards:
                execute(sql)
        counting.recount(progress.connection)
        _finish(progress, execute, merge.id, undos, touched, remember=remember)


def bring_back(progress: Progress, merge: Change, redos: Sequence[Change], *, remember: Remember) -> None:
    """Put back what ``withdraw`` took out, with ``redos`` in the journal, in one transaction; raises ProgressError."""
    with progress.transaction() as execute:
        touched = _touched(execute, merge, "withdrawn", "withdrawn_weights")
        for table, aside, columns in _ASIDE:
            chosen = f"id IN {_BATCH} AND id NOT IN (SELECT id FROM {table})"
            execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {aside} WHERE {chosen} ORDER BY at, id", (merge.id,))
            execute(f"DELETE FROM {aside} WHERE id IN {_BATCH}", (merge.id,))
        _finish(progress, execute, merge.id, redos, touched, remember=remember)


def _touched(execute: Any, merge: Change, log: str, weights: str) -> set[tuple[int, str]]:
    """Return the cards, with their learners' numbers, whose memory may be another without the merge or with it."""
    cards = execute(f"SELECT DISTINCT learner, card FROM {log} WHERE id IN {_BATCH}", (merge.id,)).fetchall()
    fitted = f"learner IN (SELECT learner FROM {weights} WHERE id IN {_BATCH})"
    return {*cards, *execute(f"SELECT DISTINCT learner, card FROM log WHERE {fitted}", (merge.id,)).fetchall()}


def _finish(
    progress: Progress, execute: Any, batch: str, changes: Sequence[Change], touched: set[tuple[int, str]], *, remember: Remember
) -> None:
    for change in changes:
        execute(journal.INSERT, (progress.number, *journal.from_change(change)))
    moved = execute("SELECT DISTINCT learner FROM brought WHERE batch = ?", (batch,)).fetchall()
    for learner in {*(learner for learner, _ in touched), *(row[0] for row in moved)}:
        execute("DELETE FROM looked WHERE learner = ?", (learner,))
        moving.follow(progress.connection, learner, remember=remember)
        remembered(progress.connection, learner, [card for one, card in sorted(touched) if one == learner], remember=remember)
    progress.rehoused()
