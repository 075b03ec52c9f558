"""Entries for the log: each with its instant, its study day and an id, in an order that replay will keep."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from quizzer.core.changes import Change, What
from quizzer.core.ids import Dice, Ids, instant, milliseconds
from quizzer.core.model import Act, Card, Entry, MemoryState, Rating
from quizzer.core.scheduling import study_day
from quizzer.settings import Settings
from quizzer.store import Progress
from quizzer.study.course import Checked, Show


class Logbook:
    """Makes entries of one learner; writes none.

    Where the clock was put back, an entry takes the instant of its card's latest one, so that no act of a card comes before
    one that was there when it was done; its study day is by the clock.
    """

    def __init__(self, progress: Progress, *, settings: Settings, clock: Callable[[], datetime], dice: Dice) -> None:
        self._progress = progress
        self.zone = settings.tzinfo()
        self._cutoff_hour = settings.cutoff_hour
        self._clock = clock
        self._ids = Ids(dice)

    def now(self) -> datetime:
        """Return the present instant, in whole milliseconds."""
        return instant(milliseconds(self._clock()))

    def day(self, now: datetime) -> int:
        """Return the learner's study day at ``now``."""
        return study_day(now, self.zone, cutoff_hour=self._cutoff_hour)

    def entry(self, act: Act, card: Card, *, day: int | None = None, **details: Any) -> Entry:
        """Return an entry of ``act`` on ``card``, now; ``details`` are further fields of ``Entry``."""
        now = self.now()
        at = max(now, self._progress.newest_instant(card.id) or now)
        self._ids.follow(self._progress.greatest_id())  # whoever wrote it
        return Entry(id=self._ids.new(at), act=act, card=card.id, at=at, day=day or self.day(now), **details)

    def voiding(self, row: Entry, act: Entry) -> Entry:
        """Return the undo of ``row``: of ``act`` itself, or of an undo of it, to do it again."""
        now = self.now()
        at = max(now, self._progress.newest_instant(act.card) or now)
        self._ids.follow(self._progress.greatest_id())
        day = max(row.day, self.day(now))  # seen with what it takes back, also where the clock was put back
        return Entry(id=self._ids.new(at), act=Act.UNDO, card=act.card, at=at, day=day, voids=row.id)

    def change(self, what: What, **details: Any) -> Change:
        """Return a row of the journal, now; ``details`` are further fields of ``Change``."""
        now = self.now()
        self._ids.follow(self._progress.greatest_id())
        return Change(id=self._ids.new(now), what=what, at=now, day=self.day(now), **details)

    def review(self, show: Show, checked: Checked, rating: Rating) -> Entry:
        """Return the review that ``rating`` makes of the checked response; it grants what was shown with the response."""
        outcome = checked.outcomes[rating]
        return self.entry(
            Act.REVIEW,
            show.card,
            day=checked.day,
            mode=show.mode,
            response=checked.feedback.response,
            verdict=checked.feedback.verdict,
            rating=Rating(rating),
            duration_ms=checked.duration_ms,
            granted=outcome.granted,
            before=show.state.phase,
            phase=outcome.state.phase,
            step=outcome.state.step,
            fingerprint=show.card.fingerprint,
        )


def stored(state: MemoryState) -> MemoryState | None:
    """Return what the store is to keep of ``state``: nothing of a card that is new in every way."""
    return None if state == MemoryState() else state
