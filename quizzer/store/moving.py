"""Moves written down, and all that hangs on them made to follow: as which card entries count, memory, and counts of reviews.

The journal's moves are the truth; ``homes`` is a cache of what they come to. Knows no formulas: what a card's memory should be, the
caller works out from its entries.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from quizzer.core import moving
from quizzer.core.changes import Change
from quizzer.core.ids import deck_of
from quizzer.store import counting, journal
from quizzer.store.progress import Progress
from quizzer.store.remembering import Remember, remembered

_ORPHANS = "SELECT card, fingerprint FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ?"
# The learner's decks one after another by the index, without reading a row of them.
_DECKS = """
    WITH RECURSIVE decks (deck) AS (
        SELECT min(deck) FROM memory WHERE learner = ?1
        UNION ALL SELECT (SELECT min(deck) FROM memory WHERE learner = ?1 AND deck > decks.deck) FROM decks WHERE deck IS NOT NULL
    )
    SELECT deck FROM decks WHERE deck IS NOT NULL
"""


def add(progress: Progress, changes: Sequence[Change], *, remember: Remember, looked: bytes = b"", version: int | None = None) -> None:
    """Append moves, or what takes them back or does them again, and let all follow: one durable transaction.

    ``looked`` stands for the decks in which was looked for what moved (b"": that was not looked for). Errors are as of ``Progress.record``.
    """
    with progress.transaction(version) as execute:
        for change in changes:
            execute(journal.INSERT, (progress.number, *journal.from_change(change)))
        if changes:
            follow(progress.connection, progress.number, remember=remember)
        if looked:
            execute(
                "INSERT INTO looked (learner, decks) VALUES (?, ?) ON CONFLICT DO UPDATE SET decks = excluded.decks",
                (progress.number, looked),
            )
    if changes:
        progress.rehoused()


def looked(progress: Progress) -> bytes:
    """Return what stands for the decks in which was looked last for what moved; b"" when nothing does."""
    found = progress.rows("SELECT decks FROM looked WHERE learner = ?", progress.number)
    return bytes(found[0][0]) if found else b""


def known(progress: Progress) -> dict[str, dict[str, str]]:
    """Return all cards of which there is a state, by deck, with the fingerprints of the keys with which they were last answered."""
    decks = [row[0] for row in progress.rows(_DECKS, progress.number)]
    return {deck: dict(progress.rows(_ORPHANS, progress.number, deck)) for deck in decks}


def moves(progress: Progress) -> list[Change]:
    """Return the learner's moves, and all that takes back one of them or does it again."""
    return journal.moves(progress.connection, progress.number)


def follow(connection: sqlite3.Connection, learner: int, *, remember: Remember, told: str = "") -> set[str]:
    """Make all of the learner what their moves come to, in the transaction that is open; return the cards whose history is another."""
    execute = connection.execute
    before: dict[str, str] = dict(execute("SELECT origin, card FROM main.homes WHERE learner = ?", (learner,)).fetchall())
    after = moving.homes(journal.moves(connection, learner))
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    if not changed:
        return set()
    rehouse(connection, learner, after)
    touched = {card for name in changed for card in (name, before.get(name, name), after.get(name, name))}
    remembered(connection, learner, sorted(touched), remember=remember, told=told)
    counting.recount(connection)
    return touched


def rehouse(connection: sqlite3.Connection, learner: int, homes: dict[str, str]) -> None:
    """Store ``homes`` as the learner's."""
    connection.execute("DELETE FROM main.homes WHERE learner = ?", (learner,))
    rows: Iterable[tuple[int, str, str, str]] = ((learner, name, card, deck_of(card)) for name, card in sorted(homes.items()))
    connection.executemany("INSERT INTO main.homes (learner, origin, card, deck) VALUES (?, ?, ?, ?)", rows)
