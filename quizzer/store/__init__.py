"""progress.db: what learners did, and what they remember. The only SQL.

The log is the truth and is only ever added to; memory state is a cache that replay rebuilds. To the store a card is an id.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from quizzer.core.model import Entry, MemoryState, Mode


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The card on show when the learner left, so that the next start shows the same one the same way."""

    card: str
    mode: Mode
    shown_at: datetime


class Progress:
    """One learner's view of a progress file. Open with ``Progress.open``; close when done."""

    @classmethod
    def open(cls, path: Path, *, learner: str, create: bool = True) -> "Progress":
        """Open (and make or migrate) the file.

        Raises:
            ProgressError: it is of another program, newer than we are, locked, damaged, or cannot be written.
        """
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def record(self, entry: Entry, state: MemoryState | None, *, scope: str, place: Place | None) -> None:
        """Append ``entry``, store ``state`` (None: the card is new again) and the place in the session ``scope``, in one durable transaction."""
        raise NotImplementedError

    def states(self, deck: str) -> Mapping[str, MemoryState]:
        """Return the stored state of every card of the deck that has one."""
        raise NotImplementedError

    def state(self, card: str) -> MemoryState | None:
        raise NotImplementedError

    def entries(self, *, card: str | None = None, deck: str | None = None, since_day: int | None = None) -> Iterable[Entry]:
        """Yield log entries in order of (instant, id)."""
        raise NotImplementedError

    def place(self, scope: str) -> Place | None:
        raise NotImplementedError

    def set_place(self, scope: str, place: Place | None) -> None:
        raise NotImplementedError
