"""A merge taken back: what it brought is taken out of the log again, as if it had never come, and can be brought back.

Its rows are kept aside in whole. Knows no formulas: what a card's memory should be, the caller works out from its entries.
"""

from collections.abc import Sequence
from typing import Any

from quizzer.core.changes import Change
from quizzer.core.errors import StaleMergeError
from quizzer.store import counting, journal, merging, rows
from quizzer.store.merging import Remember
from quizzer.store.progress import Progress

_LOG = f"learner, deck, {rows.ENTRY}"
_WEIGHTS = f"learner, {rows.WEIGHTS}"
_BATCH = "(SELECT id FROM brought WHERE batch = ?1)"
_GUARD = "log_is_not_deleted"


def withdraw(progress: Progress, merge: Change, undos: Sequence[Change], *, remember: Remember) -> None:
    """Take out what ``merge`` brought, with ``undos`` in the journal, in one transaction.

    Raises:
        StaleMergeError: something that it brought was taken back since; nothing was changed.
        ProgressError: the file cannot be written; nothing was changed.
    """
    with progress.transaction() as execute:
        later = f"SELECT id FROM log WHERE voids IN {_BATCH} AND id NOT IN {_BATCH} LIMIT 1"
        if execute(later, (merge.id,)).fetchone():
            raise StaleMergeError(
                f"{progress.path}: an act that came with {merge.after} was taken back since. Nothing was changed; do that again first."
            )
        touched = _touched(execute, merge, "log", "weights")
        execute(f"INSERT OR REPLACE INTO withdrawn ({_LOG}) SELECT {_LOG} FROM log WHERE id IN {_BATCH}", (merge.id,))
        (guard,) = execute("SELECT sql FROM sqlite_schema WHERE name = ?", (_GUARD,)).fetchone()
        execute(f"DROP TRIGGER {_GUARD}")  # in this transaction only
        execute(f"DELETE FROM log WHERE id IN {_BATCH}", (merge.id,))
        execute(guard)
        counting.recount(progress.connection)
        execute(f"INSERT OR REPLACE INTO withdrawn_weights ({_WEIGHTS}) SELECT {_WEIGHTS} FROM weights WHERE id IN {_BATCH}", (merge.id,))
        execute(f"DELETE FROM weights WHERE id IN {_BATCH}", (merge.id,))
        _finish(progress, execute, undos, touched, remember=remember)


def bring_back(progress: Progress, merge: Change, redos: Sequence[Change], *, remember: Remember) -> None:
    """Put back what ``withdraw`` took out, with ``redos`` in the journal, in one transaction; raises ProgressError."""
    with progress.transaction() as execute:
        touched = _touched(execute, merge, "withdrawn", "withdrawn_weights")
        for table, aside, columns in (("log", "withdrawn", _LOG), ("weights", "withdrawn_weights", _WEIGHTS)):
            chosen = f"id IN {_BATCH} AND id NOT IN (SELECT id FROM {table})"
            execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {aside} WHERE {chosen} ORDER BY at, id", (merge.id,))
            execute(f"DELETE FROM {aside} WHERE id IN {_BATCH}", (merge.id,))
        _finish(progress, execute, redos, touched, remember=remember)


def _touched(execute: Any, merge: Change, log: str, weights: str) -> set[tuple[int, str]]:
    """Return the cards, with their learners' numbers, whose memory may be another without the merge or with it."""
    cards = execute(f"SELECT DISTINCT learner, card FROM {log} WHERE id IN {_BATCH}", (merge.id,)).fetchall()
    fitted = f"learner IN (SELECT learner FROM {weights} WHERE id IN {_BATCH})"
    return {*cards, *execute(f"SELECT DISTINCT learner, card FROM log WHERE {fitted}", (merge.id,)).fetchall()}


def _finish(progress: Progress, execute: Any, changes: Sequence[Change], touched: set[tuple[int, str]], *, remember: Remember) -> None:
    for change in changes:
        execute(journal.INSERT, (progress.number, *journal.from_change(change)))
    for learner in {learner for learner, _ in touched}:
        merging.remembered(progress.connection, learner, [card for one, card in sorted(touched) if one == learner], remember=remember)
