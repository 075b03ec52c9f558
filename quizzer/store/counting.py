"""What a learner's log and memory add up to, counted by SQLite: reviews by deck and day, and how full the days to come are.

Reviews are counted by triggers as they come into the log, by whatever way (``migrations``): a tally is written in the transaction of its
review, or of the undo that takes that back. The log is the truth; ``recount`` makes the tallies from it anew.
"""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from quizzer.core.model import COUNTED_MS, MemoryState, Past, Phase, Standing, Tally
from quizzer.store.failures import explained

# An undo that was itself undone voids nothing; an undo of an undo stands (``scheduling.voided``).
NOT_VOID = (
    "NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.voids = log.id AND NOT EXISTS (SELECT 1 FROM log AS redo WHERE redo.voids = undo.id))"
)
# The cards of a deck stand side by side in the table: all that begins with its id and "/", which "0" comes right after.
WITHIN = "learner = ?1 AND card >= ?2 || '/' AND card < ?2 || '0'"
_SUMS = f"""
    SELECT group_concat(card, char(31)), count(*) FILTER (WHERE phase = 'review' AND due_day - last_day >= ?3 AND suspended = 0),
        count(*) FILTER (WHERE stability > 0), total(stability), total(difficulty) FILTER (WHERE stability > 0),
        total(pow(1 + ?5 * max(0, ?4 - last_day) / stability, ?6))
    FROM memory WHERE {WITHIN}
"""
_PHASES = """
    SELECT phase, suspended, due_day, count(*) FROM memory INDEXED BY memory_due WHERE learner = ? AND deck = ?
        GROUP BY phase, due_day, suspended
"""
_LONGEST_KEPT = 4000  # days: the fuzz of the longest intervals leaves fewer to choose from
OFTEN_FORGOTTEN = 4  # lapses from which on an index holds cards
_COLUMNS = "learner, deck, day, reviews, asked, kept, milliseconds"
_STORED = f"SELECT {_COLUMNS} FROM tallies WHERE reviews <> 0"
_RECOUNTED = f"""
    SELECT log.learner, coalesce(homes.deck, log.deck) AS of_deck, day, count(*), sum(before IS 'review'),
        sum(before IS 'review' AND rating > 1), sum(min(coalesce(duration_ms, 0), {COUNTED_MS}))
    FROM log LEFT JOIN homes ON homes.learner = log.learner AND homes.origin = log.card
    WHERE act = 'review' AND {NOT_VOID} GROUP BY log.learner, of_deck, day
"""
# From one day to the next that has a review: hundreds of steps in the index.
_REVIEW_DAYS = """
    WITH RECURSIVE days (day) AS (
        SELECT min(day) FROM tallies INDEXED BY tallies_day WHERE learner = ?1
        UNION ALL
        SELECT (SELECT min(day) FROM tallies INDEXED BY tallies_day WHERE learner = ?1 AND day > days.day)
            FROM days WHERE day IS NOT NULL
    ) SELECT day FROM days WHERE EXISTS (
        SELECT 1 FROM tallies INDEXED BY tallies_day WHERE learner = ?1 AND day = days.day AND reviews > 0
    ) ORDER BY day
"""
# The learner's decks one after another by the index, without reading a row of them; then what is due in each.
_LOADS = """
    WITH RECURSIVE decks (deck) AS (
        SELECT min(deck) FROM memory WHERE learner = ?1
        UNION ALL SELECT (SELECT min(deck) FROM memory WHERE learner = ?1 AND deck > decks.deck) FROM decks WHERE deck IS NOT NULL
    )
    SELECT due_day, count(*) FROM decks CROSS JOIN memory INDEXED BY memory_due
        ON memory.learner = ?1 AND memory.deck = decks.deck AND phase = 'review' AND due_day BETWEEN ?2 AND ?3
        WHERE suspended = 0 GROUP BY due_day
"""


