"""Which cards of a deck stand how with a learner: the questions of a session's start, of search, and of who looks for new cards."""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import msgspec

from quizzer.core.model import MemoryState
from quizzer.store import rows

_UNMET = """
    SELECT value FROM json_each(?3) AS one WHERE NOT EXISTS (
        SELECT 1 FROM memory WHERE learner = ?1 AND card = one.value AND (phase <> 'new' OR suspended = 1 OR buried_until > ?2)
    ) LIMIT ?4
"""  # in the order of the list: that is how it is gone through, and to sort would be to look all of it up

_AWAKE = "suspended = 0 AND (buried_until IS NULL OR buried_until <= ?)"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A card in its (re)learning steps: due at an instant, or (a step of a day or more) on a study day."""

    card: str
    due_day: int | None
    due_at: datetime | None
    last_at: datetime | None


class Lookups:
    """A part of ``Progress``, which says whose cards they are and how the file is asked."""

    @property
    def _learner(self) -> int:
        raise NotImplementedError

    def _all(self, statement: str, *values: object) -> list[Any]:
        raise NotImplementedError

    def _readable(self) -> AbstractContextManager[None]:
        raise NotImplementedError

    @property
    def homes(self) -> dict[str, str]:
        """The cards as which the entries of others count, by these others."""
        raise NotImplementedError

    def due(self, deck: str, *, day: int, ahead: int = 0) -> list[tuple[str, int]]:
        """Return (card, due day) of the deck's reviews due by so many days ``ahead`` of ``day``, none suspended or buried on ``day``."""
        return self._all(
            "SELECT card, due_day FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND phase = 'review' AND "
            f"due_day <= ? AND {_AWAKE}",
            self._learner,
            deck,
            day + ahead,
            day,
        )

    def steps(self, deck: str, *, day: int) -> list[Step]:
        """Return the deck's cards in their steps on ``day``, none suspended or buried."""
        found = self._all(
            "SELECT card, due_day, due_at, last_at FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND "
            f"phase IN ('learning', 'relearning') AND {_AWAKE} AND (due_day IS NULL OR due_day <= ?)",
            self._learner,
            deck,
            day,
            day,
        )
        instant = rows.to_instant
        return [Step(card=row[0], due_day=row[1], due_at=instant(row[2]), last_at=instant(row[3])) for row in found]

    def seen(self, deck: str) -> dict[str, str]:
        """Return the fingerprints of the keys with which the deck's cards were last answered, by card; new cards are left out."""
        return dict(
            self._all(
                "SELECT card, fingerprint FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND "
                "phase IN ('learning', 'review', 'relearning')",
                self._learner,
                deck,
            )
        )

    def new_set_aside(self, deck: str, *, day: int) -> set[str]:
        """Return the deck's new cards that are suspended, or buried beyond ``day``."""
        found = self._all(
            f"SELECT card FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND phase = 'new' AND NOT ({_AWAKE})",
            self._learner,
            deck,
            day,
        )
        return {row[0] for row in found}

    def suspended(self, deck: str) -> set[str]:
        """Return the deck's suspended cards."""
        found = self._all(
            "SELECT card FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND suspended = 1", self._learner, deck
        )
        return {row[0] for row in found}

    def forecast(self, deck: str) -> list[tuple[str, int]]:
        """Return (card, due day) of all of the deck's reviews, past and to come, suspended ones left out."""
        return self._all(
            "SELECT card, due_day FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ? AND phase = 'review' AND suspended = 0",
            self._learner,
            deck,
        )

    def unmet(self, cards: Sequence[str], *, day: int, most: int) -> list[str]:
        """Return the first of ``cards`` that were never answered, and are neither suspended nor buried beyond ``day``."""
        if self.homes:  # a card that moved was met as another
            return self._unmet_but_moved(cards, day=day, most=most)
        found = self._all(_UNMET, self._learner, day, json.dumps(cards), most)
        return [row[0] for row in found]

    def _unmet_but_moved(self, cards: Sequence[str], *, day: int, most: int) -> list[str]:
        homes = self.homes
        as_now = [homes.get(card, card) for card in cards]
        unmet = {row[0] for row in self._all(_UNMET, self._learner, day, json.dumps(as_now), len(as_now))}
        return [card for card, home in zip(cards, as_now, strict=True) if home in unmet][:most]

    def states_of(self, cards: Sequence[str]) -> dict[str, MemoryState]:
        """Return the stored states of those of ``cards`` that have one."""
        statement = f"SELECT card, {rows.STATE} FROM memory WHERE learner = ? AND card IN (SELECT value FROM json_each(?))"
        homes = self.homes
        found = self._all(statement, self._learner, json.dumps([homes.get(card, card) for card in cards] if homes else cards))
        with self._readable():
            states = {row[0]: rows.to_state(row[1:]) for row in found}
        return {card: states[homes.get(card, card)] for card in cards if homes.get(card, card) in states} if homes else states

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
