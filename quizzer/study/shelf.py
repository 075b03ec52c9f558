"""The shelf: the workspace's decks with what is due in each, today's progress, and the way into a session."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from quizzer.core.model import Mode
from quizzer.study.session import Session


class DeckRow(msgspec.Struct, frozen=True, kw_only=True):
    """A deck and what waits in it today, limits and kept-apart siblings taken off."""

    id: str
    title: str
    path: str
    new: int
    learning: int
    due: int
    total: int


class BrokenDeck(msgspec.Struct, frozen=True, kw_only=True):
    """A file that cannot be studied, and the line that says why."""

    path: str
    message: str


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """Today's progress over all decks. ``right`` counts reviews not rated Again; ``streak`` days in a row with a review, today's included if there is one."""

    reviews: int
    right: int
    seconds: float
    streak: int


class Shelf:
    """One learner's decks in one workspace."""

    def __init__(self, *, decks: Path, progress: Path, learner: str, settings: Any, clock: Callable[[], datetime]) -> None:
        raise NotImplementedError

    def rows(self) -> Sequence[DeckRow | BrokenDeck]:
        """Return the decks of the folder, read anew where their file changed."""
        raise NotImplementedError

    def today(self) -> Today:
        raise NotImplementedError

    def session(self, *deck_ids: str, mode: Mode | None = None) -> Session:
        """Open a session over the decks (none named: all of them)."""
        raise NotImplementedError

    def stats(self) -> Any:
        """Return the figures `quizzer stats` prints and the stats screen shows."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
