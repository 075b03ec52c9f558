"""Which cards of a deck stand how with a learner: the questions of search, and of who looks for new cards."""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from quizzer.core.model import MemoryState
from quizzer.store import rows

_UNMET = """
    SELECT value FROM json_each(?3) AS one WHERE NOT EXISTS (
        SELECT 1 FROM memory WHERE learner = ?1 AND card = one.value AND (phase <> 'new' OR suspended = 1 OR buried_until > ?2)
    ) LIMIT ?4
"""  # in the order of the list: that is how it is gone through, and to sort would be to look all of it up


class Lookups:
    """A part of ``Progress``, which says whose cards they are and how the file is asked."""

    @property
    def _learner(self) -> int:
        raise NotImplementedError

    def _all(self, statement: str, *values: object) -> list[Any]:
        raise NotImplementedError

    def _readable(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    def unmet(self, cards: Sequence[str], *, day: int, most: int) -> list[str]:
        """Return the first of ``cards`` that were never answered, and are neither suspended nor buried beyond ``day``."""
        found = self._all(_UNMET, self._learner, day, json.dumps(cards), most)
        return [row[0] for row in found]

    def states_of(self, cards: Sequence[str]) -> dict[str, MemoryState]:
        """Return the stored states of those of ``cards`` that have one."""
        statement = f"SELECT card, {rows.STATE} FROM memory WHERE learner = ? AND card IN (SELECT value FROM json_each(?))"
        found = self._all(statement, self._learner, json.dumps(cards))
        with self._readable():
            return {row[0]: rows.to_state(row[1:]) for row in found}

    def buried(self, deck: str, *, day: int) -> set[str]:
        """Return the deck's cards that are buried beyond ``day``."""
        found = self._all(
            "SELECT card FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND buried_until > ?", self._learner, deck, day
        )
        return {row[0] for row in found}

    def in_steps(self, deck: str) -> set[str]:
        """Return the deck's cards in their (re)learning steps, suspended and buried ones among them."""
        found = self._all(
            "SELECT card FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND phase IN ('learning', 'relearning')",
            self._learner,
            deck,
        )
        return {row[0] for row in found}

    def lapsed(self, deck: str) -> dict[str, int]:
        """Return how often each of the deck's cards was forgotten once it was known; those that never were are left out."""
        within = "learner = ?1 AND card >= ?2 || '/' AND card < ?2 || '0'"
        return dict(self._all(f"SELECT card, lapses FROM memory WHERE {within} AND lapses > 0", self._learner, deck))
