"""The memory that a learner's entries give, stored anew where the entries changed. Knows no formulas: the caller works it out."""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from quizzer.core.errors import ProgressError
from quizzer.core.ids import deck_of
from quizzer.core.model import Entry, MemoryState
from quizzer.store import rows
from quizzer.store.progress import UPSERT_STATE

Remember = Callable[[Sequence[Entry], tuple[float, ...]], MemoryState]

_ENTRIES = f"SELECT {rows.ENTRY} FROM main.log WHERE learner = ? AND card IN (SELECT value FROM json_each(?)) ORDER BY at, id"


def remembered(connection: sqlite3.Connection, learner: int, cards: Iterable[str], *, remember: Remember, told: str = "") -> None:
    """Store the memory that the learner's entries now give of ``cards``, or of those as which their entries count.

    Raises:
        ProgressError: a history cannot be replayed; it begins with what is ``told``.
    """
    homes: dict[str, str] = dict(connection.execute("SELECT origin, card FROM main.homes WHERE learner = ?", (learner,)).fetchall())
    origins: dict[str, list[str]] = {}
    for name, home in homes.items():
        origins.setdefault(home, []).append(name)
    weights = _weights(connection, learner)
    asked = dict.fromkeys(cards)
    for card in asked:
        if card in homes:
            connection.execute("DELETE FROM main.memory WHERE learner = ? AND card = ?", (learner, card))
    for card in dict.fromkeys(homes.get(card, card) for card in asked):
        found = connection.execute(_ENTRIES, (learner, json.dumps([card, *origins.get(card, ())])))
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


def _weights(connection: sqlite3.Connection, learner: int) -> tuple[float, ...]:
    """Return the newest weights of the learner that can be read."""
    for row in connection.execute(f"SELECT {rows.WEIGHTS} FROM main.weights WHERE learner = ? ORDER BY at DESC, id DESC", (learner,)):
        with contextlib.suppress(rows.UnreadableRowError):  # the doctor names it
            return rows.to_weights(row).values
    return ()
