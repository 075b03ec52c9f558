"""As which card the entries of a card count: the part of ``Progress`` that lets histories follow moved questions.

The log keeps the ids under which its entries were written. Whoever reads a card's history gets all entries that count as that card;
whoever asks for a card that moved gets what it moved to. Without moves, which is nearly always, nothing of this costs anything.
"""

import json
from typing import Any

from quizzer.core.ids import deck_of


class Housed:
    """It knows whose file is open, and how it is read."""

    _housed: tuple[tuple[int, int, int], dict[str, str], dict[str, list[str]]] | None = None  # as of when, homes, and who lives there
    _rehoused = 0  # how often moves were written here

    @property
    def _learner(self) -> int:
        raise NotImplementedError

    @property
    def version(self) -> int:
        """A number that changes when another program writes to the file."""
        raise NotImplementedError

    def _all(self, statement: str, *values: object) -> list[Any]:
        raise NotImplementedError

    @property
    def homes(self) -> dict[str, str]:
        """The cards as which the entries of others count, by these others; not to be changed."""
        as_of = (self._learner, self.version, self._rehoused)
        if self._housed is None or self._housed[0] != as_of:
            homes: dict[str, str] = dict(self._all("SELECT origin, card FROM homes WHERE learner = ?", self._learner))
            origins: dict[str, list[str]] = {}
            for name, home in homes.items():
                origins.setdefault(home, []).append(name)
            self._housed = as_of, homes, origins
        return self._housed[1]

    def home(self, card: str) -> str:
        """Return the card as which what is logged of ``card`` counts."""
        return self.homes.get(card, card)

    def rehoused(self) -> None:
        """Read anew from here on what moved: it was written by one who writes by themselves."""
        self._rehoused += 1

    def _of_card(self, card: str) -> tuple[str, list[object]]:
        """Return the condition, and its values, of log rows that count as the card."""
        home = self.homes.get(card, card)
        origins = self._housed[2].get(home) if self._housed else None
        if not origins:
            return "card = ?", [home]
        return "card IN (SELECT value FROM json_each(?))", [json.dumps([home, *origins])]

    def _of_decks(self, decks: list[str]) -> tuple[str, list[object]]:
        """Return the condition, and its values, of log rows that may count as a card of one of ``decks``; some count as others'."""
        wanted = json.dumps(decks)
        names = set(decks)
        origins = [name for name, there in self.homes.items() if deck_of(there) in names]
        if not origins:
            return "deck IN (SELECT value FROM json_each(?))", [wanted]
        return "(deck IN (SELECT value FROM json_each(?)) OR card IN (SELECT value FROM json_each(?)))", [wanted, json.dumps(origins)]