class Loads:
    """How many reviews of all decks are due on each study day, counted once and kept current by what is stored through here.

    What another program writes is noticed, and all is counted anew.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._due: dict[int, int] = {}  # by day, of those that were asked for
        self._as_of: tuple[int, int] = (0, 0)  # the learner, and what changes when another program writes

    def between(self, learner: int, first: int, last: int) -> dict[int, int]:
        """Return the counts of the days from ``first`` to ``last``; days without any are left out."""
        if last - first >= _LONGEST_KEPT:
            return self._counted(learner, first, last)
        self.refresh(learner)
        due = self.known(first, last)
        return {day: due[day] for day in range(first, last + 1) if due[day]}

    def refresh(self, learner: int) -> None:
        """Count anew from here on if another program wrote to the file."""
        as_of = learner, self._connection.execute("PRAGMA data_version").fetchone()[0]
        if as_of != self._as_of:
            self._due, self._as_of = {}, as_of

    def known(self, first: int, last: int) -> dict[int, int]:
        """Return the counts of the days from ``first`` to ``last``, and of others, as they were at the last ``refresh``."""
        due = self._due
        lacking = [day for day in range(first, last + 1) if day not in due]
        if lacking:
            found = self._counted(self._as_of[0], lacking[0], lacking[-1])
            due.update((day, found.get(day, 0)) for day in lacking)
        return due

    def change(self, learner: int, card: str, state: MemoryState | None) -> None:
        """Count on with the state that is about to be stored in the place of the card's present one."""
        if not self._due:
            return
        due = "SELECT due_day FROM memory WHERE learner = ? AND card = ? AND phase = 'review' AND suspended = 0"
        before = self._connection.execute(due, (learner, card)).fetchone()
        after = state.due_day if state and state.phase is Phase.REVIEW and not state.suspended else None
        for day, more in ((before and before[0], -1), (after, 1)):
            if day in self._due:
                self._due[day] += more

    def forget(self) -> None:
        """Count anew when next asked, since what was stored may not stand."""
        self._due.clear()

    def _counted(self, learner: int, first: int, last: int) -> dict[int, int]:
        return dict(self._connection.execute(_LOADS, (learner, first, last)).fetchall())


