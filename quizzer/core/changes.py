"""What a learner did to decks and to the log as a whole: the rows of the journal, beside those of the log."""

import enum
from datetime import datetime

import msgspec


class What(enum.StrEnum):
    """What was done."""

    ACCEPT = "accept"  # a response was added to what a question accepts
    REWRITE = "rewrite"  # a question was mended
    MERGE = "merge"  # another machine's log was merged
    MOVE = "move"  # cards took over the history of others: their questions moved to another deck, or have another id
    UNDO = "undo"  # takes back one of these, or (a redo) another undo


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the journal, never changed once written; ``id`` is a UUIDv7.

    An edit has the ``question`` of ``deck`` as it stood in the deck's file ``before`` and ``after``, to the letter. A merge has the name
    of the other file in ``after``. A move has ids of cards, a line each: whose history it is ``before``, and whose ``after``, in the
    same order. ``voids`` is what an undo takes back.
    """

    id: str
    what: What
    at: datetime
    day: int
    deck: str = ""
    question: str = ""
    before: str = ""
    after: str = ""
    voids: str | None = None

    @property
    def is_edit(self) -> bool:
        """Whether it changed a question in its deck's file."""
        return self.what in (What.ACCEPT, What.REWRITE)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The cards of a move: from which to which."""
        if self.what is not What.MOVE:
            return ()
        return tuple(zip(self.before.split("\n"), self.after.split("\n"), strict=False))
