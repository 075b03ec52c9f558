"""What a learner's log and memory add up to, counted by SQLite: reviews by day and deck, and how full the days to come are.

Each function reads through a connection for the learner of that number.
"""

import sqlite3

from quizzer.core.model import COUNTED_MS, Past, Phase, Rating, Tally

# An undo that was itself undone voids nothing; an undo of an undo stands (``scheduling.voided``).
_UNDOES = "NOT EXISTS (SELECT 1 FROM log AS redo WHERE redo.voids = undo.id)"
NOT_VOID = f"NOT EXISTS (SELECT 1 FROM log AS undo WHERE undo.voids = log.id AND {_UNDOES})"
_TIME = "sum(min(coalesce(duration_ms, 0), ?2))"
_TAKEN_BACK = f"id IN (SELECT voids FROM log AS undo WHERE voids IS NOT NULL AND {_UNDOES}) AND learner = ?1 AND act = 'review'"
# Few reviews are taken back: those are counted apart and taken off, so that the index alone tells the rest.
_TALLIES = f"""
    SELECT deck, day, before, rating, sum(reviews), sum(time) FROM (
        SELECT deck, day, before, rating, count(*) AS reviews, {_TIME} AS time FROM log INDEXED BY log_reviews
            WHERE learner = ?1 AND act = 'review' AND day >= ?3 GROUP BY day, deck, before, rating
        UNION ALL
        SELECT deck, day, before, rating, -count(*), -{_TIME} FROM log
            WHERE {_TAKEN_BACK} AND day >= ?3 GROUP BY day, deck, before, rating
    ) GROUP BY day, deck, before, rating HAVING sum(reviews) > 0 ORDER BY day, deck, before, rating
"""
# By day and deck first, though no day is told: that is the order of the index, so that nothing is sorted.
_ASKED, _KEPT = "sum(before = 'review')", "sum(before = 'review' AND rating > 1)"
_PAST = f"""
    SELECT deck, sum(reviews), sum(asked), sum(kept), sum(time) FROM (
        SELECT deck, count(*) AS reviews, coalesce({_ASKED}, 0) AS asked, coalesce({_KEPT}, 0) AS kept, {_TIME} AS time
            FROM log INDEXED BY log_reviews WHERE learner = ?1 AND act = 'review' AND day < ?3 GROUP BY day, deck
        UNION ALL
        SELECT deck, -count(*), -coalesce({_ASKED}, 0), -coalesce({_KEPT}, 0), -{_TIME} FROM log
            WHERE {_TAKEN_BACK} AND day < ?3 GROUP BY deck
    ) GROUP BY deck HAVING sum(reviews) > 0 ORDER BY deck
"""
# From one day to the next that has a review: hundreds of steps in the index, not a million rows.
_REVIEW_DAYS = f"""
    WITH RECURSIVE days (day) AS (
        SELECT min(day) FROM log INDEXED BY log_reviews WHERE learner = ?1 AND act = 'review'
        UNION ALL
        SELECT (SELECT min(day) FROM log INDEXED BY log_reviews WHERE learner = ?1 AND act = 'review' AND day > days.day)
            FROM days WHERE day IS NOT NULL
    ) SELECT day FROM days WHERE EXISTS (
        SELECT 1 FROM log INDEXED BY log_reviews WHERE learner = ?1 AND act = 'review' AND day = days.day
            AND {NOT_VOID}
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


def loads(connection: sqlite3.Connection, learner: int, first: int, last: int) -> dict[int, int]:
    """Return how many reviews of all decks are due on each study day from ``first`` to ``last``; days without any are left out."""
    return dict(connection.execute(_LOADS, (learner, first, last)).fetchall())


def review_days(connection: sqlite3.Connection, learner: int) -> list[int]:
    """Return the study days with a review that no undo took back, ascending."""
    return [row[0] for row in connection.execute(_REVIEW_DAYS, (learner,)).fetchall()]


def past(connection: sqlite3.Connection, learner: int, *, before_day: int) -> list[Past]:
    """Return the reviews before that study day that no undo took back, summed up by deck."""
    found = connection.execute(_PAST, (learner, COUNTED_MS, before_day)).fetchall()
    return [Past(deck=deck, reviews=count, asked=asked, kept=kept, milliseconds=time) for deck, count, asked, kept, time in found]


def tallies(connection: sqlite3.Connection, learner: int, *, since_day: int) -> list[Tally]:
    """Return the reviews from that study day on that no undo took back, counted, in order of the day."""
    found = connection.execute(_TALLIES, (learner, COUNTED_MS, since_day)).fetchall()
    return [
        Tally(deck=deck, day=day, before=before and Phase(before), rating=Rating(rating), reviews=count, milliseconds=time)
        for deck, day, before, rating, count, time in found
    ]