class Counted:
    """The part of ``Progress`` that counts: it knows whose file is open, and how it is read."""

    path: Path
    _connection: sqlite3.Connection
    _loads: Loads

    @property
    def _learner(self) -> int:
        raise NotImplementedError

    def loads(self, first: int, last: int) -> dict[int, int]:
        """Return how many reviews of all decks are due on each study day from ``first`` to ``last``; days without any are left out."""
        with explained(self.path):
            return self._loads.between(self._learner, first, last)

    def loads_now(self) -> Callable[[int, int], Mapping[int, int]]:
        """Return what gives the loads of the days from one to another, and of others, as they are at this moment; not to be kept."""
        with explained(self.path):
            self._loads.refresh(self._learner)
        return self._loads_known

    def _loads_known(self, first: int, last: int) -> Mapping[int, int]:
        with explained(self.path):
            return self._loads.known(first, last)

    def standing(self, deck: str, *, day: int, days: int, mature: int, curve: tuple[float, float]) -> tuple[Standing, set[str]]:
        """Return how the deck's cards stand on ``day``, and which cards those are (of which some may be on the deck no longer).

        Args:
            deck: Its id.
            day: Study day.
            days: How many after it are looked ahead.
            mature: Interval in days from which a card is.
            curve: Two numbers f and p: the chance to recall a card of stability S after t days is ``(1 + f * t / S) ** p``.
        """
        with explained(self.path):
            values = (self._learner, deck, mature, day, *curve)
            names, ripe, known, stability, difficulty, recall = self._connection.execute(_SUMS, values).fetchone()
            counts: dict[str, int] = {}
            coming, suspended = [0] * (days + 1), 0
            for phase, set_aside, due_day, count in self._connection.execute(_PHASES, (self._learner, deck)).fetchall():
                if set_aside:
                    suspended += count
                    continue
                counts[phase] = counts.get(phase, 0) + count
                if phase == Phase.REVIEW and due_day is not None and due_day - day <= days:
                    coming[max(0, due_day - day)] += count
            found = Standing(
                learning=counts.get(Phase.LEARNING, 0) + counts.get(Phase.RELEARNING, 0),
                in_review=counts.get(Phase.REVIEW, 0),
                mature=ripe,
                suspended=suspended,
                known=known,
                stability=stability,
                difficulty=difficulty,
                recall=recall,
                coming=tuple(coming),
            )
            return found, set(names.split("\x1f")) if names else set()

    def often_forgotten(self, *, least: int) -> list[tuple[str, int, bool]]:
        """Return (card, lapses, is it suspended) of the learner's cards with that many lapses or more."""
        with explained(self.path):
            rare = f"AND lapses >= {OFTEN_FORGOTTEN}" if least >= OFTEN_FORGOTTEN else ""
            found = self._connection.execute(
                f"SELECT card, lapses, suspended FROM memory WHERE learner = ? AND lapses >= ? {rare}", (self._learner, least)
            )
            return [(card, lapses, bool(suspended)) for card, lapses, suspended in found.fetchall()]

    def reviewed_on(self, day: int) -> bool:
        """Return whether there is a review on the study day that no undo took back."""
        with explained(self.path):
            found = "SELECT 1 FROM tallies INDEXED BY tallies_day WHERE learner = ? AND day = ? AND reviews > 0 LIMIT 1"
            return self._connection.execute(found, (self._learner, day)).fetchone() is not None

    def review_days(self) -> list[int]:
        """Return the study days with a review that no undo took back, ascending."""
        with explained(self.path):
            return [row[0] for row in self._connection.execute(_REVIEW_DAYS, (self._learner,)).fetchall()]

    def past(self, *, before_day: int) -> list[Past]:
        """Return the reviews before that study day that no undo took back, summed up by deck."""
        with explained(self.path):
            found = self._connection.execute(
                "SELECT deck, sum(reviews), sum(asked), sum(kept), sum(milliseconds) FROM tallies "
                "WHERE learner = ? AND day < ? GROUP BY deck HAVING sum(reviews) > 0 ORDER BY deck",
                (self._learner, before_day),
            ).fetchall()
            return [Past(deck=deck, reviews=count, asked=asked, kept=kept, milliseconds=time) for deck, count, asked, kept, time in found]

    def tallies(self, *, since_day: int = 0) -> list[Tally]:
        """Return the reviews from that study day on that no undo took back, counted, in order of the day."""
        with explained(self.path):
            found = self._connection.execute(
                "SELECT deck, day, reviews, asked, kept, milliseconds FROM tallies "
                "WHERE learner = ? AND day >= ? AND reviews > 0 ORDER BY day, deck",
                (self._learner, since_day),
            ).fetchall()
            return [
                Tally(deck=deck, day=day, reviews=count, asked=asked, kept=kept, milliseconds=time)
                for deck, day, count, asked, kept, time in found
            ]


def wrong(connection: sqlite3.Connection) -> list[tuple[int, str, int]]:
    """Return the (learner, deck, study day) whose tally is not what the log gives."""
    lost, extra = ("SELECT * FROM again EXCEPT SELECT * FROM stored", "SELECT * FROM stored EXCEPT SELECT * FROM again")
    differing = f"SELECT * FROM ({lost}) UNION SELECT * FROM ({extra})"
    return connection.execute(
        f"WITH again ({_COLUMNS}) AS MATERIALIZED ({_RECOUNTED}), stored AS MATERIALIZED ({_STORED}) "
        f"SELECT DISTINCT learner, deck, day FROM ({differing}) ORDER BY learner, deck, day"
    ).fetchall()


def recount(connection: sqlite3.Connection) -> None:
    """Make all tallies anew from the log, in the transaction that is open."""
    connection.execute("DELETE FROM tallies")
    connection.execute(f"INSERT INTO tallies ({_COLUMNS}) {_RECOUNTED}")
