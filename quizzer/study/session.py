"""A session: prompt, check, answer, undo."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from quizzer.core.grading import Grade
from quizzer.core.model import Card, Evidence, Interval, Mode, Rating, Source, Verdict


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """One card on show. ``options`` are shuffled by (card, reps): the same at every look. In order mode they are the things to put in order.

    ``new``, ``learning`` and ``due`` count what is left of the session, this card among them.
    """

    card: Card
    mode: Mode
    options: tuple[str, ...]
    is_new: bool
    deck_title: str
    new: int
    learning: int
    due: int
    done: int  # reviews given in this session


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence with the source it comes from (None when the deck does not list it)."""

    evidence: Evidence
    source: Source | None


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown after an answer. ``grade`` is None in reveal mode; ``chosen`` is the index of the option picked."""

    verdict: Verdict | None
    grade: Grade | None
    response: str | None
    chosen: int | None
    key: str
    suggested: Rating
    intervals: Mapping[Rating, Interval]
    evidence: tuple[Shown, ...]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a session came to."""

    reviews: int
    right: int
    new: int
    again: int
    seconds: float
    by_rating: Mapping[Rating, int]
    missed: tuple[Card, ...]  # cards rated Again, each once, in order
    next_due: str  # in words: "3 cards tomorrow", "" when nothing is scheduled
    streak: int


class Session:
    """The cards of one deck (or several), one after another, until nothing is due.

    Built by ``Shelf.session``. ``prompt`` is what to ask now, None when nothing is left for now (then ``wait_until`` says
    when a learning card comes back, if one does). ``check`` grades and writes nothing; ``answer`` writes, durably, before
    it returns. Every method may raise ProgressError (locked or failing file): nothing is then written or lost and it can be called again.
    """

    @property
    def title(self) -> str:
        raise NotImplementedError

    @property
    def prompt(self) -> Prompt | None:
        raise NotImplementedError

    @property
    def wait_until(self) -> datetime | None:
        raise NotImplementedError

    @property
    def changed(self) -> Sequence[Card]:
        """Cards whose key changed since the learner last answered them: ask keep or start over."""
        raise NotImplementedError

    def settle_changed(self, *, keep: bool) -> None:
        raise NotImplementedError

    def check(self, response: str | int | None) -> Feedback:
        """Grade: an option's index in choose mode, text in type mode, the digits of an order ("2 3 1") in order mode, None to reveal."""
        raise NotImplementedError

    def answer(self, rating: Rating) -> Prompt | None:
        """Log the rating of the card just checked, durably; return the next prompt."""
        raise NotImplementedError

    @property
    def can_undo(self) -> bool:
        raise NotImplementedError

    def undo(self) -> Prompt | None:
        """Take back the last answer of this session (or of the last one today, when it is the newest act); its card is on show again."""
        raise NotImplementedError

    def set_mode(self, mode: Mode | None) -> Prompt | None:
        """Ask in ``mode`` where a card can be, from the card on show on; None: as deck and scheduler choose."""
        raise NotImplementedError

    def overrule(self, verdict: Verdict) -> Feedback:
        """The learner overrules the grader before rating."""
        raise NotImplementedError

    def suspend(self) -> Prompt | None:
        """Never ask the card on show again, until it is unsuspended."""
        raise NotImplementedError

    def bury(self) -> Prompt | None:
        """Not again before the next study day."""
        raise NotImplementedError

    def summary(self) -> Summary:
        raise NotImplementedError

    def close(self) -> None:
        """Keep the place and let go."""
        raise NotImplementedError
